"""Times: every rule's own examples, and the cases of tests/cases/times, one sentence each."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import cases, reading_of
from wortlaut import lexicon

RULES = lexicon.load("time_rules")["rule"]


def found(text: str, published: str | None = "2031-03-04") -> list[str]:
    reading = reading_of(text, published=published)
    return [f"{time.span.of(text)} = {time.value}" for time in reading.times]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: " ".join(rule["pattern"].split()))
def test_a_rule_fires_on_its_example_and_on_nothing_else(rule) -> None:
    assert found(rule["not"]) == []
    if "fires" in rule:
        marked = re.findall(r"\[(.*?)\]", rule["fires"])
        times = found(re.sub(r"[][]", "", rule["fires"]))
        assert [time.partition(" = ")[0] for time in times] == marked
        assert rule["value"] in [time.partition(" = ")[2] for time in times]


@pytest.mark.parametrize("case", cases("times"), ids=lambda case: case["id"])
def test_a_case(case) -> None:
    assert found(case["text"], case.get("published", "2031-03-04") or None) == case["times"]


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("Vor drei Jahren brach der Damm.", "2028"),
        ("In zwei Wochen wird der Damm geprüft.", "2031-W12"),
        ("Innerhalb von zehn Tagen wird der Damm geprüft.", "2031-03-14"),
        ("Nach zehn Tagen wird der Damm geprüft.", None),
        ("In zwei Wochen verlor der Verein alles.", None),
    ],
)
def test_a_length_leads_to_a_date(text: str, point: str | None) -> None:
    (time,) = reading_of(text).times
    assert time.point == point


@pytest.mark.parametrize(
    ("text", "said", "due"),
    [
        ("„Wir werden in zwei Wochen liefern“, sagte Ministerin Anna Berg am Sonntag.", "2031-03-02", "2031-W12"),
        ("„Wir werden bis Freitag liefern“, sagte Ministerin Anna Berg heute.", "2031-03-04", "2031-03-07"),
        ("„Wir werden liefern“, sagte Ministerin Anna Berg damals.", None, None),
        ("Im Herbst 2030 hatte Ministerin Anna Berg gesagt, der Damm sei sicher.", "2030-FA", None),
        ("Am Sonntag sagte Ministerin Anna Berg im Tal, der Damm sei sicher.", "2031-03-02", None),
        ("Ministerin Anna Berg, die im Januar 2029 ins Amt kam, sagte, der Damm sei sicher.", None, None),
        ("Der Damm sei sicher (Stand Februar 2031), sagte Ministerin Anna Berg.", None, None),
    ],
)
def test_statements_have_their_days(text: str, said: str | None, due: str | None) -> None:
    (statement,) = reading_of(text).statements
    assert (statement.said and statement.said.value, statement.due and statement.due.value) == (said, due)


LEXICON = lexicon.load("times")
WORDS = sorted(
    {
        word
        for table in [*LEXICON.values(), *LEXICON["plain"].values()]
        for word in table
        if table is not LEXICON["tense"]
    }
)
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from([word.title() for word in WORDS]),
    st.sampled_from(
        ["3.", "31.2.", "24.12.2030", "2029", "1650", "20.30", "7", "99", "1.000", "2,5", "90er", "-", "/", ",", "."]
    ),
)


@given(
    st.lists(PIECES, min_size=4, max_size=40),
    st.sampled_from([None, "2031-03-04", "2028-02-29", "9999-12-31", "0001-01-01"]),
)
@settings(max_examples=200, deadline=None)
def test_any_words_of_the_lexicon_in_any_order_are_read(words: list[str], published: str | None) -> None:
    reading = reading_of("Der Rat kam zusammen " + " ".join(words), published=published)
    spans = [time.span for time in reading.times]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(time.value for time in reading.times)
