"""`wortlaut dump` and `wortlaut rebuild`: the whole ledger as JSON lines, and a ledger made again from them."""

import sys
from typing import Annotated

import typer

from wortlaut.cli.options import DEFAULT_LEDGER, LedgerOption, clear_errors, counted
from wortlaut.errors import ConfigurationError


def dump(
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="Where to; - is standard output.")] = "-",
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Write the whole ledger as JSON lines: pages with their bytes, readings, actors, judgements. Its hash goes to standard error."""
    with clear_errors():
        from pathlib import Path

        from wortlaut.ledger import Ledger
        from wortlaut.ledger.lines import digest_of

        with Ledger.open(ledger, create=False) as store:
            try:
                with sys.stdout if out == "-" else Path(out).open("w", encoding="utf-8", newline="\n") as file:
                    digest = digest_of(line for line in store.lines() if file.write(line + "\n"))
            except BrokenPipeError:
                raise
            except OSError as error:
                raise ConfigurationError(f"{out} cannot be written: {error.strerror}") from error
        typer.echo(f"content {digest}", err=True)


def rebuild(
    lines: Annotated[str, typer.Argument(metavar="FILE", help="What `wortlaut dump` wrote; - is standard input.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Make a ledger again from its JSON lines, in a place where there is none: all of it or nothing."""
    with clear_errors():
        from pathlib import Path

        from wortlaut.ledger import Ledger

        try:
            with sys.stdin.buffer if lines == "-" else Path(lines).open("rb") as file, Ledger.open(ledger) as store:
                store.rebuild(file)
                pages, statements = store.count()
                print(f"rebuilt  {counted(pages, 'page')}, {counted(statements, 'statement')}")
                print(f"content {store.digest()}")
        except OSError as error:
            raise ConfigurationError(f"{lines} cannot be read: {error.strerror}") from error
