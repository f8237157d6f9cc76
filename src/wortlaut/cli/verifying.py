"""`wortlaut verify`: proof that every statement's words stand where the ledger says."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import (
    DEFAULT_LEDGER,
    AsOption,
    Format,
    FormatOption,
    LedgerOption,
    UrlOption,
    clear_errors,
    with_progress,
)
from wortlaut.model import PageForm

if TYPE_CHECKING:
    from wortlaut.ledger import Ledger, Verification

Found = tuple[str, tuple["Verification", ...]]


def verify(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]…", help="Pages as they are now; without one the kept pages prove themselves."),
    ] = None,
    url: UrlOption = None,
    form: AsOption = PageForm.AUTO,
    ledger: LedgerOption = DEFAULT_LEDGER,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Prove that every statement's words stand at their place: in the pages kept, or in pages as they are now.

    A page as it is now belongs to the kept page of the URL that --url or the page itself gives, else of the same path.
    Exit status: 0 if everything stands, 1 if something does not, 2 if the command could not be carried out.
    """
    with clear_errors():
        from wortlaut.codec import to_json
        from wortlaut.ledger import Ledger

        fallen = False
        with Ledger.open(ledger, create=False) as store:
            for source, verifications in _now(store, files, url, form) if files else _kept(store, url):
                fallen |= not all(v.stands for v in verifications)
                if format_ is Format.TABLE:
                    _show(source, verifications)
                else:
                    for verification in verifications:
                        print(to_json(verification), flush=True)
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
    from wortlaut.model import Article
    from wortlaut.reader import Reader

    extract = Reader().extraction
    known = {name for e in store.editions() for name in (e.url, e.source) if name}
    for page in pages_of(files, None, form, None, url, None):
        article = extract(page)
        own = article.url if isinstance(article, Article) else None
        which = next((name for name in (url, own, page.source) if name in known), url or own or page.source)
        yield page.source, store.verify_now(extract, page, which)


def _show(source: str, verifications: tuple["Verification", ...]) -> None:
    from rich.text import Text

    from wortlaut.cli.tables import console, marked

    out = console()
    standing = sum(v.stands for v in verifications)
    good = standing == len(verifications)
    out.print(Text(f"{standing} of {len(verifications)} statements stand  {source}", style="" if good else "bold red"))
    for verification in verifications:
        if verification.state == "found":
            continue
        words = f"»{verification.words}«"
        out.print(Text(f"  {verification.state.value}: {words}", style="" if verification.stands else "red"))
        for quote in verification.quotes:
            if quote.state == "changed" and quote.words:
                out.print(Text("      now »").append_text(marked(quote.words, quote.selector.exact)).append("«"))
