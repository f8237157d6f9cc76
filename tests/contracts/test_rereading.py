"""Kept pages read again."""

from dataclasses import replace

from tests.contracts.test_editions import REWORDED, URL, put
from tests.ledger.test_edits import BEFORE
from tests.reading import page_of, reading_of
from wortlaut import Reader, Reading, read
from wortlaut.ledger import Opinion
from wortlaut.model import Engine, Making, Rejection, RejectionReason

RULES = Reader.by(Engine.RULES)
MAYOR = "Streit um die Brücke\n\nBürgermeisterin Ida Lund sagte: „Wir werden die Brücke nicht sperren.“\n"
SAILOR = "Rekord auf See\n\nDie Seglerin Ida Lund sagte: „Wir werden im Mai wieder starten.“\n"


def without_statements(page):
    outcome = read(page)
    assert isinstance(outcome, Reading)
    return replace(outcome, statements=(), made_by=Making(program="9", model="other", lexicon="x"))


def test_the_same_reader_changes_nothing(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    before = ledger.statements(everything=True)
    (done,) = ledger.reread(read)
    assert (done.before, done.new, done.gone, done.problem) == (len(before), 0, 0, None)
    assert ledger.statements(everything=True) == before


def test_another_reader_makes_the_entries_anew_and_its_making_is_kept(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    (done,) = ledger.reread(without_statements)
    assert (done.after, done.gone) == (0, done.before)
    assert ledger.statements(everything=True) == ()
    assert ledger.search("sperren", everything=True) == ()
    (again,) = ledger.reread(read)
    assert again.new == done.before
    assert {a.statement.id for a in ledger.search("sperren", everything=True)} <= {
        a.statement.id for a in ledger.statements(everything=True)
    }


def test_it_is_no_edit_and_no_change_of_position(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    put(ledger, REWORDED, "two.txt")
    edits, changes = ledger.edits(), ledger.changes(everything=True)
    assert [e.edit for e in edits] == ["reworded"]
    assert len([*ledger.reread(RULES.read, "two.txt")]) == 2
    assert [(e.edit, e.before and e.before.words) for e in ledger.edits()] == [
        (e.edit, e.before and e.before.words) for e in edits
    ]
    assert ledger.changes(everything=True) == changes == ()
    assert [e.source for e in ledger.editions(URL) if e.current] == ["two.txt"]


def test_an_edition_read_by_another_reader_is_not_edited_by_it(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    put(ledger, BEFORE + "\n", "two.txt")
    assert all(
        done.problem is None
        for done in ledger.reread(lambda p: (read if p.source == "one.txt" else without_statements)(p))
    )
    assert ledger.statements(everything=True) == ()
    assert ledger.edits() == ()


def test_judgements_survive(ledger) -> None:
    for source, words in (("a.txt", MAYOR), ("b.txt", SAILOR)):
        ledger.add(page_of(words, source=source), reading_of(words, source=source))
    (lund,) = ledger.actors("Lund")
    other, _ = ledger.split(lund.id, ("b.txt",))
    (said,) = ledger.who(other, everything=True)
    page = next(e.id for e in ledger.editions() if e.source == "b.txt")
    ledger.review(page, said.statement.id, Opinion.ACCEPT)
    before = {a.id: a.pages for a in ledger.actors("Lund")}
    for reads in (RULES.read, without_statements, read):
        assert all(done.problem is None for done in ledger.reread(reads))
    assert {a.id: a.pages for a in ledger.actors("Lund")} == before
    (again,) = ledger.who(other)
    assert (again.statement.id, again.score) == (said.statement.id, 1.0)
    assert ledger.undo(ledger.judgements()[-1].id)
    assert [a.id for a in ledger.actors("Lund") if a.statements] == [lund.id]


def test_a_page_that_cannot_be_read_again_stays_as_it_was(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    before = ledger.statements(everything=True)
    (done,) = ledger.reread(lambda p: Rejection(page=p.record(), reason=RejectionReason.FAILED, detail="broken"))
    assert done.problem == "failed: broken"
    assert ledger.statements(everything=True) == before
