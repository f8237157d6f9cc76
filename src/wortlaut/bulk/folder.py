"""A job's folder: what lies where, and how it gets there so that nothing is ever half there.

    job.json                    what the job reads, and by what
    looks/SHARD.parquet         a sketch of each page, to find near-duplicates; thrown away at the end
    copies.parquet              which page is a near-duplicate of which
    pages/SHARD-FIRST.parquet   the outcomes, a row a page, from page FIRST of a shard on
    shards/SHARD.json           a shard that is finished: its parts and its counts
    working/SHARD               the page that a worker is at; who works on a shard holds a lock on it
    report.json                 what came of it all

A file is written under another name, forced to the disk and renamed. A worker that is killed leaves nothing behind that counts.
"""

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from wortlaut.errors import BulkError, BulkFull

_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_TEMPORARY = ".tmp"


@dataclass(frozen=True, slots=True)
class Folder:
    """A job's folder."""

    path: Path

    def prepare(self) -> None:
        """Make the folder and what it consists of, and clear away what killed workers left."""
        with told_if_full(self.path):
            for name in ("looks", "pages", "shards", "working"):
                (self.path / name).mkdir(parents=True, exist_ok=True)
            for left in self.path.rglob(f"*{_TEMPORARY}"):
                left.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Make the folder and hold it; raise BulkError if that cannot be, or another job does."""
        with told_if_full(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / "lock").open("w")
        with lock as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BulkError(f"another job is writing into {self.path}") from error
            yield

    def look(self, shard: str) -> Path:
        """Where the sketches of a shard's pages are."""
        return self.path / "looks" / f"{shard}.parquet"

    def part(self, shard: str, first: int) -> Path:
        """Where the outcomes of a shard are, from page `first` on."""
        return self.path / "pages" / f"{shard}-{first:08}.parquet"

    def finished(self, shard: str) -> Path:
        """Where it is said that a shard is finished."""
        return self.path / "shards" / f"{shard}.json"

    def working(self, shard: str) -> Path:
        """Where a worker says which page it is at."""
        return self.path / "working" / shard


@contextmanager
def told_if_full(path: Path) -> Iterator[None]:
    """Tell a disk without room as BulkFull, every other fault of writing as BulkError."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise BulkFull(f"no room is left for {path}; make some and run the same command again") from error
        raise BulkError(f"{path} cannot be written: {error.strerror or error}") from error


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file, and put it at `path` when it is whole and on the disk; raise BulkFull if there is no room."""
    beside = path.with_name(f"{path.name}.{os.getpid()}{_TEMPORARY}")
    try:
        with told_if_full(path):
            write(beside)
            with beside.open("rb") as file:
                os.fsync(file.fileno())
            beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def write_text(path: Path, words: str) -> None:
    """Put a small text at `path`, whole or not at all."""
    write_whole(path, lambda beside: beside.write_text(words, encoding="utf-8"))
