"""What a worker does with a shard: look at its pages, then read them; and how it goes on after a death.

A worker notes the page that it is at before it begins it. If workers die at the same page three times, the page gets a
rejection instead of a fourth try. What was read is written part by part; a worker that is told to stop writes its last part.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from wortlaut.bulk import looks
from wortlaut.bulk.copies import Look, sketch_of
from wortlaut.bulk.finished import parts_of, write_finished
from wortlaut.bulk.folder import Folder, told_if_full
from wortlaut.bulk.parts import Entry, write_part
from wortlaut.bulk.settings import Settings, reader_by
from wortlaut.bulk.shards import Shard
from wortlaut.extraction import extract
from wortlaut.model import Article, Outcome, Page, Rejection, RejectionReason

Result = TypeVar("Result")

PAGES, BYTES, SECONDS = 500, 50_000_000, 60
"""A part is written when it has so many pages or so many bytes, or so long after the last one."""
DEATHS = 3
"""So many workers die at a page before it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A shard to be looked at, or, `copies` known (number of the page → source of the first of its like), to be read."""

    folder: Folder
    shard: Shard
    settings: Settings
    copies: dict[int, str] | None = None

    @property
    def name(self) -> str:
        """What it is filed under while somebody works on it."""
        return f"{self.shard.name}.{'look' if self.copies is None else 'read'}"


def do(task: Task) -> None:
    """Do a task whole, or go on with it; raise BulkFull where there is no room, KeyboardInterrupt when told to stop."""
    with _at_work(task.folder.working(task.name)) as note:
        if task.copies is None:
            _look(task, note)
        else:
            _read(task, task.copies, note)


@dataclass(slots=True)
class Note:
    """The page that the worker is at, and how many workers died there, in a file that outlives the worker."""

    path: Path
    file: int
    number: int = -1
    deaths: int = 0

    def begins(self, number: int) -> bool:
        """Note that a page is begun; return False if it killed too many to be begun again."""
        if number < self.number:
            return True
        deaths = self.deaths if number == self.number else 0
        if deaths < DEATHS:
            with told_if_full(self.path):
                os.pwrite(self.file, b"%012d %012d" % (number, deaths + 1), 0)
        return deaths < DEATHS


@contextmanager
def _at_work(path: Path) -> Iterator[Note]:
    """Hold a task, waiting for the end of a worker that still has it; the note stays only if this worker is killed."""
    with told_if_full(path):
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        left = os.read(file, 100).split()
        yield Note(path, file, *map(int, left)) if len(left) == 2 else Note(path, file)
        os.ftruncate(file, 0)
    except BaseException:
        os.ftruncate(file, 0)
        raise
    finally:
        os.close(file)


def _look(task: Task, note: Note) -> None:
    place = task.folder.look(task.shard.name)
    if not place.exists():
        looks.write(place, (_sketch(task.shard, n, page, note) for n, page in enumerate(task.shard.pages())))


def _sketch(shard: Shard, number: int, page: Page, note: Note) -> Look:
    record, text = page.record(), ""
    if page.content and note.begins(number):
        article = _guarded(page, lambda: extract(page))
        text = article.text if isinstance(article, Article) else ""
    return Look(
        shard=shard.number,
        number=number,
        source=page.source,
        sha256=record.sha256,
        url=page.url,
        sketch=sketch_of(text),
    )


def _read(task: Task, copies: dict[int, str], note: Note) -> None:
    folder, shard = task.folder, task.shard
    if folder.finished(shard.name).exists():
        return
    parts, behind = parts_of(folder, shard.name)
    entries: list[Entry] = []
    began, size = time.monotonic(), 0

    def write() -> None:
        nonlocal began, size
        if entries:
            write_part(folder.part(shard.name, entries[0].number), entries)
            parts.append(folder.part(shard.name, entries[0].number))
        entries.clear()
        began, size = time.monotonic(), 0

    try:
        for number, page in islice(enumerate(shard.pages()), behind, None):
            entries.append(_entry(task, copies, number, page, note))
            size += len(page.content)
            if len(entries) == PAGES or size > BYTES or time.monotonic() - began > SECONDS:
                write()
    finally:  # whoever is told to stop loses nothing
        write()
    write_finished(folder, shard, parts)


def _entry(task: Task, copies: dict[int, str], number: int, page: Page, note: Note) -> Entry:
    shard = task.shard.number
    if number in copies:
        return Entry(shard=shard, number=number, page=page, outcome=None, copy_of=copies[number])
    if not note.begins(number):
        detail = f"{DEATHS} workers died while they read it"
        outcome: Outcome = Rejection(page=page.record(), reason=RejectionReason.FAILED, detail=detail)
    else:
        outcome = _guarded(page, lambda: reader_by(task.settings).read(page))
    return Entry(shard=shard, number=number, page=page, outcome=outcome)


def _guarded(page: Page, work: Callable[[], Result]) -> Result | Rejection:
    """Do what may break in any way on a page; that costs this page and no other."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - libraries below raise what they like, and a million pages meet all of it
        return Rejection(page=page.record(), reason=RejectionReason.FAILED, detail=f"{type(error).__name__}: {error}")
