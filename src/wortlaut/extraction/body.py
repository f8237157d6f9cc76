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
_MINUTES = re.compile(r"\d Min(?:uten)?\.$")
"""The end of a short line that says how long the text takes to read, and no sentence's."""
_FEWEST = 4
_MOST = 0.7
"""Share of its parent's running text that an element needs to be looked into alone."""


def find_body(outline: Outline) -> Element:
    """Return the element that holds the article, and mark what is furniture; `prose` and `junk` are set on every element."""
    heaviest = _count(outline)
    root = outline.root
    while True:
        best = heaviest.get(id(root))
        if best is None or best.prose < _MOST * root.prose or _goes_on(best, outline):
            return root
        if best.tag in ("p", "blockquote", "li", "td") and id(best) not in heaviest:
            return root
        root = best


def _goes_on(part: Element, outline: Outline) -> bool:
    """Tell whether the text goes on in a sibling of the same make that markup calls text, too: a page that is cut in parts by a box."""
    if "body" not in part.roles:
        return False
    twins = (e for e in outline.elements if e.parent is part.parent and e is not part and not e.junk)
    return any(e.style == part.style and e.tag == part.tag and e.prose for e in twins)


def _count(outline: Outline) -> dict[int, Element]:
    """Add up running text from the leaves, first all of it (`raw`), then what is not furniture (`prose`).

    Return the child with most of it by its parent's id.
    """
    for line in outline.lines:
        if prose := _prose_of(line):
            line.prose = prose
            line.element.raw += prose
            line.element.prose += prose
    for element in reversed(outline.elements):
        if element.raw and element.parent is not None:
            element.parent.raw += element.raw
    headings = {id(a) for line in outline.lines if line.element.tag == "h1" for a in line.element.ancestors()}
    total = outline.root.raw
    for element in outline.elements:
        parent = element.parent
        element.junk = (parent is not None and parent.junk) or (
            id(element) not in headings and _is_furniture(element, total)
        )
    heaviest: dict[int, Element] = {}
    for element in reversed(outline.elements):
        if element.junk:
            element.prose = 0
        elif element.prose and (parent := element.parent) is not None:
            parent.prose += element.prose
            rival = heaviest.get(id(parent))
            if rival is None or _weight(element) >= _weight(rival):
                heaviest[id(parent)] = element
    return heaviest


def _weight(element: Element) -> float:
    return element.prose * (1.3 if "body" in element.roles else 1)


def _prose_of(line: Line) -> int:
    """Return how many words of a line are running text: all or none."""
    if line.node is not None or line.element.tag in _NO_PROSE or line.link_share > 0.5:
        return 0
    if line.count >= 12:
        return line.count
    ended = line.count >= _FEWEST and _END.search(line.words) and not _MINUTES.search(line.words)
    return line.count if ended else 0


def _is_furniture(element: Element, total: int) -> bool:
    if not element.roles and element.tag not in _ASIDE:
        return False
    if "comments" in element.roles:
        return element.raw < 0.85 * total
    named = bool(element.roles & _FURNITURE) and "body" not in element.roles
    return (named or element.tag in _ASIDE) and element.raw < 0.4 * total
