"""A ledger of version 1, 2 or 3 is made anew: its pages and readings are entered as if they had just been read.

What people and pages decided stays: actors with their numbers, who appears where, judgements; and what was told keeps its
row, because vectors belong to rows.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, Table, inspect, text

from wortlaut.codec import from_json
from wortlaut.ledger import schema
from wortlaut.ledger.actors import Directory, replay
from wortlaut.ledger.storing import store
from wortlaut.model import Page, Reading

_TABLES = ("condition", "statement", "office", "appearance", "judgement", "told", "page", "actor")
"""Those of old, dependent ones first."""


def set_aside(connection: Connection) -> tuple[str, ...]:
    """Rename the old tables and drop what finds words in them; return those that there were."""
    named = {
        name
        for name, sql in connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
        if sql
    }
    for index in named:
        connection.execute(text(f"DROP INDEX {index}"))
    for index in ("told_count", "told_words", "statement_words"):
        connection.execute(text(f"DROP TABLE IF EXISTS {index}"))
    there = inspect(connection).get_table_names()
    old = tuple(name for name in _TABLES if name in there)
    for name in old:
        connection.execute(text(f"ALTER TABLE {name} RENAME TO old_{name}"))
    return old


def refill(connection: Connection, old: Iterable[str]) -> None:
    """Fill today's tables from those set aside, and drop these."""
    for table in (schema.actor, schema.told, schema.judgement):
        if table.name in old:
            _copy(connection, table)
    known: dict[str, dict[str, int]] = defaultdict(dict)
    if "appearance" in old:
        for page, entity, first in connection.execute(text("SELECT page, entity, first FROM old_appearance")):
            known[page][entity] = first
    for row in connection.scalars(text("SELECT rowid FROM old_page ORDER BY rowid")).all():
        query = text("SELECT id, content, reading, published, publisher FROM old_page WHERE rowid = :row")
        id_, content, reading, published, publisher = connection.execute(query, {"row": row}).one()
        outcome = from_json(reading)
        if isinstance(outcome, Reading):
            page = Page(
                source=outcome.page.source, content=zlib.decompress(content), published=published, publisher=publisher
            )
            store(connection, page, outcome, Directory(), known[id_])
    replay(connection)
    for name in old:
        connection.execute(text(f"DROP TABLE old_{name}"))


def _copy(connection: Connection, table: Table) -> None:
    there = {column["name"] for column in inspect(connection).get_columns(f"old_{table.name}")}
    names = ", ".join(column.name for column in table.columns if column.name in there)
    connection.execute(text(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM old_{table.name}"))
