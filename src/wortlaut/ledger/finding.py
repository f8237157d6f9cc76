"""Statements by who said them and by their words."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, union_all

from wortlaut.ledger.answers import Answer
from wortlaut.ledger.fulltext import holds
from wortlaut.ledger.rows import ANSWERS, IN_TIME, read_answers, shown
from wortlaut.ledger.schema import page, statement
from wortlaut.ledger.stems import terms_of

_LOOKED_AT = 2_000
"""Of more statements that hold the words, those added last are put in order; nobody reads more."""


def find_record(
    connection: Connection, actors: Iterable[int], *, limit: int | None, everything: bool
) -> tuple[Answer, ...]:
    """Return what actors said, or what was said on their behalf, in time order; each statement once."""
    first = (
        select(statement.c.number)
        .join(page, page.c.id == statement.c.page)
        .where(role == actor, shown(everything=everything))
        .order_by(*IN_TIME)
        .limit(limit)
        .subquery()
        for actor in actors
        for role in (statement.c.speaker, statement.c.principal)
    )
    found = [select(own.c.number) for own in first]
    if not found:
        return ()
    query = ANSWERS.where(statement.c.number.in_(union_all(*found))).order_by(*IN_TIME).limit(limit)
    return read_answers(connection, query)


def find_words(connection: Connection, query: str, *, limit: int | None, everything: bool) -> tuple[Answer, ...]:
    """Return statements that hold the words of a query, in any inflection, the surest first and of these the newest."""
    wanted = tuple(term.ways for term in terms_of(query))
    if not wanted:
        return ()
    near = (
        select(statement.c.number)
        .join(page, page.c.id == statement.c.page)
        .where(holds(connection, statement.c.stems, wanted), shown(everything=everything))
        .order_by(statement.c.number.desc())
        .limit(None if limit is None else _LOOKED_AT)
    )
    best = ANSWERS.where(statement.c.number.in_(near)).order_by(
        statement.c.confidence.desc(), statement.c.at.desc(), statement.c.number
    )
    return read_answers(connection, best.limit(limit))
