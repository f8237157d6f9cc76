"""Where a ledger is, and connections to it: SQLite with one writer and many readers, PostgreSQL in the same way.

A file is kept in WAL mode, so that who reads never waits for who writes; writers take the lock at once and wait for each
other. On PostgreSQL an advisory lock does the same: entries are numbered in the order in which they become visible.
"""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from wortlaut.errors import ConfigurationError

WAIT: float = 10
"""Seconds that a writer waits for another."""
_LOCK = 0x776F72746C617574 >> 1
"""The number of the lock: `wortlaut` in ASCII, as a positive number of 63 bits."""
MEMORY = ":memory:"


def locate(place: str | os.PathLike[str]) -> URL:
    """Return the URL of a path, of `:memory:` or of a URL; raise ConfigurationError for a database that is not known."""
    if "://" not in str(place):
        return URL.create("sqlite", database=str(place))
    try:
        url = make_url(str(place))
    except ArgumentError as error:
        raise ConfigurationError(f"{place} is no URL of a database: postgresql://user@host/database") from error
    if url.get_backend_name() == "sqlite":
        return url
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise ConfigurationError(f"a ledger is a file or postgresql://…, not {url.drivername}")
    return url.set(drivername="postgresql+psycopg")


def path_of(url: URL) -> Path | None:
    """Return the ledger's file, None if it is on a server or in memory."""
    return (
        Path(url.database) if url.get_backend_name() == "sqlite" and url.database and url.database != MEMORY else None
    )


def connect(url: URL) -> Engine:
    """Return what makes connections; nothing is opened yet."""
    if url.get_backend_name() == "sqlite":
        return _file(url)
    try:
        engine = create_engine(url, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError as error:
        raise ConfigurationError("for a ledger on PostgreSQL: pip install 'wortlaut[postgresql]'") from error
    event.listen(engine, "begin", _lock_on_server)
    return engine


def _file(url: URL) -> Engine:
    path = path_of(url)
    if path is None:
        options: dict[str, Any] = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    else:
        options = {"connect_args": {"timeout": WAIT}}
        if _is_frozen(path):
            url = URL.create("sqlite", database=f"file:{path}", query={"immutable": "1", "uri": "true"})
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _is_frozen(path: Path) -> bool:
    """Tell whether nobody can write here: in such a folder SQLite needs to be told that nothing changes."""
    alone = path.exists() and not path.with_name(path.name + "-wal").exists()
    return alone and not os.access(path.parent, os.W_OK)


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin in _begin, so that they hold changes of the schema, too
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "PRAGMA synchronous = NORMAL"
    )  # with a log ahead: a power cut may lose the last pages, never half of one
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten leaves no bytes behind


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("begins", True):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _lock_on_server(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("begins", True):
        return
    if options.get("writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(1000 * WAIT)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def keep_log_ahead(engine: Engine) -> None:
    """Let readers of a file go on while somebody writes; the mode is kept in the file."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(begins=False) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
