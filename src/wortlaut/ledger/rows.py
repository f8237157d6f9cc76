"""From the ledger's rows to answers."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from wortlaut.codec import from_builtins
from wortlaut.ledger.answers import Answer, AnswerPage
from wortlaut.model import Statement

SURE = 0.3
"""Confidence an answer has by default. That of a quote is the share of such quotes that are right to the last word and role;
a statement may be right where an edge of its quote is not, so the bar is lower than it looks."""

IN_TIME = "statement.at, statement.page, statement.rowid"


def select_answers(
    connection: Connection, where: str, values: dict[str, Any], *, everything: bool, order: str = IN_TIME
) -> tuple[Answer, ...]:
    """Return the statements a condition in SQL picks; those not sure enough, and headlines that repeat, only with `everything`."""
    query = f"""SELECT statement.record, statement.words, statement.confidence, statement.repeats, s.name AS speaker,
        p.name AS principal, s.id AS speaker_actor, p.id AS principal_actor, page.id AS page_id, page.source, page.url, page.title, page.publisher, page.published,
        (SELECT json_group_array(c.words) FROM condition c WHERE c.page = statement.page AND c.statement = statement.id) AS conditions
        FROM statement JOIN page ON page.id = statement.page LEFT JOIN actor s ON s.id = statement.speaker
        LEFT JOIN actor p ON p.id = statement.principal {where} ORDER BY {order}"""  # noqa: S608 - no value of a user is in it
    rows = connection.execute(text(query), values).mappings().all()
    return tuple(_answer(row) for row in rows if everything or (row["confidence"] >= SURE and not row["repeats"]))


def answers_at(connection: Connection, places: Sequence[tuple[str, str]]) -> dict[str, Answer]:
    """Return the statements at these ids of page and statement, by their own id."""
    where = """WHERE (statement.page, statement.id) IN
        (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:places))"""
    found = select_answers(connection, where, {"places": json.dumps(places)}, everything=True, order="statement.at")
    return {answer.statement.id: answer for answer in found}


def _answer(row: Any) -> Answer:
    return Answer(
        statement=from_builtins(json.loads(row["record"]), Statement),
        words=row["words"],
        condition_words=tuple(json.loads(row["conditions"])),
        speaker=row["speaker"],
        principal=row["principal"],
        speaker_actor=row["speaker_actor"],
        principal_actor=row["principal_actor"],
        page=AnswerPage(
            id=row["page_id"], **{key: row[key] for key in ("source", "url", "title", "publisher", "published")}
        ),
        score=round(row["confidence"], 3),
        why={},
    )
