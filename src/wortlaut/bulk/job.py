"""The driver: looks at all shards, finds near-duplicates, has the rest read, and reports.

It holds no results. Where it is killed, the folder knows what is done, and a job with the same inputs and settings goes on.
"""

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wortlaut.bulk import looks
from wortlaut.bulk.copies import find_copies
from wortlaut.bulk.crew import Crew, End
from wortlaut.bulk.finished import read_finished
from wortlaut.bulk.folder import Folder, write_text
from wortlaut.bulk.plan import Plan
from wortlaut.bulk.settings import Settings
from wortlaut.bulk.shards import Shard, find_shards
from wortlaut.bulk.work import Task
from wortlaut.codec import from_line, to_json
from wortlaut.errors import BulkError, CodecError

_STRIKES = 3
"""So many workers may die on a task without having begun another page."""
_TICK = 1.0
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a job: how many pages were read, are near-duplicates, were rejected and failed, and for which reasons."""

    shards: int
    pages: int
    read: int
    copies: int
    rejected: int
    failed: int
    reasons: dict[str, int]
    made_by: str


class Job:
    """Reads inputs into a folder."""

    def __init__(self, inputs: Iterable[str], out: str | os.PathLike[str], settings: Settings | None = None) -> None:
        """Raise ConfigurationError if an input is not there, or what is to read is not installed."""
        self.settings = settings or Settings()
        self.folder = Folder(Path(out).absolute())
        self.plan = Plan(shards=find_shards(inputs), settings=self.settings, made_by=self.settings.maker())

    def run(self, crew: Callable[[], Crew], progress: Progress = lambda _: None) -> Report:
        """Do what is left to do and return the report; whatever interrupts it, what was read stays.

        Raise BulkFull where there is no room, BulkError if the folder holds another job or a worker cannot go on.
        """
        with self.folder.alone():
            self.folder.prepare()
            self._agree()
            if len(read_finished(self.folder)) < len(self.plan.shards):
                with _working(crew) as workers:
                    self._do(workers, progress)
            return self._report()

    def _agree(self) -> None:
        """Write down what is to be done, or compare it with what the folder was begun with."""
        place, ours = self.folder.path / "job.json", to_json(self.plan)
        if not place.exists():
            write_text(place, ours + "\n")
            return
        try:
            begun = from_line(place.read_bytes(), Plan)
        except CodecError as error:
            raise BulkError(f"{place} is damaged: {error}") from error
        if begun.shards != self.plan.shards:
            raise BulkError(f"{self.folder.path} was begun with other inputs; name another folder, and load both")
        if begun != self.plan:
            raise BulkError(
                f"{self.folder.path} was begun by {begun.made_by} with {begun.settings}; name another folder"
            )

    def _do(self, crew: Crew, progress: Progress) -> None:
        copies = self.folder.path / "copies.parquet"
        if not self.settings.copies and not copies.exists():
            todo = [self._task(shard) for shard in self.plan.shards if not self.folder.look(shard.name).exists()]
            self._through(crew, todo, progress, "looking for near-duplicates")
            progress("comparing")
            seen = [self.folder.look(shard.name) for shard in self.plan.shards]
            looks.write_copies(copies, find_copies(looks.iter_looks(seen)))
        left = [shard for shard in self.plan.shards if not self.folder.finished(shard.name).exists()]
        known = {} if self.settings.copies else looks.read_copies(copies)
        self._through(crew, [self._task(shard, known.get(shard.number, {})) for shard in left], progress, "reading")
        for shard in self.plan.shards:
            self.folder.look(shard.name).unlink(missing_ok=True)

    def _task(self, shard: Shard, copies: dict[int, str] | None = None) -> Task:
        return Task(folder=self.folder, shard=shard, settings=self.settings, copies=copies)

    def _through(self, crew: Crew, tasks: list[Task], progress: Progress, words: str) -> None:
        waiting, running, strikes = deque(tasks), 0, Counter[str]()
        started, done = time.monotonic(), 0
        while waiting or running:
            while waiting and crew.room:
                crew.start(waiting.popleft())
                running += 1
            for task, end in crew.ended(_TICK):
                running -= 1
                if end is End.DIED:
                    self._again(task, strikes)
                    waiting.appendleft(task)
                else:
                    done += 1
            progress(f"{words}: {done} of {len(tasks)} shards, {time.monotonic() - started:.0f} s")

    def _again(self, task: Task, strikes: Counter[str]) -> None:
        """Count a death without a page begun: such a worker dies of something else, and would do so for ever."""
        note = self.folder.working(task.name)
        begun = note.read_bytes() if note.exists() else b""
        strikes[f"{task.name} {begun!r}"] += 1
        if max(strikes.values()) >= _STRIKES:
            raise BulkError(f"workers die at shard {task.shard.name} ({task.shard.files[0]}): is there enough memory?")

    def _report(self) -> Report:
        finished = read_finished(self.folder)
        counts = sum((Counter(shard.counts) for shard in finished), Counter[str]())
        kinds = Counter[str]()
        for key, number in counts.items():
            kinds[key.partition(":")[0]] += number
        report = Report(
            shards=len(finished),
            pages=counts.total(),
            read=kinds["read"],
            copies=kinds["copy"],
            rejected=kinds["rejected"],
            failed=kinds["failed"],
            reasons={key: n for key, n in counts.most_common() if ":" in key},
            made_by=self.plan.made_by,
        )
        write_text(self.folder.path / "report.json", to_json(report) + "\n")
        return report


@contextmanager
def _working(crew: Callable[[], Crew]) -> Iterator[Crew]:
    workers = crew()
    try:
        yield workers
    finally:
        workers.close()
