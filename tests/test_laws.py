"""The contract's laws, for any page: see DESIGN's "Laws, tested by property" in docs/reference/contract.md."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import EXAMPLES
from wortlaut import Page, Reading, Rejection, Span, from_json, read, to_json
from wortlaut.model import PageForm

PIECES = st.sampled_from(
    [
        "Die Ministerin sagte: „Wir werden nicht weichen.“",
        "Er sei bereit, falls die Bank einlenke.",
        "»Nein«, sagte Anna Berg.",
        "Sollte es Streik geben, droht der Verband mit Klage.",
        "Foto: A. Kern / XYZ",
        "Lesen Sie auch",
        "\n\n",
        "\n",
        " ",
        "am 3. Mai",
        "laut Polizei",
        "„‚",
        "«»",
        "😀",
        "ue\u0308",
        "\u00ad",
        "\u2028",
        "(dpa)",
        "<p>",
        "…",
        "5",
        "\r\n",
        "\t",
        "Was, wenn nicht?",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=14).map(" ".join)


def spans_of(record: object) -> Iterator[Span]:
    """Yield every span anywhere in a record."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for part in record:
            yield from spans_of(part)
    elif is_dataclass(record):
        for field in fields(record):
            yield from spans_of(getattr(record, field.name))
        start, end = getattr(record, "start", None), getattr(record, "end", None)
        if start is not None and end is not None:
            yield Span(start, end)


def hold(reading: Reading) -> None:
    """Assert the laws that every Reading keeps."""
    text = reading.article.text
    for span in spans_of(reading):
        assert 0 <= span.start < span.end <= len(text)
    blocks = reading.article.blocks
    covered = [False] * len(text)
    for one, other in pairwise(blocks):
        assert one.end <= other.start
    for block in blocks:
        covered[block.start : block.end] = [True] * (block.end - block.start)
    assert all(covered[i] or text[i].isspace() for i in range(len(text)))
    for records in (reading.quotes, reading.times, reading.entities, reading.statements):
        assert len({r.id for r in records}) == len(records)
    entities = {e.id for e in reading.entities}
    quotes = {q.id for q in reading.quotes}
    statements = {s.id for s in reading.statements}
    for statement in reading.statements:
        assert {statement.speaker, statement.principal, statement.addressee} - {None} <= entities
        assert statement.quote is None or statement.quote in quotes
        assert statement.same_as is None or statement.same_as in statements
        rests = {"quote": {True}, "document": {True, False}}.get(statement.source, {False})
        assert (statement.quote is not None) in rests
        assert 0 <= statement.confidence <= 1
    assert from_json(to_json(reading)) == reading
    assert "\n" not in to_json(reading)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_text_pages_keep_every_law(text: str) -> None:
    page = Page(source="a", content=text.encode("utf-8", "surrogatepass"), published="2031-03-04", form=PageForm.TEXT)
    outcome = read(page)
    if isinstance(outcome, Rejection):
        assert outcome.reason in ("empty", "encoding", "binary", "not_an_article")
        return
    hold(outcome)
    assert outcome.article.text == text.removeprefix("\ufeff")
    assert read(page) == outcome


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_html_pages_keep_every_law(text: str) -> None:
    content = f"<html><body><article><h1>Streit um die Brücke</h1><p>{text}</p></article></body></html>".encode(
        "utf-8", "surrogatepass"
    )
    page = Page(source="a.html", content=content, form=PageForm.HTML)
    outcome = read(page)
    if isinstance(outcome, Reading):
        hold(outcome)
        assert read(page) == outcome


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_one_outcome(content: bytes) -> None:
    outcome = read(Page(source="a", content=content))
    assert isinstance(outcome, Reading | Rejection)
    if isinstance(outcome, Rejection):
        assert outcome.reason != "failed", outcome.detail
        assert from_json(to_json(outcome)) == outcome


@pytest.mark.parametrize(
    "path", sorted(p for p in EXAMPLES.iterdir() if p.suffix in {".txt", ".html"}), ids=lambda p: p.stem
)
def test_example_pages_keep_every_law(path) -> None:
    outcome = read(Page(source=path.name, content=path.read_bytes()))
    assert isinstance(outcome, Reading)
    hold(outcome)
    assert outcome.statements
    notices = [
        b.span for b in outcome.article.blocks if b.kind in ("embed", "notice", "related", "credit", "furniture")
    ]
    for span in spans_of((outcome.quotes, outcome.statements)):
        assert not any(span.overlaps(notice) for notice in notices)


def test_a_page_does_not_depend_on_its_neighbours() -> None:
    from wortlaut import read_many

    pages = [Page(source=p.name, content=p.read_bytes()) for p in sorted(EXAMPLES.glob("*.txt"))]
    together = list(read_many(pages))
    assert together == [read(page) for page in pages]
    assert list(read_many(reversed(pages))) == together[::-1]
