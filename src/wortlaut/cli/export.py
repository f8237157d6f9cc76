"""`export`: the ledger in the formats of other tools."""

from pathlib import Path
from typing import Annotated

import typer

from wortlaut.cli.options import (
    DEFAULT_LEDGER,
    AllOption,
    LedgerOption,
    SinceOption,
    UntilOption,
    check_days,
    clear_errors,
)

_FORMATS = "csv, jsonl, parquet, webannotation, tei, cas, dna or atom"


def export(
    name: Annotated[
        str | None, typer.Argument(help="Only what this person, party or organisation said, or was said on its behalf.")
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=f"The format: {_FORMATS}.")] = "csv",
    out: Annotated[
        str | None,
        typer.Option(
            "--out", "-o", metavar="FILE", help="Where to write; by default beside you, named after the ledger."
        ),
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    since: SinceOption = None,
    until: UntilOption = None,
    everything: AllOption = False,
) -> None:
    """Write statements for spreadsheets, annotation tools, corpora, network analysis and feed readers."""
    with clear_errors():
        from wortlaut.errors import ConfigurationError
        from wortlaut.exports import FORMATS, Wanted
        from wortlaut.exports import export as write
        from wortlaut.ledger import Ledger

        if to not in FORMATS:
            raise ConfigurationError(f"{to} is no format; there are {_FORMATS}")
        check_days(since=since, until=until)
        stem = "wortlaut" if "://" in ledger else Path(ledger).stem
        path = Path(out or stem + FORMATS[to].ending)
        wanted = Wanted(name=name, since=since, until=until, everything=everything)
        with Ledger.open(ledger, create=False) as store:
            count = write(store, to, path, wanted)
        typer.echo(f"{count} statements in {path}", err=True)
