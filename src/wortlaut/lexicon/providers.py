"""Whose content an address is: the providers of `providers.toml`, found by host and path.

The gate asks for consent under these names; whoever names an embed asks `provider_of`.
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from wortlaut.errors import LexiconError
from wortlaut.lexicon import load

_ADDRESS = re.compile(r"(?:[a-z][\w+.-]*:)?(?://)?(?:[^/?#@]*@)?([^/?#@:]+)(?::\d*)?([^?#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A service whose content stands in other people's pages; the fields are explained in `providers.toml`."""

    id: str
    name: str
    privacy: str | None = None
    hosts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    widgets: tuple[str, ...] = ()
    script: str | None = None
    elements: dict[str, str] = field(default_factory=dict)
    link: tuple[str, ...] = ()
    read: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\w.:\[\]-]+", self.id):
            raise LexiconError("providers.toml", self.id, "an id is letters, digits, dots and hyphens")
        if len(self.link) not in (0, 2):
            raise LexiconError("providers.toml", self.id, "link is a pattern and an address")


@cache
def providers() -> tuple[Provider, ...]:
    """Return all providers in the order of the file."""
    return tuple(_provider(entry) for entry in load("providers")["provider"])


def _provider(entry: dict[str, object]) -> Provider:
    frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    try:
        return Provider(**frozen)  # type: ignore[arg-type] # the file's fields are the record's
    except TypeError as error:
        raise LexiconError("providers.toml", str(entry.get("id", "-")), str(error)) from error


def provider_of(url: str) -> Provider | None:
    """Return whose content an address is: the longest of all hosts and frame addresses that it lies under."""
    match = _ADDRESS.match(url)
    return under(match[1].lower(), match[2], _places()) if match else None


@lru_cache(maxsize=4096)
def frame_provider(host: str, path: str) -> Provider | None:
    """Return the provider if the address is an embed by itself, wherever a page holds it (not, say, a profile)."""
    return under(host, path, _frames())


def has_frames(host: str) -> bool:
    """Tell whether a host or one of its parent domains has embeds below any path."""
    while host and host not in _frames():
        _, _, host = host.partition(".")
    return bool(host)


@lru_cache(maxsize=4096)
def is_quiet(host: str, path: str) -> bool:
    """Tell whether an address only measures or advertises, so that nothing of it is ever to be shown."""
    return under(host, path, _quiet()) is not None


Places = dict[str, list[tuple[str, Provider]]]


def under(host: str, path: str, places: Places) -> Provider | None:
    """Look a host and its parent domains up; of several paths the longest that the address lies under counts."""
    while host:
        for start, provider in places.get(host, ()):
            if path.startswith(start) and (len(path) == len(start) or start == "" or path[len(start)] in "/.?"):
                return provider
        _, _, host = host.partition(".")
    return None


def _table(pairs: list[tuple[str, Provider]]) -> Places:
    places: Places = {}
    for place, provider in pairs:
        host, slash, path = place.partition("/")
        places.setdefault(host, []).append((slash + path, provider))
    for entries in places.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return places


@cache
def _places() -> Places:
    return _table([(place, one) for one in providers() for place in (*one.frames, *one.hosts)])


@cache
def _frames() -> Places:
    return _table([(place, one) for one in providers() for place in one.frames])


@cache
def _quiet() -> Places:
    return _table([(place, Provider(id="quiet", name=place)) for place in load("providers")["quiet"]])
