"""How many threads to compute with on a machine that others use, too.

Two threads that wait for each other at every step are slower than one as soon as a third process wants a core (measured:
three to four times). So the second core is taken while it lies idle, and given back when it is wanted.
"""

import time
from pathlib import Path

import torch

LOOK_EVERY = 8.0
STAT = Path("/proc/stat")


class Threads:
    """Chooses between one thread and `most`; call `adapt` between steps."""

    def __init__(self, most: int) -> None:
        self.most, self.now = most, most
        torch.set_num_threads(most)
        self._mark()

    def _mark(self) -> None:
        self.wall, self.own, self.idle = time.perf_counter(), time.process_time(), _idle()

    def adapt(self) -> None:
        """Look every few seconds at what this process got and what lay idle, and change the number of threads."""
        passed = time.perf_counter() - self.wall
        if passed < LOOK_EVERY or self.most == 1 or not STAT.exists():
            return
        own, idle = (time.process_time() - self.own) / passed, (_idle() - self.idle) / passed
        if self.now > 1 and own < 0.82 * self.now:
            self.now = 1
        elif self.now == 1 and idle > 0.8 * (self.most - 1):
            self.now = self.most
        torch.set_num_threads(self.now)
        self._mark()


def _idle() -> float:
    """Return the seconds that all cores together have been idle since the machine started."""
    return int(STAT.read_text().split()[4]) / 100 if STAT.exists() else 0.0
