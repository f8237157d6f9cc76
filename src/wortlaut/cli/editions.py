"""`wortlaut edits`: what later editions of a page say otherwise."""

from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import DEFAULT_LEDGER, Format, FormatOption, LedgerOption, clear_errors

if TYPE_CHECKING:
    from rich.console import Console

    from wortlaut.ledger import Edit


def edits(
    page: Annotated[
        str | None, typer.Argument(metavar="URL", help="A page's URL or source; all pages without one.")
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show what pages changed silently: quotes removed, added, reworded or given to somebody else, and headlines."""
    with clear_errors():
        from wortlaut.cli.tables import console
        from wortlaut.codec import to_json
        from wortlaut.ledger import Ledger

        with Ledger.open(ledger, create=False) as store:
            found = store.edits(page)
            count = len(store.editions(page))
        if not found:
            typer.echo(f"no edit is known here ({count} {'edition' if page else 'page'}{'s' * (count != 1)})", err=True)
        shown = None
        for edit in found:
            if format_ is Format.JSONL:
                print(to_json(edit), flush=True)
                continue
            if (edit.earlier.id, edit.later.id) != shown:
                _show_head(console(), edit)
                shown = edit.earlier.id, edit.later.id
            _show_edit(console(), edit)


def _show_head(out: "Console", edit: "Edit") -> None:
    from rich.text import Text

    out.print(Text(edit.url or edit.later.source, style="bold"))
    times = f"{edit.earlier.seen_at[:16]} → {edit.later.seen_at[:16]}"
    out.print(Text(f"  {edit.later.publisher or '?'} · {times} · {edit.later.source}", style="dim"))


_SIGNS = {"removed": ("-", "red"), "added": ("+", "green")}


def _show_edit(out: "Console", edit: "Edit") -> None:
    from rich.text import Text

    from wortlaut.cli.tables import marked
    from wortlaut.cli.wording import _, called

    sign, colour = _SIGNS.get(edit.edit.value, ("~", "yellow"))
    said = edit.after or edit.before
    who = (said.principal or said.speaker if said else None) or ""
    out.print(Text(f"  {sign} {called(edit.edit)}{f': {who}' if who else ''}", style=colour))
    for label, own, other in ((_("before"), edit.before, edit.after), (_("after "), edit.after, edit.before)):
        if own is None:
            continue
        line = Text(f"      {label} »")
        line.append_text(marked(own.words, other.words if other else own.words)).append("«")
        line.append(f" {own.speaker}" if own.speaker and edit.edit == "reattributed" else "")
        out.print(line)
