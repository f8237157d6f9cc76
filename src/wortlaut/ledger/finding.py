"""Statements by who said them and by their words."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, select, union_all

from wortlaut.ledger.answers import Answer
from wortlaut.ledger.facets import Facets, asked, query_of
from wortlaut.ledger.rows import ANSWERS, IN_TIME, answers_at, read_answers, shown
from wortlaut.ledger.schema import page, statement
from wortlaut.ledger.stems import find_hits

_LOOKED_AT = 2_000
"""Of more statements that hold the words, those added last are put in order; nobody reads more."""


def find_record(
    connection: Connection,
    actors: Iterable[int],
    *,
    since: str | None = None,
    until: str | None = None,
    limit: int | None,
    everything: bool,
    history: bool = False,
) -> tuple[Answer, ...]:
    """Return what actors said, or what was said on their behalf, in time order; each statement once."""
    days = [*asked(connection, Facets(since=since, until=until))]
    first = (
        select(statement.c.number)
        .join(page, page.c.id == statement.c.page)
        .where(role == actor, shown(everything=everything, history=history), *days)
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


def find_words(
    connection: Connection, facets: Facets, *, limit: int | None, skip: int, everything: bool
) -> tuple[Answer, ...]:
    """Return statements that are what is asked for, the surest first and of these the newest, with the words that were found; without the first `skip`."""
    conditions = [*asked(connection, facets)]
    if not conditions or any(words and not query_of(words) for words in (facets.words, facets.condition)):
        return ()
    near = (
        select(statement.c.number, statement.c.confidence, statement.c.at)
        .join(page, page.c.id == statement.c.page)
        .where(*conditions, shown(everything=everything))
        .order_by(statement.c.number.desc())
        .limit(None if limit is None else _LOOKED_AT)
        .subquery()
        .c
    )
    best = select(near.number).order_by(near.confidence.desc(), near.at.desc(), near.number).limit(limit).offset(skip)
    numbers = [*connection.scalars(best)]
    answers = answers_at(connection, numbers)
    return tuple(_marked(answers[number], facets) for number in numbers)


def _marked(answer: Answer, facets: Facets) -> Answer:
    conditions = tuple(
        find_hits(words, facets.condition) if facets.condition else () for words in answer.condition_words
    )
    return replace(
        answer, hits=find_hits(answer.words, facets.words) if facets.words else (), condition_hits=conditions
    )
