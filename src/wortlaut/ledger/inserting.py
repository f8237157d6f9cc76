"""Rows by the driver's own means: where a page gives dozens of them, SQLAlchemy's care for each costs more than the database's.

Who adds rows holds the ledger alone, so that numbers can be taken first and the rows be sent at once.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table


def add_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, which all have the same columns in the same order."""
    if rows:
        adding = _adding(table, tuple(rows[0]), connection.dialect)
        connection.exec_driver_sql(adding, [tuple(row.values()) for row in rows])


def take_numbers(connection: Connection, key: Column[int], count: int) -> Sequence[int]:
    """Return the next free numbers of a table's key, in order."""
    if not count:
        return ()
    if connection.dialect.name == "postgresql":
        free = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
        return [row[0] for row in connection.exec_driver_sql(free, (key.table.name, key.name, count))]
    last = connection.exec_driver_sql(_last(key)).scalar() or 0
    return range(last + 1, last + count + 1)


@lru_cache
def _adding(table: Table, columns: tuple[str, ...], dialect: Dialect) -> str:
    quoted = ", ".join(map(dialect.identifier_preparer.quote, columns))
    marks = ", ".join(["%s" if dialect.name == "postgresql" else "?"] * len(columns))
    return f"INSERT INTO {table.name} ({quoted}) VALUES ({marks})"  # noqa: S608 - our own names


@lru_cache
def _last(key: Column[int]) -> str:
    """Return what asks a file for the last number; where numbers never come again, also of rows that are gone."""
    if key.table.dialect_kwargs.get("sqlite_autoincrement"):
        return f"SELECT max(seq) FROM sqlite_sequence WHERE name = '{key.table.name}'"  # noqa: S608 - our own names
    return f"SELECT max({key.name}) FROM {key.table.name}"  # noqa: S608 - our own names
