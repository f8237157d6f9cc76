"""What an embed's own markup says: its words, title, author, date and the address that people open."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode, SelectolaxError

from wortlaut.errors import LexiconError
from wortlaut.gate.addresses import address_of, scheme_of
from wortlaut.gate.finding import Find, Kind

_GENERAL = {
    "text": "blockquote p",
    "title": "[title]@title, [aria-label]@aria-label, [alt]@alt, [data-title]@data-title, amp-embed@title",
    "date": "time@datetime",
    "link": "blockquote@cite, blockquote > a:last-of-type@href, [data-href]@data-href, [data-url]@data-url",
}
_MOST = 2000
_MOST_NODES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The page's own words about an embed; what the markup does not say is empty."""

    text: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    link: str = ""


def read_words(find: Find) -> Words:
    """Read an embed's markup: first where its provider says the words stand, then where they stand in general."""
    if find.kind is Kind.FRAME and find.element.tag == "iframe":
        attributes = find.element.attributes
        title = attributes.get("title") or attributes.get("aria-label") or attributes.get("data-title") or ""
        return Words(title=title.strip(), link=_link(find, ""))
    rules = find.provider.read
    words = {}
    for name in ("text", "title", "author", "date", "link"):
        rule = rules.get(name, _GENERAL.get(name, ""))
        words[name] = _read(find.element.node, rule, find.provider.id) if rule else ""
    if words["text"] and words["text"] == words["title"]:
        words["title"] = ""
    words["link"] = _link(find, words["link"])
    return Words(**words)


def _read(inside: LexborNode, rule: str, entry: str) -> str:
    """Follow a rule "selector", "selector@attribute", either with " =~ pattern"; several are parted by commas."""
    places, _, pattern = rule.partition(" =~ ")
    for place in places.split(", "):
        selector, _, attribute = place.partition("@")
        try:
            nodes = inside.css(selector)[:_MOST_NODES]
        except SelectolaxError as error:
            raise LexiconError("providers.toml", entry, f"{selector!r} is no selector") from error
        values = [node.attributes.get(attribute) or "" if attribute else _text(node) for node in nodes]
        if pattern:
            found = (re.search(pattern, value, re.IGNORECASE) for value in values)
            values = [match[1].strip() for match in found if match]
        if attribute or pattern:
            values = [value for value in values if value.strip()][:1]
        if text := "\n".join(value for value in values if value):
            return text if len(text) <= _MOST else text[:_MOST].rsplit(" ", 1)[0] + " …"
    return ""


def _text(node: LexborNode) -> str:
    """Return an element's text in one line of single spaces."""
    parts = []
    for one in node.traverse(include_text=True):
        if one.is_text_node and one.parent is not None and one.parent.tag not in {"script", "style"}:
            parts.append(one.text_content or "")
        elif one.tag == "br":
            parts.append(" ")
    return " ".join("".join(parts).split())


def _link(find: Find, named: str) -> str:
    """Return the address that people open: as the markup names it, else made from the frame's address."""
    if (address := address_of(named)) and scheme_of(address.url) in {"http", "https"}:
        return address.url
    if find.provider.link:
        pattern, instead = find.provider.link
        if match := re.search(pattern, find.address.url):
            return match.expand(instead)
    if find.kind in {Kind.SCRIPT, Kind.WIDGET} or find.address.path.endswith(".js"):
        return f"https://{find.address.host}/"
    return find.address.url if scheme_of(find.address.url) in {"http", "https"} else ""
