"""What was announced for a day: TIMEX3 values as the days they end on, so that they can be put in order."""

import calendar
import re
from collections.abc import Iterable
from datetime import date

from wortlaut.ledger import Answer

_SEASON_ENDS = {"SP": (5, 31), "SU": (8, 31), "FA": (11, 30), "WI": (12, 31)}


def last_day(value: str) -> date | None:
    """Return the last day of a day, week, month, quarter, season or year; None for a value that names none."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-W(\d\d)|-Q(\d)|-(SP|SU|FA|WI))?", value)
    if match is None:
        return None
    year, month, day, week, quarter, season = match.groups()
    number = int(year)
    try:
        if day:
            return date(number, int(month), int(day))
        if week:
            return date.fromisocalendar(number, int(week), 7)
        if quarter:
            return date(number, int(quarter) * 3, calendar.monthrange(number, int(quarter) * 3)[1])
        if season:
            return date(number, *_SEASON_ENDS[season])
        return date(number, int(month or 12), calendar.monthrange(number, int(month or 12))[1])
    except ValueError:
        return None


def due_now(answers: Iterable[Answer], today: date) -> tuple[list[Answer], list[Answer]]:
    """Return what is due from today on, the nearest first, and what was due before, the latest first."""
    dated = [(day, a) for a in answers if a.statement.due and (day := last_day(a.statement.due.value))]
    ordered = sorted(dated, key=lambda pair: (pair[0], pair[1].statement.id))
    return [a for day, a in ordered if day >= today], [a for day, a in reversed(ordered) if day < today]
