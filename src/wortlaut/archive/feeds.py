"""What a feed names: RSS, Atom, JSON Feed and sitemaps with or without news; recognised by content, whatever it is served as.

https://www.jsonfeed.org/version/1.1/ · https://www.sitemaps.org/protocol.html · RSS and Atom are left to feedparser.
"""

import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from wortlaut.archive.files import LIMIT
from wortlaut.errors import ConfigurationError

__all__ = ["Entry", "Feed", "read_feed"]

_ROOT = re.compile(rb"<(?:\w+:)?(rss|rdf|feed|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_PROLOGUE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*", re.DOTALL)
_HEAD = 20_000
"""Bytes in which the root element is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page that a feed names; `changed` is what the feed says of its last change, in the feed's own form."""

    url: str
    changed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed names: pages, each once, in its order; and, if it is an index, further feeds."""

    entries: tuple[Entry, ...] = ()
    feeds: tuple[str, ...] = ()


def read_feed(content: bytes, url: str | None = None) -> Feed | None:
    """Return what a feed names, None if `content` is no feed; `url` is the address that its relative ones start from."""
    content = _unpacked(content)
    base = url or ""
    if content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(content, base)
    start = _PROLOGUE.match(content[:_HEAD])
    root = _ROOT.match(content, start.end() if start else 0)
    if root is None:
        return None
    return _sitemap(content, base) if root[1].lower() in (b"urlset", b"sitemapindex") else _syndicated(content, base)


def _unpacked(content: bytes) -> bytes:
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        return zlib.decompressobj(wbits=31).decompress(content, LIMIT)
    except zlib.error:
        return content


def _json(content: bytes, base: str) -> Feed | None:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not str(told.get("version")).startswith("https://jsonfeed.org/"):
        return None
    items = told.get("items")
    return _feed(
        base,
        (
            (item.get("url") or item.get("id"), item.get("date_modified") or item.get("date_published"))
            for item in (items if isinstance(items, list) else [])
            if isinstance(item, dict)
        ),
    )


def _syndicated(content: bytes, base: str) -> Feed:
    try:
        import feedparser
    except ImportError as error:
        raise ConfigurationError("reading feeds needs more packages: pip install 'wortlaut[archive]'") from error
    told = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    return _feed(
        base,
        (
            (
                item.get("feedburner_origlink") or item.get("link"),
                dict.get(item, "updated") or dict.get(item, "published"),
            )
            for item in told.entries
        ),
    )


class _DoctypeError(Exception):
    """A sitemap declares entities: it is none."""


class _Builder(TreeBuilder):
    def doctype(self, name: str, *_ids: str | None) -> None:
        raise _DoctypeError(name)


def _sitemap(content: bytes, base: str) -> Feed | None:
    """Read a sitemap; one that is broken is none."""
    parser = XMLParser(target=_Builder())  # noqa: S314 - no document type, so that no entity is there to be expanded
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, _DoctypeError):
        return None
    told = [
        {_local(part): (part.text or "").strip() for part in element.iter() if part.text}
        for element in root
        if _local(element) in ("url", "sitemap")
    ]
    pairs = [(one.get("loc"), one.get("lastmod") or one.get("publication_date")) for one in told]
    if _local(root) == "sitemapindex":
        return Feed(feeds=tuple(entry.url for entry in _feed(base, pairs).entries))
    return _feed(base, pairs)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _feed(base: str, pairs: Iterable[tuple[object, object]]) -> Feed:
    entries: dict[str, Entry] = {}
    for place, changed in pairs:
        if isinstance(place, str) and place.strip():
            url = _address(base, place)
            entries.setdefault(url, Entry(url=url, changed=changed if isinstance(changed, str) else None))
    return Feed(entries=tuple(entries.values()))


def _address(base: str, place: str) -> str:
    """Return a full address without a fragment and without what only counts readers (utm_…); what is none stays as it is."""
    try:
        url = urldefrag(urljoin(base, place.strip())).url
        parts = urlsplit(url)
    except ValueError:
        return place
    if "utm_" not in parts.query:
        return url
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name[:4] != "utm_"]
    return parts._replace(query=urlencode(kept)).geturl()
