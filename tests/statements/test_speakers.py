"""Whom the words for a speaker name on short pages of our own: somebody with a name, or nobody rather than a wrong one."""

import pytest

from tests.reading import cases, reading_of, unmark
from wortlaut.statements.people import Cast
from wortlaut.text import Span

LEAD = "Meldung des Tages\n\n"
CASES = cases("speakers")


@pytest.mark.parametrize("case", CASES, ids=[str(case["id"]) for case in CASES])
def test_the_words_for_a_speaker_name(case: dict[str, str]) -> None:
    marked = unmark(case["text"])
    text = f"{LEAD}{marked.text}\n"
    reading = reading_of(text)
    (words,) = marked.marks["who"]
    start = len(LEAD) + case["text"].index("[who:")
    found = Cast(text=text, entities=reading.entities).at((Span(start, start + len(words)),))
    assert (found.name if found is not None and found.named else "") == case["is"]
