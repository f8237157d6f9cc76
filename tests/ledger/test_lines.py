"""The whole ledger as lines, and made again from them."""

import pytest

from tests.contracts.test_editions import REWORDED, put
from tests.contracts.test_rereading import RULES
from tests.contracts.test_store import contents
from tests.ledger.test_edits import BEFORE
from tests.ledger.test_forgetting import OTHER, TWO, add
from wortlaut import Ledger, read
from wortlaut.errors import LedgerError
from wortlaut.ledger import Opinion

_DERIVED = {"meta", "migration", "told", "called", "role"}
"""What says how a ledger is stored, or keeps what nothing refers to any more."""


@pytest.fixture
def full(tmp_path):
    """A ledger with editions, a second reading, judgements of actors and statements, and something forgotten."""
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        put(ledger, BEFORE, "one.txt")
        put(ledger, REWORDED, "two.txt")
        add(ledger, TWO, "fähre.txt")
        add(ledger, OTHER, "umzug.txt")
        assert len([*ledger.reread(RULES.read, "umzug.txt")]) == 1
        (brixius,) = ledger.actors("Brixius")
        ledger.split(brixius.id, ("umzug.txt",))
        said = ledger.who("Brixius", everything=True)[0]
        page = next(e.id for e in ledger.editions() if e.source == said.page.source)
        ledger.review(page, said.statement.id, Opinion.REJECT)
        ledger.forget("Quastenberg")
        yield ledger


def rows(ledger: Ledger) -> dict:
    """Return what is stored, without the numbers of rows that nothing but the ledger itself knows."""
    found = {}
    with ledger.reading() as connection:
        from wortlaut.ledger import schema

        for name, table in schema.metadata.tables.items():
            if name not in _DERIVED:
                own = [
                    c
                    for c in table.columns
                    if c.name not in ("number", "reading", "told", "statement", "id" if name == "reading" else "")
                ]
                query = table.select().with_only_columns(*own)
                found[name] = sorted(map(repr, connection.execute(query).all()))
    return found


def test_a_ledger_made_again_is_the_same(full, tmp_path) -> None:
    lines = [*full.lines()]
    with Ledger.open(tmp_path / "b.ledger") as again:
        again.rebuild(line.encode() for line in lines)
        assert again.digest() == full.digest()
        assert [*again.lines()] == lines
        assert rows(again) == rows(full)
        assert again.statements(everything=True) == full.statements(everything=True)
        assert again.edits() == full.edits()
        assert again.judgements() == full.judgements()
        assert add(again, TWO, "x.txt", "https://bote.example/quastenberg").forgotten
        assert {a.id for a in again.actors()} == {a.id for a in full.actors()}


def test_the_hash_follows_the_content_alone(full, tmp_path) -> None:
    before = full.digest()
    assert full.index() in (True, False)
    assert full.digest() == before
    assert all(done.problem is None or "forgotten" in done.problem for done in full.reread(read, "one.txt"))
    add(full, "Neu\n\nMinister Jon Falk sagte: „Wir werden das Werk im Herbst schließen.“\n", "neu.txt")
    assert full.digest() != before


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "there is no line here"),
        (["{"], "line 1 is none of a ledger"),
        (['{"schema":"wortlaut.reading/1"}'], "line 1: these are no lines of a ledger"),
        (['{"schema":"wortlaut.ledger/1"}', '{"actor":{"id":1}}', "nonsense"], "line 3|cannot be"),
        (['{"actor":{"id":1}}'], "line 1"),
    ],
)
def test_bad_lines_leave_nothing(tmp_path, lines: list[str], said: str) -> None:
    with Ledger.open(tmp_path / "b.ledger") as ledger:
        before = contents(ledger)
        with pytest.raises(LedgerError, match=said):
            ledger.rebuild(lines)
        assert contents(ledger) == before


def test_a_ledger_that_has_pages_is_not_made_again(full) -> None:
    with pytest.raises(LedgerError, match="name a new one"):
        full.rebuild([*full.lines()])


def test_views_as_arrow_and_pandas(full) -> None:
    import pyarrow as pa

    table = full.to_arrow()
    assert table.num_rows == full.count()[1]
    assert table.schema.field("confidence").type == pa.float64()
    assert table.schema.field("due").type == pa.string()
    frame = full.to_pandas("positions")
    assert set(frame["principal"]) >= {"Ole Brixius"}
    assert full.to_arrow("spans").schema.field("begins").type == pa.int64()


def test_an_empty_view_has_its_types(tmp_path) -> None:
    import pyarrow as pa

    from wortlaut.errors import ConfigurationError

    with Ledger.open(tmp_path / "b.ledger") as ledger:
        assert ledger.to_arrow().schema.field("low").type == pa.float64()
        assert len(ledger.to_pandas("pages")) == 0
        with pytest.raises(ConfigurationError, match="there is no view 'nothing'; there are pages"):
            ledger.to_arrow("nothing")
