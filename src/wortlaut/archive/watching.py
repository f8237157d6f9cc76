"""Watching feeds as a guest should: asked when due and no sooner, by conditional requests, waiting longer after each failure.

What is new is handed on to be kept. Pages are looked at again on a falling schedule, because they are edited silently, most soon
after they appeared. What is known and what is due stands in the schedule, so that a watch goes on where it was killed.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from random import SystemRandom

from wortlaut.archive.feeds import read_feed
from wortlaut.archive.fetching import Fetched, Fetcher, page_of
from wortlaut.archive.schedule import Kind, Schedule, Task
from wortlaut.archive.watchlist import Watched, Watchlist
from wortlaut.errors import FetchError, ForbiddenError
from wortlaut.model import Page

__all__ = ["Kept", "Look", "Result", "Watch"]

_DAY = 86400.0
_FIRST = 60.0
"""Seconds after which a page that could not be had is asked for again; each failure doubles them, up to a day."""
_TRIES = 12
"""Failures in a row after which a page that was never had is given up: with the waits between them five days."""
_PAUSE = 5.0
"""Seconds for which a host rests after it failed; each further failure of it doubles them, up to ten minutes."""
_LONGEST_PAUSE = 600.0
_PATIENCE = 60.0
"""Seconds that a single round waits for a host that rests; what is longer is left to the next round."""


class Result(StrEnum):
    """What a look came to."""

    POLLED = "polled"
    ADDED = "added"
    EDITED = "edited"
    SAME = "same"
    REJECTED = "rejected"
    REFUSED = "refused"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a page that was handed on: ADDED, EDITED, SAME, REJECTED, REFUSED, or FAILED if it is to be tried again."""

    result: Result
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at a feed or a page; `again` are the seconds until the next, None if there will be none."""

    result: Result
    url: str
    detail: str = ""
    again: float | None = None


@dataclass(slots=True, kw_only=True)
class Watch:
    """Looks at feeds and their pages, one after the other, and hands pages to `keep`; `idle` is called before a wait."""

    watchlist: Watchlist
    schedule: Schedule
    fetcher: Fetcher
    keep: Callable[[Page], Kept]
    idle: Callable[[float], None] = field(default=lambda _: None)
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    _resting: dict[str, tuple[float, int]] = field(default_factory=dict)
    _feeds: dict[str, Watched] = field(init=False)

    def __post_init__(self) -> None:
        self._feeds = {feed.url: feed for feed in self.watchlist.feeds}

    def run(self, *, once: bool = False) -> Iterator[Look]:
        """Yield each look when it is done and kept; with `once` end when nothing is due that was due at the start."""
        started = self.now()
        self.schedule.begin(self._feeds, started)
        while True:
            task, at = self._next(started if once else None)
            if task is None:
                return
            if at > self.now():
                self.idle(at - self.now())
                self.sleep(max(0.0, at - self.now()))
            yield self._feed(task) if task.kind is Kind.FEED else self._page(task)

    def _next(self, until: float | None) -> tuple[Task | None, float]:
        """Return the task that can be taken up first, and when; None if none is due by `until` of which the host is awake."""
        now = self.now()
        found = [
            (max(task.due or 0.0, self._awake(task, now)), n, task) for n, task in enumerate(self.schedule.firsts())
        ]
        if until is not None:
            found = [one for one in found if (one[2].due or 0.0) <= until and one[0] <= now + _PATIENCE]
        at, _, task = min(found, default=(now, 0, None))
        return task, at

    def _awake(self, task: Task, now: float) -> float:
        """Return when a task's host may be asked."""
        return max(self._resting.get(task.host, (0.0, 0))[0], now + self.fetcher.ready_in(task.url))

    def _feed(self, task: Task) -> Look:
        every = self._feeds[task.url].every
        fetched = self._fetched(task)
        if isinstance(fetched, ForbiddenError):
            return self._end(task, Result.REFUSED, fetched.detail, max(every, _DAY))
        if isinstance(fetched, FetchError):
            return self._failed(task, fetched, every)
        if fetched.unchanged:
            return self._end(replace(task, failures=0), Result.POLLED, "unchanged", every)
        feed = read_feed(fetched.content, fetched.url)
        if feed is None:
            return self._failed(task, FetchError(task.url, "this is no feed"), every)
        if feed.feeds:
            named = ", ".join(feed.feeds[:3])
            return self._failed(
                task, FetchError(task.url, f"this is an index of sitemaps; watch one of these: {named}"), every
            )
        known = replace(task, failures=0, etag=fetched.etag, modified=fetched.modified, kept=True)
        again = self._varied(every)
        new = self.schedule.done(replace(known, due=self.now() + again), feed.entries)
        return Look(result=Result.POLLED, url=task.url, detail=f"{new} new of {len(feed.entries)} pages", again=again)

    def _page(self, task: Task) -> Look:
        feed = self._feeds[task.feed]
        fetched = self._fetched(task)
        if isinstance(fetched, ForbiddenError):
            return self._end(task, Result.REFUSED, fetched.detail, None)
        if isinstance(fetched, FetchError):
            if fetched.passing:
                return self._failed(task, fetched, _FIRST)
            result = Result.GONE if task.kept else Result.FAILED
            return self._end(replace(task, step=task.step + 1), result, fetched.detail, _wait(feed, task.step))
        if fetched.unchanged:
            return self._end(replace(task, step=task.step + 1, failures=0), Result.SAME, "", _wait(feed, task.step))
        kept = self.keep(page_of(fetched, defaults=Page(source=task.url, publisher=feed.publisher)))
        if kept.result is Result.REFUSED:
            return self._end(task, kept.result, kept.detail, None)
        if kept.result is Result.FAILED:
            return self._failed(task, FetchError(task.url, kept.detail, passing=True), _FIRST)
        step = 0 if kept.result in (Result.ADDED, Result.EDITED) else task.step
        known = replace(task, etag=fetched.etag, modified=fetched.modified, failures=0, step=step + 1, kept=True)
        return self._end(known, kept.result, kept.detail, _wait(feed, step))

    def _fetched(self, task: Task) -> Fetched | FetchError:
        """Return an answer or why there is none; a host that fails rests, longer each time, or as long as it says."""
        try:
            fetched = self.fetcher.fetch(task.url, etag=task.etag, modified=task.modified)
        except FetchError as error:
            if error.passing:
                failures = self._resting.get(task.host, (0.0, 0))[1]
                pause = min(_LONGEST_PAUSE, _PAUSE * 2.0**failures)
                self._resting[task.host] = self.now() + max(pause, min(error.wait or 0.0, _DAY)), min(failures + 1, 20)
            return error
        self._resting.pop(task.host, None)
        return fetched

    def _failed(self, task: Task, error: FetchError, least: float) -> Look:
        """Try again, after twice the time with each failure, at least as late as the server said."""
        failures = task.failures + 1
        wait: float | None = max(min(_DAY, least * 2.0 ** min(failures - 1, 20)), least, min(error.wait or 0.0, _DAY))
        if task.kind is Kind.PAGE and not task.kept and failures >= _TRIES:
            wait = None
        return self._end(replace(task, failures=failures), Result.FAILED, error.detail, wait)

    def _end(self, task: Task, result: Result, detail: str, wait: float | None) -> Look:
        again = None if wait is None else self._varied(wait)
        self.schedule.done(replace(task, due=None if again is None else self.now() + again))
        return Look(result=result, url=task.url, detail=detail, again=again)

    @staticmethod
    def _varied(wait: float) -> float:
        """Return a wait that is up to a tenth longer, so that watches that began together do not go on together."""
        return wait * SystemRandom().uniform(1.0, 1.1)


def _wait(feed: Watched, step: int) -> float | None:
    return feed.recheck[step] if step < len(feed.recheck) else None
