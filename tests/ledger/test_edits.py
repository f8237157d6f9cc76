"""What counts as an edit of a page, and what does not."""

from dataclasses import replace

import pytest

from tests.reading import reading_of
from wortlaut.ledger.edits import EditKind, compare

BEFORE = """Streit um die Brücke

Bürgermeisterin Ida Lund sagte am Montag: „Wir werden die Brücke in diesem Jahr nicht sperren.“ Die Handelskammer begrüßte das.

Stadtrat Ole Brink warnte: „Die Brücke wird den Winter nicht überstehen, wenn niemand sie prüft.“
"""


def edits(after: str, before: str = BEFORE) -> list[tuple[str, str | None, str | None]]:
    found = compare(reading_of(before), reading_of(after))
    return [(d.edit.value, d.before and d.before.words, d.after and d.after.words) for d in found]


def test_the_same_page_has_no_edits() -> None:
    assert edits(BEFORE) == []
    assert edits(BEFORE + "\nMehr in Kürze.\n") == []


def test_a_quote_that_was_removed() -> None:
    after = BEFORE[: BEFORE.index("Stadtrat")] + "Der Stadtrat will sich am Freitag damit befassen.\n"
    assert ("removed", "Die Brücke wird den Winter nicht überstehen, wenn niemand sie prüft.", None) in edits(after)
    assert all(kind in ("removed", "added") for kind, _, _ in edits(after))


def test_a_quote_that_was_added() -> None:
    after = BEFORE + "\nBaurätin Tove Falk kündigte an: „Wir prüfen die Pfeiler noch im März.“\n"
    assert edits(after) == [("added", None, "Wir prüfen die Pfeiler noch im März.")]


def test_a_quote_in_other_words() -> None:
    after = BEFORE.replace("in diesem Jahr nicht sperren", "in diesem Winter nicht sperren")
    assert edits(after) == [
        (
            "reworded",
            "Wir werden die Brücke in diesem Jahr nicht sperren.",
            "Wir werden die Brücke in diesem Winter nicht sperren.",
        )
    ]


def test_a_quote_of_somebody_else() -> None:
    after = BEFORE.replace("Stadtrat Ole Brink warnte", "Stadtrat Nils Harder warnte")
    (found,) = compare(reading_of(BEFORE), reading_of(after))
    assert found.edit is EditKind.REATTRIBUTED
    assert found.before is not None
    assert found.after is not None
    assert (found.before.speaker, found.after.speaker) == ("Ole Brink", "Nils Harder")


def test_another_headline() -> None:
    assert edits(BEFORE.replace("Streit um die Brücke", "Brücke bleibt offen")) == [
        ("headline", "Streit um die Brücke", "Brücke bleibt offen")
    ]


@pytest.mark.parametrize("field", ["statements", "entities"])
def test_what_another_model_made_of_the_same_text_is_no_edit(field: str) -> None:
    reading = reading_of(BEFORE)
    if field == "statements":
        other = replace(reading, statements=reading.statements[:1])
    else:
        other = replace(reading, entities=tuple(replace(e, name=f"{e.name} X") for e in reading.entities))
    assert compare(reading, other) == ()
    assert compare(other, reading) == ()
