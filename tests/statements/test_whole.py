"""What is one statement stays one: a clause keeps the verdict in marks that it hangs on."""

import pytest

from tests.reading import reading_of, words
from tests.statements.test_cases import LEAD
from wortlaut import Reading
from wortlaut.model import Engine, QuoteKind


def read(text: str) -> Reading:
    return reading_of(f"{LEAD}{text}\n", engine=Engine.MODEL)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Ministerin Karla Moe bezeichnete es als »eher unwahrscheinlich«, dass der Damm am Fluss bricht.", "eher unwahrscheinlich"),
        ("Trainer Udo Kern hielt es für »undenkbar«, dass sein Team im Mai absteigt.", "undenkbar"),
        ("Landrätin Greta Holz nannte es »einen Fehler«, dass die Klinik geschlossen wird.", None),
    ],
)  # fmt: skip
def test_a_clause_keeps_the_verdict_that_it_hangs_on(text: str, term: str | None) -> None:
    reading = read(text)
    about = [s for s in reading.statements if "dass " in words(reading, s.content)]
    assert [s.likelihood.term if s.likelihood else None for s in about] == [term]
    assert text[text.index("»") + 1 : text.index("«")] in words(reading, about[0].content)
    assert reading.wording(about[0]) is not QuoteKind.DIRECT


def test_a_clause_beside_other_marked_words_stays_alone() -> None:
    reading = read("Ministerin Moe sagte, dass die Steuern sinken, und sprach von einem »Erfolg«.")
    assert any(words(reading, s.content).startswith("dass die Steuern sinken") for s in reading.statements)
    assert not any("Erfolg" in words(reading, s.content) and "Steuern" in words(reading, s.content) for s in reading.statements)  # fmt: skip
