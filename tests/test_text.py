"""Span arithmetic."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wortlaut import lexicon
from wortlaut.text import Span, hull, lowered, merge, subtract, trim, words_at

SPANS = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda p: Span(p[0], p[0] + p[1]))


def places(spans) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end)}


@given(st.lists(SPANS, max_size=6))
def test_merge_keeps_every_place_once(spans) -> None:
    merged = merge(spans)
    assert places(merged) == places(spans)
    assert all(a.end < b.start for a, b in pairwise(merged))


@given(SPANS, st.lists(SPANS, max_size=6))
def test_subtract_takes_the_holes_out(span, holes) -> None:
    assert places(subtract(span, holes)) == places([span]) - places(holes)


@given(st.lists(SPANS, min_size=1, max_size=6))
def test_hull_holds_all(spans) -> None:
    assert all(hull(spans).contains(span) for span in spans)


def test_trim_and_words() -> None:
    assert trim("  ab c ", 0, 7) == Span(2, 6)
    assert trim("   ", 0, 3) is None
    assert words_at("eins\nzwei drei", (Span(0, 9), Span(10, 14))) == "eins zwei drei"


@pytest.mark.parametrize("data", ["acts", "conditions"])
def test_phrases_of_the_lexicon_are_written_in_small_letters(data: str) -> None:
    for phrase in lexicon.load(data)["phrase"]:
        assert not re.search(r"(?<!\\)[A-ZÄÖÜ]", phrase["pattern"]), phrase["pattern"]


def test_small_letters_keep_their_places() -> None:
    text = "".join(map(chr, range(0x20, 0x3000)))
    assert len(lowered(text)) == len(text)
    assert lowered("ÄRGER in İzmir") == "ärger in izmir"
