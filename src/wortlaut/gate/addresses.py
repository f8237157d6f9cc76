"""Which addresses are third-party: those whose host is neither the page's own nor trusted, as a browser would resolve them.

Browsers forgive much (white space, backslashes, missing slashes), so this follows the URL standard rather than RFC 3986:
https://url.spec.whatwg.org/#concept-basic-url-parser
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

_DROPPED = str.maketrans("", "", "\t\n\r")
_ABSOLUTE = re.compile(
    r"(?:([a-z][a-z0-9+.-]*):)?//+([^/?#]*)([^?#]*)|(https?|wss?|ftp):/?([^/?#]+)([^?#]*)", re.IGNORECASE | re.ASCII
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE | re.ASCII)
_INSIDE = re.compile(r"(?:\b(?:https?|wss?):)?//[\w-]+(?:\.[\w-]+)+[^\s\"'<>()\\]*", re.IGNORECASE)
_SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "go", "gov", "gv", "ne", "net", "or", "org"))
MEDIA = re.compile(
    r"\.(?:avif|bmp|gif|ico|jpe?g|png|svg|webp|aac|flac|m3u8|m4[av]|mov|mp[34]|og[gv]|wav|webm|vtt)$",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Address:
    """An absolute address on the network."""

    url: str
    host: str
    path: str


@lru_cache(maxsize=4096)
def address_of(value: str) -> Address | None:
    """Return where a browser would go for an attribute's value; None if it stays at the page's own base."""
    value = value.translate(_DROPPED).strip("".join(map(chr, range(33))))
    plain = value.replace("\\", "/") if "\\" in value else value
    match = _ABSOLUTE.match(plain)
    if not match:
        return None
    _, authority, path, scheme, short, rest = match.groups()
    host = _host(short if scheme else authority)
    url = f"https:{plain}" if plain.startswith("//") else plain
    return Address(url, host, (rest if scheme else path) or "/") if host else None


def _host(authority: str) -> str:
    host = unicodedata.normalize("NFKC", unquote(authority.rpartition("@")[2])).lower()
    return re.sub(r":\d*$", "", host).rstrip(".")


def scheme_of(value: str) -> str:
    """Return the scheme that a browser would see in front of a value, in lower case, or nothing."""
    match = _SCHEME.match(value.translate(_DROPPED).strip("".join(map(chr, range(33)))))
    return match[1].lower() if match else ""


def addresses_in(text: str) -> list[Address]:
    """Return the absolute addresses that a text names, as in srcset, style, srcdoc, configuration and scripts."""
    if "//" not in text and "\\/" not in text:
        return []
    named = _INSIDE.findall(text.replace("\\/", "/"))
    return [found for one in named if (found := address_of(one.rstrip(",;")))]


def is_within(host: str, hosts: tuple[str, ...]) -> bool:
    """Tell whether a host is one of the hosts or a subdomain of one."""
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def site_of(host: str) -> str:
    """Return the part of a host that somebody registers: example.de of www.example.de, example.co.uk of its subdomains.

    Without the Public Suffix List this is a rule of thumb for the page's own host, where no policy names it.
    """
    labels = host.split(".")
    count = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return host if host.replace(".", "").isdigit() else ".".join(labels[-count:])
