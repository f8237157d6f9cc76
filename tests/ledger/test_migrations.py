"""Ledgers of past versions open, and keep what was decided; what is newer, or none, is not touched.

The files in `old` were made by the programs of their time, of the pages that test_ledger.py has.
"""

import gzip
import sqlite3
from pathlib import Path

import pytest

from tests.ledger.test_ledger import put
from wortlaut import Ledger
from wortlaut.errors import LedgerError, LedgerTooNew
from wortlaut.ledger import migrations
from wortlaut.ledger.migrations import STEPS, VERSION, Step

OLD = Path(__file__).parent / "old"
WORDS = {
    "Wir werden keine Straßenmaut einführen",
    "Wir werden die Straßenmaut einführen, wenn die Renten steigen.",
    "Wir werden die Brücke nicht sperren.",
    "Wir werden im Mai wieder starten.",
}


def unpack(version: int, folder: Path) -> Path:
    path = folder / "a.ledger"
    path.write_bytes(gzip.decompress((OLD / f"version-{version}.ledger.gz").read_bytes()))
    return path


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as file:
        found = file.execute(query).fetchall()
    file.close()
    return found


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_an_old_ledger_answers_as_a_new_one(version: int, tmp_path: Path) -> None:
    path = unpack(version, tmp_path)
    actors = rows(path, "SELECT id, name, kind FROM actor ORDER BY id")
    with Ledger.open(path) as ledger:
        assert {a.words for a in ledger.statements(everything=True)} >= WORDS
        (holm,) = ledger.actors("Holm")
        assert "before.txt" in holm.pages
        assert ledger.search("eingeführte Straßenmaut", everything=True)
        assert ledger.whatif("Die Renten steigen", everything=True)
        assert not put(ledger, "Streit um die Brücke\n\nBürgermeisterin Ida Lund von der SPD sagte: „Wir werden die Brücke nicht sperren.“\n", "2031-03-01", "mayor.txt").new  # fmt: skip
    assert rows(path, "SELECT id, name, kind FROM actor ORDER BY id") == actors
    made = (
        [(4, "made")]
        if version == 4
        else [(VERSION, f"version {version} made anew from its pages, readings and judgements")]
    )
    taken = [(step.version, step.name) for step in STEPS] if version == 4 else []
    assert rows(path, "SELECT version, name FROM migration") == made + taken
    assert rows(path, "SELECT name FROM sqlite_master WHERE name LIKE 'old%'") == []
    assert rows(path, "PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("version", [2, 3, 4])
def test_judgements_stay(version: int, tmp_path: Path) -> None:
    path = unpack(version, tmp_path)
    made = rows(path, "SELECT * FROM judgement")
    assert made
    with Ledger.open(path) as ledger:
        lunds = {tuple(sorted(a.pages)) for a in ledger.actors("Ida Lund")}
    assert lunds == ({("mayor.txt", "sailor.txt")} if version == 3 else {("mayor.txt",), ("sailor.txt",)})
    assert rows(path, "SELECT * FROM judgement") == made


def test_what_was_told_keeps_its_row(tmp_path: Path) -> None:
    path = unpack(3, tmp_path)
    told = rows(path, "SELECT id, key, words FROM told ORDER BY id")
    Ledger.open(path).close()
    assert rows(path, "SELECT id, key, words FROM told ORDER BY id")[: len(told)] == told


@pytest.mark.parametrize("log", ["DELETE", "WAL"])
def test_a_newer_ledger_is_left_untouched(log: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    Ledger.open(path).close()
    rows(path, "UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    rows(path, f"PRAGMA journal_mode = {log}")
    before = path.read_bytes()
    with pytest.raises(LedgerTooNew, match="update wortlaut"):
        Ledger.open(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.ledger"]


def test_a_database_that_is_no_ledger_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    rows(path, "CREATE TABLE thing (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="no ledger"):
        Ledger.open(path)
    assert path.read_bytes() == before
    path.write_bytes(b"Das ist ein Brief und keine Datenbank. " * 100)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="no ledger"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_step_is_recorded_or_nothing_of_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ledger"
    Ledger.open(path).close()

    def half(connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (name TEXT)")
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    def whole(connection) -> None:
        connection.exec_driver_sql("CREATE TABLE whole (name TEXT)")

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "VERSION", VERSION + 2)
        patched.setattr("wortlaut.ledger.store.VERSION", VERSION + 2)
        patched.setattr(migrations, "STEPS", (Step(VERSION + 1, "whole", whole), Step(VERSION + 2, "half", half)))
        with pytest.raises(LedgerError, match="nowhere"):
            Ledger.open(path)
    tables = {name for (name,) in rows(path, "SELECT name FROM sqlite_master")}
    assert "whole" in tables
    assert "half" not in tables
    assert rows(path, "SELECT version, name FROM migration") == [(VERSION, "made"), (VERSION + 1, "whole")]
