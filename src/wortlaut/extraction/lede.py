"""The lede: what stands between headline and text, or a first paragraph that is set apart from the others."""

import re
from collections.abc import Sequence

from wortlaut.extraction.body import prose_of
from wortlaut.extraction.metadata import Metadata
from wortlaut.extraction.outline import Element, Line
from wortlaut.extraction.people import clean_names
from wortlaut.extraction.phrases import is_a

_FEWEST = 5
"""Words of a lede; the longest seen has 110."""
_MOST = 130


def find_lede(lines: Sequence[Line], head: Sequence[int], body: Sequence[int], root: Element, meta: Metadata) -> int | None:
    """Return the index of the lede's line. `head` are lines between headline and text, `body` the text's own paragraphs."""
    outside = [n for n in head if _may_be(lines[n])]
    named = [n for n in outside if "lede" in lines[n].element.roles or _described(lines[n], meta)]
    if named:
        return named[0]
    style = lines[body[0]].element.style if body else ""
    apart = [n for n in outside if (lines[n].element.parent, lines[n].element.style) != (lines[body[0]].element.parent, style)] if body else outside  # fmt: skip
    if apart:
        return apart[0]
    if len(body) < 3:
        return None
    first, others = lines[body[0]], [lines[n] for n in body[1:4]]
    if not _may_be(first):
        return None
    in_lede = any("lede" in e.roles for e in first.element.ancestors() if e.depth > root.depth)
    same = any("lede" in e.roles for e in others[0].element.ancestors() if e.depth > root.depth)
    if (in_lede and not same) or _bold(first) and not any(map(_bold, others)):
        return body[0]
    alone = all(first.element.style != line.element.style for line in others) and len({o.element.style for o in others}) == 1
    return body[0] if _described(first, meta) and (alone or first.element.parent is not others[0].element.parent) else None


def _may_be(line: Line) -> bool:
    words = line.words.count(" ") + 1
    if line.node is not None or not _FEWEST <= words <= _MOST or line.link_share > 0.5:
        return False
    if line.element.roles & {"byline", "stamp", "kicker", "credit", "caption"} or line.element.junk:
        return False
    short = words < 12 and not re.search(r"[.!?…]", line.words)
    return not (short and (clean_names([line.words])[0] and "lede" not in line.element.roles or is_a("stamp", line.words)))


def _bold(line: Line) -> bool:
    return line.bold > 0.9 * len(line.words) and prose_of(line) >= 8


def _described(line: Line, meta: Metadata) -> bool:
    """Tell whether the page's description begins as the line does."""
    words = _letters(line.words)[:40]
    return len(words) >= 25 and any(_letters(d).startswith(words) for d in meta.descriptions)


def _letters(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()
