"""The whole ledger as JSON lines, from which it can be made again: with the same answers and the same hash of its content.

First the head, then actors, pages with their bytes and readings, and what people judged. What follows from these – statements,
indexes, vectors – is not written: it is made anew. Lines come in an order that depends on the content alone.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Table, func, insert, select

from wortlaut.codec import from_json, from_line, to_json
from wortlaut.errors import CodecError, LedgerError
from wortlaut.ledger import schema
from wortlaut.ledger.actors import Directory, replay
from wortlaut.ledger.kept import page_of
from wortlaut.ledger.reviews import renew
from wortlaut.ledger.storing import enter, keep_page, keep_reading, mark_editions
from wortlaut.model import Page, Reading

SCHEMA: Literal["wortlaut.ledger/1"] = "wortlaut.ledger/1"
_ROWS = {"actor": schema.actor, "judgement": schema.judgement, "review": schema.review, "tombstone": schema.tombstone}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading:
    """A reading and when it was put into the ledger."""

    at: str
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page with all its readings, the oldest first; `who` are the actors of its entities, by the pages alone."""

    id: str
    added_at: str
    page: Page
    readings: tuple[KeptReading, ...]
    who: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: one of its fields. Rows are those of the tables of that name."""

    schema: str | None = None
    actor: dict[str, Any] | None = None
    page: KeptPage | None = None
    judgement: dict[str, Any] | None = None
    review: dict[str, Any] | None = None
    tombstone: dict[str, Any] | None = None


def write_lines(connection: Connection) -> Iterator[str]:
    """Yield the ledger's lines, each without its line break."""
    yield to_json({"schema": SCHEMA})
    yield from _rows(connection, "actor")
    own = schema.page.c
    for id_, added_at in connection.execute(select(own.id, own.added_at).order_by(own.added_at, own.id)).all():
        yield to_json({"page": _page(connection, id_, added_at)})
    for name in ("judgement", "review", "tombstone"):
        yield from _rows(connection, name)


def digest_of(lines: Iterable[str]) -> str:
    """Return the hash of a ledger's content: SHA-256 of its lines, in hexadecimal digits."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _rows(connection: Connection, name: str) -> Iterator[str]:
    table = _ROWS[name]
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(query).mappings():
        yield to_json({name: {key: value for key, value in row.items() if value is not None and key != "became"}})


def _page(connection: Connection, id_: str, added_at: str) -> KeptPage:
    own, appearance = schema.reading.c, schema.appearance.c
    kept = connection.execute(select(own.at, own.record).where(own.page == id_).order_by(own.id)).all()
    who = select(appearance.entity, appearance.first).where(appearance.page == id_).order_by(appearance.entity)
    return KeptPage(
        id=id_,
        added_at=added_at,
        page=page_of(connection, id_),
        readings=tuple(KeptReading(at=at, reading=_reading(record)) for at, record in kept),
        who={row.entity: row.first for row in connection.execute(who)},
    )


def _reading(record: bytes) -> Reading:
    outcome = from_json(zlib.decompress(record))
    if not isinstance(outcome, Reading):
        raise LedgerError("a reading in this ledger cannot be read; its file is damaged")
    return outcome


def read_lines(connection: Connection, lines: Iterable[str | bytes], directory: Directory) -> None:
    """Fill an empty ledger from its lines; raise LedgerError if it is not empty, or names the line that cannot be used."""
    if connection.scalar(select(func.count()).select_from(schema.page)):
        raise LedgerError("a ledger is made again from its lines in a place where there is none: name a new one")
    number = 0
    for number, line in enumerate(lines, 1):
        try:
            found = from_line(line, Line)
        except CodecError as error:
            raise LedgerError(f"line {number} is none of a ledger: {error.detail}") from error
        if (number == 1) is not (found.schema is not None) or found.schema not in (None, SCHEMA):
            raise LedgerError(
                f"line {number}: these are no lines of a ledger ({SCHEMA}); write them with: wortlaut dump"
            )
        _read(connection, found, directory)
    if not number:
        raise LedgerError("there is no line here; write a ledger's lines with: wortlaut dump")
    replay(connection)
    for page in connection.scalars(select(schema.review.c.page).distinct()).all():
        renew(connection, page)
    if connection.dialect.name == "postgresql":
        for table in (schema.actor, schema.judgement, schema.review):
            _go_on(connection, table)


def _read(connection: Connection, line: Line, directory: Directory) -> None:
    for name, table in _ROWS.items():
        row = getattr(line, name)
        if row is not None:
            connection.execute(insert(table).values(**{key: row[key] for key in table.columns.keys() & row.keys()}))
    if line.page is not None:
        _read_page(connection, line.page, directory)


def _read_page(connection: Connection, kept: KeptPage, directory: Directory) -> None:
    *older, newest = kept.readings
    keep_page(connection, kept.page, newest.reading, kept.added_at)
    for one in older:
        keep_reading(connection, one.reading, one.at)
    enter(connection, newest.reading, directory, kept.who, newest.at)
    url = newest.reading.page.url or newest.reading.article.url
    if url:
        mark_editions(connection, url)


def _go_on(connection: Connection, table: Table) -> None:
    """Let a server number new rows after those that brought their numbers with them."""
    last = connection.scalar(select(func.max(table.c.id)))
    if last:
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))
