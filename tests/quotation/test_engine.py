"""Which engine reads, and how sure a quote has to be."""

from dataclasses import replace

import pytest

from tests.reading import page_of, words
from wortlaut import Reader, Reading
from wortlaut.bulk.settings import Settings, reader_by
from wortlaut.errors import ConfigurationError
from wortlaut.model import Engine, Quote
from wortlaut.quotation import engine
from wortlaut.quotation import find_quotes as find_by_rules
from wortlaut.statements import find_statements

TEXT = "Brücke bleibt gesperrt\n\n„Wir öffnen sie nicht“, sagte Bürgermeisterin Anna Berg. Der Fluss sei zu hoch.\n"


def quotes_by(chosen: Engine, **options) -> tuple[Reading, tuple[Quote, ...]]:
    reading = Reader(quotation=engine.quotation_by(chosen, **options)).read(page_of(TEXT))
    assert isinstance(reading, Reading)
    return reading, reading.quotes


@pytest.mark.parametrize("chosen", [Engine.MODEL, Engine.RULES])
def test_each_engine_finds_the_words_in_marks(chosen) -> None:
    reading, quotes = quotes_by(chosen)
    assert any("Wir öffnen sie nicht" in words(reading, q.content) for q in quotes)


def test_without_a_model_the_rules_serve(monkeypatch) -> None:
    monkeypatch.setattr(engine, "find_model", lambda: None)
    assert quotes_by(Engine.AUTO)[1] == quotes_by(Engine.RULES)[1]
    with pytest.raises(ConfigurationError, match="rules"):
        engine.quotation_by(Engine.MODEL)


def test_the_model_is_the_default_where_it_is_installed() -> None:
    assert quotes_by(Engine.AUTO)[1] == quotes_by(Engine.MODEL)[1]


def test_least_confidence_leaves_out_what_is_less_sure() -> None:
    _, every = quotes_by(Engine.MODEL)
    least = max(q.confidence for q in every)
    assert {q.confidence for q in quotes_by(Engine.MODEL, min_confidence=least)[1]} == {least}
    assert quotes_by(Engine.MODEL, min_confidence=1.0)[1] == ()


def test_what_was_nested_in_an_unsure_quote_moves_up() -> None:
    _, (first, *_) = quotes_by(Engine.RULES)
    outer = replace(first, id="a", confidence=0.9, level=0, parent=None)
    middle = replace(first, id="b", confidence=0.2, level=1, parent="a")
    inner = replace(first, id="c", confidence=0.8, level=2, parent="b")
    assert [(q.id, q.parent, q.level) for q in engine.surest((outer, middle, inner), 0.5)] == [
        ("a", None, 0),
        ("c", "a", 1),
    ]


def test_rules_ask_no_model_in_any_stage() -> None:
    reader = Reader.by(Engine.RULES)
    assert (reader.quotation, reader.statements) == (find_by_rules, find_statements)
    assert reader_by(Settings(engine=Engine.RULES)) == reader
