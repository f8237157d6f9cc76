"""What every ledger promises, on disk."""

from pathlib import Path

import pytest

from tests.reading import page_of, reading_of
from wortlaut import Ledger, Reading, read
from wortlaut.errors import ConfigurationError, LedgerError

BEFORE = """Streit um die Straßenmaut

Die Vorsitzende der Mitte-Partei, Jana Holm, lehnte die Einführung einer Straßenmaut ab. „Wir werden keine Straßenmaut einführen“, sagte Holm.
"""
AFTER = """Einigung bei der Straßenmaut

Die Vorsitzende der Mitte-Partei, Jana Holm, sagte: „Wir werden die Straßenmaut einführen, wenn die Renten steigen.“
"""


@pytest.fixture
def ledger(tmp_path: Path):
    with Ledger.open(tmp_path / "a.ledger") as opened:
        yield opened


def put(ledger: Ledger, text: str, day: str, source: str = "p.txt"):
    page = page_of(text, published=day, source=source)
    outcome = read(page)
    assert isinstance(outcome, Reading)
    return ledger.add(page, outcome)


def test_adding_twice_changes_nothing(ledger) -> None:
    assert put(ledger, BEFORE, "2031-03-01").new
    once = ledger.search("Straßenmaut", everything=True)
    assert once
    assert not put(ledger, BEFORE, "2031-03-01").new
    assert ledger.search("Straßenmaut", everything=True) == once


def test_search_finds_inflected_words(ledger) -> None:
    put(ledger, BEFORE, "2031-03-01")
    assert ledger.search("eingeführte Straßenmaut", everything=True)
    assert ledger.search("Fahrradwege") == ()
    assert ledger.search('" OR 1 *') == ()


def test_a_reversed_position_is_a_change(ledger) -> None:
    put(ledger, BEFORE, "2031-03-01", "before.txt")
    put(ledger, AFTER, "2031-03-15", "after.txt")
    (change,) = [c for c in ledger.changes() if "keine Straßenmaut" in c.before.words]
    assert change.change == "reversed"
    assert change.after.words == "Wir werden die Straßenmaut einführen, wenn die Renten steigen."
    assert change.before.page.published == "2031-03-01"
    assert ledger.changes("Nobody") == ()
    assert ledger.changes(since="2031-04-01") == ()


def test_the_same_words_are_no_change(ledger) -> None:
    put(ledger, BEFORE, "2031-03-01", "one.txt")
    put(ledger, BEFORE + "\nMehr folgt.\n", "2031-03-05", "two.txt")
    assert [c for c in ledger.changes() if c.change != "reworded"] == []


def test_what_if_finds_other_wordings_of_the_event(ledger) -> None:
    text = (
        "Sorge an der Grenze\n\nAußenminister Olav Brandt sagte, im Falle einer Invasion werde es Sanktionen geben. "
        "Seine Regierung schließe Waffenlieferungen aus, es sei denn, Norrland marschiere in Südland ein. "
        "Über das Wetter sprach er nicht.\n"
    )
    put(ledger, text, "2031-03-01")
    answers = ledger.whatif("Norrland marschiert in Südland ein")
    assert [c.condition_words for c in answers] != []
    assert {c.statement.conditions[0].kind for c in answers} == {"if", "unless"}
    assert all(c.why for c in answers)
    assert ledger.whatif("Der Winter wird kalt") == ()


def test_a_ledger_that_is_not_there_is_not_made_by_a_question(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger.open(tmp_path / "none.ledger", create=False)
    assert not (tmp_path / "none.ledger").exists()


def test_readings_survive_the_store(ledger) -> None:
    reading = reading_of(BEFORE, published="2031-03-01", source="p.txt")
    ledger.add(page_of(BEFORE, published="2031-03-01", source="p.txt"), reading)
    stored = {a.statement for a in ledger.search("Straßenmaut", everything=True)}
    assert stored <= set(reading.statements)


MAYOR = "Streit um die Brücke\n\nBürgermeisterin Ida Lund von der SPD sagte: „Wir werden die Brücke nicht sperren.“\n"
SAILOR = "Rekord auf See\n\nDie Seglerin Ida Lund (CDU) sagte: „Wir werden im Mai wieder starten.“\n"


def test_one_somebody_of_two_pages_is_one_actor_with_all_offices(ledger) -> None:
    put(ledger, BEFORE, "2031-03-01", "before.txt")
    put(ledger, "Maut\n\nParteichefin Jana Holm sagte: „Wir werden die Maut senken.“\n", "2031-03-02", "after.txt")
    (holm,) = ledger.actors("Holm")
    assert holm.pages == ("before.txt", "after.txt")
    assert {o.title for o in holm.offices} >= {"Vorsitzende", "Parteichefin"}
    assert len({a.page.source for a in ledger.who("Holm")}) == 2


def test_two_of_one_name_in_two_parties_stay_two(ledger) -> None:
    put(ledger, MAYOR, "2031-03-01", "mayor.txt")
    put(ledger, SAILOR, "2031-03-02", "sailor.txt")
    assert [a.pages for a in ledger.actors("Ida Lund")] == [("mayor.txt",), ("sailor.txt",)]


def test_merging_is_a_judgement_that_can_be_taken_back(ledger) -> None:
    put(ledger, MAYOR, "2031-03-01", "mayor.txt")
    put(ledger, SAILOR, "2031-03-02", "sailor.txt")
    one, other = ledger.actors("Ida Lund")
    number = ledger.merge(other.id, one.id)
    (both,) = ledger.actors("Ida Lund")
    assert both.id == one.id
    assert both.pages == ("mayor.txt", "sailor.txt")
    assert len(ledger.who("Ida Lund")) == 2
    with pytest.raises(LedgerError, match="one already"):
        ledger.merge(other.id, one.id)
    ledger.undo(number)
    assert [a.pages for a in ledger.actors("Ida Lund")] == [("mayor.txt",), ("sailor.txt",)]
    assert [j.verdict for j in ledger.judgements()] == ["merge", "undo"]
    with pytest.raises(LedgerError, match="not in force"):
        ledger.undo(number)
    ledger.undo(2)
    assert len(ledger.actors("Ida Lund")) == 1


def test_splitting_takes_pages_to_somebody_new(ledger) -> None:
    put(ledger, BEFORE, "2031-03-01", "before.txt")
    put(ledger, AFTER, "2031-03-15", "after.txt")
    (holm,) = ledger.actors("Jana Holm")
    with pytest.raises(LedgerError, match="appears on these pages"):
        ledger.split(holm.id, ("other.txt",))
    fresh, (number,) = ledger.split(holm.id, ("after.txt",))
    assert {a.id: a.pages for a in ledger.actors("Jana Holm")} == {holm.id: ("before.txt",), fresh: ("after.txt",)}
    assert {a.page.source for a in ledger.who(fresh)} == {"after.txt"}
    ledger.undo(number)
    assert [a.id for a in ledger.actors("Jana Holm")] == [holm.id]


def test_pages_added_after_a_merge_follow_it(ledger) -> None:
    put(ledger, MAYOR, "2031-03-01", "mayor.txt")
    put(ledger, SAILOR, "2031-03-02", "sailor.txt")
    one, other = ledger.actors("Ida Lund")
    ledger.merge(other.id, one.id)
    put(ledger, SAILOR + "\nMehr folgt.\n", "2031-03-03", "more.txt")
    (both,) = ledger.actors("Ida Lund")
    assert both.pages == ("mayor.txt", "sailor.txt", "more.txt")


def test_a_directory_gives_aliases_and_wikidata_ids(tmp_path: Path) -> None:
    (tmp_path / "actors.toml").write_text(
        '[[actor]]\nname = "Jana Holm"\naliases = ["Janna Holm", "die Holmin"]\nwikidata = "Q0"\n', encoding="utf-8"
    )
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        put(ledger, BEFORE.replace("Jana", "Janna"), "2031-03-01", "before.txt")
        put(ledger, AFTER, "2031-03-15", "after.txt")
        (holm,) = ledger.actors("die Holmin")
    assert (holm.name, holm.wikidata, holm.pages) == ("Jana Holm", "Q0", ("before.txt", "after.txt"))
    assert "Janna Holm" in holm.aliases
    (tmp_path / "actors.toml").write_text('[[actor]]\nname = "Ulf Dahlberg"\nwikidata = "Q1"\n', encoding="utf-8")
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        assert "Q0" in ledger.wikidata().values()
    (tmp_path / "actors.toml").write_text("actor = 3", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"actors\.toml"):
        Ledger.open(tmp_path / "a.ledger")


def test_somebody_without_a_name_is_never_the_same_on_two_pages(ledger) -> None:
    text = "Lage\n\nEin Polizeisprecher sagte: „Wir werden weiter suchen.“\n"
    put(ledger, text, "2031-03-01", "one.txt")
    put(ledger, text + "\nMehr folgt.\n", "2031-03-02", "two.txt")
    assert len(ledger.actors("Polizeisprecher")) == 2
    assert [a for a in ledger.actors() if a.name == "Polizeisprecher"] == []


def test_a_mark_that_stands_alone_is_no_word(ledger) -> None:
    assert put(ledger, "Brücke\n\nDas Amt sagte: „Wir bauen die Brücke … bald !“\n", "2031-03-01").new
