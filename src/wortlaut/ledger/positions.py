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
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, func, select, true

from wortlaut.ledger.matching import words_of_event
from wortlaut.ledger.matters import NOTHING, agreement
from wortlaut.ledger.rows import shown
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
_FAR = 0.5
"""Cosine under which positions that share no word are not looked at closely."""
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
        statement.c.number, statement.c.page, statement.c.id, statement.c.principal, func.substr(page.c.published, 1, 10).label("day"),
        statement.c.act, statement.c.told, statement.c.words, told.c.words.label("sentence"), statement.c.families,
        _principal.c.name.label("party"), func.coalesce(_speaker.c.name, "").label("speaking"), statement.c.speaker,
    )
    .join(page, page.c.id == statement.c.page)
    .join(told, told.c.id == statement.c.told)
    .join(_principal, _principal.c.id == statement.c.principal)
    .outerjoin(_speaker, _speaker.c.id == statement.c.speaker)
    .where(page.c.published.is_not(None), statement.c.repeats == 0)
    .order_by(statement.c.number)
)  # fmt: skip


def positions(
    connection: Connection, principals: Iterable[int] | None, *, everything: bool
) -> Iterator[tuple[Position, ...]]:
    """Yield the positions of each principal in time; of all principals if None.

    Mere assertions, and groups without a name ("Beobachter"), only with `everything`.
    """
    chosen = true() if principals is None else statement.c.principal.in_([*principals])
    groups: dict[int, list[Position]] = defaultdict(list)
    for position in _positions(connection, chosen, everything=everything):
        groups[position.principal].append(position)
    for own in groups.values():
        yield tuple(sorted(own, key=lambda p: (p.day, p.page, p.id)))


def _positions(connection: Connection, chosen: ColumnElement[bool], *, everything: bool) -> Iterator[Position]:
    query = _POSITIONS.where(chosen, shown(everything=everything))
    if not everything:
        query = query.where(statement.c.act != Act.ASSERT.value, _principal.c.kind != EntityKind.GROUP.value)
    known: dict[tuple[int, int | None], frozenset[str]] = {}
    for row in connection.execute(query).all():
        who = row.principal, row.speaker
        if who not in known:
            titles = connection.scalars(select(role.c.title).where(role.c.actor.in_(who)))
            known[who] = _SAYING.union(*map(words_of_event, (row.party, row.speaking, *titles)))
        yield Position(
            number=row.number, page=row.page, id=row.id, principal=row.principal, day=row.day, act=Act(row.act), told=row.told,
            words=row.words, sentence=row.sentence, families=frozenset(row.families.split()) - known[who],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An earlier and a later position, and the sum that says how surely they are about the same."""

    before: Position
    after: Position
    likeness: float


def same_matters(own: tuple[Position, ...], vectors: VectorFile | None, least: float) -> tuple[Pair, ...]:
    """Return for each position, in time, the earlier one of another day that is most likely about the same, if any is likely enough."""
    rows = vectors.rows([p.told for p in own]) if vectors is not None and len(own) > 1 else None
    days = [p.day for p in own]
    earlier = [bisect_left(days, day) for day in days]
    found = []
    for after, near in zip(own, _nearest_before(rows, earlier), strict=True):
        likely = _likely(after, ((own[n], cosine) for n, cosine in near))
        best = max(likely, key=lambda item: (item[1], item[0].day), default=None)
        if best is not None and best[1] >= least:
            found.append(Pair(before=best[0], after=after, likeness=best[1]))
    return tuple(found)


def _nearest_before(rows: "NDArray[Any] | None", earlier: list[int]) -> Iterator[Sequence[tuple[int, float | None]]]:
    """Yield for each row the nearest of the first `earlier` rows, many at a time; all of them, if there are no vectors."""
    if rows is None:
        yield from ([(n, None) for n in range(count)] for count in earlier)
        return
    for start in range(0, len(rows), _AT_ONCE):
        counts = earlier[start : start + _AT_ONCE]
        cosines = rows[start : start + _AT_ONCE] @ rows[: counts[-1]].T
        yield from (_nearest(cosines[place, :count]) for place, count in enumerate(counts))


def newest(connection: Connection, vectors: VectorFile | None, numbers: Sequence[int]) -> dict[int, Position]:
    """Return for each of these statements the newest later position of its principal that is surely about the same, if there is one."""
    asked = {p.number: p for p in _positions(connection, statement.c.number.in_(numbers), everything=False)}
    groups: dict[int, list[Position]] = defaultdict(list)
    for before in asked.values():
        groups[before.principal].append(before)
    near: dict[int, list[tuple[int, float | None]]] = {}
    for principal, own in groups.items():
        near.update(_later(connection, vectors, principal, own))
    wanted = {number for found in near.values() for number, _ in found}
    later = {p.number: p for p in _positions(connection, statement.c.number.in_(wanted), everything=False)}
    latest: dict[int, Position] = {}
    for number, before in asked.items():
        others = ((later[n], cosine) for n, cosine in near[number] if n in later and later[n].day > before.day)
        sure = [other for other, sum_ in _likely(before, others) if sum_ >= _TAKING_OVER]
        if sure:
            latest[number] = max(sure, key=lambda p: p.day)
    return latest


def _later(
    connection: Connection, vectors: VectorFile | None, principal: int, own: list[Position]
) -> Iterator[tuple[int, list[tuple[int, float | None]]]]:
    """Yield for each position which statements said later are near it in meaning; without vectors, the last said."""
    each = statement.c
    query = select(each.number, each.told).where(each.principal == principal, each.at > min(p.day for p in own))
    rows = connection.execute(query.order_by(each.at.desc(), each.number.desc())).all()
    if vectors is None:
        last: list[tuple[int, float | None]] = [(number, None) for number, _ in rows[:_NEWEST]]
        yield from ((p.number, last) for p in own)
        return
    cosines = vectors.rows([told for _, told in rows]) @ vectors.rows([p.told for p in own]).T
    for place, before in enumerate(own):
        yield before.number, [(rows[n][0], cosine) for n, cosine in _nearest(cosines[:, place])]


def _likely(one: Position, others: Iterable[tuple[Position, float | None]]) -> Iterator[tuple[Position, float]]:
    """Yield the few nearest that can be compared, with the sum that says how surely they are about the same."""
    comparable = [(other, cosine) for other, cosine in others if _comparable(one, other)]
    few = comparable[:_NEAREST] if comparable and comparable[0][1] is not None else comparable
    return ((other, likeness(one, other, cosine)) for other, cosine in few)


def _comparable(one: Position, other: Position) -> bool:
    forecasts = (one.act is Act.PREDICT) == (other.act is Act.PREDICT)
    return forecasts and one.words != other.words


def _nearest(cosines: "NDArray[Any]") -> list[tuple[int, float | None]]:
    """Return the places of the highest cosines, highest first."""
    import numpy as np

    few = np.argpartition(-cosines, _LOOKED_AT)[:_LOOKED_AT] if len(cosines) > _LOOKED_AT else np.arange(len(cosines))
    return [(int(n), float(cosines[n])) for n in few[np.argsort(-cosines[few], kind="stable")]]


def likeness(before: Position, after: Position, cosine: float | None) -> float:
    """Return how surely two positions are about the same: the logarithm of the odds, fitted on pairs of our own."""
    far = before.families.isdisjoint(after.families) and (cosine is None or cosine < _FAR)
    said = NOTHING if far else agreement(before.sentence, after.sentence, before.families | after.families)
    if cosine is None:
        return 1.7 * said.share + 2.6 * said.number - 3.3 * said.apart - 0.45
    return 3.6 * cosine + 1.4 * said.share + 2.3 * said.number - 3.3 * said.apart - 2.4
