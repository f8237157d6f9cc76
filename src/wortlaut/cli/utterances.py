"""`wortlaut utterances`: one thing said once, however many papers carry it."""

from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import (
    DEFAULT_LEDGER,
    AllOption,
    Format,
    FormatOption,
    LedgerOption,
    LimitOption,
    SinceOption,
    UntilOption,
    check_days,
    clear_errors,
    show_each,
)

if TYPE_CHECKING:
    from rich.console import Console

    from wortlaut.ledger import Utterance


def utterances(
    name: Annotated[str | None, typer.Argument(help="Only of this person, party, state or organisation.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    limit: LimitOption = 20,
    everything: AllOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show what several pages report: who was first, how many are independent, and how the wording drifts.

    Reports are independent where they do not have it from the same agency, medium or publisher.
    """
    with clear_errors():
        from wortlaut.cli.tables import console
        from wortlaut.ledger import Ledger

        check_days(since=since, until=until)
        with Ledger.open(ledger, create=False) as store:
            found = store.utterances(name, since=since, until=until, limit=limit, everything=everything)
        if not found:
            typer.echo("nothing here is reported by more than one page", err=True)
        show_each(found, format_, lambda utterance: _show(console(), utterance))


def _show(out: "Console", utterance: "Utterance") -> None:
    from rich.text import Text

    from wortlaut.cli.tables import at_hits
    from wortlaut.cli.wording import _, ngettext

    who = utterance.principal or utterance.speaker or "?"
    reports = ngettext("%(num)s report", "%(num)s reports", len(utterance.reports))
    independent = ngettext("%(num)s independent", "%(num)s independent", utterance.independent)
    out.print(Text(f"{who}: ", style="bold").append(f"{reports}, {independent}"))
    first = _("first")
    for number, report in enumerate(utterance.reports):
        day, paper = (report.page.published or "?")[:10], report.page.publisher or report.page.source
        source = "" if report.origin == paper else f" {_('from')} {report.origin}"
        out.print(
            Text(f"  {' ' * len(first) if number else first} {day} {paper}{source} · {report.page.source}", style="dim")
        )
        out.print(Text("        »").append_text(at_hits(report.words, report.differs)).append("«"))
