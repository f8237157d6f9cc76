"""Who does the tasks: some processes here, or a cluster; the job asks no more of them than this."""

from enum import Enum
from typing import Protocol

from wortlaut.bulk.work import Task


class End(Enum):
    """How work on a task ended, other than by an error that is told: done whole, or with the worker's death."""

    DONE = "done"
    DIED = "died"


class Crew(Protocol):
    """Workers that take tasks. `room` is how many more tasks they want now."""

    @property
    def room(self) -> int:
        """How many tasks should be started now."""

    def start(self, task: Task) -> None:
        """Let somebody do a task."""

    def ended(self, seconds: float) -> list[tuple[Task, End]]:
        """Return the tasks that ended, waiting at most so long for one; raise a worker's error."""

    def close(self) -> None:
        """Tell everybody to stop and to keep what they have, and wait for it."""
