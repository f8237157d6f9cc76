"""A body is mentioned where only an office names it, so that whoever is bound can be shown in the words that bind them."""

import pytest

from tests.reading import reading_of

LEAD = "Streit um den Damm\n\nNorwegen ist groß. Die Nordbank ist alt. In Deutschland und in den USA ist es ruhig.\n\n"


@pytest.mark.parametrize(
    ("sentence", "body", "words"),
    [
        ("Der norwegische Außenminister Olav Brandt sagte, man warte.", "Norwegen", "norwegische"),
        ("Nordbank-Chefin Ida Lund sagte, man warte.", "Nordbank", "Nordbank"),
        ("Bundesinnenminister Jost Brandow sagte, man warte.", "Deutschland", "Bundes"),
        ("Ein US-Sprecher sagte, man warte.", "USA", "US"),
    ],
)
def test_an_office_mentions_the_body_that_it_names(sentence: str, body: str, words: str) -> None:
    reading = reading_of(f"{LEAD}{sentence}\n")
    entity = next(e for e in reading.entities if e.name == body)
    behind = [span.of(reading.article.text) for span in entity.mentions if span.start >= len(LEAD)]
    assert behind == [words]


def test_an_adjective_that_is_no_part_of_an_office_is_no_mention_of_a_state_named_elsewhere() -> None:
    reading = reading_of(f"{LEAD}Die norwegische Küste ist lang, sagte Ida Lund.\n")
    entity = next(e for e in reading.entities if e.name == "Norwegen")
    assert [span.of(reading.article.text) for span in entity.mentions] == ["Norwegen"]
