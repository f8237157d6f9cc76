"""What people judge of single statements: accepted or rejected, in a journal that is only added to.

An accepted statement is sure, a rejected one is not: their confidence in the ledger's row is 1 and 0, so that every question
follows the judgement; the record of what was read keeps its own. A judgement that is taken back gives that one again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from wortlaut.codec import from_line
from wortlaut.errors import LedgerError
from wortlaut.ledger import schema
from wortlaut.model import Statement


class Opinion(StrEnum):
    """What is judged of a statement; UNDO takes back what was judged before."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNDO = "undo"


_CONFIDENCE = {Opinion.ACCEPT: 1.0, Opinion.REJECT: 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A line of the journal."""

    id: int
    at: str
    verdict: Opinion
    page: str
    statement: str


def review(connection: Connection, page: str, statement: str, verdict: Opinion) -> int:
    """Add a judgement of a statement to the journal and return its number; raise LedgerError if there is no such statement."""
    own = (schema.statement.c.page == page) & (schema.statement.c.id == statement)
    record = connection.scalar(select(schema.statement.c.record).where(own))
    if record is None:
        raise LedgerError(f"there is no statement {statement} on page {page}")
    confidence = _CONFIDENCE.get(verdict, from_line(record, Statement).confidence)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    made = connection.execute(
        insert(schema.review).values(at=at, verdict=verdict.value, page=page, statement=statement)
    )
    connection.execute(update(schema.statement).where(own).values(confidence=confidence))
    return int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0


def renew(connection: Connection, page: str) -> None:
    """Let the statements of a page that was read anew be as sure as they were judged to be."""
    for (_, statement), verdict in standing(reviews(connection, page)).items():
        own = (schema.statement.c.page == page) & (schema.statement.c.id == statement)
        connection.execute(update(schema.statement).where(own).values(confidence=_CONFIDENCE[verdict]))


def reviews(connection: Connection, page: str | None = None) -> tuple[Review, ...]:
    """Return the journal in the order it was written; of one page only, if it is named."""
    query = select(schema.review).order_by(schema.review.c.id)
    if page is not None:
        query = query.where(schema.review.c.page == page)
    return tuple(Review(**{**row, "verdict": Opinion(row["verdict"])}) for row in connection.execute(query).mappings())


def standing(journal: tuple[Review, ...]) -> dict[tuple[str, str], Opinion]:
    """Return what is judged now of each statement that is judged at all."""
    last = {(line.page, line.statement): line.verdict for line in journal}
    return {place: verdict for place, verdict in last.items() if verdict is not Opinion.UNDO}
