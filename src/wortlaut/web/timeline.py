"""A plot of positions in time, as SVG made here: no script, no style attribute, every point tells its words to who points at it, colours by class.

Acts are rows, days run to the right. A point with a ring depends on a condition. A bar in the last row is a likelihood: from
the low to the high end of its range, never one number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wortlaut.ledger import Answer
from wortlaut.model import Act

LEFT, RIGHT, ROW, TOP, BAND = 118, 18, 30, 14, 84
WIDE, NARROW = 760, 350
"""Units of the plot for a desk and of that for a phone; text has the same size in both."""
_TICK = 75
_Place = Callable[[date], float]
_APART = 13.0
"""Points nearer than this stand above one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A statement in the plot; `low` and `high` are the ends of its likelihood, as places from the top."""

    answer: Answer
    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day on the axis; `year` is shown with the first month of each."""

    x: float
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What the template draws, `width` units wide, the rows' names in the first `left`."""

    width: int
    left: int
    rows: tuple[tuple[Act, float], ...]
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    band: tuple[float, float] | None
    height: float


def day_of(answer: Answer) -> date | None:
    """Return the day on which something was said, or published."""
    said = answer.statement.said.value if answer.statement.said else ""
    for value in (said, answer.page.published or ""):
        try:
            return datetime.fromisoformat(value).date()
        except ValueError:
            continue
    return None


def plots(answers: Sequence[Answer]) -> tuple[Plot, ...]:
    """Return the plots for a desk and for a phone, of those statements that have a day; none if fewer than two do."""
    days = sorted(((day, answer) for answer in answers if (day := day_of(answer))), key=lambda pair: pair[0])
    return tuple(_plot(days, width) for width in (WIDE, NARROW)) if len(days) > 1 else ()


def _plot(days: Sequence[tuple[date, Answer]], width: int) -> Plot:
    acts = [act for act in Act if any(a.statement.act is act for _, a in days)]
    first, last = days[0][0], days[-1][0]
    pad = max(1, round((last - first).days * 0.04))
    start, span = first - timedelta(days=pad), (last - first).days + 2 * pad

    def place(day: date) -> float:
        return round(LEFT + (width - LEFT - RIGHT) * (day - start).days / span, 1)

    rows, height = _rows(acts, [(act, place(day)) for act in acts for day, a in days if a.statement.act is act])
    ranged = [a for _, a in days if a.statement.likelihood and a.statement.likelihood.low is not None]
    band = (height + 6, height + BAND) if ranged else None
    return Plot(
        width=width, left=LEFT, rows=rows, points=_points(days, dict(rows), place, band),
        ticks=_ticks(start, span, place, (width - LEFT) // _TICK), band=band, height=(band[1] if band else height) + 30,
    )  # fmt: skip


def _rows(acts: Sequence[Act], places: Sequence[tuple[Act, float]]) -> tuple[tuple[tuple[Act, float], ...], float]:
    rows, y = [], float(TOP)
    for act in acts:
        own = sorted(x for one, x in places if one is act)
        crowd = max(sum(abs(x - other) < _APART for other in own) for x in own)
        y += max(ROW, min(crowd, 6) * _APART + 8)
        rows.append((act, y - ROW / 2))
    return tuple(rows), y + 4


def _points(
    days: Sequence[tuple[date, Answer]], rows: dict[Act, float], place: _Place, band: tuple[float, float] | None
) -> tuple[Point, ...]:
    points: list[Point] = []
    for day, answer in days:
        x, y = place(day), rows[answer.statement.act]
        near = [p for p in points if p.answer.statement.act is answer.statement.act and abs(p.x - x) < _APART]
        likelihood = answer.statement.likelihood
        low = high = None
        if band and likelihood and likelihood.low is not None and likelihood.high is not None:
            top, bottom = band
            high, low = (round(bottom - (bottom - top) * value, 1) for value in (likelihood.high, likelihood.low))
        points.append(Point(answer=answer, x=x, y=round(y - len(near) % 6 * _APART, 1), low=low, high=high))
    return tuple(points)


def _ticks(start: date, span: int, place: _Place, most: int) -> tuple[Tick, ...]:
    """Return as many days as there is room for: each on a sensible step."""
    step = next(s for s in (1, 2, 4, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 36500) if span / s <= most)
    days = (start + timedelta(days=n) for n in range(step // 2 or 1, span, step))
    return tuple(Tick(x=place(day), day=day) for day in days)
