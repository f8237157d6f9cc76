"""What a site decides about its gate, and how its placeholders reach what they show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wortlaut.errors import ConfigurationError
from wortlaut.gate.addresses import is_within
from wortlaut.lexicon import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A site's decisions. Hosts count with all their subdomains.

    own_hosts: the site's own; without any, `gate` takes the host (without www) of the page's canonical address
    trusted_hosts: others that pages may load from without asking (a content delivery network, say)
    language: of the wording, "de" or "en"; `wording` replaces single texts of `lexicon/wording.toml`
    privacy_url: the site's privacy policy
    days: how long a consent lasts
    assets: where gate.css and gate.js are served from, ending in a slash; the middleware serves them there
    revoke_url: the page to withdraw consents on; the middleware's is `assets` itself
    """

    own_hosts: tuple[str, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    language: str = "de"
    wording: Mapping[str, str] = field(default_factory=dict)
    privacy_url: str | None = None
    days: int = 180
    assets: str = "/wortlaut-gate/"
    revoke_url: str | None = None

    def __post_init__(self) -> None:
        known = load("wording")
        if self.language not in known:
            raise ConfigurationError(f"the gate speaks {', '.join(known)}, not {self.language!r}")
        if unknown := set(self.wording) - set(known[self.language]):
            raise ConfigurationError(f"the gate has no text called {', '.join(sorted(unknown))}")
        for key, words in self.wording.items():
            try:
                words.format(days=1, provider="", host="")
            except (KeyError, IndexError, ValueError) as error:
                raise ConfigurationError(
                    f"the text {key!r} may name {{provider}}, {{host}} and {{days}} only"
                ) from error
        if not self.assets.endswith("/"):
            raise ConfigurationError("the gate's assets are a folder: end it with a slash")
        if self.days < 1:
            raise ConfigurationError("a consent lasts at least one day")
        for name in ("own_hosts", "trusted_hosts"):
            if isinstance(getattr(self, name), str):
                raise ConfigurationError(f"{name} is a tuple of hosts, not one string")
            object.__setattr__(self, name, tuple(host.lower().strip(".") for host in getattr(self, name)))

    @property
    def hosts(self) -> tuple[str, ...]:
        """All hosts that pages may load from without asking."""
        return (*self.own_hosts, *self.trusted_hosts)

    def template(self, key: str) -> str:
        """Return a text in the site's wording, with places for {provider}, {host} and {days}."""
        text: str = self.wording.get(key) or load("wording")[self.language][key]
        return text

    def says(self, key: str, provider: str = "", host: str = "") -> str:
        """Return a text in the site's wording, filled in."""
        return self.template(key).format(days=self.days, provider=provider, host=host)

    def loads(self, host: str) -> bool:
        """Tell whether pages may load from a host without asking."""
        return is_within(host, self.hosts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How a gated page reaches its parts.

    frame: address of a document of our own that holds one embed, `{id}` in it; without it the placeholder carries the
        embed, inert, in an attribute, and a page with a Content-Security-Policy could not show it
    form: address that takes consents by POST; without it the placeholder is a plain link where scripts are off
    back: the page's own path and query, to return to
    defer: load gate.js as a classic deferred script, because browsers refuse modules from file:
    nonce: that of the page's own Content-Security-Policy, if it has one
    meta: put the Content-Security-Policy into the page
    files: whether there are gate.css and gate.js at all; without them the placeholders are words and links
    """

    frame: str = ""
    form: str = ""
    back: str = "/"
    defer: bool = False
    nonce: str = ""
    meta: bool = False
    files: bool = True
