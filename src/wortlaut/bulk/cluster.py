"""A crew on a Ray cluster: the same tasks, taken by whoever has a core to spare. The only file that knows Ray.

Every machine of the cluster must see the inputs and the job's folder under the same paths, and have the same wortlaut. Ray's own
retries are off: which page killed a worker is known from the folder, and the driver decides what is tried again.
"""

import logging
import os
import socket
from contextlib import suppress
from typing import Any

from wortlaut.bulk.crew import End
from wortlaut.bulk.work import Task, do
from wortlaut.errors import BulkError, ConfigurationError

_PATIENCE = 20
"""Seconds that tasks have to write what they have when all is to stop."""
_KNOCKING = 5
"""Seconds in which a cluster must take a connection; Ray itself would try for minutes."""
_AHEAD = 2
"""Tasks per core that the cluster knows of, so that no core waits for the driver."""


class Cluster:
    """The workers of a Ray cluster, each task on one core."""

    def __init__(self, address: str) -> None:
        """Join the cluster at HOST:PORT (`auto` for the one of this machine); raise ConfigurationError if that cannot be."""
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        try:
            import ray
        except ModuleNotFoundError as error:
            raise ConfigurationError("for a cluster: pip install 'wortlaut[ray]'") from error
        _look_for(address)
        one_thread = {"env_vars": {"OMP_NUM_THREADS": "1", "WORTLAUT_THREADS": "1"}}
        try:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, runtime_env=one_thread)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise ConfigurationError(f"there is no Ray cluster at {address}: {error}") from error
        self._ray: Any = ray
        self._work: Any = ray.remote(num_cpus=1, max_retries=0)(do)
        self._tasks: dict[Any, Task] = {}

    @property
    def room(self) -> int:
        """How many more tasks keep the cluster busy; it may grow and shrink."""
        cores = int(self._ray.cluster_resources().get("CPU", 0))
        return max(0, _AHEAD * cores - len(self._tasks))

    def start(self, task: Task) -> None:
        """Hand a task to the cluster."""
        self._tasks[self._work.remote(task)] = task

    def ended(self, seconds: float) -> list[tuple[Task, End]]:
        """Return the tasks that ended, waiting at most so long for one."""
        ready, _ = self._ray.wait([*self._tasks], num_returns=1, timeout=seconds)
        return [self._end(reference) for reference in ready]

    def _end(self, reference: Any) -> tuple[Task, End]:
        task = self._tasks.pop(reference)
        errors = self._ray.exceptions
        try:
            self._ray.get(reference)
        except (errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError, errors.ObjectLostError):
            return task, End.DIED
        except errors.RayTaskError as error:
            cause = error.cause
            where = f"shard {task.shard.name} ({task.shard.files[0]}): {type(cause).__name__}: {cause}"
            raise (cause if isinstance(cause, BulkError) else BulkError(where)) from error
        return task, End.DONE

    def close(self) -> None:
        """Tell all tasks to stop and wait until they have written what they had; leave the cluster as it was."""
        for reference in self._tasks:
            with suppress(self._ray.exceptions.RayError):
                self._ray.cancel(reference)
        if self._tasks:
            self._ray.wait([*self._tasks], num_returns=len(self._tasks), timeout=_PATIENCE)
        self._ray.shutdown()


def _look_for(address: str) -> None:
    """Raise ConfigurationError if nobody listens at HOST:PORT; other addresses (`auto`) are Ray's to find."""
    host, _, port = address.rpartition(":")
    if not (host and port.isdecimal()):
        return
    try:
        socket.create_connection((host, int(port)), _KNOCKING).close()
    except (OSError, OverflowError) as error:
        raise ConfigurationError(f"there is no Ray cluster at {address}: {error}") from error
