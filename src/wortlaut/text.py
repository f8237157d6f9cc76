"""Spans of a text and the arithmetic on them.

Every place in Wortlaut is a half-open interval of Unicode code points, counted from 0 into one text that never changes
after extraction. A span is a named tuple, not a dataclass, because it is the one record that is made by the thousand
a page, and because a pair is what the JSON contract writes.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of code points: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words at this span."""
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Tell whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> "Span":
        """Return the span moved by `by` code points."""
        return Span(self.start + by, self.end + by)


Spans = tuple[Span, ...]


@lru_cache(maxsize=64)
def lowered(text: str) -> str:
    """Return the text in small letters, each at its place: patterns that know only these are found three times as fast."""
    return text.replace("İ", "i").lower()


def words_at(text: str, spans: Iterable[Span]) -> str:
    """Join the words at `spans` by one space, with white space inside them folded."""
    return " ".join(" ".join(span.of(text).split()) for span in spans)


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the span from `start` to `end` without white space at its edges, or None if nothing is left."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    kept = words.strip()
    return Span(start + left, start + left + len(kept)) if kept else None


def hull(spans: Iterable[Span]) -> Span:
    """Return the smallest span that holds all `spans`; raise ValueError if there are none."""
    held = tuple(spans)
    return Span(min(s.start for s in held), max(s.end for s in held))


def merge(spans: Iterable[Span]) -> Spans:
    """Sort spans and join those that touch or overlap."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def subtract(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of `span` when `holes` are cut out of it, in order."""
    at = span.start
    for hole in merge(hole for hole in holes if hole.overlaps(span)):
        if hole.start > at:
            yield Span(at, hole.start)
        at = max(at, hole.end)
    if at < span.end:
        yield Span(at, span.end)
