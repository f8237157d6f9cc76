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
_ANY_TAG = re.compile(r"<!--.*?(?:--!?>|\Z)|<(/?)([a-z][^\t\n\f\r />]*)", re.IGNORECASE | re.ASCII | re.DOTALL)
_SELECT = re.compile(r"<select(?=[\t\n\f\r />]).*?(?:</select|\Z)", re.IGNORECASE | re.ASCII | re.DOTALL)
_TEXT_TAG = re.compile(
    r"<(?:iframe|noembed|noframes|noscript|plaintext|style|title|xmp)(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII
)
_SPLIT = re.compile(  # tags of mere text need no number
    r"(<(?:(?!(?:b|br|em|figcaption|h[1-6]|i|p|path|strong|t[dhr]|time)[\t\n\f\r >])[a-z]|/noscript(?=[\t\n\f\r />]))"
    r"[^\t\n\f\r />]*)",
    re.IGNORECASE | re.ASCII,
)
_SCRIPTED = {"<noscript": "<noframes", "</noscript": "</noframes"}
_SCRIPT_END = re.compile(r"</script(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII)
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

    @property
    def is_linked(self) -> bool:
        """Whether it stands in a link; an `a` without an address is none."""
        node = self.node.parent
        while node is not None and not (node.tag == "a" and "href" in node.attributes):
            node = node.parent
        return node is not None

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
        parts = _SPLIT.split(self.text)
        tags = parts[1::2]
        names = frozenset(tag[1:].lower() for tag in set(tags))
        object.__setattr__(self, "starts", tuple(accumulate(map(len, parts)))[0::2])
        object.__setattr__(self, "names", names)
        views, plain = [_marked(parts, tags)], True
        if "noscript" in names:
            scripted = {tag: _SCRIPTED[tag.lower()] for tag in set(tags) if tag.lower() in _SCRIPTED}
            views = [_marked(parts, [scripted.get(tag, tag) for tag in tags]), *_insides(parts, tags, scripted)]
        trees = [LexborHTMLParser(view.encode("utf-8", "replace")) for view in views]
        if not all(tree.css_first(f"[{MARK}=end]") for tree in trees[1:]):
            plain = False
            trees.append(LexborHTMLParser(_marked(parts, tags).encode("utf-8", "replace")))
        if "select" in names and (older := _SELECT.sub(_without_text_tags, marked := _marked(parts, tags))) != marked:
            plain = False
            trees.append(LexborHTMLParser(older.encode("utf-8", "replace")))
        object.__setattr__(self, "is_plain", plain)
        roots = [tree.root for tree in trees if tree.root]
        if "template" in names:
            roots = [part for root in roots for part in _with_templates(root)]
        object.__setattr__(self, "roots", tuple(roots))

    def find(self, selector: str) -> Iterator[Element]:
        """Yield the elements that a selector matches, each once, those in templates after the others."""
        seen = set()
        for root in self.roots:
            for node in root.css(selector):
                element = self.element(node)
                if element and element.start not in seen:
                    seen.add(element.start)
                    yield element

    def first(self, name: str) -> Element | None:
        """Return the page's one element of a name, like body."""
        nodes = filter(None, (root.css_first(name) for root in self.roots))
        return next(filter(None, map(self.element, nodes)), None)

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
        if element.tag in TEXT_ONLY and not element.is_drawing:
            text = element.node.text() or "" if element.tag == "script" else ""
            return self._text_end(element.tag, opened, len(_SCRIPT_END.findall(text)))
        return self._closing(element, opened)

    def _text_end(self, name: str, begin: int, inside: int = 0) -> int:
        """Return where an element of mere text ends that holds `inside` end tags of its own name as text."""
        closing = re.compile(rf"</{re.escape(name)}(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII)
        for count, match in enumerate(closing.finditer(self.text, begin)):
            if count == inside:
                return self._end_tag_end(match.end())
        return len(self.text)

    def _end_tag_end(self, place: int) -> int:
        match = _TAG_REST.match(self.text, place)
        return match.end() if match else len(self.text)

    def _closing(self, element: Element, begin: int) -> int:
        """Find the end tag of an element, or the one of an element around it that closes it, too."""
        around: frozenset[str] | None = None
        still_open: list[str] = []
        place = begin
        while match := _ANY_TAG.search(self.text, place):
            name, place = (match[2] or "").lower(), match.end()
            if not name:
                continue
            if not match[1]:
                place = self.tag_end(match.start())
                if name in TEXT_ONLY:
                    place = self._text_end(name, place)
                elif name not in VOID:
                    still_open.append(name)
            elif name in still_open:
                del still_open[len(still_open) - 1 - still_open[::-1].index(name) :]
            elif name == element.tag:
                return self._end_tag_end(place)
            else:
                around = frozenset(element.ancestors()) if around is None else around
                if name in around:
                    return match.start()
        return len(self.text)


def is_closed(piece: str) -> bool:
    """Tell whether a piece of source leaves nothing open, so that what follows reads the same without it."""
    tree = LexborHTMLParser(f"{piece}<i {MARK}=end>".encode("utf-8", "replace"))
    return tree.css_first(f"[{MARK}=end]") is not None


def takes_form(before: str) -> bool:
    """Tell whether a form that is put in after a piece of source is one: not in a tag, a comment, a text, another form."""
    tree = LexborHTMLParser(f"{before}<form {MARK}=end>".encode("utf-8", "replace"))
    return tree.css_first(f"form[{MARK}=end]") is not None


def _marked(parts: list[str], tags: list[str], first: int = 0) -> str:
    """Return the source with a number in each tag, counted from the first, the tags being as given."""
    marked = chain.from_iterable(zip(parts[0::2], [*tags, ""], _marks(first, len(tags)), strict=True))
    return "".join(marked).removeprefix("\ufeff")


def _insides(parts: list[str], tags: list[str], scripted: dict[str, str]) -> list[str]:
    """Return what each `noscript` holds, as browsers without scripts read it, with a mark at the end."""
    places = [number for number, tag in enumerate(tags) if tag in scripted]
    insides = []
    for place, following in zip(places, [*places[1:], len(tags)], strict=True):
        if "/" not in tags[place]:
            inside = _marked(parts[2 * place + 2 : 2 * following + 1], tags[place + 1 : following], place + 1)
            insides.append(f"<body><noscript {inside}<i {MARK}=end>")
    return insides


def _without_text_tags(inside: re.Match[str]) -> str:
    return _TEXT_TAG.sub("<b", inside[0])


@lru_cache(maxsize=8)
def _marks(first: int, count: int) -> list[str]:
    return [*(f" {MARK}={number} " for number in range(first, first + count)), ""]


def _with_templates(root: LexborNode) -> Iterator[LexborNode]:
    """Yield a tree and, one by one, what its templates hold, however deep."""
    waiting = [root]
    while waiting:
        yield (part := waiting.pop())
        waiting += reversed(part.template_fragments())
