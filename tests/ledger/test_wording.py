"""How wordings compare."""

from hypothesis import given
from hypothesis import strategies as st

from wortlaut.ledger.wording import differing, nearness, sketch_of

LONG = "Wir werden keine Truppen entsenden, auch dann nicht, wenn die Grenze fällt."


def test_marks_and_case_make_no_other_wording() -> None:
    assert nearness(LONG, LONG.upper().replace(",", " –")) == 1.0
    assert sketch_of(LONG) == sketch_of(LONG.upper().replace(",", " –"))
    assert differing(LONG, LONG.upper().replace(",", " –")) == ()


def test_a_shortened_quote_is_near_and_another_is_not() -> None:
    assert nearness(LONG, "Wir werden keine Truppen entsenden") == 1.0
    assert nearness(LONG, "Wir senken die Steuern, wenn die Einnahmen steigen.") < 0.5


def test_differing_words_are_marked_where_they_stand() -> None:
    other = "Wir werden nie wieder Truppen entsenden, auch dann nicht, wenn die Grenze fällt, sagte sie."
    assert [s.of(LONG) for s in differing(LONG, other)] == ["keine"]
    assert [s.of(other) for s in differing(other, LONG)] == ["nie wieder", "sagte sie"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_laws(one: str, other: str) -> None:
    assert 0 <= nearness(one, other) <= 1
    assert -(2**63) <= sketch_of(one) < 2**63
    spans = differing(one, other)
    assert all(0 <= s.start < s.end <= len(one) for s in spans)
    assert differing(one, one) == ()
