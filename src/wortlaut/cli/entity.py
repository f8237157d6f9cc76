"""`wortlaut entity show|merge|split|undo`: who is who across pages, and judgements of it that can be taken back."""

from typing import Annotated

import typer

from wortlaut.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption, clear_errors

entity = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Show who is who across pages, merge and split them."
)
_Actor = Annotated[int, typer.Argument(help="An actor's number, as `wortlaut entity show` gives it.")]


@entity.command(epilog="Examples:\n\n  wortlaut entity show Holm")
def show(
    name: Annotated[
        str | None, typer.Argument(help="A name, alias, last name or number; everybody without one.")
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show actors with their offices, pages and the judgements made of them."""
    with clear_errors():
        from wortlaut.cli.tables import console, show_actor, show_judgement
        from wortlaut.codec import to_json
        from wortlaut.ledger import Ledger

        with Ledger.open(ledger, create=False) as store:
            actors, judgements = store.actors(name), store.judgements()
        if not actors:
            typer.echo(f"nobody called {name!r} is known here", err=True)
        for actor in actors:
            if format_ is Format.JSONL:
                print(to_json(actor))
            else:
                show_actor(console(), actor)
                for judgement in judgements:
                    if actor.id in (judgement.actor, judgement.other) or judgement.undoes is not None:
                        show_judgement(console(), judgement)


@entity.command(epilog="Examples:\n\n  wortlaut entity merge 12 7")
def merge(
    actor: _Actor,
    other: Annotated[int, typer.Argument(help="Who it is; this number stays.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Judge that two actors are one."""
    with clear_errors():
        from wortlaut.ledger import Ledger

        with Ledger.open(ledger, create=False) as store:
            number = store.merge(actor, other)
        print(f"{actor} is {other} (judgement {number}; take it back with: wortlaut entity undo {number})")


@entity.command(epilog="Examples:\n\n  wortlaut entity split 7 page.html")
def split(
    actor: _Actor,
    pages: Annotated[list[str], typer.Argument(help="Pages on which it is somebody else of that name.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Judge that on some pages a name is somebody else's."""
    with clear_errors():
        from wortlaut.ledger import Ledger

        with Ledger.open(ledger, create=False) as store:
            fresh, numbers = store.split(actor, tuple(pages))
        made = ", ".join(str(n) for n in numbers)
        print(
            f"on {len(pages)} page(s) it is {fresh} (judgement {made}; take it back with: wortlaut entity undo NUMBER)"
        )


@entity.command(epilog="Examples:\n\n  wortlaut entity undo 3")
def undo(
    judgement: Annotated[int, typer.Argument(help="A judgement's number.")], ledger: LedgerOption = DEFAULT_LEDGER
) -> None:
    """Take a judgement back; it stays in the journal."""
    with clear_errors():
        from wortlaut.ledger import Ledger

        with Ledger.open(ledger, create=False) as store:
            number = store.undo(judgement)
        print(f"judgement {judgement} is taken back (judgement {number})")
