"""What was announced for a day, put in order."""

from collections.abc import Iterable
from datetime import date

from wortlaut.ledger import Answer
from wortlaut.ledger.due import last_day


def due_now(answers: Iterable[Answer], today: date) -> tuple[list[Answer], list[Answer]]:
    """Return what is due from today on, the nearest first, and what was due before, the latest first."""
    dated = [(day, a) for a in answers if a.statement.due and (day := last_day(a.statement.due.value))]
    ordered = sorted(dated, key=lambda pair: (pair[0], pair[1].statement.id))
    return [a for day, a in ordered if day >= today], [a for day, a in reversed(ordered) if day < today]
