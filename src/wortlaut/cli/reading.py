"""`wortlaut read` and `wortlaut add`: pages in, readings out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import (
    DEFAULT_LEDGER,
    AsOption,
    ConfidenceOption,
    ContactOption,
    DateOption,
    EngineOption,
    Format,
    FormatOption,
    LedgerOption,
    ManifestOption,
    PublisherOption,
    UrlOption,
    clear_errors,
    index_with_progress,
    pages_of,
    with_progress,
)
from wortlaut.model import Engine, Outcome, Page, PageForm, Reading, Rejection

if TYPE_CHECKING:
    from wortlaut.reader import Reader

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE", help="Pages: files, folders, WARC, JSONL, addresses, feeds, sitemaps; - is standard input."
    ),
]


def read(
    files: Files = None,
    form: AsOption = PageForm.AUTO,
    format_: FormatOption = Format.TABLE,
    date: DateOption = None,
    url: UrlOption = None,
    publisher: PublisherOption = None,
    manifest: ManifestOption = None,
    blocks: Annotated[
        bool, typer.Option("--blocks", help="Show the article's blocks and their kinds instead.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Show for each statement which words led to which field, and by which rule."),
    ] = False,
    engine: EngineOption = Engine.AUTO,
    min_confidence: ConfidenceOption = 0.0,
    contact: ContactOption = None,
) -> None:
    """Read pages and show what was said.

    Exit status: 0 if every page was read, 1 if one was rejected, 2 if the command could not be carried out.
    """
    with clear_errors():
        if blocks:
            raise typer.Exit(int(_show_blocks(pages_of(files or [], manifest, form, date, url, publisher, contact))))
        rejected = False
        reader = reader_by(engine, min_confidence, explain=explain)
        for _, outcome in _outcomes(reader, files, manifest, form, date, url, publisher, contact):
            rejected |= isinstance(outcome, Rejection)
            _show(outcome, format_)
        raise typer.Exit(int(rejected))


def add(
    files: Files = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    form: AsOption = PageForm.AUTO,
    format_: FormatOption = Format.TABLE,
    date: DateOption = None,
    url: UrlOption = None,
    publisher: PublisherOption = None,
    manifest: ManifestOption = None,
    engine: EngineOption = Engine.AUTO,
    min_confidence: ConfidenceOption = 0.0,
    contact: ContactOption = None,
) -> None:
    """Read pages and keep them in the ledger. A page that is there already changes nothing."""
    with clear_errors():
        from wortlaut.cli.wording import _, ngettext
        from wortlaut.codec import to_json
        from wortlaut.ledger import Ledger

        rejected = False
        with Ledger.open(ledger) as store:
            for page, outcome in _outcomes(
                reader_by(engine, min_confidence), files, manifest, form, date, url, publisher, contact
            ):
                if isinstance(outcome, Reading):
                    added = store.add(page, outcome)
                    what = _("gone ") if added.forgotten else _("added") if added.new else _("known")
                    count = ngettext("%(num)s statement", "%(num)s statements", added.statements)
                    words = f"{what}  {count:>14}  {page.source}"
                    typer.echo(to_json(outcome) if format_ is Format.JSONL else words)
                else:
                    rejected = True
                    _show(outcome, format_)
            index_with_progress(store)
        raise typer.Exit(int(rejected))


def reader_by(engine: Engine, min_confidence: float, *, explain: bool = False) -> "Reader":
    """Return a reader with the engine that the options name."""
    from wortlaut.encoder import find_model
    from wortlaut.reader import Reader

    if engine is Engine.AUTO and find_model() is None:
        typer.echo(
            "no model is installed: quotes are found by rules, which miss half of them (pip install wortlaut-de 'wortlaut[model]')",
            err=True,
        )
    return Reader.by(engine, min_confidence=min_confidence, explain=explain)


def _outcomes(
    reader: "Reader",
    files: list[str] | None,
    manifest: str | None,
    form: PageForm,
    date: str | None,
    url: str | None,
    publisher: str | None,
    contact: str | None,
) -> Iterator[tuple[Page, Outcome]]:
    progress = with_progress(2)
    for number, page in enumerate(pages_of(files or [], manifest, form, date, url, publisher, contact), 1):
        progress(f"reading {number}: {page.source}")
        outcome = reader.read(page)
        progress("")
        yield page, outcome
        progress(f"{number} read")
    progress("")


def _show_blocks(pages: Iterator[Page]) -> bool:
    """Print the blocks of every page; tell whether one of them was rejected."""
    from wortlaut.cli.blocks import table
    from wortlaut.reader import Reader

    rejected = False
    for page in pages:
        outcome = Reader().extraction(page)
        rejected |= isinstance(outcome, Rejection)
        typer.echo(f"== {page.source}\n{table(outcome)}\n")
    return rejected


def _show(outcome: Outcome, format_: Format) -> None:
    from wortlaut.cli.tables import console, show_reading
    from wortlaut.codec import to_json

    if format_ is Format.JSONL:
        print(to_json(outcome), flush=True)
    elif isinstance(outcome, Rejection):
        typer.echo(f"wortlaut: {outcome.page.source}: {outcome.reason.value}: {outcome.detail}", err=True)
    else:
        show_reading(console(), outcome)
