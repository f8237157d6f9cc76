"""Positions of one principal, and how likely two of them are about the same matter.

The same matter is the same deed to the same target (DESIGN.md, "The same proposition"). Vectors of the sentences say how
near two are, their words whether something stands in each that the other says nothing of (`matters`); names and offices of
the party and the speaker say nothing, they are always the same. What somebody expects is no deed of theirs: a forecast is
compared with forecasts alone.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from wortlaut.ledger.matching import words_of_event
from wortlaut.ledger.matters import NOTHING, agreement
from wortlaut.ledger.rows import portions, shown
from wortlaut.ledger.schema import actor, page, role, statement, told
from wortlaut.ledger.vectors import VectorFile
from wortlaut.model import Act, EntityKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TAKING_OVER = 1.6
"""Sum from which a later position takes the place of an answer: both are known to be about the event that was asked for."""
SURE = 2.0
POSSIBLE = -0.4
"""Sums from which two positions surely and possibly are about the same. Of other matters in the development half of
evaluation/changes and in training/own_changes.txt one in forty is surer, of their positions on plainly different matters none."""
_NEAREST = 5
"""With so many of the nearest that can be compared a position is compared."""
_LOOKED_AT = 20
_NEWEST = 2_000
_AT_ONCE = 256
_FAR, _APART = 0.5, 0.3
"""Cosines under which positions that share no word, and any two, are not looked at: of fifty pairs on one matter one is under 0.4."""
_SAYING = frozenset(("sage", "sag", "sprecheri", "sprech"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A statement of a principal, as far as the question needs it what it is about."""

    number: int
    page: str
    id: str
    principal: int
    day: str
    act: Act
    told: int
    words: str
    sentence: str
    families: frozenset[str]


_principal, _speaker = actor.alias(), actor.alias()
_POSITIONS = (
    select(
        statement.c.number, statement.c.page, statement.c.id, statement.c.principal, func.substr(statement.c.at, 1, 10).label("day"),
        statement.c.act, statement.c.told, statement.c.words, told.c.words.label("sentence"), statement.c.families,
        _principal.c.name.label("party"), func.coalesce(_speaker.c.name, "").label("speaking"), statement.c.speaker,
    )
    .join(page, page.c.id == statement.c.page)
    .join(told, told.c.id == statement.c.told)
    .join(_principal, _principal.c.id == statement.c.principal)
    .outerjoin(_speaker, _speaker.c.id == statement.c.speaker)
    .where(statement.c.at != "", statement.c.repeats == 0)
    .order_by(statement.c.number)
)  # fmt: skip
_PLACES = (
    select(statement.c.principal, statement.c.at, statement.c.number, statement.c.told)
    .where(statement.c.at != "")
    .order_by(statement.c.principal, statement.c.at, statement.c.number)
)
"""What an index holds of every statement."""


def positions(connection: Connection, numbers: Iterable[int], *, everything: bool) -> dict[int, Position]:
    """Return what is known of statements; of mere assertions, and of groups without a name ("Beobachter"), only with `everything`."""
    query = _POSITIONS.where(shown(everything=everything))
    if not everything:
        query = query.where(statement.c.act != Act.ASSERT.value, _principal.c.kind != EntityKind.GROUP.value)
    known: dict[tuple[int, int | None], frozenset[str]] = {}
    found: dict[int, Position] = {}
    for own in portions(sorted(numbers)):
        for row in connection.execute(query.where(statement.c.number.in_(own))).all():
            who = row.principal, row.speaker
            if who not in known:
                titles = connection.scalars(select(role.c.title).where(role.c.actor.in_(who)))
                known[who] = _SAYING.union(*map(words_of_event, (row.party, row.speaking, *titles)))
            found[row.number] = Position(
                number=row.number, page=row.page, id=row.id, principal=row.principal, day=row.day, act=Act(row.act), told=row.told,
                words=row.words, sentence=row.sentence, families=frozenset(row.families.split()) - known[who],
            )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An earlier and a later position, and the sum that says how surely they are about the same."""

    before: Position
    after: Position
    likeness: float


def same_matters(
    connection: Connection,
    vectors: VectorFile | None,
    principals: Iterable[int] | None,
    *,
    since: str | None,
    least: float,
    everything: bool,
) -> Iterator[Pair]:
    """Yield for each position of these principals, of all if None, the earlier one most likely about the same, if any is likely enough.

    Both are of different days and pages. Of the statements only what an index holds is read until two are near.
    """
    near = [one for own in _places(connection, principals) for one in _near(own, vectors, since)]
    known = positions(connection, {n for number, others in near for n in (number, *others)}, everything=everything)
    for number, others in near:
        if after := known.get(number):
            found = ((known[n], cosine) for n, cosine in others.items() if n in known and known[n].day < after.day)
            best = max(likely(after, found), key=lambda item: (item[1], item[0].day), default=None)
            if best is not None and best[1] >= least:
                yield Pair(before=best[0], after=after, likeness=best[1])


Near = tuple[int, dict[int, float | None]]
"""A statement's number, and those of the nearest with their cosines, nearest first."""


def _places(connection: Connection, principals: Iterable[int] | None) -> Iterator[list[Any]]:
    """Yield day, number and row of `told` of the statements of each principal, the first said first."""
    own = statement.c.principal
    rows = connection.execute(_PLACES.where(own.is_not(None) if principals is None else own.in_([*principals])))
    yield from (list(each) for _, each in groupby(rows, key=lambda row: row.principal))


def _near(own: list[Any], vectors: VectorFile | None, since: str | None) -> Iterator[Near]:
    """Yield the statements from a day on that have near ones said on days before; without vectors, all said before."""
    days = [place.at[:10] for place in own]
    earlier = [bisect_left(days, day) for day in days]
    first = bisect_left(days, since[:10]) if since else bisect_left(earlier, 1)
    if vectors is None:
        for n in range(first, len(own)):
            yield own[n].number, {place.number: None for place in own[max(0, earlier[n] - _NEWEST) : earlier[n]]}
        return
    import numpy as np

    rows = vectors.rows([place.told for place in own])
    for start in range(first, len(own), _AT_ONCE):
        counts = earlier[start : start + _AT_ONCE]
        cosines = rows[start : start + _AT_ONCE] @ rows[: counts[-1]].T
        near = (cosines >= _APART) & (np.arange(counts[-1]) < np.array(counts)[:, None])
        for place in np.flatnonzero(near.any(1)).tolist():
            found = _nearest(cosines[place, : counts[place]])
            yield own[start + place].number, {own[n].number: cosine for n, cosine in found}


def newest(connection: Connection, vectors: VectorFile | None, numbers: Sequence[int]) -> dict[int, Position]:
    """Return for each of these statements the newest later position of its principal that is surely about the same, if there is one."""
    asked = positions(connection, numbers, everything=False)
    groups: dict[int, list[Position]] = defaultdict(list)
    for before in asked.values():
        groups[before.principal].append(before)
    near = dict(one for principal, own in groups.items() for one in _later(connection, vectors, principal, own))
    later = positions(connection, {n for others in near.values() for n in others}, everything=False)
    latest: dict[int, Position] = {}
    for number, before in asked.items():
        found = ((later[n], cosine) for n, cosine in near[number].items() if n in later and later[n].day > before.day)
        sure = [other for other, sum_ in likely(before, found) if sum_ >= _TAKING_OVER]
        if sure:
            latest[number] = max(sure, key=lambda p: p.day)
    return latest


def _later(connection: Connection, vectors: VectorFile | None, principal: int, own: list[Position]) -> Iterator[Near]:
    """Yield for each position which statements said later are near it in meaning; without vectors, the last said."""
    each = statement.c
    query = select(each.number, each.told).where(each.principal == principal, each.at > min(p.day for p in own))
    rows = connection.execute(query.order_by(each.at.desc(), each.number.desc())).all()
    if vectors is None:
        last: dict[int, float | None] = {number: None for number, _ in rows[:_NEWEST]}
        yield from ((p.number, last) for p in own)
        return
    cosines = vectors.rows([told for _, told in rows]) @ vectors.rows([p.told for p in own]).T
    for place, before in enumerate(own):
        yield before.number, {rows[n][0]: cosine for n, cosine in _nearest(cosines[:, place])}


def likely(one: Position, others: Iterable[tuple[Position, float | None]]) -> Iterator[tuple[Position, float]]:
    """Yield the few nearest that can be compared, with the sum that says how surely they are about the same."""
    comparable = [(other, cosine) for other, cosine in others if _comparable(one, other)]
    few = comparable[:_NEAREST] if comparable and comparable[0][1] is not None else comparable
    return ((other, likeness(one, other, cosine)) for other, cosine in few)


def _comparable(one: Position, other: Position) -> bool:
    forecasts = (one.act is Act.PREDICT) == (other.act is Act.PREDICT)
    return forecasts and one.words != other.words and one.page != other.page


def _nearest(cosines: "NDArray[Any]") -> list[tuple[int, float | None]]:
    """Return the places of the highest cosines that are not far, highest first."""
    import numpy as np

    near = np.flatnonzero(cosines >= _APART)
    if len(near) > _LOOKED_AT:
        near = near[np.argpartition(-cosines[near], _LOOKED_AT)[:_LOOKED_AT]]
    return [(int(n), float(cosines[n])) for n in near[np.argsort(-cosines[near], kind="stable")]]


def likeness(before: Position, after: Position, cosine: float | None) -> float:
    """Return how surely two positions are about the same: the logarithm of the odds, fitted on pairs of our own."""
    far = before.families.isdisjoint(after.families) and (cosine is None or cosine < _FAR)
    said = NOTHING if far else agreement(before.sentence, after.sentence, before.families | after.families)
    if cosine is None:
        return 1.7 * said.share + 2.6 * said.number - 3.3 * said.apart - 0.45
    return 3.6 * cosine + 1.4 * said.share + 2.3 * said.number - 3.3 * said.apart - 2.4
