"""The tags' encoding and the best row of tags."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wortlaut.quotation.sequence import best_tags
from wortlaut.quotation.tags import (
    BEGIN,
    CONTINUE,
    INSIDE,
    KINDS,
    OUT,
    TAGS,
    Tagged,
    from_tags,
    kind_of,
    levels_of,
    part_of,
    to_tags,
)

KIND = st.sampled_from(KINDS)
CONTENTS = st.lists(st.sets(st.integers(0, 29), min_size=1, max_size=9), max_size=5)


def test_a_tag_is_its_kind_and_part() -> None:
    assert len({(kind_of(tag), part_of(tag)) for tag in range(1, TAGS)}) == TAGS - 1
    assert part_of(OUT) == OUT


def test_the_longest_quote_is_outermost_and_a_third_level_has_no_place() -> None:
    assert levels_of([{3, 4}, {1, 2, 3, 4, 5}, {3}]) == (1, 0, None)


@given(KIND, st.sets(st.integers(0, 29), min_size=1, max_size=12))
def test_one_quote_comes_back_whatever_its_gaps(kind, words) -> None:
    quote = Tagged(kind=kind, level=0, words=tuple(sorted(words)))
    assert from_tags(to_tags([quote], 30)[0], 0) == (quote,)


@given(KIND, KIND)
def test_neighbours_stay_apart(one, other) -> None:
    quotes = (Tagged(kind=one, level=1, words=(2, 3)), Tagged(kind=other, level=1, words=(4, 5, 8)))
    assert from_tags(to_tags(quotes, 10)[1], 1) == quotes


@given(st.integers(0, 2**32 - 1), st.integers(0, 40), st.sampled_from([-3.0, 0.0, 1.0]))
def test_any_logits_give_a_row_that_spells_quotes(seed, count, out) -> None:
    logits = np.random.default_rng(seed).normal(size=(count, TAGS)).astype(np.float32)
    tags = best_tags(logits, out=out)
    assert len(tags) == count
    for before, tag in zip([OUT, *tags], tags, strict=False):
        if part_of(tag) == INSIDE:
            assert before != OUT
            assert kind_of(before) is kind_of(tag)
    spelled = {word for quote in from_tags(tags, 0) for word in quote.words}
    assert spelled == {word for word, tag in enumerate(tags) if tag != OUT}


def test_readiness_opens_what_was_closed() -> None:
    logits = np.zeros((4, TAGS), np.float32)
    logits[:, OUT] = 1
    assert best_tags(logits) == [OUT] * 4
    assert part_of(best_tags(logits, out=-2)[0]) in (BEGIN, CONTINUE)
    assert best_tags(logits, out=-2, opening=-9) == [OUT] * 4
