"""Words found again in a page that may have changed: the text quote selector of the Web Annotation Data Model.

https://www.w3.org/TR/annotation-model/#text-quote-selector: the exact words with some of what stands before and after, so
that they are found without offsets. White space is compared folded; everything else must be the same, letter by letter.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from rapidfuzz import fuzz

from wortlaut.text import Span

_AROUND = 32
"""Characters of prefix and suffix, as annotation tools use it (Hypothesis)."""
_SAME_PLACE = 0.75
"""Likeness of the characters around from which a place is the same although something near it was changed."""
_CHANGED = 70.0
"""Likeness (rapidfuzz, 0 to 100) from which other words are the changed ones; below it they are gone."""
_SHORT = 12
"""Fewer characters are like something on every page."""


class State(StrEnum):
    """What became of words: still there; there, but elsewhere; other words in their place; not there."""

    FOUND = "found"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


SEVERITY = tuple(State)
"""The states from best to worst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuoteSelector:
    """Exact words, and what stands directly before and after them."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What became of the words of a selector: their state, and their place in the text looked at, None if they are gone."""

    selector: TextQuoteSelector
    state: State
    place: Span | None = None
    words: str | None = None


def select_quote(text: str, span: Span) -> TextQuoteSelector:
    """Return the selector of a stretch of text."""
    return TextQuoteSelector(
        exact=span.of(text),
        prefix=text[max(0, span.start - _AROUND) : span.start],
        suffix=text[span.end : span.end + _AROUND],
    )


def find_again(text: str, selector: TextQuoteSelector) -> Standing:
    """Return what became of the selector's words in a text; of several places the one whose surroundings are most alike."""
    places = [Span(*match.span()) for match in _pattern(selector.exact).finditer(text)]
    if places:
        best = max(places, key=lambda place: _surroundings(text, place, selector))
        state = State.FOUND if _surroundings(text, best, selector) >= _SAME_PLACE else State.MOVED
        return Standing(selector=selector, state=state, place=best, words=best.of(text))
    if len(selector.exact) >= _SHORT:
        near = fuzz.partial_ratio_alignment(selector.exact, text, score_cutoff=_CHANGED)
        if near is not None and near.dest_end > near.dest_start:
            place = _whole_words(text, near.dest_start, near.dest_end)
            return Standing(selector=selector, state=State.CHANGED, place=place, words=place.of(text))
    return Standing(selector=selector, state=State.GONE)


def find_all(text: str, words: str) -> tuple[Span, ...]:
    """Return every place where the words stand, white space folded; none for no words."""
    return tuple(Span(*match.span()) for match in _pattern(words).finditer(text)) if words.strip() else ()


def _pattern(exact: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, exact.split())))


def _surroundings(text: str, place: Span, selector: TextQuoteSelector) -> float:
    """Return how alike what stands around a place and around the selector's words is, the better of both sides, 0 to 1."""
    before = text[max(0, place.start - _AROUND) : place.start]
    after = text[place.end : place.end + _AROUND]
    return max(_alike(before, selector.prefix), _alike(after, selector.suffix))


def _alike(one: str, other: str) -> float:
    return fuzz.ratio(" ".join(one.split()), " ".join(other.split())) / 100


def _whole_words(text: str, start: int, end: int) -> Span:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    words = Span(start, end).of(text)
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))
