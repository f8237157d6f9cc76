"""Each format is read back by a reader of its own kind: what was written is what the ledger says, to the last character."""

import base64
import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import cassis
import feedparser
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from tests.exports.made import FIRST
from wortlaut.cli import app
from wortlaut.errors import ConfigurationError
from wortlaut.exports import FORMATS, Exported, Wanted, export
from wortlaut.exports.cas import CONDITION, QUOTE, STATEMENT, TOKEN
from wortlaut.exports.dna import PASSWORD, password_hash
from wortlaut.ledger import Ledger
from wortlaut.ledger.textquotes import State, TextQuoteSelector, find_again
from wortlaut.text import hull, words_at

ALL = Wanted(everything=True)
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def answers(exported: tuple[Exported, ...]):
    return [answer for each in exported for answer in each.answers]


def test_csv_comes_back(ledger: Ledger, exported, tmp_path: Path):
    assert export(ledger, "csv", tmp_path / "x.csv", ALL) == len(answers(exported))
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["words"] for row in rows] == [answer.words for answer in answers(exported)]
    assert [row["act"] for row in rows] == [answer.statement.act for answer in answers(exported)]
    assert [row["conditions"] for row in rows] == [" | ".join(a.condition_words) for a in answers(exported)]
    first = next(row for row in rows if "🚢" in row["words"])
    assert FIRST[int(first["start"]) : int(first["end"])].startswith("Wir 🚢")


def test_lines_are_the_contract(ledger: Ledger, exported, tmp_path: Path):
    export(ledger, "jsonl", tmp_path / "x.jsonl", ALL)
    lines = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["statement"]["id"] for line in lines] == [answer.statement.id for answer in answers(exported)]
    assert {"statement", "words", "condition_words", "speaker", "principal", "page", "score", "why"} <= set(lines[0])


def test_parquet_comes_back(ledger: Ledger, exported, tmp_path: Path):
    export(ledger, "parquet", tmp_path / "x.parquet", ALL)
    rows = pq.read_table(tmp_path / "x.parquet").to_pylist()
    assert [row["words"] for row in rows] == [answer.words for answer in answers(exported)]
    assert [tuple(row["conditions"]) for row in rows] == [answer.condition_words for answer in answers(exported)]
    assert [row["confidence"] for row in rows] == [answer.statement.confidence for answer in answers(exported)]


def test_annotations_find_their_words_again(ledger: Ledger, exported, tmp_path: Path):
    export(ledger, "webannotation", tmp_path / "x.jsonld", ALL)
    page = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert len({item["id"] for item in page["items"]}) == len(page["items"]) == len(answers(exported))
    texts = {each.page.url: each.reading.article.text for each in exported}
    for item, answer in zip(page["items"], answers(exported), strict=True):
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        url = targets[0]["source"]
        if not url.startswith("urn:"):
            found = [find_again(texts[url], TextQuoteSelector(**target["selector"])) for target in targets]
            assert [each.state for each in found] == [State.FOUND] * len(found)
            assert tuple(each.place for each in found) == answer.statement.content
        assert {"describing", "tagging", "classifying"} == {body["purpose"] for body in item["body"]}


def test_tei_holds_the_words_and_the_quotes(ledger: Ledger, exported, tmp_path: Path):
    export(ledger, "tei", tmp_path / "x.xml", ALL)
    corpus = ElementTree.parse(tmp_path / "x.xml").getroot()  # noqa: S314 - our own file
    assert corpus.tag == f"{TEI}teiCorpus"
    documents = corpus.findall(f"{TEI}TEI")
    assert len(documents) == len(exported)
    known = {element.get(ID) for element in corpus.iter()}
    for document, each in zip(documents, exported, strict=True):
        article = each.reading.article
        blocks = document.find(f"{TEI}text/{TEI}body")
        assert ["".join(block.itertext()) for block in blocks] == [b.span.of(article.text) for b in article.blocks]
        said: dict[str, list[str]] = {}
        for element in blocks.iter(f"{TEI}said"):
            said.setdefault(element.get(ID).split("-")[2], []).append("".join(element.itertext()))
            for pointer in ("who", "toWhom", "ana", "prev", "next"):
                assert element.get(pointer, "#")[1:] in known | {""}
        assert {id_: " ".join(words) for id_, words in said.items()} == {
            quote.id: words_at(article.text, quote.content) for quote in each.reading.quotes
        }
    ids = [element.get(ID) for element in corpus.iter() if element.get(ID)]
    assert len(ids) == len(set(ids))


def test_cas_comes_back_with_offsets(ledger: Ledger, exported, tmp_path: Path):
    export(ledger, "cas", tmp_path / "x.zip", ALL)
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert set(archive.namelist()) == {"TypeSystem.xml", *(f"{each.page.id}.xmi" for each in exported)}
        types = cassis.load_typesystem(archive.read("TypeSystem.xml").decode())
        for each in exported:
            cas = cassis.load_cas_from_xmi(archive.read(f"{each.page.id}.xmi").decode(), types)
            text = each.reading.article.text
            assert cas.sofa_string == text
            assert {(a.begin, a.end, a.part, a.quote) for a in cas.select(QUOTE)} == {
                (span.start, span.end, part, quote.id)
                for quote in each.reading.quotes
                for part in ("content", "cue", "frame", "speaker", "addressee")
                for span in getattr(quote, part)
            }
            assert {(a.begin, a.end, a.act) for a in cas.select(STATEMENT)} == {
                (span.start, span.end, answer.statement.act.value)
                for answer in each.answers
                for span in answer.statement.content
            }
            assert len(cas.select(CONDITION)) == sum(
                len(c.spans) for answer in each.answers for c in answer.statement.conditions
            )
            assert "🚢" not in text or "🚢" in [token.get_covered_text() for token in cas.select(TOKEN)]


def test_dna_finds_the_words_by_its_own_offsets(ledger: Ledger, exported, tmp_path: Path):
    export(ledger, "dna", tmp_path / "x.dna", ALL)
    query = """
        SELECT d.Text, s.Start, s.Stop, person.Value, concept.Value, agreement.Value
        FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId
        JOIN DATASHORTTEXT p ON p.StatementId = s.ID AND p.VariableId = 1 JOIN ENTITIES person ON person.ID = p.Entity
        JOIN DATASHORTTEXT c ON c.StatementId = s.ID AND c.VariableId = 3 JOIN ENTITIES concept ON concept.ID = c.Entity
        JOIN DATABOOLEAN agreement ON agreement.StatementId = s.ID AND agreement.VariableId = 4 ORDER BY s.ID
    """
    with closing(sqlite3.connect(tmp_path / "x.dna")) as database:
        rows = database.execute(query).fetchall()
        (kept,) = database.execute("SELECT Password FROM CODERS").fetchone()
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert len(rows) == len(answers(exported))
    for (text, start, stop, person, concept, agreement), answer in zip(rows, answers(exported), strict=True):
        units = text.encode("utf-16-le")
        assert units[2 * start : 2 * stop].decode("utf-16-le") == hull(answer.statement.content).of(text)
        assert person == (answer.speaker or "")
        assert len(concept) < 191
        assert bool(agreement) == (answer.statement.polarity == "positive")
    assert password_hash(PASSWORD, base64.b64decode(kept)[:16]) == kept


def test_atom_is_read_by_a_feed_reader(ledger: Ledger, exported, tmp_path: Path):
    export(ledger, "atom", tmp_path / "x.atom", ALL)
    feed = feedparser.parse((tmp_path / "x.atom").read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    statements = [entry for entry in feed.entries if entry.id.count("urn:wortlaut") == 1]
    assert {entry.id.rsplit(":", 1)[1] for entry in statements} == {a.statement.id for a in answers(exported)}
    assert [entry.updated_parsed for entry in feed.entries] == sorted(
        (entry.updated_parsed for entry in feed.entries), reverse=True
    )
    assert any(entry.get("link") == "https://bote.example/a?b=1&c=2" for entry in feed.entries)


@pytest.mark.parametrize("to", FORMATS)
def test_an_empty_ledger_gives_a_valid_file(to: str, tmp_path: Path):
    with Ledger.open(tmp_path / "empty.ledger") as store:
        assert export(store, to, tmp_path / "out") == 0
    assert (tmp_path / "out").stat().st_size > 0 or to == "jsonl"


def test_only_what_is_wanted(ledger: Ledger, exported, tmp_path: Path):
    holm = export(ledger, "jsonl", tmp_path / "holm", Wanted(name="Holm", everything=True))
    assert 0 < holm < len(answers(exported))
    late = export(ledger, "jsonl", tmp_path / "late", Wanted(since="2031-03-05", everything=True))
    early = export(ledger, "jsonl", tmp_path / "early", Wanted(until="2031-03-04", everything=True))
    assert late + early == len(answers(exported))
    assert late


def test_a_failure_leaves_the_old_file(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    place = tmp_path / "x.csv"
    place.write_text("old")
    monkeypatch.setattr("wortlaut.exports.tables.rows", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(ledger, "csv", place, ALL)
    assert place.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_unknown_format_is_named(ledger: Ledger, tmp_path: Path):
    with pytest.raises(ConfigurationError, match="there are csv"):
        export(ledger, "docx", tmp_path / "x")


def test_the_command(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["export", "--to", "tei", "--ledger", "made.ledger", "--all"])
    assert told.exit_code == 0
    assert "statements in made.xml" in told.stderr
    assert (tmp_path / "made.xml").exists()
    told = CliRunner().invoke(app, ["export", "--to", "docx", "--ledger", "made.ledger"])
    assert told.exit_code == 2
    assert "there are csv, jsonl" in told.stderr
    told = CliRunner().invoke(app, ["export", "--since", "gestern", "--ledger", "made.ledger"])
    assert told.exit_code == 2
    assert "--since" in told.stderr
