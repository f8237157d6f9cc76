"""Who is who on short pages: forms and their names, offices in time, ties."""

import random

import pytest

from tests.reading import EXAMPLES, cases, reading_of
from wortlaut import Reading
from wortlaut.entities.gazetteer import office_in
from wortlaut.entities.morphology import person_noun

LEAD = "Meldung des Tages\n\n"
CASES = cases("entities")


def _named(reading: Reading, form: str) -> str:
    """Return the name of the somebody whose mention is exactly `form`, "" for nobody or somebody without a name."""
    text = reading.article.text
    spans = [(e, m) for e in reading.entities for m in e.mentions if m.of(text) == form and e.named]
    return min(spans, key=lambda pair: pair[1])[0].name if spans else ""


@pytest.mark.parametrize("case", CASES, ids=[str(case["id"]) for case in CASES])
def test_a_page_says_who_is_who(case: dict) -> None:
    reading = reading_of(f"{LEAD}{case['text']}\n")
    assert {form: _named(reading, form) for form in case.get("is", {})} == case.get("is", {})
    for name, office in case.get("offices", {}).items():
        (person,) = [e for e in reading.entities if e.name == name]
        given = {" | ".join(w or "" for w in (r.title, r.organisation, r.since, r.until)) for r in person.roles}
        assert " ".join(office.split()) in {" ".join(g.split()) for g in given}
    if "ties" in case:
        names = {e.id: e.name for e in reading.entities}
        assert {f"{e.name} | {r.kind.value} | {names[r.object]}" for e in reading.entities for r in e.relations} == set(
            case["ties"]
        )


def test_headline_and_caption_belong_to_the_page() -> None:
    reading = reading_of("Rehder gewinnt die Wahl\n\nDie Kandidatin Viola Rehder hat gewonnen. Rehder dankte.\n")
    (winner,) = [e for e in reading.entities if e.name == "Viola Rehder"]
    assert winner.mentions[0].start == 0


def test_two_full_names_with_one_last_name_stay_two() -> None:
    reading = reading_of("Streit\n\nEva Seidl klagt. Tom Seidl schweigt. Eva Seidl sagte, Tom Seidl lüge.\n")
    assert {e.name for e in reading.entities} == {"Eva Seidl", "Tom Seidl"}


@pytest.mark.parametrize("seed", range(10))
def test_no_order_of_words_breaks_the_stage(seed: int) -> None:
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*-*.txt")))
    words = text.split()
    random.Random(seed).shuffle(words)  # noqa: S311 - a test's order of words is no secret
    reading = reading_of(" ".join(words))
    assert all(m.of(reading.article.text) for e in reading.entities for m in e.mentions)


def test_forms_without_letters_break_nothing() -> None:
    assert person_noun("Von-") is None
    assert office_in("---er") is None
