"""Content-Security-Policies: one that keeps a page at its own hosts, one for an embed that is shown, and merging.

Policies add up: what a browser loads must be allowed by each. So ours stands beside the site's own, which is only widened
by what the gate's own files need. See https://www.w3.org/TR/CSP3/#multiple-policies.
"""

import re
from collections.abc import Iterable

from wortlaut.gate.policy import Policy

_ANYTHING = "data: blob: 'unsafe-inline' 'unsafe-eval'"
_NEEDED = (
    ("frame-src", ("child-src", "default-src")),
    ("script-src-elem", ("script-src", "default-src")),
    ("style-src-elem", ("style-src", "default-src")),
    ("form-action", ()),
)


def page_policy(policy: Policy, *, local: bool = False) -> str:
    """Return the policy of a gated page: its own and trusted hosts, whatever its inline scripts may try.

    `local` is for pages on a disk, whose 'self' matches nothing and whose scheme is not that of the hosts.
    """
    sources = _sources(policy.hosts, local=local)
    return f"default-src 'self' {sources}{_ANYTHING}; base-uri 'self' {sources}".strip()


def frame_policy(hosts: Iterable[str], *, local: bool = False) -> str:
    """Return the policy of a document that shows one embed: the hosts of its provider, and no others."""
    ancestors = "" if local else "; frame-ancestors 'self'"
    return f"default-src 'self' {_sources(hosts, local=local)}{_ANYTHING}; base-uri 'none'{ancestors}"


def _sources(hosts: Iterable[str], *, local: bool) -> str:
    schemes = ("https://", "http://") if local else ("",)
    named = [name for host in hosts if (name := _ascii(host))]
    sources = (f"{scheme}{name} {scheme}*.{name} " for name in named for scheme in schemes)
    return "file: " * local + "".join(sources)


def _ascii(host: str) -> str:
    """Return a host as a policy may name it, or nothing if it cannot."""
    try:
        name = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return ""
    return name if re.fullmatch(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::\d+)?", name) else ""


def widen(header: str) -> tuple[str, str]:
    """Return a site's own policies with what the gate's files need, and the nonce that scripts must carry, if any."""
    policies, nonce = [], ""
    for one in header.split(","):
        directives: dict[str, list[str]] = {}
        for words in filter(None, map(str.split, one.split(";"))):
            directives.setdefault(words[0].lower(), words[1:])  # of one name the first counts
        for name, fallbacks in _NEEDED:
            rule = next((given for given in (name, *fallbacks) if given in directives), None)
            if rule is None:
                continue
            sources = [source for source in directives[rule] if source != "'none'"]
            given = next((source[7:-1] for source in sources if source.startswith("'nonce-")), "")
            nonce = nonce or given
            if not given and "'self'" not in sources:
                directives[name] = [*sources, "'self'"]
        if directives:
            policies.append("; ".join(" ".join((name, *sources)) for name, sources in directives.items()))
    return ", ".join(policies), nonce
