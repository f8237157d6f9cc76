"""What stands right behind the text and still speaks of it: the source it rests on, the agency that sent it."""

from collections.abc import Iterator, Sequence

from wortlaut.extraction.boxes import find_box
from wortlaut.extraction.outline import Box, Element, Line
from wortlaut.extraction.phrases import agencies_of, is_a
from wortlaut.model import BlockKind

_MOST = 10
"""Lines behind the text that are looked at."""
_LONGEST = 110
"""Characters of such a line."""
_HEADINGS = frozenset(["h1", "h2", "h3", "h4"])


def find_tail(lines: Sequence[Line], root: Element, holders: frozenset[int]) -> Iterator[tuple[BlockKind, str]]:
    """Yield the lines behind the article's element that name a source or an agency, up to the next heading.

    "Quelle: Lomnauer Blatt, dpa" is a signature, "Quelle: Lomnauer Blatt" a notice; "Verwendete Quellen" brings its list with it.
    """
    number, stop = root.last, min(_holder(root).last, root.last + _MOST)
    while number < stop and lines[number].element.tag not in _HEADINGS:
        words = _unlinked(lines[number])
        number += 1
        kind = source_kind(words)
        if kind is None or _is_offer(lines[number - 1], lines, holders):
            continue
        if kind is BlockKind.AGENCY:
            yield kind, words
        else:
            items = []
            while number < stop and lines[number].element.tag == "li":
                items.append(lines[number].words)
                number += 1
            yield kind, " ".join([words, *items])


def source_kind(words: str) -> BlockKind | None:
    """Return the kind of a line that names a source: an agency's signature or a notice; None if it names none."""
    if not words or len(words) > _LONGEST:
        return None
    return BlockKind.AGENCY if agencies_of(words) else BlockKind.NOTICE if is_a("source", words) else None


def _holder(root: Element) -> Element:
    """Return the element that markup calls the article, or what stands around the text."""
    around = [*root.ancestors()][1:]
    return next(
        (e for e in around if e.tag in ("article", "main")), around[min(1, len(around) - 1)] if around else root
    )


def _unlinked(line: Line) -> str:
    return " ".join("".join(p.words for p in line.pieces if p.tag != "a").split())


def _is_offer(line: Line, lines: Sequence[Line], holders: frozenset[int]) -> bool:
    """Tell whether a line belongs to something else: a teaser, comments, what stands beside the page; tools are none."""
    found = find_box(line, lines, holders)
    return (found is not None and found[0] is not Box.DROPPED) or any(
        e.tag == "aside" or e.roles & {"related", "comments"} for e in line.element.ancestors() if id(e) not in holders
    )
