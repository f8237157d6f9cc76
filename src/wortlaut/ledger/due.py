"""What was promised until when: open before its time, due in it, overdue after it.

Overdue says that the time is over, not that a promise was broken: whether it was kept stands on other pages.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, or_

from wortlaut.ledger.answers import Answer
from wortlaut.ledger.rows import ANSWERS, read_answers, shown
from wortlaut.ledger.schema import statement
from wortlaut.model import Act

_SEASONS = {"SP": ((3, 1), (5, 31)), "SU": ((6, 1), (8, 31)), "FA": ((9, 1), (11, 30)), "WI": ((12, 1), (12, 31))}
_VALUE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-W(\d\d)(?:-(\d))?|-Q(\d)|-(SP|SU|FA|WI))?")


class DueState(StrEnum):
    """Where a day stands to the time for which something was promised: before it, in it, after it."""

    OPEN = "open"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A statement with a time set, the last day of that time, and its state on the day that was asked for."""

    state: DueState
    until: date
    answer: Answer


def days_of(value: str) -> tuple[date, date] | None:
    """Return the first and the last day of a day, week, month, quarter, season or year; None for a value that names none."""
    match = _VALUE.match(value)
    if match is None:
        return None
    year, month, day, week, weekday, quarter, season = match.groups()
    number = int(year)
    try:
        if day:
            return (date(number, int(month), int(day)),) * 2
        if week:
            return (
                date.fromisocalendar(number, int(week), int(weekday or 1)),
                date.fromisocalendar(number, int(week), int(weekday or 7)),
            )
        if season:
            first, last = _SEASONS[season]
            return date(number, *first), date(number, *last)
        first_month, last_month = _months(month, quarter)
        return date(number, first_month, 1), date(number, last_month, calendar.monthrange(number, last_month)[1])
    except ValueError:
        return None


def _months(month: str | None, quarter: str | None) -> tuple[int, int]:
    if quarter:
        return int(quarter) * 3 - 2, int(quarter) * 3
    return (int(month), int(month)) if month else (1, 12)


def last_day(value: str) -> date | None:
    """Return the last day of a time, None if it names none."""
    days = days_of(value)
    return days[1] if days else None


def find_due(
    connection: Connection,
    actors: Iterable[int] | None,
    acts: Iterable[Act],
    day: date,
    *,
    limit: int | None,
    everything: bool,
) -> tuple[Due, ...]:
    """Return what has a time set, the earliest first."""
    own = statement.c
    query = ANSWERS.where(own.due.is_not(None), own.act.in_([act.value for act in acts]), shown(everything=everything))
    if actors is not None:
        wanted = [*actors]
        query = query.where(or_(own.speaker.in_(wanted), own.principal.in_(wanted)))
    answers = read_answers(connection, query.order_by(own.due, own.number))
    found = [_due(answer, days, day) for answer in answers if (days := _days(answer))]
    return tuple(sorted(found, key=lambda due: due.until)[:limit])


def _days(answer: Answer) -> tuple[date, date] | None:
    return days_of(answer.statement.due.value) if answer.statement.due else None


def _due(answer: Answer, days: tuple[date, date], day: date) -> Due:
    first, last = days
    state = DueState.OPEN if day < first else DueState.DUE if day <= last else DueState.OVERDUE
    return Due(state=state, until=last, answer=answer)
