"""What every ledger promises, on disk."""

from pathlib import Path

import pytest

from tests.reading import page_of, reading_of
from wortlaut import Ledger, Reading, read
from wortlaut.errors import LedgerError, LedgerTooNew

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


def test_a_newer_ledger_is_left_untouched(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "a.ledger"
    Ledger.open(path).close()
    with sqlite3.connect(path) as file:
        file.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    file.close()
    before = path.read_bytes()
    with pytest.raises(LedgerTooNew):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_ledger_that_is_not_there_is_not_made_by_a_question(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger.open(tmp_path / "none.ledger", create=False)
    assert not (tmp_path / "none.ledger").exists()


def test_readings_survive_the_store(ledger) -> None:
    reading = reading_of(BEFORE, published="2031-03-01", source="p.txt")
    ledger.add(page_of(BEFORE, published="2031-03-01", source="p.txt"), reading)
    stored = {a.statement for a in ledger.search("Straßenmaut", everything=True)}
    assert stored <= set(reading.statements)


def test_a_ledger_of_version_1_is_told_again(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "a.ledger"
    with Ledger.open(path) as ledger:
        put(ledger, AFTER, "2031-03-15")
        before = ledger.whatif("Die Renten steigen", everything=True)
    assert before
    with sqlite3.connect(path) as file:
        for table in ("page", "statement", "condition"):
            file.execute(f"DROP INDEX ix_{table}_told")
            file.execute(f"ALTER TABLE {table} DROP COLUMN told")
        file.execute("ALTER TABLE statement DROP COLUMN families")
        for table in ("told_count", "told_words", "told"):
            file.execute(f"DROP TABLE {table}")
        file.execute("UPDATE meta SET value = '1' WHERE key = 'schema_version'")
    file.close()
    with Ledger.open(path) as ledger:
        assert ledger.whatif("Die Renten steigen", everything=True) == before


def test_a_mark_that_stands_alone_is_no_word(ledger) -> None:
    assert put(ledger, "Brücke\n\nDas Amt sagte: „Wir bauen die Brücke … bald !“\n", "2031-03-01").new
