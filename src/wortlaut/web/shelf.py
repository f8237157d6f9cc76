"""What the pages need of the ledger, remembered as long as the ledger stays the same."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWorking
from functools import partial
from typing import TypeVar, cast
from urllib.parse import urlsplit

from wortlaut.errors import LedgerError
from wortlaut.ledger import Answer, Change, Ledger, Opinion
from wortlaut.ledger.browsing import Issue, dated, events_asked, issues, shown_counts
from wortlaut.ledger.kept import reading_of
from wortlaut.ledger.reviews import standing
from wortlaut.model import Reading

Result = TypeVar("Result")
_READINGS = 400
_PATIENCE = 2.0
"""Seconds that a page waits for a long comparison; then it says that it is still being made."""


def invented(url: str | None) -> bool:
    """Tell whether an address can be nobody's: its top level is kept for examples (RFC 2606)."""
    return (urlsplit(url or "").hostname or "").endswith(".example")


class Shelf:
    """One ledger, as the pages see it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._lock = threading.Lock()
        self._stamps = ledger.stamps()
        self._stamp = ""
        self._known: dict[str, Future[object]] = {}
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._worker = ThreadPoolExecutor(2, "shelf")

    def close(self) -> None:
        """Let go of what is being computed; an application that is started again computes anew."""
        self._worker.shutdown(wait=False, cancel_futures=True)
        self._worker, self._known = ThreadPoolExecutor(2, "shelf"), {}
        self._stamps.close()

    def stamp(self) -> str:
        """Return what changes whenever the ledger does."""
        return self._stamps.now()

    def _future(self, name: str, make: Callable[[], Result]) -> "Future[Result]":
        now = self.stamp()
        with self._lock:
            if now != self._stamp:
                self._stamp, self._known = now, {}
                self._readings.clear()
            if name not in self._known:
                self._known[name] = cast("Future[object]", self._worker.submit(make))
            return cast("Future[Result]", self._known[name])

    def reading(self, page: str) -> Reading | None:
        """Return a page's newest reading; None if the ledger has no such page."""
        with self._lock:
            if page in self._readings:
                self._readings.move_to_end(page)
                return self._readings[page]
        try:
            with self.ledger.reading() as connection:
                found = reading_of(connection, page)
        except LedgerError:
            return None
        with self._lock:
            self._readings[page] = found
            if len(self._readings) > _READINGS:
                self._readings.popitem(last=False)
        return found

    def changes(self, *, everything: bool = False) -> tuple[Change, ...] | None:
        """Return all changes of position, newest first, with `everything` also those less sure; None while they are still being compared."""
        name = "possible changes" if everything else "changes"
        try:
            return self._future(name, partial(self.ledger.changes, everything=everything)).result(_PATIENCE)
        except StillWorking:
            return None

    def counts(self) -> tuple[int, int]:
        """Return the numbers of pages and statements."""

        def count() -> tuple[int, int]:
            with self.ledger.reading() as connection:
                return shown_counts(connection)

        return self._future("counts", count).result()

    def newest_day(self) -> str:
        """Return the day of the newest page, empty if none has one."""
        return next((one.published or "" for one in self._newest()), "")[:10]

    def is_invented(self) -> bool:
        """Tell whether the newest pages can be nobody's."""
        found = self._newest()
        return bool(found) and all(invented(one.url) for one in found)

    def _newest(self) -> tuple[Issue, ...]:
        def find() -> tuple[Issue, ...]:
            with self.ledger.reading() as connection:
                return issues(connection, limit=5)

        return self._future("newest", find).result()

    def dated(self) -> tuple[Answer, ...]:
        """Return the statements that name a day by which."""

        def find() -> tuple[Answer, ...]:
            with self.ledger.reading() as connection:
                return dated(connection)

        return self._future("dated", find).result()

    def events(self) -> tuple[str, ...]:
        """Return conditions that statements depend on, to ask *what if* of."""

        def find() -> tuple[str, ...]:
            with self.ledger.reading() as connection:
                return events_asked(connection, 40)

        return self._future("events", find).result()

    def opinions(self) -> dict[tuple[str, str], Opinion]:
        """Return what people judged of statements."""
        return self._future("opinions", lambda: standing(self.ledger.reviews())).result()
