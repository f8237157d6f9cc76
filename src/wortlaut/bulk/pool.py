"""A crew of processes on this machine. One that is killed takes nobody along: another takes its place.

(`concurrent.futures` gives all its processes up when one dies, and cannot say whose task it was.)
"""

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from wortlaut.bulk.crew import End
from wortlaut.bulk.work import Task, do
from wortlaut.errors import BulkError

_PATIENCE = 20
"""Seconds that a worker has to finish its page and to write what it has."""


class Worker:
    """A process, the line to it, and the task that it has."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, its = context.Pipe()
        self.process: Any = context.Process(target=_serve, args=(its,), daemon=True)
        self.process.start()
        its.close()
        self.task: Task | None = None

    def start(self, task: Task) -> None:
        """Hand it a task; if it is dead, that is noticed when the end of the task is waited for."""
        self.task = task
        with suppress(OSError):
            self.line.send(task)

    def end(self) -> End:
        """Return how its task ended; raise what its work raised."""
        try:
            error = self.line.recv()
        except (EOFError, OSError):
            return End.DIED
        if error is not None:
            raise error
        return End.DONE


class Pool:
    """Some processes, each with one task at a time."""

    def __init__(self, size: int) -> None:
        self._workers = [Worker() for _ in range(size)]

    @property
    def room(self) -> int:
        """How many processes have nothing to do."""
        return sum(worker.task is None for worker in self._workers)

    def start(self, task: Task) -> None:
        """Hand a task to a process that has none."""
        next(worker for worker in self._workers if worker.task is None).start(task)

    def ended(self, seconds: float) -> list[tuple[Task, End]]:
        """Return the tasks that ended, waiting at most so long for one."""
        lines = {worker.line: worker for worker in self._workers if worker.task}
        ended = []
        for worker in [lines[line] for line in wait([*lines], seconds)]:  # type: ignore[index]
            task, worker.task = worker.task, None
            if task:
                ended.append((task, end := worker.end()))
                if end is End.DIED:
                    self._replace(worker)
        return ended

    def _replace(self, worker: Worker) -> None:
        worker.line.close()
        worker.process.join(_PATIENCE)
        self._workers[self._workers.index(worker)] = Worker()

    def close(self) -> None:
        """Tell all processes to stop, and wait until they have written what they had."""
        for worker in self._workers:
            if worker.task:
                worker.process.terminate()
            worker.line.close()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            worker.process.kill()


def _serve(line: "Connection[Any, Any]") -> None:
    """Do tasks until nobody hands any; the keyboard is the driver's business, and without a driver there is nothing to do."""
    os.environ["WORTLAUT_THREADS"] = "1"  # each process has a core
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_end_with_the_driver, daemon=True).start()
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            task: Task = line.recv()
            error: Exception | None = None
            try:
                do(task)
            except BulkError as raised:
                error = raised
            except Exception as raised:  # noqa: BLE001 - a fault of ours must reach the driver, whatever it is
                error = BulkError(f"shard {task.shard.name} ({task.shard.files[0]}): {type(raised).__name__}: {raised}")
            line.send(error)


def _stop(number: int, _frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # once told is enough, and what is written then must be written whole
    raise KeyboardInterrupt


def _end_with_the_driver() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
