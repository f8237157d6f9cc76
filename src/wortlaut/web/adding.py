"""Pages that readers add: read one after the other in the background, so that nobody waits for a page to answer."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum

from wortlaut.errors import WortlautError
from wortlaut.ledger import Ledger
from wortlaut.model import Page, Rejection

_REMEMBERED = 200


class Step(StrEnum):
    """How far a page is."""

    WAITING = "waiting"
    READING = "reading"
    KEEPING = "keeping"
    LEARNING = "learning"
    DONE = "done"
    REJECTED = "rejected"
    FAILED = "failed"


ENDS = frozenset((Step.DONE, Step.REJECTED, Step.FAILED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A page on its way into the ledger. `page` is the article's id once it is there; `detail` says why it is not."""

    id: str
    source: str
    step: Step = Step.WAITING
    detail: str = ""
    page: str | None = None
    new: bool = True
    statements: int = 0


class Desk:
    """Takes pages and reads them in their order."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, "adding")

    def take(self, page: Page) -> Job:
        """Put a page at the end of the row."""
        job = Job(id=secrets.token_urlsafe(9), source=page.source)
        self._note(job)
        self._worker.submit(self._work, job, page)
        return job

    def job(self, number: str) -> Job | None:
        """Return how far a page is."""
        return self._jobs.get(number)

    def close(self) -> None:
        """Finish the page that is being read; drop those that wait."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _note(self, job: Job) -> None:
        with self._lock:
            self._jobs[job.id] = job
            if len(self._jobs) > _REMEMBERED:
                self._jobs.popitem(last=False)

    def _work(self, job: Job, page: Page) -> None:
        def note(step: Step, **known: object) -> Job:
            found = replace(self._jobs.get(job.id, job), step=step, **known)  # type: ignore[arg-type]
            self._note(found)
            return found

        try:
            self._read(page, note)
        except WortlautError as error:
            note(Step.FAILED, detail=str(error))
        except Exception:
            note(Step.FAILED)
            raise

    def _read(self, page: Page, note: Callable[..., Job]) -> None:
        from wortlaut.reader import read

        note(Step.READING)
        outcome = read(page)
        if isinstance(outcome, Rejection):
            note(Step.REJECTED, detail=f"{outcome.reason.value}: {outcome.detail}")
            return
        note(Step.KEEPING)
        added = self._ledger.add(page, outcome)
        note(Step.LEARNING, page=added.page, new=added.new, statements=added.statements)
        self._ledger.index()
        note(Step.DONE)
