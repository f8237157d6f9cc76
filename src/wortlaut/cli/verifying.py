"""`wortlaut verify`: proof that every statement's words stand where the ledger says."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import (
    DEFAULT_LEDGER,
    AsOption,
    ContactOption,
    Format,
    FormatOption,
    LedgerOption,
    UrlOption,
    clear_errors,
    with_progress,
)
from wortlaut.errors import ConfigurationError
from wortlaut.model import Page, PageForm, Rejection

if TYPE_CHECKING:
    from wortlaut.ledger import Ledger, Verification

Found = tuple[str, "tuple[Verification, ...] | Rejection"]


def verify(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Pages as they are now; without one the kept pages prove themselves."),
    ] = None,
    url: UrlOption = None,
    online: Annotated[
        bool, typer.Option("--online", help="Fetch the pages as they are now from their URLs, politely.")
    ] = False,
    form: AsOption = PageForm.AUTO,
    ledger: LedgerOption = DEFAULT_LEDGER,
    format_: FormatOption = Format.TABLE,
    contact: ContactOption = None,
) -> None:
    """Prove that every statement's words stand at their place: in the pages kept, or in pages as they are now.

    A page as it is now belongs to the kept page of the URL that --url or the page itself gives, else of the same path.
    Exit status: 0 if everything stands, 1 if something does not, 2 if the command could not be carried out.
    """
    with clear_errors():
        from wortlaut.codec import to_json
        from wortlaut.ledger import Ledger, Verification

        if files and online:
            raise ConfigurationError("name pages as they are now, or fetch them with --online")
        fallen = False
        with Ledger.open(ledger, create=False) as store:
            if files:
                found = _now(store, files, url, form)
            else:
                found = _online(store, url, contact) if online else _kept(store, url)
            for source, outcome in found:
                records = (outcome,) if isinstance(outcome, Rejection) else outcome
                fallen |= not all(isinstance(record, Verification) and record.stands for record in records)
                if format_ is Format.JSONL:
                    for record in records:
                        print(to_json(record), flush=True)
                else:
                    _show(source, outcome)
        raise typer.Exit(int(fallen))


def _kept(store: "Ledger", url: str | None) -> Iterator[Found]:
    from wortlaut.reader import Reader

    progress = with_progress(2)
    for number, (edition, verifications) in enumerate(store.verify(Reader().extraction, url), 1):
        progress("")
        yield edition.url or edition.source, verifications
        progress(f"verifying {number + 1}")
    progress("")


def _now(store: "Ledger", files: list[str], url: str | None, form: PageForm) -> Iterator[Found]:
    from wortlaut.cli.options import pages_of

    known = {name for e in store.editions() for name in (e.url, e.source) if name}
    for page in pages_of(files, None, form, None, url, None):
        yield page.source, _verified(store, page, known)


def _online(store: "Ledger", url: str | None, contact: str | None) -> Iterator[Found]:
    from wortlaut.archive.web import open_web

    places = dict.fromkeys(e.url for e in store.editions(url) if e.url and e.url.startswith(("http://", "https://")))
    if not places:
        raise ConfigurationError("no page here has a URL that can be fetched")
    progress = with_progress(2)
    with open_web(contact=contact) as fetcher:
        from wortlaut.archive.fetching import fetch_page

        for number, place in enumerate(places, 1):
            progress(f"fetching {number} of {len(places)}: {place}")
            page = fetch_page(fetcher, place, defaults=Page(source=place, url=place))
            progress("")
            yield place, _verified(store, page, {place})


def _verified(store: "Ledger", page: Page, known: set[str]) -> "tuple[Verification, ...] | Rejection":
    from wortlaut.reader import Reader

    article = Reader().extraction(page)
    if isinstance(article, Rejection):
        return article
    names = (page.url, article.url, page.source)
    which = next((name for name in names if name in known), page.url or article.url or page.source)
    return store.verify_now(which, article, page.source)


_CALLED = {"found": "found", "moved": "moved", "changed": "reworded", "gone": "removed"}
"""What became of words, called as `edits` calls it."""


def _show(source: str, verifications: "tuple[Verification, ...] | Rejection") -> None:
    from rich.text import Text

    from wortlaut.cli.tables import console, marked
    from wortlaut.cli.wording import _, ngettext

    if isinstance(verifications, Rejection):
        typer.echo(f"{_('not verified')}  {source}: {verifications.detail}")
        return

    out = console()
    standing = sum(v.stands for v in verifications)
    good = standing == len(verifications)
    of = ngettext("of %(num)s statement stand", "of %(num)s statements stand", len(verifications))
    out.print(Text(f"{standing} {of}  {source}", style="" if good else "bold red"))
    for verification in verifications:
        if verification.state == "found":
            continue
        words = f"»{verification.words}«"
        out.print(
            Text(f"  {_(_CALLED[verification.state.value])}: {words}", style="" if verification.stands else "red")
        )
        for quote in verification.quotes:
            if quote.state == "changed" and quote.words:
                out.print(
                    Text(f"      {_('now')} »").append_text(marked(quote.words, quote.selector.exact)).append("«")
                )
