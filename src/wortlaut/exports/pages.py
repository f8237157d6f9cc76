"""What every format is made from: pages in the order of their days, each with its reading and the statements asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from wortlaut.ledger import Answer, Edition, Ledger
from wortlaut.model import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which statements: of or for somebody, said from one day to another (ISO 8601), also those not sure enough."""

    name: str | None = None
    since: str | None = None
    until: str | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A page with its reading and those of its statements that are wanted, in text order."""

    page: Edition
    reading: Reading
    answers: tuple[Answer, ...]


def pages_of(ledger: Ledger, wanted: Wanted) -> Iterator[Exported]:
    """Yield the newest editions that have wanted statements, by day and id; one page at a time is held."""
    own: set[tuple[str, str]] | None = None
    if wanted.name is not None:
        own = {(a.page.id, a.statement.id) for a in ledger.who(wanted.name, everything=wanted.everything)}
    for page in sorted(ledger.editions(), key=lambda edition: (edition.published or "", edition.id)):
        if not page.current:
            continue
        answers = [
            answer
            for answer in ledger.statements(page.id, everything=wanted.everything)
            if (own is None or (page.id, answer.statement.id) in own) and _in_time(answer, wanted)
        ]
        if answers:
            answers.sort(key=lambda answer: (answer.statement.content, answer.statement.id))
            yield Exported(page=page, reading=ledger.reading_of(page.id), answers=tuple(answers))


def day_of(answer: Answer) -> str:
    """Return when a statement was made, as far as it is known, else the day of its page; "" if neither is."""
    said = answer.statement.said
    return said.value if said else (answer.page.published or "")[:10]


def _in_time(answer: Answer, wanted: Wanted) -> bool:
    day = day_of(answer)[:10]
    early = wanted.since is not None and (not day or day < wanted.since)
    late = wanted.until is not None and (not day or day > wanted.until)
    return not early and not late
