"""`wortlaut due`: what was promised until when."""

from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import (
    DEFAULT_LEDGER,
    AllOption,
    Format,
    FormatOption,
    LedgerOption,
    LimitOption,
    check_days,
    clear_errors,
    show_each,
)
from wortlaut.model import Act

if TYPE_CHECKING:
    from wortlaut.ledger import Due


def due(
    name: Annotated[str | None, typer.Argument(help="Only of this person, party, state or organisation.")] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="YYYY-MM-DD", help="As it was, or will be, on this day. [default: today]"),
    ] = None,
    act: Annotated[
        list[Act] | None, typer.Option("--act", help="Other acts than promises; may be given several times.")
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    limit: LimitOption = 100,
    everything: AllOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show what was promised until when, and whether that is open, due or overdue.

    Overdue means that the time is over; whether the promise was kept is for you to find out.
    """
    with clear_errors():
        from datetime import date

        from wortlaut.ledger import Ledger

        check_days(on=on)
        day = date.fromisoformat(on[:10]) if on else None
        with Ledger.open(ledger, create=False) as store:
            found = store.due(name, on=day, acts=act or (Act.COMMIT,), limit=limit, everything=everything)
        if not found:
            typer.echo("nothing with a day set is known here", err=True)
        show_each(found, format_, _show)


def _show(one: "Due") -> None:
    from rich.text import Text

    from wortlaut.cli.tables import console, show_answers
    from wortlaut.cli.wording import called

    colour = {"due": "yellow", "overdue": "red"}.get(one.state.value, "")
    console().print(Text(f"{one.until} {called(one.state)}", style=colour))
    show_answers(console(), (one.answer,), grouped=False)
