"""What changes whenever a ledger does, so that whoever kept an answer knows that it is still right."""

import threading
from typing import Any

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.pool import StaticPool

from wortlaut.ledger.faults import told_as_ours
from wortlaut.ledger.schema import judgement, page, reading, review, tombstone

_COUNTED = (page, tombstone)
_NUMBERED = (reading, judgement, review)


class Stamp:
    """The stamp of one ledger. A file is asked what SQLite counts of it (PRAGMA data_version): that costs microseconds.

    The pragma tells one connection what others wrote, so it is asked on a connection that never writes.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._counts = engine.dialect.name == "sqlite" and not isinstance(engine.pool, StaticPool)
        self._lock = threading.Lock()
        self._watching: Any = None
        self._version: int | None = None
        self._stamp = ""

    def now(self) -> str:
        """Return the stamp: answers of two equal stamps are equal."""
        with self._lock:
            version = self._count() if self._counts else None
            if version is None or version != self._version:
                with told_as_ours(), self._engine.begin() as connection:
                    self._stamp = f"{stamp(connection)}-{version or 0}"
                self._version = version
            return self._stamp

    def _count(self) -> int:
        if self._watching is None:
            self._watching = self._engine.raw_connection()
        return int(self._watching.cursor().execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            if self._watching is not None:
                self._watching.close()
                self._watching = None


def stamp(connection: Connection) -> str:
    """Return the numbers of what is kept, and the last number of what is only added to."""
    counts = (select(func.count()).select_from(table).scalar_subquery() for table in _COUNTED)
    newest = (select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery() for table in _NUMBERED)
    return "-".join(str(number) for number in connection.execute(select(*counts, *newest)).one())
