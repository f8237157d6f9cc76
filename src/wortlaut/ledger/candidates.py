"""Which statements may answer to an event, and how near each is to it, in meaning and in words."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select, union

from wortlaut.ledger.fulltext import holds, rows_holding
from wortlaut.ledger.matching import words_of_event
from wortlaut.ledger.rows import SURE, shown
from wortlaut.ledger.schema import condition, page, statement, told
from wortlaut.ledger.told import Kind
from wortlaut.ledger.vectors import VectorFile

_NEAREST: dict[int, int] = {Kind.PAGE: 40, Kind.CONDITION: 300, Kind.PROPOSITION: 200}
_BY_WORDS = 600
_MOST = 1600


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A statement, its sentence (a row of `told`), the condition of it that is nearest to the event, and how near they and the page are.

    `plain` are those that answers hold by default: sure enough, no headline that repeats.

    Cosines are 0 where there are no vectors; shares are fractions of the event's words, weighted by rarity.
    """

    number: int
    page: str
    id: str
    principal: int | None
    plain: bool
    sentence: int
    condition: int | None
    condition_cosine: float
    sentence_cosine: float
    page_cosine: float
    condition_share: float
    sentence_share: float
    page_share: float


Row = tuple[int, str, str, int | None, bool, int, int, tuple[int, ...]]


def find_candidates(
    connection: Connection, vectors: VectorFile | None, event: str, *, everything: bool
) -> tuple[Candidate, ...]:
    """Return statements near an event: by the vectors of what is told, if there are any, and by words in common."""
    asked = words_of_event(event)
    weights = _weights(connection, asked)
    query = vectors.vectors([event])[0] if vectors is not None else None
    near = vectors.nearest(query, _NEAREST) if vectors is not None and query is not None else ()
    rows = _telling(connection, {*near, *_by_words(connection, weights)}, everything=everything)
    mentioned = sorted({t for *_, about, around, given in rows for t in (about, around, *given) if t})
    cosines = vectors.cosines(query, mentioned) if vectors is not None and query is not None else {}
    shares = _shares(connection, mentioned, weights)
    return tuple(_candidate(*row, cosines, shares) for row in rows)


def _telling(connection: Connection, found: Collection[int], *, everything: bool) -> list[Row]:
    """Return the statements whose proposition, condition or page is one of these rows of what is told."""
    hit = union(
        select(statement.c.number).where(statement.c.told.in_(found)),
        select(condition.c.statement).where(condition.c.told.in_(found)),
        select(statement.c.number).join(page, page.c.id == statement.c.page).where(page.c.told.in_(found)),
    ).subquery()
    own = statement.c
    plain = and_(own.confidence >= SURE, own.repeats == 0)
    query = (
        select(own.number, own.page, own.id, own.principal, plain.label("plain"), page.c.told, own.told)
        .join(hit, hit.c.number == own.number)
        .join(page, page.c.id == own.page)
        .where(own.told.is_not(None), shown(everything=everything))
        .order_by(plain.desc(), own.number)
        .limit(_MOST)
    )
    rows = connection.execute(query).all()
    conditions: dict[int, list[int]] = defaultdict(list)
    given = select(condition.c.statement, condition.c.told).where(condition.c.statement.in_([row[0] for row in rows]))
    for number, row in connection.execute(given.order_by(condition.c.statement, condition.c.number)):
        conditions[number].append(row)
    return [(*row, tuple(conditions[row[0]])) for row in rows]


def _candidate(
    number: int,
    page: str,
    id_: str,
    principal: int | None,
    plain: bool,  # noqa: FBT001 - a row's column
    about: int,
    around: int,
    conditions: tuple[int, ...],
    cosines: dict[int, float],
    shares: dict[int, float],
) -> Candidate:
    best = max(range(len(conditions)), key=lambda n: _near(conditions[n], cosines, shares), default=None)
    own = conditions[best] if best is not None else 0
    return Candidate(
        number=number,
        page=page,
        id=id_,
        principal=principal,
        plain=plain,
        sentence=around,
        condition=best,
        condition_cosine=cosines.get(own, 0.0),
        sentence_cosine=cosines.get(around, 0.0),
        page_cosine=cosines.get(about, 0.0),
        condition_share=shares.get(own, 0.0),
        sentence_share=shares.get(around, 0.0),
        page_share=shares.get(about, 0.0),
    )


def _near(told: int, cosines: dict[int, float], shares: dict[int, float]) -> float:
    return cosines.get(told, 0.0) + shares.get(told, 0.0)


def _weights(connection: Connection, asked: Iterable[str]) -> dict[str, tuple[float, int]]:
    """Return for each word how rare it is (inverse document frequency) and how many rows hold it."""
    total = connection.scalar(select(func.max(told.c.id))) or 0
    counts = {word: rows_holding(connection, word) for word in asked}
    return {word: (math.log(1 + total / (0.5 + count)), count) for word, count in counts.items()}


def _by_words(connection: Connection, weights: dict[str, tuple[float, int]]) -> list[int]:
    """Return rows that hold the event's rarest words; what half of all say says little."""
    found: list[int] = []
    for word, (_, count) in sorted(weights.items(), key=lambda item: item[1][1]):
        if count and len(found) < _BY_WORDS:
            query = select(told.c.id).where(holds(connection, told.c.families, (((word,),),))).order_by(told.c.id)
            found.extend(connection.scalars(query.limit(_BY_WORDS - len(found))))
    return found


def _shares(connection: Connection, mentioned: list[int], weights: dict[str, tuple[float, int]]) -> dict[int, float]:
    mass = sum(weight for weight, _ in weights.values())
    if not mass:
        return {}
    query = select(told.c.id, told.c.families).where(told.c.id.in_(mentioned))
    return {
        id_: sum(weight for word, (weight, _) in weights.items() if f" {word} " in f" {families} ") / mass
        for id_, families in connection.execute(query)
    }


def sentences_of(connection: Connection, candidates: Iterable[Candidate]) -> dict[int, str]:
    """Return the sentences of candidates by their rows."""
    query = select(told.c.id, told.c.words).where(told.c.id.in_({c.sentence for c in candidates}))
    return {row.id: row.words for row in connection.execute(query)}
