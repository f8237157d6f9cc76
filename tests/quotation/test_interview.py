"""Interviews without quotation marks: turns that a name and a colon open."""

from tests.reading import name, reading_of, words

INTERVIEW = """„Dann schließen wir das Bad“

Im Interview erklärt Bäderchefin Henrike Lorenz, wann das Hallenbad schließen muss.

Harlauer Bote: Frau Lorenz, was geschieht, wenn das Gas knapp wird?

Henrike Lorenz: Dann schließen wir das Bad. Das wäre bitter.

Harlauer Bote: Und wenn die Stadt hilft?

Lorenz: Wir werden die Preise nicht erhöhen.

Harlauer Bote: Bleiben Sie im Amt?

Lorenz: Ja.
"""


def test_answers_are_quotes_of_whoever_answers() -> None:
    reading = reading_of(INTERVIEW)
    turns = [q for q in reading.quotes if q.speaker and "Lorenz" in words(reading, q.speaker) and not q.cue]
    assert [words(reading, q.content) for q in turns] == [
        "Dann schließen wir das Bad. Das wäre bitter.",
        "Wir werden die Preise nicht erhöhen.",
        "Ja.",
    ]


def test_a_question_holds_the_condition_of_its_answer_and_is_no_statement() -> None:
    reading = reading_of(INTERVIEW)
    closing = next(s for s in reading.statements if words(reading, s.content) == "Dann schließen wir das Bad.")
    assert [(c.holder, words(reading, c.spans)) for c in closing.conditions] == [
        ("question", "wenn das Gas knapp wird")
    ]
    assert name(reading, closing.speaker) == "Henrike Lorenz"
    assert not any("hilft" in words(reading, s.content) for s in reading.statements)


def test_a_colon_alone_makes_no_interview() -> None:
    reading = reading_of(
        "Rat tagt\n\nDie Lage: Der Rat tagt am Montag und berät über die Brücke.\n\nFazit: Es bleibt offen.\n"
    )
    assert not reading.quotes
