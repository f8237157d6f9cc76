"""Which event a condition is about, which way it goes, how strongly a position is put."""

import re

import pytest

from wortlaut import lexicon
from wortlaut.ledger.events import event_of, may_be_conditional, opposed
from wortlaut.ledger.matching import compound_parts, words_of_event
from wortlaut.ledger.stance import strength


@pytest.mark.parametrize(
    ("condition", "event"),
    [
        ("falls der Fluss steige", "der Fluss steige"),
        ("auch dann nicht, wenn Truppen die Grenze überschreiten", "Truppen die Grenze überschreiten"),
        ("es sei denn, das Angebot steigt", "das Angebot steigt"),
        ("unter der Bedingung, dass es Gas gibt", "es Gas gibt"),
        ("auch bei einem Angriff", "einem Angriff"),
        ("ohne Einigung", "ohne Einigung"),
        ("Steigt der Fluss", "Steigt der Fluss"),
    ],
)
def test_a_condition_without_its_opener(condition: str, event: str) -> None:
    assert event_of(condition) == event


@pytest.mark.parametrize(
    ("asked", "condition", "opposite"),
    [
        ("Veskien beschießt die Stadt weiter", "Veskien den Beschuss nicht einstellt", False),
        ("Veskien hört auf", "Veskien den Beschuss nicht einstellt", True),
        ("Die Gespräche scheitern", "es keine Einigung gibt", False),
        ("Es gibt eine Einigung", "ohne Einigung", True),
        ("Die Brücke wird gesperrt", "die Brücke gesperrt bleibt", False),
        ("Das Verbot gilt", "das Verbot nicht gilt", True),
        ("Der Rat stimmt zu", "der Rat nie und nimmer zustimmt", True),
        ("Der Rat stimmt zu", "der Rat nicht nur zustimmt", False),
        ("Das Konzert findet statt", "das Konzert abgesagt wird", True),
        ("Der Vertrag gilt", "der Vertrag unwirksam ist", True),
        ("Der Vertrag gilt", "der Vertrag unmittelbar gilt", False),
    ],
)
def test_two_denials_cancel(asked: str, condition: str, opposite: object) -> None:
    assert opposed(asked, condition, words_of_event(asked) & words_of_event(condition)) == opposite


def test_words_that_open_conditions() -> None:
    assert may_be_conditional("Sobald der Bericht vorliegt, werde gebaut.")
    assert not may_be_conditional("Das Amt baut eine Brücke.")


def test_compounds_share_their_halves() -> None:
    assert compound_parts("vertrauensfrage") == ("vertrauens", "frage")
    assert compound_parts("mitarbeiter") == ()
    assert words_of_event("das Parteiverbot") & words_of_event("ein Verbot")


@pytest.mark.parametrize("level", lexicon.load("strength")["level"], ids=lambda level: str(level["step"]))
def test_levels_of_strength(level: dict[str, str]) -> None:
    assert re.search(level["pattern"], level["fires"].lower())
    assert not re.search(level["pattern"], level["quiet"].lower())


def test_strength_is_the_strongest_word_less_what_weakens_it() -> None:
    assert strength("Wir werden niemals verkaufen.") == 2
    assert strength("Man prüfe einen Verkauf.") == -2
    assert strength("Derzeit werde nicht verkauft.") == 0
