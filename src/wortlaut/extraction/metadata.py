"""What a page says of itself outside its text: schema.org data first, then OpenGraph, meta elements and microdata."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wortlaut.extraction.dates import find_stamp, to_iso
from wortlaut.extraction.people import clean_names
from wortlaut.extraction.section import find_section
from wortlaut.extraction.title import find_site

_ARTICLE = re.compile(r"Article|BlogPosting|LiveBlog|Report|Review\b")
_SITE = re.compile(r"Organization|WebSite\b")
_PUBLISHED = ("article:published_time", "article:published:time", "og:article:published_time", "datepublished", "date", "dc.date.issued", "dcterms.created", "dc.date", "dc.date.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime", "last-modified-date")  # fmt: skip
_MODIFIED = ("article:modified_time", "article:modified:time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified")  # fmt: skip
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "cxenseparse:author")
_AUTHORED = re.compile(r"(?:written )?by|author|autor(?:in)?|(?:(?:verfasst|geschrieben) )?von", re.IGNORECASE)
_DECLARING = 'meta[content], script[type="application/ld+json"], a[rel="author"], [itemprop="author"], [itemprop="datePublished"], [itemprop="dateModified"], [itemtype$="/BreadcrumbList"]'
"""Where a page declares what it is; asked for at once, because each question walks the whole page."""
_MOST = 200
"""Objects of schema.org data that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the head of a page, or its markup, declares; None where it is silent."""

    titles: tuple[str | None, ...] = ()
    """OpenGraph's, schema.org's, Twitter's if it is another one than OpenGraph's, the window's."""
    descriptions: tuple[str, ...] = ()
    body: str | None = None
    authors: tuple[str, ...] = ()
    corporate: tuple[str, ...] = ()
    publisher: str | None = None
    section: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    language: str | None = None
    free: bool | None = None
    kinds: frozenset[str] = frozenset()


def read_metadata(tree: LexborHTMLParser, address: str | None = None) -> Metadata:
    """Read what the page declares; `address` is where it was fetched, to complete a relative canonical URL."""
    nodes = tree.css(_DECLARING)
    linked = list(_linked_data(node for node in nodes if node.tag == "script"))
    marked = [node for node in nodes if node.tag != "script"]
    data = max((d for d in linked if _ARTICLE.search(_type(d))), key=len, default={})
    meta = _meta(node for node in marked if node.tag == "meta")
    heading = tree.css_first("title")
    shared, posted = meta.get("og:title"), meta.get("twitter:title")
    titles = [shared, _string(data.get("headline")), posted if posted != shared else None, _string(heading.text() if heading else None)]  # fmt: skip
    publisher = _publisher(data, linked, meta) or find_site(titles)
    published = _date([_string(data.get("datePublished")), *map(meta.get, _PUBLISHED)]) or _stamped(
        marked, "datePublished"
    )
    people, corporate = _authors(data, meta, marked)
    canonical = tree.css_first("link[rel=canonical]")
    url = (canonical.attributes.get("href") if canonical else None) or meta.get("og:url") or _string(data.get("url"))
    html = tree.css_first("html")
    language = (
        (html.attributes.get("lang") if html else None) or meta.get("og:locale") or _string(data.get("inLanguage"))
    )
    return Metadata(
        titles=tuple(titles),
        descriptions=tuple(dict.fromkeys(d for d in (meta.get("og:description"), meta.get("description"), _string(data.get("description")), meta.get("twitter:description")) if d)),
        body=_string(data.get("articleBody")),
        authors=people,
        corporate=corporate,
        publisher=publisher,
        section=find_section([*linked, *_shown_paths(marked)], titles, publisher) or _first(data.get("articleSection")) or meta.get("article:section"),
        published=published,
        modified=_date([_string(data.get("dateModified")), *map(meta.get, _MODIFIED)], other_than=published) or _stamped(marked, "dateModified"),
        url=urljoin(address or "", url.strip())[:2000] if url else None,
        language=re.split(r"[-_,\s]", language.strip())[0].lower() or None if language else None,
        free=_free([data, *linked], meta),
        kinds=frozenset({*(_type(d) for d in linked), meta.get("og:type", "")}),
    )  # fmt: skip


def _linked_data(scripts: Iterable[LexborNode]) -> Iterator[dict[str, Any]]:
    """Yield the objects of all schema.org scripts, whatever lists and graphs they stand in; broken ones are passed over."""
    queue: list[object] = []
    for script in scripts:
        try:
            queue.append(json.loads((script.text() or "null").strip().rstrip(";"), strict=False))
        except (ValueError, RecursionError):
            continue
    for _ in range(_MOST):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, list):
            queue[:0] = item[:_MOST]
        elif isinstance(item, dict):
            yield item
            queue += [
                item[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(item.get(key), list | dict)
            ]


def _type(data: dict[str, Any]) -> str:
    kind = data.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")


def _meta(nodes: Iterable[LexborNode]) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in nodes:
        attributes = node.attributes
        value = attributes.get("content")
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if key and value and not value.isspace():
            found.setdefault(key.lower(), " ".join(value.split()))
    return found


def _string(value: object) -> str | None:
    """Return a value's words; schema.org data often has "Z&uuml;ge" where the standard knows no such sign."""
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


def _first(value: object) -> str | None:
    return _string(value[0] if isinstance(value, list) and value else value)


def _names(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, list):
            name = name[0] if name else None
        if isinstance(name, str) and name.strip():
            yield " ".join(unescape(name).split())


def _authors(
    data: dict[str, Any], meta: dict[str, str], marked: Sequence[LexborNode]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return people and corporate authors: of the first source that names people, else of the first that names anybody."""
    declared = clean_names(_names(data.get("author") or data.get("creator")))
    if declared[0]:
        return declared[0], declared[1]
    shown = clean_names(" ".join(node.text(separator=" ").split()) for node in _shown(marked))
    named = clean_names(v for k in (*_AUTHOR, *_labelled(meta)) if (v := meta.get(k)))
    return shown[0] or named[0], declared[1] or named[1]


def _labelled(meta: dict[str, str]) -> Iterator[str]:
    """Yield where a card for networks names the author: what stands beside the label "Verfasst von"."""
    return (f"twitter:data{n}" for n in (1, 2) if _AUTHORED.match(meta.get(f"twitter:label{n}", "")))


def _shown(marked: Sequence[LexborNode]) -> Iterator[LexborNode]:
    """Yield the first elements that the page shows as its authors' names."""
    for node in [n for n in marked if n.tag != "meta"][:6]:
        attributes = node.attributes
        if attributes.get("itemprop") == "author":
            yield from node.css('[itemprop="name"]')[:6]
        elif attributes.get("rel") == "author":
            yield node


def _shown_paths(marked: Sequence[LexborNode]) -> Iterator[dict[str, Any]]:
    """Yield the paths that microdata mark on the page, in the form of schema.org's scripts."""
    for node in [n for n in marked if (n.attributes.get("itemtype") or "").endswith("/BreadcrumbList")][:2]:
        names = node.css('[itemprop="name"]')[:9] or node.css("a")[:9]
        steps = [{"name": name.text(), "item": _link(name)} for name in names]
        yield {"@type": "BreadcrumbList", "itemListElement": steps}


def _link(node: LexborNode) -> str | None:
    around = [node, node.parent] if node.parent is not None else [node]
    return next((n.attributes["href"] for n in around if n.attributes.get("href")), None)


def _date(values: list[str | None], *, other_than: str | None = None) -> str | None:
    """Return the first date that is another one than `other_than`, if there is, as exactly as any of them has it: with the hour and the zone."""
    stamps = [stamp for value in values if value and (stamp := to_iso(value))]
    first = next(
        (s for s in stamps if other_than is None or not other_than.startswith(s)), stamps[0] if stamps else None
    )
    return max((s for s in stamps if first and s.startswith(first)), key=len, default=None)


def _stamped(marked: Sequence[LexborNode], name: str) -> str | None:
    for node in [n for n in marked if n.attributes.get("itemprop") == name][:3]:
        value = node.attributes.get("datetime") or node.attributes.get("content") or node.text()
        if stamp := to_iso(value or "") or find_stamp(value or ""):
            return stamp
    return None


def _free(linked: Iterable[dict[str, Any]], meta: dict[str, str]) -> bool | None:
    tier = {"free": True, "locked": False}.get(meta.get("article:content_tier", "").lower())
    values = (str(data.get("isAccessibleForFree", "")).rsplit("/", 1)[-1].lower() for data in linked)
    return next((value == "true" for value in values if value in ("true", "false")), tier)


def _publisher(data: dict[str, Any], linked: Sequence[dict[str, Any]], meta: dict[str, str]) -> str | None:
    """Return who publishes the page: as the article says, as the site calls itself, or whose site it is."""
    named = next(iter(_names(data.get("publisher"))), None) or meta.get("og:site_name")
    sites = (name for d in linked if _SITE.search(_type(d)) for name in _names(d.get("name")))
    return named or next(sites, None) or meta.get("application-name")
