"""What somebody who leafs through a ledger asks of it: the newest, one page, one statement, everybody, what is due.

Everything long comes in parts: `after` is the last place of the part before, so that a part costs the same wherever it is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select, tuple_, union

from wortlaut.ledger import schema
from wortlaut.ledger.answers import Answer
from wortlaut.ledger.rows import ANSWERS, answers_at, read_answers, shown
from wortlaut.ledger.utterances import reports_of
from wortlaut.model import Act

_STATEMENT, _PAGE, _ACTOR = schema.statement.c, schema.page.c, schema.actor.c


class Place(NamedTuple):
    """Where a part of a list of statements ended: its moment, and the statement's number in the ledger."""

    at: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A page of the ledger as it stands in a list."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    source: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """An actor as it stands in a list."""

    id: int
    name: str
    kind: str
    statements: int


def newest(
    connection: Connection,
    *,
    limit: int,
    after: Place | None = None,
    act: Act | None = None,
    actor: int | None = None,
    everything: bool = False,
) -> tuple[tuple[Answer, ...], Place | None]:
    """Return statements, newest first, and where the next part begins: of one act or one actor, if these are given.

    Statements of an actor are those it makes or is bound by.
    """
    own = (
        select(_STATEMENT.number, _STATEMENT.at)
        .join(schema.page, _PAGE.id == _STATEMENT.page)
        .where(shown(everything=everything))
    )
    if act is not None:
        own = own.where(_STATEMENT.act == act.value)
    if after is not None:
        own = own.where(tuple_(_STATEMENT.at, _STATEMENT.number) < tuple_(*after))
    own = own.order_by(_STATEMENT.at.desc(), _STATEMENT.number.desc()).limit(limit + 1)
    if actor is not None:
        roles = (own.where(role == actor).subquery() for role in (_STATEMENT.speaker, _STATEMENT.principal))
        both = union(*(select(role) for role in roles)).subquery()
        own = select(both).order_by(both.c.at.desc(), both.c.number.desc()).limit(limit + 1)
    places = [Place(at, number) for number, at in connection.execute(own)]
    found = answers_at(connection, [place.number for place in places[:limit]])
    more = places[limit - 1] if len(places) > limit else None
    return tuple(found[place.number] for place in places[:limit]), more


def statement_at(connection: Connection, page: str, statement: str) -> tuple[Answer | None, tuple[Answer, ...]]:
    """Return one statement, however sure, and the reports of the same utterance on other pages."""
    number = _number_of(connection, page, statement)
    if number is None:
        return None, ()
    others = answers_at(connection, reports_of(connection, [number]).get(number, ()))
    return answers_at(connection, [number])[number], tuple(others.values())


def answer_at(connection: Connection, page: str, statement: str) -> Answer | None:
    """Return one statement alone, however sure."""
    number = _number_of(connection, page, statement)
    return None if number is None else answers_at(connection, [number])[number]


def _number_of(connection: Connection, page: str, statement: str) -> int | None:
    own = (_STATEMENT.page == page) & (_STATEMENT.id == statement)
    return connection.scalar(select(_STATEMENT.number).where(own))


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
    rows = connection.execute(query)
    return {row.entity: Somebody(id=row.id, name=row.name, kind=row.kind, statements=0) for row in rows}


def bodies_on(connection: Connection, pages: Collection[str]) -> tuple[Somebody, ...]:
    """Return the states and organisations with a name that say something on some pages, those with most statements first."""
    count = func.count().label("statements")
    query = (
        select(_ACTOR.id, _ACTOR.name, _ACTOR.kind, count)
        .join(schema.statement, _ACTOR.id == _STATEMENT.principal)
        .join(schema.page, _PAGE.id == _STATEMENT.page)
        .where(
            _STATEMENT.page.in_(pages),
            _ACTOR.kind.in_(("state", "organisation")),
            _ACTOR.named == 1,
            shown(everything=False),
        )
        .group_by(_ACTOR.id, _ACTOR.name, _ACTOR.kind)
        .order_by(count.desc(), _ACTOR.id)
        .limit(20)
    )
    return tuple(Somebody(**row) for row in connection.execute(query).mappings())


def shown_counts(connection: Connection) -> tuple[int, int]:
    """Return the numbers of pages and of the statements that are shown on them."""
    pages = select(func.count()).where(_PAGE.current == 1)
    statements = (
        select(func.count())
        .join_from(schema.statement, schema.page, _PAGE.id == _STATEMENT.page)
        .where(shown(everything=False))
    )
    return connection.scalar(pages) or 0, connection.scalar(statements) or 0


def issues(connection: Connection, *, limit: int, after: tuple[str, str] | None = None) -> tuple[Issue, ...]:
    """Return pages, the newest first; of each its latest edition."""
    day = func.coalesce(_PAGE.published, "")
    part = select(_PAGE.id).where(_PAGE.current == 1)
    if after is not None:
        part = part.where(tuple_(day, _PAGE.id) < tuple_(*after))
    part = part.order_by(day.desc(), _PAGE.id.desc()).limit(limit)
    count = select(func.count()).where(_STATEMENT.page == _PAGE.id, shown(everything=False)).scalar_subquery()
    columns = (_PAGE.id, _PAGE.title, _PAGE.publisher, _PAGE.published, _PAGE.url, _PAGE.source)
    query = select(*columns, count.label("statements")).where(_PAGE.id.in_(part))
    rows = connection.execute(query.order_by(day.desc(), _PAGE.id.desc())).mappings()
    return tuple(Issue(**row) for row in rows)


def titles(connection: Connection, sources: Collection[str]) -> dict[str, str]:
    """Return the titles of pages by where they were read from; of those that have one."""
    query = select(_PAGE.source, _PAGE.title).where(_PAGE.source.in_(sources), _PAGE.title.is_not(None))
    return {row.source: row.title for row in connection.execute(query)}


def everybody(
    connection: Connection, *, limit: int, after: tuple[str, int] | None = None, name: str = "", kind: str | None = None
) -> tuple[Somebody, ...]:
    """Return those who say something or on whose behalf something is said, by name; whose name holds `name`."""
    said = (
        select(func.count())
        .join_from(schema.statement, schema.page, _PAGE.id == _STATEMENT.page)
        .where(or_(_STATEMENT.speaker == _ACTOR.id, _STATEMENT.principal == _ACTOR.id), shown(everything=False))
        .scalar_subquery()
    )
    speaks = select(_STATEMENT.id).where(_STATEMENT.speaker == _ACTOR.id).exists()
    bound = select(_STATEMENT.id).where(_STATEMENT.principal == _ACTOR.id).exists()
    folded = func.lower(_ACTOR.name)
    part = select(_ACTOR.id).where(or_(speaks, bound))
    part = part.where(_ACTOR.name.icontains(name, autoescape=True) if name else _ACTOR.named == 1)
    if kind is not None:
        part = part.where(_ACTOR.kind == kind)
    if after is not None:
        part = part.where(tuple_(folded, _ACTOR.id) > tuple_(*after))
    part = part.order_by(folded, _ACTOR.id).limit(
        limit
    )  # counting comes after: it would be done for all before they are sorted
    query = select(_ACTOR.id, _ACTOR.name, _ACTOR.kind, said.label("statements")).where(_ACTOR.id.in_(part))
    rows = connection.execute(query.order_by(folded, _ACTOR.id)).mappings()
    return tuple(Somebody(**row) for row in rows)


def quoted_by(connection: Connection, actor: int) -> tuple[tuple[str, int], ...]:
    """Return the publishers that report what somebody said, with the number of statements, most first."""
    own = (
        select(_STATEMENT.number, _STATEMENT.page)
        .join(schema.page, _PAGE.id == _STATEMENT.page)
        .where(role == actor, shown(everything=False))
        for role in (_STATEMENT.speaker, _STATEMENT.principal)
    )
    said = union(*own).subquery()
    count = func.count().label("number")
    query = (
        select(func.coalesce(_PAGE.publisher, ""), count)
        .join(said, said.c.page == _PAGE.id)
        .group_by(_PAGE.publisher)
        .order_by(count.desc(), _PAGE.publisher)
        .limit(20)
    )
    return tuple((name, number) for name, number in connection.execute(query))


def voices(connection: Connection, actor: int, *, by: bool = False) -> tuple[Somebody, ...]:
    """Return who speaks for somebody, or for whom somebody speaks if `by`; those with most statements first."""
    own, other = (_STATEMENT.speaker, _STATEMENT.principal) if by else (_STATEMENT.principal, _STATEMENT.speaker)
    count = func.count().label("statements")
    query = (
        select(_ACTOR.id, _ACTOR.name, _ACTOR.kind, count)
        .join(schema.statement, _ACTOR.id == other)
        .join(schema.page, _PAGE.id == _STATEMENT.page)
        .where(own == actor, other != actor, shown(everything=False))
        .group_by(_ACTOR.id, _ACTOR.name, _ACTOR.kind)
        .order_by(count.desc(), _ACTOR.id)
        .limit(12)
    )
    return tuple(Somebody(**row) for row in connection.execute(query).mappings())


def dated(connection: Connection) -> tuple[Answer, ...]:
    """Return the sure statements that name a day or a time by which, by that time."""
    query = ANSWERS.where(_STATEMENT.due.is_not(None), shown(everything=False))
    return read_answers(connection, query.order_by(_STATEMENT.due, _STATEMENT.number))


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
