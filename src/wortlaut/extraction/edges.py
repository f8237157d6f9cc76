"""What stands at a paragraph's edges and is no part of it: the dateline before it, the agency in brackets behind it."""

import re
from collections.abc import Iterator

from wortlaut.extraction.phrases import agencies_of, authors_of
from wortlaut.model import BlockKind
from wortlaut.text import Span

_DATELINE = re.compile(
    r"^(?:[A-ZÄÖÜ][A-ZÄÖÜ/ .-]{2,40}|[A-ZÄÖÜ][\w-]+(?:/[A-ZÄÖÜ][\w-]+)?)\s*(?:\((?P<agency>[\w/-]{2,20})\)\s*[-–—.]?|[-–—])\s+(?=\S)"
)
_TRAILING = re.compile(r"\s*\((?P<agency>[A-Za-z]{2,12}(?:[/,]\s?[A-Za-z]{2,12})*)\)\s*$")
_SENTENCE_END = re.compile(r"(?<=[.!?…\"“”«»])\s+(?=[A-ZÄÖÜ])")
_SIGNED = 110
"""Characters of a byline behind a lede, at most."""


def has_dateline(words: str) -> bool:
    """Tell whether a paragraph begins with the place it was written at: "Kassel (dpa) – Der Rat tagt."."""
    return _DATELINE.match(words) is not None


def divide_paragraph(words: str, kind: BlockKind) -> Iterator[tuple[BlockKind, Span, tuple[str, ...]]]:
    """Yield the parts of a paragraph with their kinds, places and agencies; mostly it is one part."""
    start, end = 0, len(words)
    if match := _DATELINE.match(words):
        mark = match["agency"]
        agencies = agencies_of(f"({mark})") or tuple(mark.split("/")) if mark else ()
        yield BlockKind.DATELINE, Span(0, len(match.group().rstrip())), agencies
        start = match.end()
    if kind is BlockKind.LEDE and (at := _byline_start(words)) > start:
        yield kind, Span(start, len(words[:at].rstrip())), ()
        yield BlockKind.BYLINE, Span(at, end), ()
        return
    tail = _TRAILING.search(words) if words.endswith(")") else None
    named = agencies_of(tail.group().strip()) if tail else None
    if tail and named and tail.start() > start:
        yield kind, Span(start, tail.start()), ()
        yield BlockKind.AGENCY, Span(end - len(tail.group().strip()), end), named
    else:
        yield kind, Span(start, end), ()


def _byline_start(words: str) -> int:
    """Return where a byline begins behind the last sentence of a lede, 0 if there is none: "Der Rat tagt. Von Edda Kross"."""
    ends = (match.end() for match in _SENTENCE_END.finditer(words, max(0, len(words) - _SIGNED)))
    return next((at for at in ends if authors_of(words[at:])), 0)
