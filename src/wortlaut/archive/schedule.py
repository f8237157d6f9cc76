"""When what is looked at again: the memory of a watch, one SQLite file that survives being killed.

Each look is one transaction: what it found and when the next one is due stand there together or not at all.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields, replace
from enum import StrEnum
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from wortlaut.archive.feeds import Entry
from wortlaut.errors import ConfigurationError, SourceError

__all__ = ["Kind", "Schedule", "Task"]


class Kind(StrEnum):
    """What is looked at."""

    FEED = "feed"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A feed or a page of one, and what is known of it.

    `due` is when it is looked at next, in seconds since 1970, None for never; `step` counts the looks since it last changed,
    `failures` those in a row that came to nothing; `kept` says that it was had at least once.
    """

    url: str
    kind: Kind
    feed: str
    host: str
    due: float | None
    etag: str | None = None
    modified: str | None = None
    changed: str | None = None
    step: int = 0
    failures: int = 0
    kept: bool = False


_NAMES = tuple(field.name for field in fields(Task))
_TABLE = f"""
CREATE TABLE IF NOT EXISTS task ({", ".join(_NAMES)}, PRIMARY KEY (url, kind)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS task_by_due ON task (host, due) WHERE due IS NOT NULL;
"""
_PUT = f"INSERT OR REPLACE INTO task ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608 - own names


class Schedule:
    """The tasks of a watch; a context manager. Only one process has a file open, so that nothing is fetched twice."""

    def __init__(self, path: str) -> None:
        self._path = path
        with self._faults():
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            with self._writing():
                for statement in _TABLE.split(";"):
                    self._connection.execute(statement)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def begin(self, feeds: Iterable[str], now: float) -> None:
        """Watch these feeds and no others: new ones are due at once; pages of those that are gone are not looked at again."""
        wanted = set(feeds)
        with self._writing():
            known = {task.url for task in self._tasks("kind = 'feed'")}
            self._put(_new(url, Kind.FEED, url, now) for url in wanted - known)
            self._connection.executemany(
                "DELETE FROM task WHERE kind = 'feed' AND url = ?", [(url,) for url in known - wanted]
            )
            self._connection.execute(
                "UPDATE task SET due = NULL WHERE feed NOT IN (SELECT url FROM task WHERE kind = 'feed')"
            )

    def forget(self) -> None:
        """Forget all tasks."""
        with self._writing():
            self._connection.execute("DELETE FROM task")

    def firsts(self) -> tuple[Task, ...]:
        """Return of each host the task that is due first."""
        with self._faults():
            return tuple(
                self._tasks(
                    "(host, due) IN (SELECT host, min(due) FROM task WHERE due IS NOT NULL GROUP BY host) GROUP BY host"
                )
            )

    def waiting(self, until: float) -> int:
        """Return how many tasks are due by a time."""
        with self._faults():
            return int(self._connection.execute("SELECT count(*) FROM task WHERE due <= ?", (until,)).fetchone()[0])

    def done(self, task: Task, entries: Iterable[Entry] = ()) -> int:
        """Keep what a look came to and, if it was a feed, the pages it names; return how many of them are new.

        Pages are due with the look that found them. A known one of which the feed tells a change is due as well.
        """
        with self._writing():
            old = next(self._tasks("url = ? AND kind = ?", task.url, task.kind), task)
            self._put([task])
            found = {entry.url: entry for entry in entries}
            known = {page.url: page for url in found for page in self._tasks("url = ? AND kind = 'page'", url)}
            self._put(
                replace(page, feed=task.url, changed=found[page.url].changed, step=0, due=old.due)
                for page in known.values()
                if found[page.url].changed != page.changed
            )
            new = [_new(e.url, Kind.PAGE, task.url, old.due, e.changed) for e in found.values() if e.url not in known]
            self._put(new)
        return len(new)

    def _put(self, tasks: Iterable[Task]) -> None:
        self._connection.executemany(_PUT, [astuple(task) for task in tasks])

    def _tasks(self, where: str, *values: object) -> Iterator[Task]:
        query = f"SELECT {', '.join(_NAMES)} FROM task WHERE {where}"  # noqa: S608 - own names and conditions
        for row in self._connection.execute(query, values):
            told = dict(zip(_NAMES, row, strict=True))
            yield Task(**told | {"kind": Kind(told["kind"]), "kept": bool(told["kept"])})

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._faults():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Say what is to be done about faults of the file."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise ConfigurationError(f"another watch is using {self._path}; end that one first") from error
            raise SourceError(self._path, f"the state of the watch cannot be kept ({error})") from error
        except sqlite3.DatabaseError as error:
            raise ConfigurationError(f"{self._path} is no state of a watch; move it away ({error})") from error


def _new(url: str, kind: Kind, feed: str, due: float | None, changed: str | None = None) -> Task:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        host = ""
    return Task(url=url, kind=kind, feed=feed, host=host, due=due, changed=changed)
