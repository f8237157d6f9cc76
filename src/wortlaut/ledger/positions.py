"""Positions of one principal, and how likely two of them are about the same matter.

The same matter is the same deed to the same target (DESIGN.md, "The same proposition"). Vectors of the sentences say how
near two are, their words whether something stands in each that the other says nothing of (`matters`); names and offices of
the party and the speaker say nothing, they are always the same. What somebody expects is no deed of theirs: a forecast is
compared with forecasts alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from wortlaut.ledger.matching import words_of_event
from wortlaut.ledger.matters import NOTHING, agreement
from wortlaut.ledger.rows import shown
from wortlaut.ledger.schema import actor, page, role, statement, told
from wortlaut.ledger.vectors import VectorFile
from wortlaut.model import Act, EntityKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

SURE = 1.6
POSSIBLE = -0.4
"""Sums from which two positions surely and possibly are about the same, chosen on the development half of evaluation/changes."""
_NEAREST = 5
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
    names: frozenset[str]


_principal, _speaker = actor.alias(), actor.alias()
_POSITIONS = (
    select(
        statement.c.number, statement.c.page, statement.c.id, statement.c.principal, func.substr(page.c.published, 1, 10),
        statement.c.act, statement.c.told, statement.c.words, told.c.words, statement.c.families, _principal.c.name,
        func.coalesce(_speaker.c.name, ""), statement.c.speaker,
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
    query = _POSITIONS.where(shown(everything=everything))
    if not everything:
        query = query.where(statement.c.act != Act.ASSERT.value, _principal.c.kind != EntityKind.GROUP.value)
    if principals is not None:
        query = query.where(statement.c.principal.in_([*principals]))
    titles: dict[int | None, list[str]] = defaultdict(list)
    for holder, title in connection.execute(select(role.c.actor, role.c.title)):
        titles[holder].append(title)
    groups: dict[int, list[Position]] = defaultdict(list)
    for *row, speaker in connection.execute(query):
        groups[row[3]].append(_position(*row, *titles[row[3]], *titles[speaker]))
    for own in groups.values():
        yield tuple(sorted(own, key=lambda p: (p.day, p.page, p.id)))


def _position(
    number: int,
    page: str,
    id_: str,
    principal: int,
    day: str,
    act: str,
    told: int,
    words: str,
    sentence: str,
    families: str,
    *names: str,
) -> Position:
    own = frozenset(f for name in names for f in words_of_event(name))
    return Position(
        number=number, page=page, id=id_, principal=principal, day=day, act=Act(act), told=told, words=words,
        sentence=sentence, families=frozenset(families.split()) - _SAYING - own, names=own,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An earlier and a later position, and the sum that says how surely they are about the same."""

    before: Position
    after: Position
    likeness: float


def same_matters(own: tuple[Position, ...], vectors: VectorFile | None, least: float) -> tuple[Pair, ...]:
    """Return for each position the earlier one of another day that is most likely about the same, if any is likely enough."""
    rows = vectors.rows([p.told for p in own]) if vectors is not None and len(own) > 1 else None
    found = []
    for number, after in enumerate(own):
        earlier = [n for n in range(number) if own[n].day < after.day and _comparable(own[n], after)]
        pairs = [_pair(own[n], after, cosine) for n, cosine in _nearest(rows, number, earlier)]
        best = max(pairs, key=lambda p: (p.likeness, p.before.day), default=None)
        if best is not None and best.likeness >= least:
            found.append(best)
    return tuple(found)


def successors(
    own: tuple[Position, ...], vectors: VectorFile | None, ids: AbstractSet[str]
) -> Iterator[tuple[Position, Position]]:
    """Yield for each position of these ids, if there is one, the newest later one that is surely about the same."""
    rows = vectors.rows([p.told for p in own]) if vectors is not None else None
    for number, before in enumerate(own):
        if before.id in ids:
            later = [n for n in range(number + 1, len(own)) if own[n].day > before.day and _comparable(before, own[n])]
            near = [own[n] for n, cosine in _nearest(rows, number, later) if likeness(before, own[n], cosine) >= SURE]
            if near:
                yield before, max(near, key=lambda p: p.day)


def _comparable(one: Position, other: Position) -> bool:
    forecasts = (one.act is Act.PREDICT) == (other.act is Act.PREDICT)
    return forecasts and one.words != other.words


def _nearest(rows: "NDArray[Any] | None", number: int, earlier: list[int]) -> list[tuple[int, float | None]]:
    if rows is None or not earlier:
        return [(n, None) for n in earlier]
    cosines = (rows[earlier] @ rows[number]).tolist()
    return sorted(zip(earlier, cosines, strict=True), key=lambda item: -item[1])[:_NEAREST]


def _pair(before: Position, after: Position, cosine: float | None) -> Pair:
    return Pair(before=before, after=after, likeness=likeness(before, after, cosine))


def likeness(before: Position, after: Position, cosine: float | None) -> float:
    """Return how surely two positions are about the same: the logarithm of the odds, fitted on pairs of our own."""
    far = cosine is not None and cosine < _FAR and before.families.isdisjoint(after.families)
    said = NOTHING if far else agreement(before.words, after.words, before.names | after.names)
    if cosine is None:
        return 1.7 * said.share + 2.6 * said.number - 3.3 * said.apart - 0.45
    return 3.6 * cosine + 1.4 * said.share + 2.3 * said.number - 3.3 * said.apart - 2.4
