"""A page's elements with their places in the source, so that a change touches nothing but what it replaces.

Serialising a tree again does not give the same page (a `noscript` in the head, misnested tags). So the tree only tells
what there is: every tag in the source is given an attribute with its place, the parser decides which of them are real
(not in a comment, a script, an attribute), and changes are made to the source at those places.

Browsers read `noscript` in two ways, with scripts and without; a page is therefore looked at in both. For a parser that
knows only one, `noframes` stands in for the other: it is read as text wherever scripts make `noscript` text. Likewise, browsers
before 2025 ignore the tags of mere text in a `select`; where there are any, the page is looked at without them, too.
"""

import re
from bisect import bisect_right as bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, chain

from selectolax.lexbor import LexborHTMLParser, LexborNode

MARK = "w-at"
_TAG = re.compile(r"(<[a-z][^\t\n\f\r />]*)", re.IGNORECASE | re.ASCII)
_ATTRIBUTE = re.compile(
    r"""[\t\n\f\r /]*+([^\t\n\f\r />][^\t\n\f\r />=]*+)"""  # a name may hold quotes and begin with =
    r"""(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:"[^"]*+"|'[^']*+'|[^\t\n\f\r "'>][^\t\n\f\r >]*+)?)?+"""
)
_TAG_REST = re.compile(f"(?:{_ATTRIBUTE.pattern.replace('([^', '(?:[^', 1)})*+[\t\n\f\r /]*+>")
_NOSCRIPT_END = re.compile(r"</noscript(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII)
_INSIDE = re.compile(rf"<noframes (?={MARK}=)(.*?)(?:</noframes|$)", re.DOTALL)
_END_TAG = re.compile(r"<!--.*?(?:--!?>|\Z)|<(/?)([a-z][^\t\n\f\r />]*)", re.IGNORECASE | re.ASCII | re.DOTALL)
_SELECT = re.compile(r"<select(?=[\t\n\f\r />]).*?(?:</select|\Z)", re.IGNORECASE | re.ASCII | re.DOTALL)
_TEXT_TAG = re.compile(
    r"<(?:iframe|noembed|noframes|noscript|plaintext|style|title|xmp)(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII
)
TEXT_ONLY = frozenset(("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"))
VOID = frozenset(
    ("base", "embed", "frame", "img", "input", "link", "meta", "param", "source", "track", "area", "br", "hr", "wbr")
)
_FOREIGN_ROOTS = frozenset(("svg", "math"))
_INTEGRATION = frozenset(("foreignobject", "desc", "title", "annotation-xml"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A real element of the page: its name, attributes (entities resolved), node, and where its start tag begins."""

    tag: str
    attributes: dict[str, str]
    node: LexborNode
    start: int

    def ancestors(self) -> Iterator[str]:
        """Yield the names of the elements around it, innermost first."""
        node = self.node.parent
        while node is not None:
            yield node.tag or ""
            node = node.parent

    def empty_before(self) -> LexborNode | None:
        """Return the empty element just before it, as scripts fill one."""
        node = self.node.prev
        while node is not None and node.is_text_node and not (node.text() or "").strip():
            node = node.prev
        return (
            node if node is not None and node.tag in {"div", "span", "section"} and node.first_child is None else None
        )

    @property
    def is_drawing(self) -> bool:
        """Whether it stands in SVG or MathML, where HTML's names mean nothing."""
        for name in self.ancestors():
            if name in _INTEGRATION:
                return False
            if name in _FOREIGN_ROOTS:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Source:
    """A page's text and how it parses, with scripts and without."""

    text: str
    roots: tuple[LexborNode, ...] = field(init=False)
    starts: tuple[int, ...] = field(init=False)
    names: frozenset[str] = field(init=False)
    is_plain: bool = field(init=False)

    def __post_init__(self) -> None:
        parts = _TAG.split(self.text)
        tags = parts[1::2]
        names = frozenset(tag[1:].lower() for tag in set(tags))
        object.__setattr__(self, "starts", tuple(accumulate(map(len, parts)))[0::2])
        object.__setattr__(self, "names", names)
        marked = "".join(
            chain.from_iterable(zip(parts[0::2], [*tags, ""], _marks(len(tags)), strict=True))
        ).removeprefix("\ufeff")
        views, plain = [marked], True
        if "noscript" in names:
            scripted = _NOSCRIPT_END.sub("</noframes", marked)
            for name in {tag for tag in set(tags) if tag[1:].lower() == "noscript"}:
                scripted = scripted.replace(f"{name} {MARK}", f"<noframes {MARK}")
            views = [scripted, *(f"<body><noscript {inside}<i {MARK}=end>" for inside in _INSIDE.findall(scripted))]
        trees = [LexborHTMLParser(view.encode("utf-8", "replace")) for view in views]
        if not all(tree.css_first(f"[{MARK}=end]") for tree in trees[1:]):
            plain = False
            trees.append(LexborHTMLParser(marked.encode("utf-8", "replace")))
        older = _SELECT.sub(lambda inside: _TEXT_TAG.sub("<b", inside[0]), marked) if "select" in names else marked
        if older != marked:
            plain = False
            trees.append(LexborHTMLParser(older.encode("utf-8", "replace")))
        object.__setattr__(self, "is_plain", plain)
        object.__setattr__(
            self, "roots", tuple(root for tree in trees if tree.root for root in _with_templates(tree.root))
        )

    def find(self, selector: str) -> Iterator[Element]:
        """Yield the elements that a selector matches, each once, those in templates after the others."""
        seen = set()
        for root in self.roots:
            for node in root.css(selector):
                element = self.element(node)
                if element and element.start not in seen:
                    seen.add(element.start)
                    yield element

    def element(self, node: LexborNode) -> Element | None:
        """Return a node as an element, unless the parser made it up."""
        attributes = {name: value or "" for name, value in node.attributes.items()}
        mark = attributes.pop(MARK, "")
        if not mark.isdecimal() or int(mark) >= len(self.starts) - 1:
            return None
        return Element(tag=node.tag or "", attributes=attributes, node=node, start=self.starts[int(mark)])

    def at(self, marks: tuple[int, ...]) -> Iterator[Element]:
        """Yield the elements whose tags have these numbers, as far as they are real."""
        return self.find(",".join(f'[{MARK}="{mark}"]' for mark in marks)) if marks else iter(())

    def mark_before(self, place: int) -> int:
        """Return the number of the tag that begins last before a place."""
        return bisect(self.starts, place) - 1

    def tag_end(self, start: int) -> int:
        """Return where the tag that begins at `start` ends."""
        match = _TAG_REST.match(self.text, _TAG.match(self.text, start).end())  # type: ignore[union-attr] # a tag begins here
        return match.end() if match else len(self.text)

    def tag_with(self, element: Element, changes: dict[str, str | None]) -> str:
        """Return an element's start tag with some attributes' values changed (escaped already), or dropped for None."""
        begin = _TAG.match(self.text, element.start).end()  # type: ignore[union-attr] # a tag begins here
        end = self.tag_end(element.start)

        def change(match: re.Match[str]) -> str:
            name = match[1].lower()
            if name not in changes:
                return match[0]
            value = changes[name]
            return "" if value is None else f' {match[1]}="{value}"'

        return self.text[element.start : begin] + _ATTRIBUTE.sub(change, self.text[begin : end - 1]) + ">"

    def end(self, element: Element) -> int:
        """Return where an element ends: after its end tag, or where the tag begins that closes it without one."""
        opened = self.tag_end(element.start)
        if element.tag in VOID:
            return opened
        if element.tag in TEXT_ONLY:
            return self._text_end(element, opened)
        last, still_open = _last_descendant(element.node)
        begin = opened
        if last is not element.node and (inner := self.element(last)):
            begin = self.tag_end(inner.start)
            if last.tag in TEXT_ONLY:
                begin = self._text_end(inner, begin)
        return self._closing(element, still_open, max(opened, begin))

    def _text_end(self, element: Element, begin: int) -> int:
        """Return where an element of mere text ends; its name is that in the source, where `noframes` may be `noscript`."""
        name = self.text[element.start + 1 : _TAG.match(self.text, element.start).end()]  # type: ignore[union-attr] # it is a tag
        closing = re.compile(rf"</{re.escape(name)}(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII)
        inside = len(closing.findall(element.node.text() or "")) if element.tag == "script" else 0
        for count, match in enumerate(closing.finditer(self.text, begin)):
            if count == inside:
                return self._end_tag_end(match.end())
        return len(self.text)

    def _end_tag_end(self, place: int) -> int:
        match = _TAG_REST.match(self.text, place)
        return match.end() if match else len(self.text)

    def _closing(self, element: Element, still_open: list[str], begin: int) -> int:
        """Find the end tag, past the last start tag inside, where elements inside are `still_open`, outermost first."""
        around = frozenset(element.ancestors())
        for match in _END_TAG.finditer(self.text, begin):
            name = (match[2] or "").lower()
            if name and not match[1]:
                return match.start()
            if name in still_open:
                del still_open[len(still_open) - 1 - still_open[::-1].index(name) :]
            elif name == element.tag:
                return self._end_tag_end(match.end())
            elif name in around:
                return match.start()
        return len(self.text)


def is_closed(piece: str) -> bool:
    """Tell whether a piece of source leaves nothing open, so that what follows reads the same without it."""
    tree = LexborHTMLParser(f"{piece}<i {MARK}=end>".encode("utf-8", "replace"))
    return tree.css_first(f"[{MARK}=end]") is not None


@lru_cache(maxsize=8)
def _marks(count: int) -> list[str]:
    return [*(f" {MARK}={number} " for number in range(count)), ""]


def _with_templates(root: LexborNode) -> Iterator[LexborNode]:
    """Yield a tree and, one by one, what its templates hold, however deep."""
    yield root
    for fragment in root.template_fragments():
        yield from _with_templates(fragment)


def _last_descendant(node: LexborNode) -> tuple[LexborNode, list[str]]:
    """Return the last element that begins inside a node, and the names of those that are open after its start tag."""
    last, still_open = node, []
    while (child := _last_element(last)) is not None:
        last = child
        if child.tag not in VOID | TEXT_ONLY:
            still_open.append(child.tag or "")
    return last, still_open


def _last_element(node: LexborNode) -> LexborNode | None:
    child = node.last_child
    while child is not None and not child.is_element_node:
        child = child.prev
    return child
