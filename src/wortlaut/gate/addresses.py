"""Which addresses are third-party: those whose host is neither the page's own nor trusted, as a browser would resolve them.

Browsers forgive much (white space, backslashes, missing slashes), so this follows the URL standard rather than RFC 3986:
https://url.spec.whatwg.org/#concept-basic-url-parser
"""

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, unquote_to_bytes

_DROPPED = str.maketrans("", "", "\t\n\r")
_ABSOLUTE = re.compile(
    r"(?:([a-z][a-z0-9+.-]*):)?//+([^/?#]*)([^?#]*)|(https?|wss?|ftp):/?([^/?#]+)([^?#]*)", re.IGNORECASE | re.ASCII
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE | re.ASCII)
_INSIDE = re.compile(r"(?:\b(?:https?|wss?):)?//[\w-]+(?:\.[\w-]+)+[^\s\"'<>()\\]*", re.IGNORECASE)
_REFRESH = re.compile(r"""\s*[\d.]*[\s;,]*(?:url\s*=\s*)?(?:"([^"]*)|'([^']*)|(.*))""", re.IGNORECASE | re.DOTALL)
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


def refreshed(content: str) -> str:
    """Return where a refresh leads: a number, then the address, after `url=` or bare, in quotes or not."""
    match = _REFRESH.match(content)
    return next(filter(None, match.groups()), "") if match else ""


def carried(value: str) -> tuple[str, str]:
    """Return the media type and the text that a data: address carries."""
    head, _, data = value.translate(_DROPPED).strip().partition(":")[2].partition(",")
    kind, *parameters = head.lower().split(";")
    content = unquote_to_bytes(data.encode("utf-8", "replace"))
    if parameters and parameters[-1].strip() == "base64":
        try:
            content = base64.b64decode(content + b"==")
        except binascii.Error:
            content = b""
    return kind.strip() or "text/plain", content.decode("utf-8", "replace")
