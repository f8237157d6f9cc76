"""A page's tree as an outline: the lines a reader would see, each with the element it stands in.

A line is a run of text between two borders of block elements. Lines keep the order of the page, know how many of their
characters are links or bold, and their pieces by inline element, because a kicker, a caption and a credit often share a
line. One pass over the tree without recursion: a page of 100,000 nested elements costs no more than one of 100,000 flat.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from wortlaut import lexicon

_INLINE = frozenset(["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"])  # fmt: skip
_SKIPPED = frozenset(["script", "style", "noscript", "template", "svg", "math", "select", "option", "textarea", "head", "title", "meta", "link", "input", "map", "-comment"])  # fmt: skip
_PLAIN = frozenset(
    ["b", "strong", "i", "em", "u", "small", "sub", "sup", "s", "q", "br", "wbr", "abbr", "mark", "font", "big"]
)
_AROUND = frozenset(["nav", "footer", "menu", "dialog"])
_SUSPECT = _AROUND | {"header", "ul"}
_THINGS = frozenset(["img", "iframe", "video", "audio", "object", "embed", "amp-img", "amp-iframe"])
_BOXES = frozenset(["span", "div", "p", "time"])
_BOLD = frozenset(["b", "strong"])
_NAMING = frozenset(["id", "itemprop", "data-testid", "data-component", "data-area", "data-type"])
_EMBEDDING = frozenset(["data-provider", "data-provider-name", "data-embed", "data-embed-type", "data-embed-provider", "data-embed-url", "data-oembed-url", "data-consent", "data-consent-type", "data-consent-provider", "data-consent-vendor", "data-gdpr-vendor-name", "data-vendor", "data-vendors", "data-cmp-vendor", "data-cookieconsent", "data-cookie-consent"])  # fmt: skip
"""Attributes that pages give to an element that waits for consent to what a third party has."""
_UNSEEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_NONE: frozenset[str] = frozenset()
_DEEPEST = 250
"""Elements on the way to a line; below that, everything is taken for one line. The deepest news page seen has 60."""
_LARGEST = 400_000
"""Nodes of a page that are looked at; the largest news page seen has 60,000."""
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_OPENING = "([{„‚»›«‹/-–"
_CLOSING = ".,;:!?)]}“‘«‹»›…/ \n\t\r\xa0"
_INITIAL = 40
"""Characters of an element that has but an initial, with the blanks around it."""
_WORDS = frozenset("AEIOUYÀÉ")
"""Letters that are a word in some language."""
_DENYING = frozenset(["no", "not", "non", "has", "with", "without", "hide"])
"""A word behind one of these names another element's role: "has-sidebar", "no-tts"."""
_BORDER = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])|[^A-Za-zÄÖÜäöüß]+")


class Box(Enum):
    """What a whole element is."""

    FIGURE = auto()
    EMBED = auto()
    RELATED = auto()
    NOTICE = auto()
    TABLE = auto()
    DROPPED = auto()
    UNKNOWN = auto()


UNKNOWN = Box.UNKNOWN
"""Nobody has asked yet what an element is."""


@dataclass(slots=True, eq=False)
class Element:
    """A block element: its roles by markup, and what its subtree holds once the outline is complete.

    It knows what it stands in, not what stands in it: without circles, a page's memory is free as soon as the page is done.
    """

    tag: str
    roles: frozenset[str]
    style: str
    parent: "Element | None"
    depth: int
    first: int
    quoted: bool = False
    last: int = 0
    junk: bool = False
    raw: int = 0
    prose: int = 0
    box: Box | None = UNKNOWN

    def ancestors(self) -> Iterator["Element"]:
        """Yield this element and all above it, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


_Inline = tuple[str, frozenset[str]]
"""Tag and roles of an inline element that is open; two of them are told apart by identity."""


class Piece(NamedTuple):
    """Words of a line that stand in one inline element."""

    words: str
    roles: frozenset[str]
    tag: str


@dataclass(slots=True, eq=False)
class Line:
    """A run of text of `count` words, or a thing (picture, frame) when `node` is set; `prose` counts running text."""

    element: Element
    words: str = ""
    pieces: tuple[Piece, ...] = ()
    linked: int = 0
    bold: int = 0
    count: int = 0
    node: LexborNode | None = None
    stamp: str | None = None
    prose: int = 0
    hinted: bool | None = None

    @property
    def link_share(self) -> float:
        """Characters of links, as a share of all."""
        return self.linked / max(1, len(self.words))


def is_near(line: Line, role: str) -> bool:
    """Tell whether a line's element, or the one around it, has a role."""
    parent = line.element.parent
    return role in line.element.roles or (parent is not None and role in parent.roles)


@lru_cache(maxsize=32_768)
def roles_of(marks: str) -> frozenset[str]:
    """Return the roles that the words of attributes name, by the lexicon's *markup*."""
    known = _roles()
    found: list[str] = []
    before = ""
    for word in _BORDER.split(marks):
        if not word:
            continue
        word = word.lower()  # noqa: PLW2901 - the same word
        if word in known and before not in _DENYING:
            found += known[word]
        if before in _firsts() and (pair := f"{before} {word}") in known:
            found += known[pair]
        before = word
    return frozenset(found) if found else _NONE


@cache
def _firsts() -> frozenset[str]:
    return frozenset(words.split()[0] for words in _roles() if " " in words)


@cache
def _roles() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role, words in lexicon.load("markup").items():
        for word in words:
            found.setdefault(word, []).append(role)
    return found


def _marks(node: LexborNode) -> tuple[frozenset[str], str]:
    """Return the roles that an element's attributes name, and its class."""
    attributes = node.attributes
    if not attributes:
        return _NONE, ""
    style = marks = attributes.get("class") or ""
    if style and len(attributes) == 1:
        return roles_of(style[:400]), style
    for name in attributes:
        if name in _NAMING:
            marks = f"{marks} {attributes[name]}"
    roles = roles_of(marks[:400]) if marks else _NONE
    if not _EMBEDDING.isdisjoint(attributes):
        roles = roles | {"embed"}
    if "hidden" in attributes or ("style" in attributes and _UNSEEN.search(attributes["style"] or "")):
        roles = roles | {"unseen"}
    return roles, style


class Outline:
    """The lines and elements of a page, in its order."""

    def __init__(self, body: LexborNode) -> None:
        """Walk the tree below `body`."""
        self.root = Element("body", frozenset(), "", None, 0, 0)
        self.elements = [self.root]
        self.lines: list[Line] = []
        self._element = self.root
        self._parts: list[tuple[str, _Inline]] = []
        self._inline: list[_Inline] = [("", _NONE)]
        self._links = self._bolds = self._linked = self._bold = 0
        self._broken = self._headed = False
        self._stamp: str | None = None
        self._walk(body)
        if self._parts:
            self._finish()
        self.root.last = len(self.lines)

    def _walk(self, body: LexborNode) -> None:
        """Visit the nodes in their order, opening and leaving elements; the stack is ours, so that depth costs nothing."""
        node, left = body.child, _LARGEST
        open_nodes: list[tuple[LexborNode, bool]] = []
        while node is not None and left:
            left -= 1
            tag = node.tag or ""
            if tag == "-text":
                words = node.text_content
                if words and (self._parts or not words.isspace()):
                    self._text(words)
            elif tag not in _SKIPPED and (entered := self._enter(node, tag)) is not None:
                below = node.child
                if below is not None:
                    open_nodes.append((node, entered))
                    node = below
                    continue
                self._leave(inline=entered)
            after = node.next
            while after is None and open_nodes:
                holder, inline = open_nodes.pop()
                self._leave(inline=inline)
                after = holder.next
            node = after
        while open_nodes:
            self._leave(inline=open_nodes.pop()[1])

    def _enter(self, node: LexborNode, tag: str) -> bool | None:
        """Open an element; tell whether it is inline, None if its children are not to be walked."""
        if tag == "br":
            self._break()
            return None
        if tag in _INLINE or self._element.tag in _HEADINGS or self._element.depth > _DEEPEST:
            roles = self._inline[-1][1]
            if tag not in _PLAIN and self._element.tag != "p" and (marked := _marks(node)[0]):
                roles = roles | marked
            self._inline.append((tag, roles))
            if tag == "a":
                self._links += 1
            elif tag in _BOLD:
                self._bolds += 1
            elif tag == "time":
                self._stamp = self._stamp or node.attributes.get("datetime")
            return True
        if tag in _THINGS:
            self._thing(node)
            return None
        roles, style = _marks(node)
        if tag in _HEADINGS or tag == "p":
            roles = roles - {"tools"}
        if ("tools" in roles or tag in _SUSPECT) and self._is_around(node, tag):
            return None
        self._headed = self._headed or tag == "h1"
        if self._parts:
            self._finish()
        parent = self._element
        quoted = parent.quoted or tag == "blockquote"
        self._element = Element(tag, roles, style, parent, parent.depth + 1, len(self.lines), quoted)
        self.elements.append(self._element)
        return False

    def _is_around(self, node: LexborNode, tag: str) -> bool:
        """Tell, quickly, whether an element holds nothing but the page's menus and tools."""
        if tag == "ul":
            return not self._headed and len(node.css("a")) >= len(node.css("li"))
        if (tag == "header" and node.css_first("nav") is None) or (
            tag == "footer" and self._element.tag == "blockquote"
        ):
            return False
        return node.css_first("p" if tag in _AROUND else "h1,h2,p") is None

    def _leave(self, *, inline: bool) -> None:
        if inline:
            tag = self._inline.pop()[0]
            if tag == "a":
                self._links -= 1
            elif tag in _BOLD:
                self._bolds -= 1
            return
        if self._parts:
            self._finish()
        self._element.last = len(self.lines)
        self._element = self._element.parent or self.root

    def _text(self, words: str) -> None:
        self._parts.append((words, self._inline[-1]))
        if not words.isspace():
            self._broken = False
            size = len(words)
            self._linked += size if self._links else 0
            self._bold += size if self._bolds else 0

    def _break(self) -> None:
        """Take one line break for a space, two for the border of a paragraph; a heading has no paragraphs."""
        if self._broken and self._parts and self._element.tag not in _HEADINGS:
            self._finish()
        elif self._parts:
            self._parts.append(("\n", self._inline[0]))
            self._broken = True

    def _thing(self, node: LexborNode) -> None:
        if self._element.tag != "p" and self._parts:
            self._finish()
        self.lines.append(Line(self._element, node=node))

    def _finish(self) -> None:
        """Close the line that is open."""
        parts = self._parts
        if len(parts) == 1:
            words, inline = parts[0]
            pieces: tuple[Piece, ...] = (Piece(words, inline[1], inline[0]),)
            words = " ".join(words.split())
        else:
            pieces = _with_initial(tuple(_pieces(parts, glued=self._element.tag == "p")))
            words = " ".join("".join([p.words for p in pieces]).split())
        if words:
            size = len(words)
            line = Line(
                self._element, words, pieces, min(self._linked, size), min(self._bold, size), words.count(" ") + 1
            )
            line.stamp = self._stamp
            self.lines.append(line)
        parts.clear()
        self._linked = self._bold = 0
        self._broken, self._stamp = False, None


def _with_initial(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Join a large initial to its word: "<span> S </span> chon" is shown as "Schon"; "<b>A</b> man" stays as it is."""
    first = pieces[0]
    letter = first.words.strip() if first.tag and len(first.words) < _INITIAL else ""
    if len(letter) != 1 or not letter.isupper() or letter in _WORDS:
        return pieces
    rest = [piece for piece in pieces[1:3] if not piece.words.isspace()]
    if not rest or not rest[0].words.lstrip()[:1].islower():
        return pieces
    rest[0] = rest[0]._replace(words=rest[0].words.lstrip())
    return first._replace(words=letter), *rest, *pieces[3:]


def _pieces(parts: list[tuple[str, _Inline]], *, glued: bool) -> Iterator[Piece]:
    """Join what stands in the same inline element; outside of paragraphs, set a space between two that touch.

    There, "<span>Streit</span><span>Koalition tagt</span>" are two boxes on the screen.
    """
    at, end, tag = 0, " ", ""
    while at < len(parts):
        words, inline = parts[at]
        at += 1
        while at < len(parts) and parts[at][1] is inline:
            words += parts[at][0]
            at += 1
        name, roles = inline
        boxed = name in _BOXES or roles or name == tag == "a"
        initial = len(end) == 1 and end.isupper() and words[0].islower()
        if (
            not glued
            and not initial
            and boxed
            and not end[-1].isspace()
            and end[-1] not in _OPENING
            and words[0] not in _CLOSING
        ):
            words = " " + words
        end, tag = words, name
        yield Piece(words, roles, name)
