"""`wortlaut forget`: a page or somebody erased from the ledger, for good."""

from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption, clear_errors, counted

if TYPE_CHECKING:
    from wortlaut.ledger import Forgetting


def forget(
    asked: Annotated[
        str, typer.Argument(metavar="URL|ENTITY", help="A page's URL or source; or somebody, by name or number.")
    ],
    ledger: LedgerOption = DEFAULT_LEDGER,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Erase a page with all its editions, or somebody on all pages, and see to it that they do not come back.

    Text, words, vectors and index entries leave the ledger's files. Somebody is blackened on pages that others speak on, too; a
    page whose address names them goes as a whole. A hash stays, by which a later `add` passes them over.
    Exit status: 0 if it was forgotten, 1 if you said no, 2 if the command could not be carried out.
    """
    with clear_errors():
        from wortlaut.codec import to_json
        from wortlaut.ledger import Ledger

        with Ledger.open(ledger, create=False) as store:
            what = store.forgetting(asked)
            _show(what)
            if not yes and not _agreed():
                typer.echo("nothing was forgotten", err=True)
                raise typer.Exit(1)
            what = store.forget(asked)
        if format_ is Format.JSONL:
            print(to_json(what))
        else:
            print(f"forgotten: {counted(what.statements, 'statement')}")


def _show(what: "Forgetting") -> None:
    typer.echo(f"This erases {counted(what.statements, 'statement')}, for good:", err=True)
    for edition in what.pages:
        typer.echo(f"  the page {edition.url or edition.source}, fetched {edition.seen_at[:16]}", err=True)
    for edition in what.blackened:
        typer.echo(f"  {what.name}, blackened on {edition.url or edition.source}", err=True)


def _agreed() -> bool:
    try:
        return typer.confirm("Forget?", err=True)
    except typer.Abort:
        typer.echo("", err=True)
        return False
