"""What statements see of a quote."""

from dataclasses import replace

import pytest

from tests.reading import reading_of, words
from wortlaut.model import QuoteKind
from wortlaut.quotation.bare import bare
from wortlaut.text import Span


@pytest.mark.parametrize(
    ("kind", "content", "wanted"),
    [
        (QuoteKind.DIRECT, "„Nein.“", "Nein."),
        (QuoteKind.DIRECT, "»Nein«,", "Nein"),
        (QuoteKind.INDIRECT, "er nannte es „falsch“.", "er nannte es „falsch“"),
        (QuoteKind.INDIRECT, ", das sei „falsch“ und „dumm“.", "das sei „falsch“ und „dumm“"),
        (QuoteKind.DIRECT, "„Nein“, „niemals“", "„Nein“, „niemals“"),
        (QuoteKind.DIRECT, "„“", "„“"),
    ],
)
def test_signs_around_the_words_go(kind, content, wanted) -> None:
    text = f"Wetter am Montag\n\nEr sagte: {content} Dann ging er nach Hause, denn es regnete."
    start = text.index(content)
    quote = reading_of("Wetter am Montag\n\n„Es regnet“, sagte Anna Berg. Dann ging sie nach Hause.").quotes[0]
    quote = replace(quote, kind=kind, content=(Span(start, start + len(content)),), frame=())
    (found,) = bare(text, [quote])
    assert "".join(s.of(text) for s in found.content) == wanted
    assert found.id == quote.id


def test_the_rules_quotes_are_bare_already() -> None:
    reading = reading_of("Wetter am Montag\n\n„Es regnet“, sagte Anna Berg. Dann ging sie nach Hause.")
    assert "Es regnet" in words(reading, bare(reading.article.text, reading.quotes)[0].content)


def test_of_a_reported_quote_the_gist_is_stated() -> None:
    text = "Streit um die Brücke\n\nDie Kammer begrüßte am Montag das neue Urteil. Danach regnete es lange in Talheim."
    start, end = text.index("Die Kammer"), text.index(" Danach")
    quote = reading_of("Wetter am Montag\n\n„Es regnet“, sagte Anna Berg. Dann ging sie nach Hause.").quotes[0]
    kind, cue = QuoteKind.REPORTED, text.index("begrüßte")
    quote = replace(
        quote,
        kind=kind,
        content=(Span(start, end),),
        frame=(),
        speaker=(Span(start, cue - 1),),
        cue=(Span(cue, cue + 8),),
    )
    (found,) = bare(text, [quote])
    assert [s.of(text) for s in found.content] == ["am Montag das neue Urteil"]
    assert [s.of(text) for s in found.frame] == ["Die Kammer begrüßte am Montag das neue Urteil"]
