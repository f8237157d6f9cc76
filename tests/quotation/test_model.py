"""The trained model through the whole reader: sentences of every kind and shape, and the laws of reading with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import cases, page_of, unmark, words
from wortlaut import Reader, Reading
from wortlaut.model import Engine, Quote
from wortlaut.quotation.engine import quotation_by

FILLER = "Am Mittwoch wurde das Wetter besser, und viele Leute gingen an den See. "
SENTENCES = (
    "„Wir bauen die Brücke“, sagte Anna Berg.",
    "Der Verband erklärte, die Preise seien zu hoch.",
    "Laut Polizei gab es drei Verletzte.",
    "Er habe davon nichts gewusst.",
    "Am Montag schneite es.",
    "Die Gewerkschaft kündigte Streiks an.",
    "»Nein«, rief die Sprecherin, »das stimmt nicht.«",
)


def reading_by_model(text: str) -> Reading:
    outcome = Reader(quotation=quotation_by(Engine.MODEL)).read(page_of(text))
    assert isinstance(outcome, Reading), outcome
    return outcome


def likeness(reading: Reading, quote: Quote, wanted: str) -> float:
    own, other = set(words(reading, quote.content).split()), set(wanted.split())
    return 2 * len(own & other) / (len(own) + len(other))


@pytest.mark.parametrize("case", cases("model"), ids=lambda case: str(case["id"]))
def test_the_model_finds(case) -> None:
    marked = unmark(str(case["text"]))
    reading = reading_by_model(marked.text)
    wanted = " ".join(marked.marks["content"])
    best = max(reading.quotes, key=lambda q: likeness(reading, q, wanted), default=None)
    assert best is not None
    assert likeness(reading, best, wanted) > 0.75
    if "kind" in case:
        assert best.kind == case["kind"]
    for role in ("speaker", "cue", "addressee"):
        for part in marked.marks.get(role, ()):
            assert part in words(reading, getattr(best, role))


def test_a_quote_is_not_cut_where_a_window_ends() -> None:
    said = "„Wir bleiben hier. Wir bauen das Haus wieder auf. Niemand wird uns vertreiben, auch der Sturm nicht“"
    for before in (20, 24, 26):
        reading = reading_by_model(
            f"Nach dem Sturm\n\n{FILLER * before}{said}, sagte Bürgermeisterin Anna Berg. {FILLER * 12}"
        )
        assert any(words(reading, q.content).strip("„“ ") == said.strip("„“ ") for q in reading.quotes), before


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=8).map(" ".join), min_size=2, max_size=32))
def test_alone_or_among_others_a_page_reads_the_same(texts) -> None:
    reader = Reader(quotation=quotation_by(Engine.MODEL))
    together = list(reader.read_many(page_of(text) for text in texts))
    assert together[-1] == reader.read(page_of(texts[-1]))
    assert together[0] == reader.read(page_of(texts[0]))


def test_answers_of_an_interview_are_quotes_questions_are_not() -> None:
    reading = reading_by_model(
        "Ein Gespräch über den Haushalt der Stadt\n\nDie Kämmerin spricht über Schulden und Steuern.\n\n"
        "Zeitung: Wird die Steuer in diesem Jahr steigen?\n\nBerg: Nein. Wir haben andere Pläne für dieses Jahr.\n\n"
        "Zeitung: Und was wird aus den Schulden der Stadt?\n\nBerg: Die bauen wir ab, wenn auch langsam.\n\n"
        "Zeitung: Reicht das Geld für die neue Schule?\n\nBerg: Ja, das Geld reicht dafür.\n"
    )
    said = [(words(reading, q.content), words(reading, q.speaker)) for q in reading.quotes]
    assert ("Nein. Wir haben andere Pläne für dieses Jahr.", "Berg") in said
    assert ("Die bauen wir ab, wenn auch langsam.", "Berg") in said
    assert not any("Schulden der Stadt" in content for content, _ in said)


@pytest.mark.parametrize(
    "text",
    [
        "Die Brücke sei sicher, sagte Ingenieur Karl Menz. Anwohnerin Rosa Feld nannte sie »baufällig«.",
        "„Wir zahlen nicht“, sagte Kassenwart Udo Penn. Sprecherin Ina Volk stufte die Forderung als „berechtigt“ ein.",
        "Einen Streik halte sie für »sicher«, sagte Wirtin Ada Rau. Kollege Jan Pohl bezeichnete ihn als »eher unwahrscheinlich«.",
    ],
)
def test_a_quote_is_said_in_one_sentence(text: str) -> None:
    reading = reading_by_model(f"Nach dem Sturm\n\n{FILLER * 2}{text}\n")
    border = reading.article.text.index(". ", reading.article.text.index(text)) + 1
    assert len(reading.quotes) > 1
    for quote in reading.quotes:
        behind = quote.content[0].start > border
        for span in (*quote.speaker, *quote.cue, *quote.frame):
            assert (span.end > border + 1) == behind, words(reading, (span,))
            assert (span.start > border) == behind, words(reading, (span,))
