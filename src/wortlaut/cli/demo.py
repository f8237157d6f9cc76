"""`wortlaut demo`: the whole way on the example pages, in a ledger that is thrown away."""

import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from wortlaut.cli.options import clear_errors
from wortlaut.model import Reading

if TYPE_CHECKING:
    from rich.console import Console

    from wortlaut.ledger import Ledger

EVENT = "Truppen überschreiten die Grenze"


def examples() -> Path:
    """Return the folder of the example pages: in the installed package, or in the checkout."""
    inside = Path(str(files("wortlaut"))) / "examples"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "examples"


def fill(store: "Ledger", out: "Console") -> None:
    """Read the example pages into a ledger and tell of each."""
    from wortlaut.archive import read_manifest
    from wortlaut.cli.wording import _, ngettext
    from wortlaut.reader import read

    for page in read_manifest(str(examples() / "manifest.csv")):
        outcome = read(page)
        if isinstance(outcome, Reading):
            store.add(page, outcome)
            quotes = ngettext("%(num)s quote", "%(num)s quotes", len(outcome.quotes))
            said = ngettext("%(num)s statement", "%(num)s statements", len(outcome.statements))
            out.print(f"  {Path(page.source).name:34} {quotes:>10} {said:>13}  {outcome.article.title}")
        else:
            out.print(f"  {Path(page.source).name:34} {_('rejected')}: {outcome.detail}")


def demo() -> None:
    """Read the example pages and answer two questions from them."""
    with clear_errors(), tempfile.TemporaryDirectory() as folder:
        from wortlaut.cli.tables import console, show_answers, show_change
        from wortlaut.ledger import Ledger

        out = console()
        with Ledger.open(Path(folder) / "demo.ledger") as store:
            out.print("[bold]Read[/bold]")
            fill(store, out)
            out.print(f'\n[bold]wortlaut whatif "{EVENT}"[/bold]')
            show_answers(out, store.whatif(EVENT, limit=8), grouped=True)
            out.print("\n[bold]wortlaut changes[/bold]")
            for change in store.changes(limit=3):
                show_change(out, change)
        out.print(
            '\nTry next:\n  wortlaut add examples/*.txt --date 2031-03-04\n  wortlaut whatif "Es gibt kein neues Angebot"\n  wortlaut read --help'
            "\n\nOpen it in the browser:\n  wortlaut serve --demo     then http://127.0.0.1:8765\nIn a checkout first: source .venv/bin/activate"
        )
        typer.echo("", nl=False)
