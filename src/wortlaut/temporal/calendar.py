"""Dates in TIMEX3's spelling (ISO 8601 with weeks, seasons, halves and parts of the day), and the way from one to another.

Units: D day, W week, WE weekend, M month, Q quarter, H half, Y year, DE decade, CE century; lengths also have TH, TM, TS.
See TimeML 1.2.1 annotation guidelines, https://timeml.github.io/site/publications/timeMLdocs/annguide_1.2.1.pdf
"""

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

AGAINST = 3
"""How much farther a date counts that lies against the direction of the sentence's tense."""

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


def length(number: float | str, unit: str) -> str:
    """Return a duration: P3M, PT1.5H, PXY; a half is told in the smaller unit."""
    if unit in ("Q", "H", "WE") and not isinstance(number, str):
        number, unit = {"Q": (number * 3, "M"), "H": (number * 6, "M"), "WE": (number, "WE")}[unit]
    elif number == 0.5 and unit in ("Y", "DE", "TH", "TM"):
        number, unit = {"Y": (6, "M"), "DE": (5, "Y"), "TH": (30, "TM"), "TM": (30, "TS")}[unit]
    shown = number if isinstance(number, str) else f"{number:g}" if number < 1e6 else f"{number:.0f}"
    return f"PT{shown}{unit[1:]}" if unit in ("TH", "TM", "TS") else f"P{shown}{unit}"


def nearest(anchor: date, days: list[date], direction: int, *, strictly: bool = False) -> date:
    """Return the day nearest to the anchor; of those against the direction only one much nearer, or none at all."""

    def distance(day: date) -> tuple[float, date]:
        away = (day - anchor).days
        against = direction * away < 0 or (strictly and away == 0)
        return abs(away) * (1 if not against else 1e6 if strictly else AGAINST) + (1e6 if strictly and away == 0 else 0), day

    return min(days, key=distance)


def nearest_year(anchor: date, start: Callable[[int], date], direction: int, *, strictly: bool = False) -> int:
    """Return the year of the nearest of what comes once a year; `start` gives its day in a year."""
    days = {}
    for year in range(anchor.year - 1, anchor.year + 2):
        try:
            days[start(year)] = year
        except ValueError:  # 29 February
            continue
    return days[nearest(anchor, list(days), direction, strictly=strictly)] if days else anchor.year


def nearest_weekday(anchor: date, number: int, direction: int, *, strictly: bool = False) -> date:
    """Return the weekday (Monday is 1) on or before the anchor, or on or after it; strictly, never the anchor itself."""
    away = (number - anchor.isoweekday()) % 7
    if direction <= 0:
        away = away - 7 if away else 0
    if strictly and away == 0:
        away = 7 * direction
    return anchor + timedelta(days=away)


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
