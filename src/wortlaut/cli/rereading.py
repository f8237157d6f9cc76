"""`wortlaut reread`: kept pages read again, by what is installed now."""

from typing import Annotated

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
from wortlaut.cli.reading import reader_by
from wortlaut.model import Engine


def reread(
    page: Annotated[
        str | None, typer.Argument(metavar="URL", help="A page's URL or source; all pages without one.")
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    engine: EngineOption = Engine.AUTO,
    min_confidence: ConfidenceOption = 0.0,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Read kept pages again by the model and the lexicon of today. That is no edit and no change; judgements stay.

    Each page is kept as it is done, so that it can be stopped and begun again.
    Exit status: 0 if every page was read again, 1 if one could not be, 2 if the command could not be carried out.
    """
    with clear_errors():
        from wortlaut.codec import to_json
        from wortlaut.ledger import Ledger

        failed = False
        with Ledger.open(ledger, create=False) as store:
            progress = with_progress(2)
            for number, done in enumerate(store.reread(reader_by(engine, min_confidence).read, page), 1):
                progress("")
                failed |= done.problem is not None
                what = f"kept    {done.problem}" if done.problem else f"reread  {counted(done.after, 'statement'):>14}"
                moved = f" (+{done.new} −{done.gone})" if done.new or done.gone else ""
                typer.echo(to_json(done) if format_ is Format.JSONL else f"{what}{moved}  {done.page.source}")
                progress(f"reading {number + 1}")
            progress("")
            index_with_progress(store)
        raise typer.Exit(int(failed))
