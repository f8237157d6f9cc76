"""The command line: one command a function, heavy imports only when a command runs."""

from typing import Annotated

import typer

from wortlaut import __version__
from wortlaut.cli import asking, demo, reading

_EXAMPLES = """Examples:\n
  wortlaut read page.html\n
  wortlaut read --date 2031-03-04 --format jsonl page.txt\n
  wortlaut add --manifest pages.csv --ledger news.ledger\n
  wortlaut whatif "Die Verhandlungen scheitern" --ledger news.ledger"""

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)


def _version(value: bool) -> None:
    if value:
        print(f"wortlaut {__version__}")
        raise typer.Exit


@app.callback(epilog=_EXAMPLES)
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read the news and keep the record: who said what, to whom, in which words, on what condition."""


for command in (reading.read, reading.add, asking.who, asking.search, asking.whatif, asking.changes, demo.demo):
    app.command()(command)


def main() -> None:
    """Run the command line."""
    app()
