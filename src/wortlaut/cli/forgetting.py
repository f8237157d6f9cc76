"""`wortlaut forget`: a page or somebody erased from the ledger, for good."""

from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption, clear_errors, counted

if TYPE_CHECKING:
    from wortlaut.ledger import Forgetting, Ledger


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
            _show(what, _words(store, what))
            if not yes and not _agreed():
                typer.echo("nothing was forgotten (--yes does not ask)", err=True)
                raise typer.Exit(1)
            what = store.forget(asked)
        if format_ is Format.JSONL:
            print(to_json(what))
        else:
            print(f"forgotten: {counted(what.statements, 'statement')}")


_SHOWN = 3
"""Statements that are shown before it is asked."""
_YES = ("y", "yes", "j", "ja")


def _words(store: "Ledger", what: "Forgetting") -> list[str]:
    """Return the words of what is to be erased: somebody's first, then those of whole pages."""
    said = store.who(what.actor, everything=True, history=True) if what.actor is not None else ()
    told = (answer for edition in what.pages for answer in store.statements(edition.id, everything=True))
    return [*dict.fromkeys(answer.words for answer in (*said, *told))]


def _show(what: "Forgetting", words: list[str]) -> None:
    typer.echo(f"This erases {counted(what.statements, 'statement')}, for good:", err=True)
    for edition in what.pages:
        typer.echo(f"  the whole page {edition.url or edition.source}, fetched {edition.seen_at[:16]}", err=True)
    for edition in what.blackened:
        place = edition.url or edition.source
        typer.echo(f"  {what.name} on the page {place}: name and words; what others say there stays", err=True)
    for said in words[:_SHOWN]:
        typer.echo(f"    »{said}«", err=True)
    if len(words) > _SHOWN:
        typer.echo("    …", err=True)


def _agreed() -> bool:
    """Ask, and take yes and no in English and German; anything else is no."""
    try:
        answer = typer.prompt("Forget it? Yes (y, j) or no (n)", default="n", show_default=False, err=True)
    except typer.Abort:
        typer.echo("", err=True)
        return False
    return answer.strip().lower() in _YES
