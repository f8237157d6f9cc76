"""From rows to answers."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select, true

from wortlaut.codec import from_line
from wortlaut.ledger.answers import Answer, AnswerPage
from wortlaut.ledger.schema import actor, condition, page, statement
from wortlaut.model import QuoteKind, Statement

SURE = 0.3
"""Confidence an answer has by default. That of a quote is the share of such quotes that are right to the last word and role;
a statement may be right where an edge of its quote is not, so the bar is lower than it looks."""

IN_TIME = (statement.c.at, statement.c.number)
_MOST = 10_000
"""Numbers a query may name at once; SQLite takes 32,766."""

_speaker, _principal = actor.alias("speaker"), actor.alias("principal")
_FROM = (
    statement.join(page, page.c.id == statement.c.page)
    .outerjoin(_speaker, _speaker.c.id == statement.c.speaker)
    .outerjoin(_principal, _principal.c.id == statement.c.principal)
)
ANSWERS: Select[Any] = select(
    statement.c.number, statement.c.record, statement.c.words, statement.c.quote_kind, statement.c.confidence, _speaker.c.name.label("speaker"),
    _principal.c.name.label("principal"), _speaker.c.id.label("speaker_actor"), _principal.c.id.label("principal_actor"),
    page.c.id, page.c.source, page.c.url, page.c.title, page.c.publisher, page.c.published, page.c.current,
).select_from(_FROM)  # fmt: skip
"""What an answer is made of; add conditions, an order and a limit."""


def shown(*, everything: bool, history: bool = False) -> ColumnElement[bool]:
    """Return what an answer has to be: of a newest edition and, unless `everything`, sure enough and no headline that repeats.

    With `history` earlier editions count, too.
    """
    sure = true() if everything else and_(statement.c.confidence >= SURE, statement.c.repeats == 0)
    return sure if history else and_(page.c.current == 1, sure)


def read_answers(connection: Connection, query: Select[Any]) -> tuple[Answer, ...]:
    """Return the answers that a query made from `ANSWERS` gives, in its order."""
    rows = connection.execute(query).mappings().all()
    words = words_of_conditions(connection, [row["number"] for row in rows])
    return tuple(_answer(row, words.get(row["number"], ())) for row in rows)


def answers_at(connection: Connection, numbers: Sequence[int]) -> dict[int, Answer]:
    """Return the statements of these numbers."""
    found: dict[int, Answer] = {}
    for own in portions(numbers):
        query = ANSWERS.where(statement.c.number.in_(own)).order_by(statement.c.number)
        found.update(zip(sorted(set(own)), read_answers(connection, query), strict=True))
    return found


def words_of_conditions(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the words of the conditions of statements that have some."""
    found: dict[int, tuple[str, ...]] = {}
    for own in portions(numbers):
        query = select(condition.c.statement, condition.c.words).where(condition.c.statement.in_(own))
        for number, words in connection.execute(query.order_by(condition.c.statement, condition.c.number)):
            found[number] = (*found.get(number, ()), words)
    return found


def portions(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    """Return numbers in parts that a query may name at once."""
    return (numbers[start : start + _MOST] for start in range(0, len(numbers), _MOST))


def _answer(row: Any, conditions: tuple[str, ...]) -> Answer:
    return Answer(
        statement=from_line(row["record"], Statement),
        words=row["words"],
        condition_words=conditions,
        speaker=row["speaker"],
        principal=row["principal"],
        speaker_actor=row["speaker_actor"],
        principal_actor=row["principal_actor"],
        quote_kind=QuoteKind(row["quote_kind"]) if row["quote_kind"] else None,
        page=AnswerPage(**{key: row[key] for key in ("id", "source", "url", "title", "publisher", "published")}),
        score=round(row["confidence"], 3),
        why={} if row["current"] else {"edition": "earlier"},
    )
