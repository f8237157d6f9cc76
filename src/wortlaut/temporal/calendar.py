"""Dates in TIMEX3's spelling (ISO 8601 with weeks, seasons, halves and parts of the day), and the way from one to another.

Units: D day, W week, WE weekend, M month, Q quarter, H half, Y year, DE decade, CE century; lengths also have TH, TM, TS.
See TimeML 1.2.1 annotation guidelines, https://timeml.github.io/site/publications/timeMLdocs/annguide_1.2.1.pdf
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

_AGAINST = 12
"""How many times farther a date counts that lies against the tense: "begann im Mai", read in April, is eleven months ago,
but "wurde auf den 5. Mai verschoben" is next week."""
_NEVER = 10_000

_STEPS = {
    "D": relativedelta(days=1),
    "W": relativedelta(weeks=1),
    "WE": relativedelta(weeks=1),
    "M": relativedelta(months=1),
    "Q": relativedelta(months=3),
    "H": relativedelta(months=6),
    "Y": relativedelta(years=1),
    "DE": relativedelta(years=10),
    "CE": relativedelta(years=100),
}
_CALENDAR = re.compile(r"(\d{4})(?:-W(\d\d)|-(\d\d)(?:-(\d\d))?|-Q(\d)|-H(\d))?")
_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def period(day: date, unit: str) -> str:
    """Return the unit of the calendar that holds a day: 2031-W10 of 2031-03-04."""
    year, week, _ = day.isocalendar()
    spelled = {
        "D": day.isoformat(),
        "W": f"{year}-W{week:02d}",
        "WE": f"{year}-W{week:02d}-WE",
        "M": f"{day.year:04d}-{day.month:02d}",
        "Q": f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "H": f"{day.year:04d}-H{(day.month + 5) // 6}",
        "Y": f"{day.year:04d}",
        "DE": f"{day.year // 10:03d}",
        "CE": f"{day.year // 100:02d}",
    }
    return spelled[unit]


def shifted(day: date, unit: str, by: int) -> str | None:
    """Return the unit of the calendar `by` units from the one that holds a day; None of hours, or beyond the calendar."""
    try:
        return period(day + _STEPS[unit] * by, unit) if unit in _STEPS else None
    except (ValueError, OverflowError):
        return None


def first_day(value: str | None) -> date | None:
    """Return the first day of a unit of the calendar; None of what is no such unit."""
    match = _CALENDAR.match(value or "")
    if match is None:
        return None
    year, week, month, day, quarter, half = match.groups()
    try:
        if week:
            return date.fromisocalendar(int(year), int(week), 6 if value and value.endswith("WE") else 1)
        number = 3 * int(quarter) - 2 if quarter else 6 * int(half) - 5 if half else int(month or 1)
        return date(int(year), number, int(day or 1))
    except ValueError:
        return None


def length(number: float | str, unit: str) -> str:
    """Return a duration: P3M, PT1.5H, PXY; a half is told in the smaller unit."""
    if unit in ("Q", "H", "TQ"):
        times, unit = {"Q": (3, "M"), "H": (6, "M"), "TQ": (15, "TM")}[unit]
        number = number if isinstance(number, str) else number * times
    elif number == 0.5 and unit in ("Y", "DE", "TH", "TM"):
        number, unit = {"Y": (6, "M"), "DE": (5, "Y"), "TH": (30, "TM"), "TM": (30, "TS")}[unit]
    shown = number if isinstance(number, str) else f"{number:g}" if number < 1e6 else f"{number:.0f}"
    return f"PT{shown}{unit[1:]}" if unit in ("TH", "TM", "TS") else f"P{shown}{unit}"


@dataclass(frozen=True, slots=True)
class Lean:
    """Where a date is looked for: back (-1), ahead (1) or anywhere (0); `firmly` says that it lies on no other side.

    Of an unfirm lean a date on the other side may be meant if it is much nearer. `today` allows the anchor itself.
    """

    direction: int
    firmly: bool = False
    today: bool = True

    def nearest(self, anchor: date, days: Iterable[date]) -> date:
        """Return the day that is meant."""
        return min(days, key=lambda day: (self._distance((day - anchor).days), day))

    def _distance(self, away: int) -> int:
        if away == 0:
            return 0 if self.today else _NEVER
        if self.direction * away >= 0:
            return abs(away)
        return abs(away) * (_NEVER if self.firmly else _AGAINST)


def nearest_year(anchor: date, start: Callable[[int], date], lean: Lean) -> int:
    """Return the year of what comes once a year, whose day in a year `start` gives."""
    days = {}
    for year in range(anchor.year - 1, anchor.year + 2):
        with suppress(ValueError):  # 29 February
            days[start(year)] = year
    return days[lean.nearest(anchor, days)] if days else anchor.year


def nearest_weekday(anchor: date, number: int, lean: Lean) -> date:
    """Return the weekday (Monday is 1) of the days around the anchor; back where the direction is unknown."""
    away = (number - anchor.isoweekday()) % 7
    if away == 0:
        return anchor if lean.today else anchor + timedelta(weeks=lean.direction)
    return anchor + timedelta(days=away if lean.direction > 0 else away - 7)


def season_start(season: str, year: int) -> date:
    """Return the first day of the month in which a season begins."""
    return date(year, _SEASON_STARTS[season], 1)


def holiday(rule: str, year: int) -> date:
    """Return the day of a holiday by its rule in times.toml: 12-25, E39 (days from Easter), A0 (weeks from the first Advent)."""
    if rule[0] == "E":
        return easter(year) + timedelta(days=int(rule[1:]))
    if rule[0] == "A":
        christmas = date(year, 12, 25)
        fourth = christmas - timedelta(days=christmas.isoweekday())
        return fourth + timedelta(weeks=int(rule[1:]) - 3)
    return date(year, int(rule[:2]), int(rule[3:]))
