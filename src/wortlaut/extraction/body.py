"""Which element holds the article: the innermost one with nearly all of the page's running text.

Running text is what has sentences and few links. What markup names as furniture does not count, unless so much of the
page stands in it that the name must mean something else ("layout-with-sidebar").
"""

import re

from wortlaut.extraction.outline import Element, Line, Outline

_FURNITURE = frozenset(["tools", "related", "notice", "bio", "embed", "unseen", "comments"])
_ASIDE = frozenset(["aside", "nav", "footer", "menu", "dialog", "figure", "address"])
_NO_PROSE = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "button", "label", "legend", "caption", "summary", "address", "time"])  # fmt: skip
_END = re.compile(r"[.!?…:;][\"“”«»‹›)’‘'\]]*$")
_MOST = 0.7
"""Share of its parent's running text that an element needs to be looked into alone."""


def find_body(outline: Outline) -> Element:
    """Return the element that holds the article, and mark what is furniture; `prose` and `junk` are set on every element."""
    _count(outline)
    root = outline.root
    while True:
        best = max(root.children, key=lambda e: e.prose * (1.3 if "body" in e.roles else 1), default=None)
        if best is None or best.prose < _MOST * root.prose or best.prose == 0:
            return root
        if best.tag in ("p", "blockquote", "li", "td") and not best.children:
            return root
        root = best


def _count(outline: Outline) -> None:
    """Add up running text from the leaves, first all of it (`raw`), then what is not furniture (`prose`)."""
    for line in outline.lines:
        if prose := _prose_of(line):
            line.prose = prose
            line.element.raw += prose
            line.element.prose += prose
    elements = _preorder(outline.root)
    for element in reversed(elements):
        if element.raw and element.parent is not None:
            element.parent.raw += element.raw
    headings = {id(a) for line in outline.lines if line.element.tag == "h1" for a in line.element.ancestors()}
    total = outline.root.raw
    for element in elements:
        parent = element.parent
        element.junk = (parent is not None and parent.junk) or (
            id(element) not in headings and _is_furniture(element, total)
        )
    for element in reversed(elements):
        if element.junk:
            element.prose = 0
        elif element.prose and element.parent is not None:
            element.parent.prose += element.prose


def _prose_of(line: Line) -> int:
    """Return how many words of a line are running text: all or none."""
    if line.node is not None or line.element.tag in _NO_PROSE or line.link_share > 0.5:
        return 0
    return line.count if line.count >= 12 or (line.count >= 4 and _END.search(line.words)) else 0


def _is_furniture(element: Element, total: int) -> bool:
    if not element.roles and element.tag not in _ASIDE:
        return False
    if "comments" in element.roles:
        return element.raw < 0.85 * total
    named = bool(element.roles & _FURNITURE) and "body" not in element.roles
    return (named or element.tag in _ASIDE) and element.raw < 0.4 * total


def _preorder(root: Element) -> list[Element]:
    found, stack = [], [root]
    while stack:
        element = stack.pop()
        found.append(element)
        stack += reversed(element.children)
    return found
