"""What two positions are about, on sentences of our own: what stands for what, and what stands alone."""

import pytest

from wortlaut.ledger.matching import words_of_event
from wortlaut.ledger.matters import agreement, things_of

ALIKE = [
    ("Wir bauen das Batteriewerk in Talheim.", "Die Batteriefabrik in Talheim wird gebaut."),
    ("Die Klinik in Talheim bleibt offen.", "Wir schließen das Krankenhaus in Talheim."),
    ("Autos dürfen nicht in die Innenstadt.", "Pkw werden aus dem Zentrum verbannt."),
]
OTHER = [
    ("Wir unterstützen den Windpark bei Talheim.", "Den Solarpark bei Talheim lehnen wir ab."),
    ("Wir liefern Waffen nach Sorvia.", "Wir schicken keine Soldaten nach Sorvia."),
    ("Der Vertrag mit Torwart Adler wird verlängert.", "Der Vertrag mit Verteidiger Brahms wird nicht verlängert."),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_other_words_for_one_matter_leave_nothing_alone(one: str, other: str) -> None:
    found = agreement(one, other, words_of_event(f"{one} {other}"))
    assert found.apart == 0
    assert found.share > 0.5


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_each_of_two_matters_has_a_noun_alone(one: str, other: str) -> None:
    assert agreement(one, other, words_of_event(f"{one} {other}")).apart > 0


def test_names_of_the_party_are_no_matter() -> None:
    one, other = "Sorvia zahlt die Schulden.", "Sorvia baut den Deich."
    every = words_of_event(f"{one} {other}")
    assert agreement(one, other, every).share > agreement(one, other, every - {"sorvia"}).share == 0


def test_stance_and_time_are_no_things() -> None:
    keys = {thing.key for thing in things_of("Im März lehnte sie das Verbot der Böller unverzüglich ab.")}
    assert keys == {"feuerwerk"}
