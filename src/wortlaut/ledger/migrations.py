"""A ledger of an older program becomes one of today's, step by step; each step is recorded, and is taken as a whole or not at all.

A new step is a function of a connection at the end of `STEPS`; it changes the tables by SQL of its own, for both databases,
because `schema.py` says how things are after all steps. A ledger that is new has all of them behind it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from sqlalchemy import Connection, delete, insert, inspect, select

from wortlaut.errors import LedgerError, LedgerTooNew
from wortlaut.ledger import fulltext, schema, views
from wortlaut.ledger.rebuilding import refill, set_aside


@dataclass(frozen=True, slots=True)
class Step:
    """What brings a ledger to `version` from the one before."""

    version: int
    name: str
    take: Callable[[Connection], None]


def _reach_what_was_told(connection: Connection) -> None:
    """Let positions of a principal be compared without a look at each statement; nearly all pages are current, no index helps there."""
    connection.exec_driver_sql("DROP INDEX ix_page_current")
    connection.exec_driver_sql("CREATE INDEX ix_page_source ON page (source)")
    connection.exec_driver_sql("DROP INDEX statement_by_principal")
    connection.exec_driver_sql("CREATE INDEX statement_by_principal ON statement (principal, at, number, told)")


OLDEST = 4
"""Ledgers of versions before this one are made anew from what they keep, with today's tables at once."""
STEPS = (Step(5, "positions of a principal by what they tell", _reach_what_was_told),)
VERSION = STEPS[-1].version


def version_of(connection: Connection) -> int:
    """Return the ledger's version, 0 if there is none; raise LedgerTooNew, or LedgerError if it is something else."""
    tables = set(inspect(connection).get_table_names())
    if "meta" not in tables:
        if tables if connection.dialect.name == "sqlite" else tables & set(schema.metadata.tables):
            raise LedgerError("this is a database, but no ledger")
        return 0
    found = int(connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == "schema_version")) or 0)
    if found > VERSION:
        raise LedgerTooNew(f"this ledger has schema {found}, this program knows {VERSION}: update wortlaut")
    return found


def migrate(connection: Connection) -> bool:
    """Take the next step and record it; make the tables where there is nothing. Return False if all are taken."""
    found = version_of(connection)
    if found == VERSION:
        return False
    if not found:
        create(connection)
        _record(connection, VERSION, "made")
    elif found < OLDEST:
        old = set_aside(connection)
        create(connection)
        refill(connection, old)
        _record(connection, VERSION, f"version {found} made anew from its pages, readings and judgements")
    else:
        step = next(step for step in STEPS if step.version > found)
        step.take(connection)
        _record(connection, step.version, step.name)
    return True


def create(connection: Connection) -> None:
    """Make all tables, views and indexes of today."""
    schema.metadata.create_all(connection)
    fulltext.create(connection)
    views.create(connection)
    connection.execute(insert(schema.meta).values(key="id", value=uuid.uuid4().hex))


def _record(connection: Connection, number: int, name: str) -> None:
    program = version("wortlaut")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(insert(schema.migration).values(version=number, name=name, at=at, program=program))
    connection.execute(delete(schema.meta).where(schema.meta.c.key == "schema_version"))
    connection.execute(insert(schema.meta).values(key="schema_version", value=str(number)))
