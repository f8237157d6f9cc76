"""What somebody who leafs through a ledger asks of it: the newest, one page, one statement, everybody, what is due.

Everything long comes in parts: `after` is the last place of the part before, so that a part costs the same wherever it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from wortlaut.codec import from_json
from wortlaut.ledger import schema
from wortlaut.ledger.answers import Answer
from wortlaut.ledger.rows import SURE, answers_at
from wortlaut.model import Act, Reading

_STATEMENT, _PAGE, _ACTOR = schema.statement.c, schema.page.c, schema.actor.c


class Place(NamedTuple):
    """Where a part of a list of statements ended: moment, page, statement."""

    at: str
    page: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A page of the ledger as it stands in a list."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    source: str
    fetched_at: str | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """An actor as it stands in a list."""

    id: int
    name: str
    kind: str
    statements: int


def stamp(connection: Connection) -> str:
    """Return what changes whenever the ledger does: answers of two equal stamps are equal."""
    counts = (
        select(func.count()).select_from(schema.page).scalar_subquery(),
        *(select(func.coalesce(func.max(t.c.id), 0)).scalar_subquery() for t in (schema.judgement, schema.review)),
    )
    return "-".join(str(n) for n in connection.execute(select(*counts)).one())


def newest(
    connection: Connection,
    *,
    limit: int,
    after: Place | None = None,
    act: Act | None = None,
    actor: int | None = None,
    everything: bool = False,
) -> tuple[Answer, ...]:
    """Return statements, newest first: of one act or one actor, by speaking or being bound, if these are given."""
    wanted: list[ColumnElement[bool]] = [] if everything else [_STATEMENT.confidence >= SURE, _STATEMENT.repeats == 0]
    if act is not None:
        wanted.append(_STATEMENT.act == act.value)
    if actor is not None:
        wanted.append(or_(_STATEMENT.speaker == actor, _STATEMENT.principal == actor))
    moment = func.coalesce(_STATEMENT.at, "")
    order = (
        (moment, _STATEMENT.page, _STATEMENT.id)
        if actor is not None
        else (_STATEMENT.at, _STATEMENT.page, _STATEMENT.id)
    )
    if actor is None:
        wanted.append(_STATEMENT.at.is_not(None))
    if after is not None:
        wanted.append(tuple_(*order) < tuple_(*after))
    found = select(_STATEMENT.page, _STATEMENT.id).where(and_(True, *wanted))  # noqa: FBT003 - SQLAlchemy's neutral element
    return _in_order(connection, found.order_by(*(column.desc() for column in order)).limit(limit))


def place_of(answer: Answer) -> Place:
    """Return the place after which the next part begins."""
    said = answer.statement.said.value if answer.statement.said else None
    at = said if said and said[:4].isdigit() else answer.page.published
    return Place(at or "", answer.page.id, answer.statement.id)


def statement_at(connection: Connection, page: str, statement: str) -> Answer | None:
    """Return one statement, however sure."""
    return answers_at(connection, [(page, statement)]).get(statement)


def reading_of(connection: Connection, page: str) -> Reading | None:
    """Return everything learned from a page, or None if the ledger has no such page."""
    stored = connection.execute(select(_PAGE.reading).where(_PAGE.id == page)).scalar()
    outcome = from_json(stored) if stored else None
    return outcome if isinstance(outcome, Reading) else None


def confidences(connection: Connection, page: str) -> dict[str, float]:
    """Return how sure each statement of a page is, judgements of people included."""
    query = select(_STATEMENT.id, _STATEMENT.confidence).where(_STATEMENT.page == page)
    return {row.id: row.confidence for row in connection.execute(query)}


def actors_on(connection: Connection, page: str) -> dict[str, Somebody]:
    """Return who each entity of a page is, as far as it says anything there."""
    query = (
        select(schema.appearance.c.entity, _ACTOR.id, _ACTOR.name, _ACTOR.kind)
        .join(schema.actor, _ACTOR.id == schema.appearance.c.actor)
        .where(schema.appearance.c.page == page)
    )
    return {
        row.entity: Somebody(id=row.id, name=row.name, kind=row.kind, statements=0) for row in connection.execute(query)
    }


def issues(
    connection: Connection, *, limit: int, after: tuple[str, str] | None = None, url: str | None = None
) -> tuple[Issue, ...]:
    """Return pages, the newest first; those of one address, its editions, if `url` is given."""
    day = func.coalesce(_PAGE.published, "")
    count = select(func.count()).where(_STATEMENT.page == _PAGE.id, _STATEMENT.repeats == 0).scalar_subquery()
    columns = (_PAGE.id, _PAGE.title, _PAGE.publisher, _PAGE.published, _PAGE.url, _PAGE.source, _PAGE.fetched_at)
    query = select(*columns, count.label("statements"))
    if url is not None:
        query = query.where(_PAGE.url == url)
    if after is not None:
        query = query.where(tuple_(day, _PAGE.id) < tuple_(*after))
    rows = connection.execute(query.order_by(day.desc(), _PAGE.id.desc()).limit(limit)).mappings()
    return tuple(Issue(**row) for row in rows)


def everybody(
    connection: Connection, *, limit: int, after: tuple[str, int] | None = None, name: str = "", kind: str | None = None
) -> tuple[Somebody, ...]:
    """Return those who say something or on whose behalf something is said, by name; whose name holds `name`."""
    said = (
        select(func.count())
        .where(or_(_STATEMENT.speaker == _ACTOR.id, _STATEMENT.principal == _ACTOR.id), _STATEMENT.repeats == 0)
        .scalar_subquery()
    )
    speaks = select(_STATEMENT.id).where(_STATEMENT.speaker == _ACTOR.id).exists()
    bound = select(_STATEMENT.id).where(_STATEMENT.principal == _ACTOR.id).exists()
    folded = func.lower(_ACTOR.name)
    query = select(_ACTOR.id, _ACTOR.name, _ACTOR.kind, said.label("statements")).where(or_(speaks, bound))
    query = query.where(folded.contains(name.lower(), autoescape=True) if name else _ACTOR.named == 1)
    if kind is not None:
        query = query.where(_ACTOR.kind == kind)
    if after is not None:
        query = query.where(tuple_(folded, _ACTOR.id) > tuple_(*after))
    rows = connection.execute(query.order_by(folded, _ACTOR.id).limit(limit)).mappings()
    return tuple(Somebody(**row) for row in rows)


def quoted_by(connection: Connection, actor: int) -> tuple[tuple[str, int], ...]:
    """Return the publishers that report what somebody said, with the number of statements, most first."""
    count = func.count().label("number")
    query = (
        select(func.coalesce(_PAGE.publisher, ""), count)
        .join(schema.page, _PAGE.id == _STATEMENT.page)
        .where(or_(_STATEMENT.speaker == actor, _STATEMENT.principal == actor), _STATEMENT.repeats == 0)
        .group_by(_PAGE.publisher)
        .order_by(count.desc())
    )
    return tuple((name, number) for name, number in connection.execute(query))


def voices(connection: Connection, actor: int, *, by: bool = False) -> tuple[Somebody, ...]:
    """Return who speaks for somebody, or for whom somebody speaks if `by`; those with most statements first."""
    own, other = (_STATEMENT.speaker, _STATEMENT.principal) if by else (_STATEMENT.principal, _STATEMENT.speaker)
    count = func.count().label("statements")
    query = (
        select(_ACTOR.id, _ACTOR.name, _ACTOR.kind, count)
        .join(schema.actor, _ACTOR.id == other)
        .where(own == actor, other != actor, _STATEMENT.confidence >= SURE, _STATEMENT.repeats == 0)
        .group_by(_ACTOR.id, _ACTOR.name, _ACTOR.kind)
        .order_by(count.desc(), _ACTOR.id)
        .limit(12)
    )
    return tuple(Somebody(**row) for row in connection.execute(query).mappings())


def dated(connection: Connection) -> tuple[Answer, ...]:
    """Return the sure statements that name a day or a time by which, in the order they were said."""
    query = (
        select(_STATEMENT.page, _STATEMENT.id)
        .where(_STATEMENT.record.contains('"due":{'), _STATEMENT.confidence >= SURE, _STATEMENT.repeats == 0)
        .order_by(_STATEMENT.at, _STATEMENT.page, _STATEMENT.id)
    )
    return _in_order(connection, query)


def events_asked(connection: Connection, limit: int) -> tuple[str, ...]:
    """Return the conditions that most statements depend on: what there is to ask *what if* of."""
    condition = schema.condition.c
    often = (
        select(condition.words)
        .where(func.length(condition.words).between(12, 60), condition.kind.in_(("if", "even_if")))
        .group_by(condition.words)
        .order_by(func.count().desc(), condition.words)
        .limit(limit)
    )
    return tuple(connection.execute(often).scalars())


def _in_order(connection: Connection, query: Select[Any]) -> tuple[Answer, ...]:
    places: Sequence[Any] = connection.execute(query).all()
    found = answers_at(connection, [tuple(place) for place in places])
    return tuple(found[statement] for _, statement in places if statement in found)
