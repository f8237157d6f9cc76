"""Editions of a page, and what they change."""

import pytest

from tests.ledger.test_edits import BEFORE
from wortlaut import Ledger, Page, Reading, read
from wortlaut.errors import LedgerError
from wortlaut.model import PageForm

URL = "https://bote.example/bruecke"
REWORDED = BEFORE.replace("in diesem Jahr nicht sperren", "in diesem Winter nicht sperren")
WITHDRAWN = BEFORE[: BEFORE.index("Stadtrat")] + "Der Stadtrat will sich am Freitag damit befassen.\n"


def put(ledger: Ledger, text: str, source: str, url: str | None = URL):
    page = Page(
        source=source, url=url, content=text.encode(), published="2031-03-04", publisher="Bote", form=PageForm.TEXT
    )
    outcome = read(page)
    assert isinstance(outcome, Reading)
    return ledger.add(page, outcome)


def test_a_later_fetch_is_kept_beside_the_first(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    put(ledger, REWORDED, "two.txt")
    assert [(e.source, e.current) for e in ledger.editions(URL)] == [("one.txt", False), ("two.txt", True)]
    assert ledger.editions("one.txt") == ledger.editions(URL)
    (edit,) = ledger.edits(URL)
    assert (edit.edit, edit.earlier.source, edit.later.source) == ("reworded", "one.txt", "two.txt")
    assert ledger.edits() == (edit,)


def test_only_the_newest_edition_answers(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    assert ledger.search("Winter prüft", everything=True)
    put(ledger, WITHDRAWN, "two.txt")
    assert ledger.search("Winter prüft", everything=True) == ()
    assert {a.page.source for a in ledger.statements(everything=True)} == {"two.txt"}
    assert "removed" in {e.edit for e in ledger.edits(URL)}
    assert ledger.changes(everything=True) == ()


def test_pages_without_a_url_are_no_editions_of_one_another(ledger) -> None:
    put(ledger, BEFORE, "one.txt", url=None)
    put(ledger, REWORDED, "two.txt", url=None)
    assert all(e.current for e in ledger.editions())
    assert ledger.edits() == ()


def test_a_page_that_is_not_kept_is_a_clear_error(ledger) -> None:
    with pytest.raises(LedgerError, match="is not in the ledger"):
        ledger.edits("https://nowhere.example/")
