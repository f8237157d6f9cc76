"""Kept pages read again."""

from dataclasses import replace

import pytest

from tests.ledger.test_editions import REWORDED, URL, put
from tests.ledger.test_edits import BEFORE
from tests.reading import page_of, reading_of
from wortlaut import Ledger, Reader, Reading, read
from wortlaut.ledger import Opinion
from wortlaut.model import Engine, Making, Rejection, RejectionReason
from wortlaut.quotation.engine import quotation_by

RULES = Reader(quotation=quotation_by(Engine.RULES, min_confidence=0.0))
MAYOR = "Streit um die Brücke\n\nBürgermeisterin Ida Lund sagte: „Wir werden die Brücke nicht sperren.“\n"
SAILOR = "Rekord auf See\n\nDie Seglerin Ida Lund sagte: „Wir werden im Mai wieder starten.“\n"


@pytest.fixture
def store():
    with Ledger.open(":memory:", maker=None) as opened:
        yield opened


def without_statements(page):
    outcome = read(page)
    assert isinstance(outcome, Reading)
    return replace(outcome, statements=(), made_by=Making(program="9", model="other", lexicon="x"))


def test_the_same_reader_changes_nothing(store) -> None:
    put(store, BEFORE, "one.txt")
    before = store.statements(everything=True)
    (done,) = store.reread(read)
    assert (done.before, done.new, done.gone, done.problem) == (len(before), 0, 0, None)
    assert store.statements(everything=True) == before


def test_another_reader_makes_the_entries_anew_and_its_making_is_kept(store) -> None:
    put(store, BEFORE, "one.txt")
    (done,) = store.reread(without_statements)
    assert (done.after, done.gone) == (0, done.before)
    assert store.statements(everything=True) == ()
    assert store.search("sperren", everything=True) == ()
    (again,) = store.reread(read)
    assert again.new == done.before
    assert {a.statement.id for a in store.search("sperren", everything=True)} <= {
        a.statement.id for a in store.statements(everything=True)
    }


def test_it_is_no_edit_and_no_change_of_position(store) -> None:
    put(store, BEFORE, "one.txt")
    put(store, REWORDED, "two.txt")
    edits, changes = store.edits(), store.changes(everything=True)
    assert [e.edit for e in edits] == ["reworded"]
    assert len([*store.reread(RULES.read, "two.txt")]) == 2
    assert [(e.edit, e.before and e.before.words) for e in store.edits()] == [
        (e.edit, e.before and e.before.words) for e in edits
    ]
    assert store.changes(everything=True) == changes == ()
    assert [e.source for e in store.editions(URL) if e.current] == ["two.txt"]


def test_an_edition_read_by_another_reader_is_not_edited_by_it(store) -> None:
    put(store, BEFORE, "one.txt")
    put(store, BEFORE + "\n", "two.txt")
    assert all(
        done.problem is None
        for done in store.reread(lambda p: (read if p.source == "one.txt" else without_statements)(p))
    )
    assert store.statements(everything=True) == ()
    assert store.edits() == ()


def test_judgements_survive(store) -> None:
    for source, words in (("a.txt", MAYOR), ("b.txt", SAILOR)):
        store.add(page_of(words, source=source), reading_of(words, source=source))
    (lund,) = store.actors("Lund")
    other, _ = store.split(lund.id, ("b.txt",))
    (said,) = store.who(other, everything=True)
    page = next(e.id for e in store.editions() if e.source == "b.txt")
    store.review(page, said.statement.id, Opinion.ACCEPT)
    before = {a.id: a.pages for a in store.actors("Lund")}
    for reads in (RULES.read, without_statements, read):
        assert all(done.problem is None for done in store.reread(reads))
    assert {a.id: a.pages for a in store.actors("Lund")} == before
    (again,) = store.who(other)
    assert (again.statement.id, again.score) == (said.statement.id, 1.0)
    assert store.undo(store.judgements()[-1].id)
    assert [a.id for a in store.actors("Lund") if a.statements] == [lund.id]


def test_a_page_that_cannot_be_read_again_stays_as_it_was(store) -> None:
    put(store, BEFORE, "one.txt")
    before = store.statements(everything=True)
    (done,) = store.reread(lambda p: Rejection(page=p.record(), reason=RejectionReason.FAILED, detail="broken"))
    assert done.problem == "failed: broken"
    assert store.statements(everything=True) == before
