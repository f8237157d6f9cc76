"""Whom the words for a speaker name on short pages of our own: somebody with a name, or nobody rather than a wrong one."""

import pytest

from tests.reading import cases, reading_of, unmark
from wortlaut.language import analyse
from wortlaut.model import Quote, QuoteKind
from wortlaut.statements.people import Cast
from wortlaut.statements.voices import find_voice
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


def _voice_of(text: str, said: str, speaker: tuple[str, ...] = (), cue: str = "", last: str = "") -> str:
    """Return who says `said`, given the words that a model takes for speakers and cue, and who spoke last."""
    reading = reading_of(text)
    place = {words: Span(text.index(words), text.index(words) + len(words)) for words in (said, cue, *speaker)}
    quote = Quote(
        id="q", kind=QuoteKind.INDIRECT, content=(place[said],), cue=(place[cue],) if cue else (), frame=(),
        speaker=tuple(place[words] for words in speaker), confidence=0.9,
    )  # fmt: skip
    cast = Cast(text=text, entities=reading.entities)
    spoke = next((e for e in reading.entities if e.name == last), None)
    voice = find_voice(cast, analyse(reading.article), quote, spoke)
    return voice.entity.name if voice.entity else ""


@pytest.mark.parametrize(("gap", "who"), [(" ", "Nordbank"), ("\n\nDas Wetter blieb gut. ", "")])
def test_a_passive_without_anybody_goes_on_with_whom_the_sentence_before_names(gap: str, who: str) -> None:
    text = f"{LEAD}Die Nordbank klagte über das Amt.{gap}Kritisiert wird, dass niemand Auskunft gab.\n"
    assert _voice_of(text, "dass niemand Auskunft gab", cue="Kritisiert wird", last="Nordbank") == who


def test_of_speakers_in_several_sentences_the_one_beside_the_words_counts() -> None:
    text = f"{LEAD}Jan Berg sprach am Montag. Die Nordbank will vier Schiffe verkaufen.\n"
    assert _voice_of(text, "will vier Schiffe verkaufen", ("Jan Berg", "Die Nordbank")) == "Nordbank"
