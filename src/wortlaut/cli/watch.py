"""`wortlaut watch`: feeds, for as long as it runs."""

from time import time
from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import (
    DEFAULT_LEDGER,
    ConfidenceOption,
    EngineOption,
    Format,
    FormatOption,
    LedgerOption,
    clear_errors,
    counted,
    index_with_progress,
    with_progress,
)
from wortlaut.model import Engine, Page, Reading, Rejection

if TYPE_CHECKING:
    from wortlaut.archive.fetching import Fetcher
    from wortlaut.archive.watching import Kept, Look
    from wortlaut.archive.watchlist import Watchlist
    from wortlaut.ledger import Ledger
    from wortlaut.reader import Reader


def watch(
    feeds: Annotated[str, typer.Argument(metavar="FEEDS.TOML", help="Which feeds, and how often.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    once: Annotated[bool, typer.Option("--once", help="Look at all that is due now, then end; for cron.")] = False,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="FILE", help="Where to remember what is due; beside the ledger if not told."),
    ] = None,
    format_: FormatOption = Format.TABLE,
    engine: EngineOption = Engine.AUTO,
    min_confidence: ConfidenceOption = 0.0,
) -> None:
    """Watch feeds: keep what is new, and look again at what is known, for it is edited silently.

    Ctrl-C ends it and loses nothing; the next watch goes on where this one ended. Exit status: 0, with --once 1 if a feed could
    not be had, 2 if the command could not be carried out.
    """
    with clear_errors():
        from wortlaut.archive.watchlist import read_watchlist
        from wortlaut.cli.reading import reader_by
        from wortlaut.ledger import Ledger

        watchlist = read_watchlist(feeds)
        with fetcher_for(watchlist) as fetcher, Ledger.open(ledger) as store:
            beside = feeds if "://" in ledger else ledger
            reader = reader_by(engine, min_confidence)
            failed = run(watchlist, store, reader, fetcher, state or f"{beside}.watch", once=once, format_=format_)
        raise typer.Exit(int(once and failed))


def fetcher_for(watchlist: "Watchlist") -> "Fetcher":
    """Return what fetches as a file of feeds asks for."""
    from wortlaut.archive.web import open_web

    return open_web(contact=watchlist.contact, delay=watchlist.delay)


def run(
    watchlist: "Watchlist",
    store: "Ledger",
    reader: "Reader",
    fetcher: "Fetcher",
    state: str,
    *,
    once: bool,
    format_: Format,
) -> bool:
    """Watch until there is nothing more to do, or for ever; tell whether a feed could not be had."""
    from wortlaut.archive.schedule import Schedule
    from wortlaut.archive.watching import Result, Watch

    progress = with_progress(2)
    failed, unlearned = False, store.count()[0] > 0

    def idle(wait: float) -> None:
        nonlocal unlearned
        if unlearned and wait > 1:
            unlearned = False
            index_with_progress(store)
        progress(f"next look in {wait:.0f} s")

    with Schedule(state) as schedule:
        if not store.count()[0]:
            schedule.forget()  # a new ledger: all that the feeds name is new to it
        keep = Keeper(store, reader)
        for look in Watch(watchlist=watchlist, schedule=schedule, fetcher=fetcher, keep=keep, idle=idle).run(once=once):
            progress("")
            unlearned |= look.result in (Result.ADDED, Result.EDITED)
            failed |= look.result in (Result.FAILED, Result.REFUSED) and look.url in {f.url for f in watchlist.feeds}
            _show(look, format_)
            progress("looking")
        progress("")
        left = schedule.waiting(time())
    if left:
        typer.echo(f"wortlaut: {left} looks wait for hosts that failed; the next round takes them up", err=True)
    index_with_progress(store)
    return failed


class Keeper:
    """Keeps pages in a ledger, a new edition only where the article reads otherwise: pages change their frame with every call."""

    def __init__(self, store: "Ledger", reader: "Reader") -> None:
        self._store, self._reader = store, reader

    def __call__(self, page: Page) -> "Kept":
        """Read a page and keep it."""
        from wortlaut.archive.watching import Kept, Result
        from wortlaut.errors import LedgerBusy

        outcome = self._reader.read(page)
        if isinstance(outcome, Rejection):
            return Kept(result=Result.REJECTED, detail=f"{outcome.reason.value}: {outcome.detail}")
        try:
            before = self._before(outcome)
            if before and _reads_the_same(before.article.text, outcome.article.text):
                return Kept(result=Result.SAME)
            added = self._store.add(page, outcome)
        except LedgerBusy as error:
            return Kept(result=Result.FAILED, detail=str(error))
        if added.forgotten:
            return Kept(result=Result.REFUSED, detail="it was forgotten on request")
        return Kept(result=Result.EDITED if before else Result.ADDED, detail=counted(added.statements, "statement"))

    def _before(self, outcome: Reading) -> Reading | None:
        """Return the reading of the edition that the ledger has of a page, if it has one."""
        from wortlaut.errors import LedgerError

        try:
            editions = self._store.editions(outcome.page.url or outcome.article.url or outcome.page.source)
        except LedgerError:
            return None
        return self._store.reading_of(editions[-1].id)


def _reads_the_same(kept: str, now: str) -> bool:
    """Tell whether a page says what is kept of it, of which somebody may have been blackened since."""
    from wortlaut.ledger.blackening import MARK

    return kept == now or (len(kept) == len(now) and all(k in (n, MARK) for k, n in zip(kept, now, strict=True)))


def _show(look: "Look", format_: Format) -> None:
    from wortlaut.archive.watching import Result
    from wortlaut.codec import to_json

    if format_ is Format.JSONL:
        print(to_json(look), flush=True)
    elif look.result is not Result.SAME and look.detail != "unchanged":
        again = "" if look.again is None or look.result is not Result.FAILED else f"; again in {_spoken(look.again)}"
        detail = f"  {look.detail}{again}" if look.detail else ""
        typer.echo(f"{look.result.value:8}  {look.url}{detail}")


def _spoken(seconds: float) -> str:
    """Return a wait in the largest unit that it fills."""
    name, size = next(((n, s) for n, s in (("d", 86400), ("h", 3600), ("min", 60)) if seconds >= s), ("s", 1))
    return f"{seconds / size:.0f} {name}"
