"""Steps from one position to the next, on pairs of our own sentences."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests.reading import page_of
from wortlaut import Ledger, Reading, read
from wortlaut.ledger.matching import words_of_event
from wortlaut.ledger.positions import Position, _near, likely, positions
from wortlaut.model import Act

STEPS = [
    ("reversed", "„Wir werden keine Straßenmaut einführen“", "„Wir werden die Straßenmaut einführen“"),
    ("condition_added", "„Wir werden die Straßenmaut einführen“", "„Wir werden die Straßenmaut einführen, wenn die Steuer sinkt“"),
    ("condition_dropped", "„Wir werden die Straßenmaut einführen, falls die Steuer sinkt“", "„Wir werden die Straßenmaut bald einführen“"),
    ("hardened", "„Wir werden die Straßenmaut derzeit nicht einführen“", "„Wir werden die Straßenmaut niemals einführen“"),
    ("softened", "„Wir werden die Straßenmaut auf keinen Fall einführen“", "„Wir werden die Straßenmaut vorerst nicht einführen“"),
    ("reworded", "„Wir werden die Straßenmaut einführen“", "„Die Straßenmaut werden wir gewiss einführen“"),
]  # fmt: skip


def changes_of(path: Path, before: str, after: str, *, everything: bool = True):
    with Ledger.open(path / "a.ledger") as ledger:
        for day, words in (("2031-03-01", before), ("2031-03-15", after)):
            page = page_of(
                f"Die Straßenmaut\n\nDie Vorsitzende der Mitte-Partei, Jana Holm, sagte: {words}.\n",
                published=day,
                source=day,
            )
            outcome = read(page)
            assert isinstance(outcome, Reading)
            ledger.add(page, outcome)
        return ledger.changes(everything=everything)


@pytest.mark.parametrize(("kind", "before", "after"), STEPS, ids=[step[0] for step in STEPS])
def test_a_step_has_its_type(tmp_path: Path, kind: str, before: str, after: str) -> None:
    (change,) = changes_of(tmp_path, before, after)
    assert change.change == kind
    assert (change.before.page.published, change.after.page.published) == ("2031-03-01", "2031-03-15")


def test_another_matter_is_no_change(tmp_path: Path) -> None:
    words = "„Wir werden die Straßenmaut einführen“", "„Wir werden keine Lehrer entlassen“"
    assert changes_of(tmp_path, *words, everything=False) == ()


@pytest.mark.parametrize("act", [Act.COMMIT, Act.PREDICT])
def test_a_forecast_is_compared_with_forecasts_alone(act: Act) -> None:
    def position(act: Act, day: str, words: str) -> Position:
        return Position(
            number=int(day[-2:]), page=day, id=day, principal=1, day=day, act=act, told=1, words=words, sentence=words,
            families=words_of_event(words),
        )  # fmt: skip

    before = position(Act.PREDICT, "2031-03-01", "dass die Flut den Hafen sperrt")
    after = position(act, "2031-03-15", "den Hafen zu sperren, wenn die Flut kommt")
    assert bool([*likely(after, [(before, None)])]) == (act is Act.PREDICT)


def test_the_office_of_whoever_speaks_is_no_matter(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        for day, words in (
            ("2031-03-01", "Finanzminister Ulf Dahlberg begrüßte den Vorschlag."),
            ("2031-03-15", "Finanzminister Ulf Dahlberg lehnte den Entwurf ab."),
        ):
            page = page_of(f"Nachrichten\n\n{words} Mehr war am Abend nicht zu erfahren.\n", published=day, source=day)
            ledger.add(page, read(page))
        with ledger.reading() as connection:
            own = positions(connection, (1, 2), everything=True)
    assert len(own) == 2
    assert not {family for each in own.values() for family in each.families if "minist" in family or "finanz" in family}


def test_only_what_was_said_on_an_earlier_day_is_looked_at() -> None:
    class Rows:
        def rows(self, ids: list[int]) -> np.ndarray:
            return np.array([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [1.0, 0.0]], np.float32)[np.array(ids) - 1]

    days = ("2031-03-01", "2031-03-02", "2031-03-03", "2031-03-03")
    own = [SimpleNamespace(at=day, number=10 * n, told=n) for n, day in enumerate(days, 1)]
    assert [(n, [*near]) for n, near in _near(own, Rows(), None)] == [(20, [10]), (40, [10, 20])]
    assert [(n, [*near]) for n, near in _near(own, Rows(), "2031-03-03")] == [(40, [10, 20])]


def test_one_page_is_no_change(tmp_path: Path) -> None:
    words = "Jana Holm sagte am Montag: „Wir werden die Maut einführen.“ Holm sagte am Freitag: „Wir werden keine Maut einführen.“"
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        page = page_of(f"Die Maut\n\n{words}\n", published="2031-03-15")
        ledger.add(page, read(page))
        assert ledger.changes(everything=True) == ()
