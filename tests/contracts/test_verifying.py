"""Proof of what the ledger says."""

import zlib

from sqlalchemy import update

from tests.contracts.test_editions import REWORDED, URL, WITHDRAWN, put
from tests.ledger.test_edits import BEFORE
from wortlaut import Page, Reader
from wortlaut.ledger import schema
from wortlaut.model import Article, PageForm

EXTRACT = Reader().extraction


def proof(store) -> list[str]:
    return [v.state.value for _, found in store.verify(EXTRACT) for v in found]


def now(store, text: str):
    article = EXTRACT(Page(source="now.txt", content=text.encode(), form=PageForm.TEXT))
    assert isinstance(article, Article)
    return store.verify_now(URL, article, "now.txt")


def test_every_statement_stands_in_its_kept_page(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    put(ledger, REWORDED, "two.txt")
    states = proof(ledger)
    assert len(states) == ledger.count()[1] > 0
    assert set(states) == {"found"}


def test_an_entry_whose_words_were_altered_does_not_stand(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    with ledger.writing() as connection:
        connection.execute(
            update(schema.statement)
            .where(schema.statement.c.words.contains("nicht sperren"))
            .values(words="Wir werden die Brücke sperren.")
        )
    fallen = [v for _, found in ledger.verify(EXTRACT) for v in found if not v.stands]
    assert [v.words for v in fallen] == ["Wir werden die Brücke sperren."]


def test_a_page_whose_bytes_were_altered_proves_nothing(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    with ledger.writing() as connection:
        connection.execute(update(schema.page).values(content=zlib.compress(REWORDED.encode())))
    assert set(proof(ledger)) == {"gone"}


def test_the_page_as_it_is_now(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    assert {v.state for v in now(ledger, ("Eil\n\n" + BEFORE))} == {"found"}
    states = {v.words: v.state.value for v in now(ledger, (REWORDED))}
    assert states["Wir werden die Brücke in diesem Jahr nicht sperren."] == "changed"
    gone = [v for v in now(ledger, (WITHDRAWN)) if v.state == "gone"]
    assert any("Winter" in v.words for v in gone)
    assert not any(v.stands for v in gone)
    selector = gone[0].quotes[0].selector
    assert selector.prefix + selector.exact + selector.suffix in BEFORE


def test_what_edits_call_reworded_is_not_gone_and_what_they_call_removed_is(ledger) -> None:
    """Other words between the old ones make the letters unlike, but both questions look at the run of words."""
    told = (
        "Wir werden, das habe ich den Leuten am Hafen und auf dem Markt versprochen, die alte Brücke, wenn nichts geschieht, in diesem "
        "doch recht trockenen Jahr ganz sicher nicht, wie manche fürchten, sperren."
    )
    later = BEFORE.replace("Wir werden die Brücke in diesem Jahr nicht sperren.", told)
    later = later[: later.index("Stadtrat")] + "Der Stadtrat will sich am Freitag damit befassen.\n"
    put(ledger, BEFORE, "one.txt")
    states = {v.words: v for v in now(ledger, later)}
    put(ledger, later, "two.txt")
    edits = {e.before.words: e.edit.value for e in ledger.edits(URL) if e.before}
    assert set(edits.values()) == {"reworded", "removed"}
    assert {words: states[words].state.value for words in edits} == {
        words: "changed" if edit == "reworded" else "gone" for words, edit in edits.items()
    }
    (changed,) = [v for v in states.values() if v.state == "changed"]
    assert told in (changed.quotes[0].words or "")
