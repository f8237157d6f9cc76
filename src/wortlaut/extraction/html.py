"""HTML pages: the article's own parts in reading order, by structure and wording, for any publisher.

The body is the element whose paragraphs hold most words and fewest links; headline, lede and captions come from their
markup (h1, figcaption, a paragraph that the description repeats), metadata from schema.org, OpenGraph and <time>.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wortlaut.extraction.phrases import agencies_of, authors_of, is_a, provider_of
from wortlaut.model import Block, BlockKind, Embed, Image
from wortlaut.text import Span

_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "form",
        "button",
        "svg",
        "select",
        "input",
        "label",
        "iframe",
        "object",
        "head",
        "header",
        "video",
        "audio",
        "menu",
        "dialog",
    ]
)
_BLOCKS = {"p": BlockKind.PARAGRAPH, "h2": BlockKind.SUBHEAD, "h3": BlockKind.SUBHEAD, "h4": BlockKind.SUBHEAD, "li": BlockKind.LIST_ITEM, "blockquote": BlockKind.BLOCK_QUOTE, "figcaption": BlockKind.CAPTION}  # fmt: skip
_JUNK = re.compile(r"(?:^|[\s_-])(?:related|teaser|newsletter|promo|share|social|comment|sidebar|breadcrumb|recommend|advert|ad|ads|cookie|consent|paywall|subscribe|footer|nav|tags|author-box|outbrain|mehr-zum-thema)(?:$|[\s_-])", re.IGNORECASE)  # fmt: skip
_WIDGET = re.compile(r"twitter-tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed|reddit-embed", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    """What is gathered of a page: text grows, blocks point into it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    embeds: list[Embed] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)

    def add(self, kind: BlockKind, words: str) -> Span | None:
        """Append words as a block; a blank line stands between blocks."""
        words = " ".join(words.split())
        if not words:
            return None
        if self.parts:
            self.parts.append("\n\n")
            self.length += 2
        span = Span(self.length, self.length + len(words))
        self.parts.append(words)
        self.length = span.end
        self.blocks.append(Block(kind=kind, start=span.start, end=span.end))
        return span

    @property
    def text(self) -> str:
        """All words so far."""
        return "".join(self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page says of itself outside its text."""

    title: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    language: str | None = None


def read_metadata(tree: LexborHTMLParser) -> Metadata:
    """Read schema.org data first, OpenGraph and meta elements where it is silent."""
    data = next(
        (d for d in _linked_data(tree) if "Article" in str(d.get("@type")) or "NewsArticle" in str(d.get("@type"))), {}
    )
    meta = _meta(tree)
    html = tree.css_first("html")
    time = tree.css_first("time[datetime]")
    canonical = tree.css_first("link[rel=canonical]")
    return Metadata(
        title=_string(data.get("headline")) or meta.get("og:title"),
        description=meta.get("og:description") or meta.get("description") or _string(data.get("description")),
        authors=tuple(_names(data.get("author"))) or tuple(n for n in [meta.get("author", "")] if 1 < len(n.split()) < 5),
        publisher=next(iter(_names(data.get("publisher"))), None) or meta.get("og:site_name"),
        published=_iso(_string(data.get("datePublished")) or meta.get("article:published_time") or meta.get("date") or (time.attributes.get("datetime") if time else None)),
        modified=_iso(_string(data.get("dateModified")) or meta.get("article:modified_time")),
        url=canonical.attributes.get("href") if canonical else meta.get("og:url"),
        language=((html.attributes.get("lang") or "") if html else "")[:2].lower() or None,
    )  # fmt: skip


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            found = json.loads(script.text() or "null", strict=False)
        except (ValueError, RecursionError):
            continue
        queue = found if isinstance(found, list) else [found]
        for item in queue[:50]:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                yield from (g for g in graph[:50] if isinstance(g, dict)) if isinstance(graph, list) else ()


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        key, value = node.attributes.get("property") or node.attributes.get("name"), node.attributes.get("content")
        if key and value:
            found.setdefault(key.lower(), " ".join(value.split()))
    return found


def _string(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _names(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name.strip() and not name.startswith("http"):
            yield " ".join(name.split())


def _iso(stamp: str | None) -> str | None:
    match = re.match(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?", stamp or "")
    return match.group().replace(" ", "T", 1) if match else None


def read_body(tree: LexborHTMLParser, meta: Metadata) -> Draft:
    """Gather the article's blocks in reading order."""
    draft = Draft()
    root = _root(tree)
    heading = tree.css_first("h1")
    if heading is not None:
        _heading(draft, heading)
    elif meta.title:
        draft.add(BlockKind.HEADLINE, meta.title)
    if root is not None:
        _walk(draft, root, heading, meta, depth=0)
    return draft


def _heading(draft: Draft, heading: LexborNode) -> None:
    """Split a kicker that stands in an element of its own before or inside the headline."""
    words = [
        " ".join(c.text(separator=" ").split())
        for c in heading.iter(include_text=False)
        if c.tag in ("span", "small", "strong", "div")
    ]
    whole = " ".join(heading.text(separator=" ").split())
    before = heading.prev
    while before is not None and before.tag == "-text":
        before = before.prev
    if (
        before is not None
        and before.tag in ("p", "span", "div", "h2", "strong")
        and 0 < len(before.text().split()) <= 8
        and re.search("kicker|overline|topline|dachzeile|eyebrow|roofline", str(before.attributes), re.IGNORECASE)
    ):
        draft.add(BlockKind.KICKER, before.text(separator=" "))
    if len(words) > 1 and whole.startswith(words[0]) and len(words[0].split()) <= 6 and len(whole) > len(words[0]) + 15:
        draft.add(BlockKind.KICKER, words[0].rstrip(":"))
        whole = whole[len(words[0]) :].lstrip(": ")
    draft.add(BlockKind.HEADLINE, whole)


def _root(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the article: the innermost one with nearly all words of the page's paragraphs."""
    best, score = tree.body, 0.0
    for node in tree.css("article, main, [itemprop=articleBody], [role=main]"):
        words = sum(len(p.text()) for p in node.css("p") if not _linked(p))
        heads = 1.2 if node.css_first("h1") is not None else 1.0
        if words * heads > score * 1.05:
            best, score = node, words * heads
    return best


def _linked(node: LexborNode) -> bool:
    total = len(node.text().strip())
    return total == 0 or sum(len(a.text().strip()) for a in node.css("a")) > 0.7 * total


def _walk(draft: Draft, node: LexborNode, heading: LexborNode | None, meta: Metadata, depth: int) -> None:
    if depth > 150:
        return
    for child in node.iter(include_text=False):
        tag = child.tag or ""
        if tag == "h1" or (heading is not None and child == heading):
            continue
        if tag == "iframe" or (tag == "blockquote" and _WIDGET.search(child.attributes.get("class") or "")):
            _embed(draft, child)
        elif tag == "figure":
            _figure(draft, child)
        elif tag == "header":
            _walk(draft, child, heading, meta, depth + 1)
        elif tag in _SKIP or "hidden" in child.attributes:
            continue
        elif tag == "aside" or _JUNK.search(
            f"{child.attributes.get('class') or ''} {child.attributes.get('id') or ''}"
        ):
            _aside(draft, child)
        elif tag in _BLOCKS:
            _block(draft, child, tag, meta)
        elif tag == "table":
            draft.add(BlockKind.TABLE, child.text(separator=" "))
        else:
            _walk(draft, child, heading, meta, depth + 1)


def _embed(draft: Draft, node: LexborNode) -> None:
    source = (
        node.attributes.get("src")
        or node.attributes.get("data-src")
        or next((a.attributes.get("href") for a in reversed(node.css("a"))), None)
    )
    if node.tag == "iframe" and not (source or "").startswith(("http", "//")):
        return
    span = draft.add(BlockKind.EMBED, node.text(separator=" ")) if node.tag != "iframe" else None
    host = re.sub(r"^(?:https?:)?//(?:www\.)?([^/]+).*$", r"\1", source or "")
    draft.embeds.append(
        Embed(
            provider=provider_of(host.replace(".", " ")) or host or None,
            url=source,
            start=span.start if span else None,
            end=span.end if span else None,
        )
    )


def _figure(draft: Draft, node: LexborNode) -> None:
    picture, caption = node.css_first("img"), node.css_first("figcaption")
    words = " ".join(caption.text(separator=" ").split()) if caption is not None else ""
    match = re.search(r"(?:\s|^)\(?(?:Foto|Bild|Quelle|Bildrechte|©|Grafik)\s*:?.{2,80}$", words)
    cut = match.start() if match else len(words)
    said = draft.add(BlockKind.CAPTION, words[:cut])
    credit = draft.add(BlockKind.CREDIT, words[cut:])
    if picture is not None or said or credit:
        attributes = picture.attributes if picture is not None else {}
        draft.images.append(Image(src=attributes.get("src"), alt=attributes.get("alt"), caption=said, credit=credit))


def _aside(draft: Draft, node: LexborNode) -> None:
    words = " ".join(node.text(separator=" ").split())
    if words and len(words) < 1500:
        consent = is_a("consent", words)
        kind = BlockKind.EMBED if consent else BlockKind.NOTICE if is_a("notice", words) else BlockKind.RELATED
        span = draft.add(kind, words)
        if consent and span:
            draft.embeds.append(Embed(provider=provider_of(words), start=span.start, end=span.end, consent_notice=True))


def _block(draft: Draft, node: LexborNode, tag: str, meta: Metadata) -> None:
    words = " ".join(node.text(separator="").split())
    if not words or (tag in ("li", "h2", "h3", "h4") and _linked(node)):
        return
    draft.add(_kind(draft, words, tag, meta), words)


def _kind(draft: Draft, words: str, tag: str, meta: Metadata) -> BlockKind:
    short = len(words) < 220
    if short and is_a("credit", words):
        return BlockKind.CREDIT
    if authors_of(words):
        return BlockKind.BYLINE
    if agencies_of(words) is not None:
        return BlockKind.AGENCY
    if short and is_a("related", words):
        return BlockKind.RELATED
    if is_a("correction", words):
        return BlockKind.CORRECTION
    if is_a("consent_start", words) and is_a("consent", words):
        return BlockKind.EMBED
    if short and is_a("stamp", words):
        return BlockKind.FURNITURE
    if short and is_a("notice", words):
        return BlockKind.NOTICE
    first = all(b.kind not in (BlockKind.PARAGRAPH, BlockKind.LEDE) for b in draft.blocks)
    described = meta.description and words[:60].casefold() == meta.description[:60].casefold()
    return BlockKind.LEDE if tag == "p" and first and described else _BLOCKS[tag]
