"""What is forgotten is gone, byte by byte, and does not come back."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.contracts.test_editions import REWORDED, put
from tests.ledger.test_edits import BEFORE
from tests.ledger.trigrams import Trigrams
from wortlaut import Ledger, Page, Reader, Reading, read
from wortlaut.errors import LedgerError
from wortlaut.model import PageForm

TWO = (
    "Streit um die Fähre\n\nDie Bürgermeisterin Wilma Quastenberg sagte am Montag: „Wir werden die Zwillingsfähre nicht verkaufen.“ "
    "Der Hafenchef Ole Brixius sagte, Quastenbergs Plan sei zu teuer. „Wir werden den Kai im Mai sperren“, sagte Brixius.\n"
)
OTHER = "Umzug\n\nHafenchef Ole Brixius sagte am Freitag, er werde das Lagerhaus in Sundby räumen lassen.\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "a.ledger"


def page(words: str, source: str, url: str | None = None) -> Page:
    return Page(source=source, url=url, content=words.encode(), published="2031-03-04", form=PageForm.TEXT)


def add(ledger: Ledger, words: str, source: str, url: str | None = None):
    outcome = read(page(words, source, url))
    assert isinstance(outcome, Reading)
    return ledger.add(page(words, source, url), outcome)


def found(place: Path, *words: str) -> set[str]:
    """Return the words that stand in any file of the ledger, decompressed or not."""
    raw = b"".join(path.read_bytes() for path in place.parent.iterdir() if path.is_file())
    with Ledger.open(place) as ledger, ledger.reading() as connection:
        import zlib

        kept = [
            zlib.decompress(c)
            for c in connection.scalars(text("SELECT content FROM page UNION SELECT record FROM reading"))
        ]
    everything = b"\n".join((raw, *kept)).lower()
    return {word for word in words if word.lower().encode() in everything}


def test_a_page_leaves_no_byte_in_the_file_or_its_log(place: Path) -> None:
    with Ledger.open(place, maker=Trigrams) as ledger:
        add(ledger, OTHER, "other.txt")
        add(ledger, TWO, "two.txt", "https://bote.example/faehre")
        ledger.index()
        rows = Path(f"{place}.vectors").read_bytes()
    assert found(place, "Quastenberg", "zwillingsfahr", "Zwillingsfähre") == {
        "Quastenberg",
        "zwillingsfahr",
        "Zwillingsfähre",
    }
    with Ledger.open(place, maker=Trigrams) as ledger:
        what = ledger.forget("https://bote.example/faehre")
        assert (len(what.pages), what.blackened) == (1, ())
        assert what.statements > 0
        assert not found(place, "Quastenberg", "zwillingsfahr", "Zwillingsfähre", "bote.example")
        left = Path(f"{place}.vectors").read_bytes()
        assert len(left) == len(rows)
        assert sum(a != b for a, b in zip(left, rows, strict=True)) > 300
        assert [a.name for a in ledger.actors()] == ["Ole Brixius"]
        assert ledger.search("Lagerhaus", everything=True)
        assert ledger.whatif("Das Lagerhaus wird geräumt", everything=True) is not None
        with ledger._engine.connect().execution_options(begins=False) as connection:
            connection.exec_driver_sql("VACUUM")
    assert not found(place, "Quastenberg", "zwillingsfahr", "Zwillingsfähre", "bote.example")


def test_a_page_that_was_forgotten_does_not_come_back(place: Path) -> None:
    with Ledger.open(place) as ledger:
        put(ledger, BEFORE, "one.txt")
        put(ledger, REWORDED, "two.txt")
        assert len(ledger.forget("one.txt").pages) == 2
        assert ledger.count() == (0, 0)
        again = put(ledger, BEFORE, "one.txt")
        assert (again.forgotten, again.new) == (True, False)
        assert put(ledger, BEFORE, "elsewhere.txt", url=None).forgotten
        assert put(ledger, BEFORE + "\nMehr dazu morgen.\n", "three.txt").forgotten
        assert put(ledger, BEFORE + "\nMehr dazu morgen.\n", "four.txt", url="https://bote.example/anders").new
        assert ledger.count()[0] == 1


def test_somebody_is_blackened_and_what_others_say_still_stands(place: Path) -> None:
    with Ledger.open(place, maker=Trigrams) as ledger:
        add(ledger, TWO, "two.txt")
        add(ledger, OTHER, "other.txt")
        before = {a.statement.id for a in ledger.who("Brixius", everything=True)}
        what = ledger.forget("Quastenberg")
        assert (what.name, [e.source for e in what.blackened], what.pages) == ("Wilma Quastenberg", ["two.txt"], ())
        assert not found(place, "Quastenberg", "Wilma", "zwillingsfahr", "Zwillingsfähre")
        assert ledger.who("Quastenberg", everything=True) == ()
        assert {a.statement.id for a in ledger.who("Brixius", everything=True)} == before
        proofs = [v for _, own in ledger.verify(Reader().extraction) for v in own]
        assert proofs
        assert all(v.stands for v in proofs)
        assert all(r.problem is None or "forgotten" in r.problem for r in ledger.reread(read))
        assert not found(place, "Quastenberg", "Zwillingsfähre")


def test_somebody_is_blackened_where_they_are_only_named(place: Path) -> None:
    with Ledger.open(place) as ledger:
        add(ledger, TWO, "two.txt")
        words = "Rückblick\n\nHafenchef Ole Brixius sagte, er habe Wilma Quastenberg nie getroffen. Quastenbergs Büro schwieg.\n"
        add(ledger, words, "named.txt")
        assert {e.source for e in ledger.forget("Wilma Quastenberg").blackened} == {"two.txt", "named.txt"}
        assert not found(place, "Quastenberg", "Wilma")
        assert any("█" in a.words for a in ledger.who("Brixius", everything=True) if a.page.source == "named.txt")


def test_somebody_who_was_forgotten_does_not_come_back(place: Path) -> None:
    with Ledger.open(place) as ledger:
        add(ledger, TWO, "two.txt")
        ledger.forget("Wilma Quastenberg")
        later = add(ledger, TWO.replace("am Montag", "gestern"), "later.txt", "https://bote.example/kai")
        assert later.new
        assert add(ledger, TWO, "x.txt", "https://bote.example/wilma-quastenberg-faehre").forgotten
        assert not found(place, "Quastenberg", "Zwillingsfähre")
        assert ledger.who("Quastenberg", everything=True) == ()
        assert any(a.page.source == "later.txt" for a in ledger.who("Brixius", everything=True))


def test_a_page_whose_address_names_somebody_goes_as_a_whole(place: Path) -> None:
    with Ledger.open(place) as ledger:
        add(ledger, TWO, "two.txt", "https://bote.example/quastenberg-bleibt")
        assert len(ledger.forget("Quastenberg").pages) == 1
        assert ledger.count() == (0, 0)
    assert not found(place, "quastenberg", "zwillingsfahr")


def test_judgements_of_others_survive(place: Path) -> None:
    with Ledger.open(place) as ledger:
        add(ledger, TWO, "two.txt")
        add(ledger, OTHER, "other.txt")
        (brixius,) = ledger.actors("Brixius")
        fresh, _ = ledger.split(brixius.id, ("other.txt",))
        ledger.forget("Quastenberg")
        ledger.forget("two.txt")
        assert [(a.id, a.name, a.pages) for a in ledger.actors()] == [(fresh, "Ole Brixius", ("other.txt",))]


def test_what_is_not_there_or_several_is_a_clear_error(place: Path) -> None:
    with Ledger.open(place) as ledger:
        add(ledger, TWO, "two.txt")
        with pytest.raises(LedgerError, match="no page and nobody"):
            ledger.forget("Niemand")
        (brixius,) = ledger.actors("Brixius")
        add(ledger, OTHER, "other.txt")
        ledger.split(brixius.id, ("other.txt",))
        with pytest.raises(LedgerError, match="may be 2 here"):
            ledger.forget("Brixius")
        assert ledger.count()[0] == 2


@pytest.mark.parametrize("name", ["https://bote.example/faehre", "Brixius"])
def test_forgetting_beside_a_reader_says_what_is_left(place: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from wortlaut.errors import LedgerBusy
    from wortlaut.ledger import forgetting

    monkeypatch.setattr(forgetting, "WAIT", 0.0)
    with Ledger.open(place) as ledger:
        add(ledger, TWO, "two.txt", "https://bote.example/faehre")
        with Ledger.open(place) as reader, reader.reading() as connection:
            connection.execute(text("SELECT count(*) FROM page"))
            with pytest.raises(LedgerBusy, match="it is forgotten, but"):
                ledger.forget(name)
            assert not ledger.who("Brixius", everything=True)
    assert not found(place, "Brixius")
