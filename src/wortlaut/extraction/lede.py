"""The lede: what stands between headline and text, or a first paragraph that is set apart from the others."""

from collections.abc import Sequence

from wortlaut.extraction.dates import find_stamp
from wortlaut.extraction.metadata import Metadata
from wortlaut.extraction.outline import Element, Line
from wortlaut.extraction.people import clean_names
from wortlaut.extraction.phrases import is_a
from wortlaut.extraction.title import letters

_FEWEST = 5
"""Words of a lede; the longest seen has 110."""
_MOST = 130


def find_lede(
    lines: Sequence[Line], head: Sequence[int], body: Sequence[int], root: Element, headline: Line, meta: Metadata
) -> int | None:
    """Return the index of the lede's line. `head` are lines between headline and text, `body` the text's own paragraphs."""
    titles = {letters(t) for t in (*meta.titles, headline.words) if t}
    new = [n for n in head if not any(letters(lines[n].words) in t for t in titles)]
    first = lines[body[0]] if body else None
    named = [
        n
        for n in new
        if _is_named(lines[n]) or (_described(lines[n], meta) and "caption" not in lines[n].element.roles)
    ]
    apart = [n for n in new if _may_be(lines[n]) and (first is None or _place(lines[n]) != _place(first))]
    apart = [n for n in apart if lines[n].prose or not _is_controlled(lines[n], lines)]
    if named or apart:
        return (named or apart)[0]
    if first is None or len(body) < 3 or not _may_be(first):
        return None
    others = [lines[n] for n in body[1:4]]
    if (_in_lede(first, root) and not _in_lede(others[0], root)) or (_bold(first) and not any(map(_bold, others))):
        return body[0]
    styles = {line.element.style for line in others}
    alone = (len(styles) == 1 and first.element.style not in styles) or first.element.parent is not others[
        0
    ].element.parent
    return body[0] if alone and _described(first, meta) else None


def _is_named(line: Line) -> bool:
    words = line.count
    return (
        "lede" in line.element.roles
        and _FEWEST <= words <= _MOST
        and line.link_share < 0.5
        and (line.prose > 0 or _may_be(line))
    )


def _place(line: Line) -> tuple[Element | None, str]:
    return line.element.parent, line.element.style


def _is_controlled(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a line stands beside buttons or a sound, as what a player says of itself does."""
    box = line.element.parent or line.element
    around = lines[box.first : box.last]
    return any(x.element.tag == "button" or (x.node is not None and x.node.tag == "audio") for x in around)


def _in_lede(line: Line, root: Element) -> bool:
    return any("lede" in e.roles for e in line.element.ancestors() if e.depth > root.depth)


def _may_be(line: Line) -> bool:
    words = line.count
    if line.node is not None or not _FEWEST <= words <= _MOST or line.link_share > 0.5:
        return False
    if line.element.roles & {"byline", "stamp", "kicker", "credit", "caption"} or line.element.junk:
        return False
    return not (
        (find_stamp(line.words) and words < 14)
        or is_a("stamp", line.words)
        or is_a("translated", line.words)
        or is_a("byline_start", line.words)
        or (words < 12 and clean_names([line.words])[0])
    )


def _bold(line: Line) -> bool:
    """Tell whether a whole paragraph is set in bold or in italics."""
    slanted = all(p.tag in ("i", "em") or p.words.isspace() for p in line.pieces)
    return (slanted or line.bold > 0.9 * len(line.words)) and line.prose >= 8


def _described(line: Line, meta: Metadata) -> bool:
    """Tell whether the page's description begins as the line does."""
    words = letters(line.words)[:40]
    return len(words) >= 25 and any(letters(d).startswith(words) for d in meta.descriptions)
