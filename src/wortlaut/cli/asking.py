"""`search`, `who`, `whatif`, `changes`: the ledger's questions."""

from collections.abc import Callable
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
    index_with_progress,
    say_if_only_words,
    show_each,
)
from wortlaut.errors import ConfigurationError
from wortlaut.model import Act, Kind

if TYPE_CHECKING:
    from wortlaut.ledger import Answer, Ledger


def search(
    words: Annotated[str, typer.Argument(help="Words to look for, in any inflection.")] = "",
    speaker: Annotated[str | None, typer.Option("--speaker", help="Only what this somebody said.")] = None,
    principal: Annotated[str | None, typer.Option("--principal", help="Only what binds this somebody.")] = None,
    act: Annotated[list[Act] | None, typer.Option("--act", help="Only this act; may be given several times.")] = None,
    condition: Annotated[
        str, typer.Option("--condition", metavar="WORDS", help="Only what depends on something with these words.")
    ] = "",
    since: SinceOption = None,
    until: UntilOption = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", help="Only from this publisher; a part will do.")
    ] = None,
    kind: Annotated[
        list[Kind] | None, typer.Option("--kind", help="Only such quotes, or the page's own words.")
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    limit: LimitOption = 20,
    everything: AllOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Find statements by their words, by who said them, by act, condition, day, publisher and kind of quote."""
    with clear_errors():
        asked = [words, speaker, principal, act, condition, since, until, publisher, kind]
        if not any(asked):
            raise ConfigurationError('name words, or an option: wortlaut search "Waffen liefern" --act refuse')
        check_days(since=since, until=until)
    _ask(
        ledger,
        lambda store: store.search(
            words, speaker=speaker, principal=principal, acts=act or (), condition=condition, kinds=kind or (),
            publisher=publisher, since=since, until=until, limit=limit, everything=everything,
        ),
        format_,
        f"nothing holds the words {words!r}" if [*filter(None, asked)] == [words] else "nothing here is all of that",
    )  # fmt: skip


def who(
    name: Annotated[
        str | None,
        typer.Argument(help="A person, party, state or organisation; a last name is enough. Everybody without one."),
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    limit: LimitOption = 100,
    everything: AllOption = False,
    history: Annotated[
        bool, typer.Option("--history", help="Show what only earlier editions of pages say, too.")
    ] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show who somebody is, and what they said, or what was said on their behalf, in time order.

    Counted is what pages say now; what their earlier editions said is counted apart.
    """
    with clear_errors():
        check_days(since=since, until=until)

    def record(store: "Ledger", asked: str | int) -> "tuple[Answer, ...]":
        return store.who(asked, since=since, until=until, limit=limit, everything=everything, history=history)

    if name is not None and format_ is Format.JSONL:
        nothing = f"nobody called {name!r} says anything here"
        _ask(ledger, lambda store: record(store, name), format_, nothing)
        return
    with clear_errors():
        from wortlaut.cli.tables import console, show_actor, show_record
        from wortlaut.codec import to_json
        from wortlaut.ledger import Ledger

        with Ledger.open(ledger, create=False) as store:
            actors = [a for a in store.actors(name) if a.statements or (history and a.earlier)]
            found = [(a, record(store, a.id)) for a in actors]
        if not any(answers for _, answers in found):
            typer.echo(f"nobody called {name!r} says anything here" if name else "nobody says anything here", err=True)
        for actor, answers in found:
            if format_ is Format.JSONL:
                print(to_json(actor), flush=True)
            elif answers:
                show_actor(console(), actor)
                show_record(console(), answers)


def whatif(
    event: Annotated[str, typer.Argument(help='An event as a sentence: "Die Verhandlungen scheitern".')],
    ledger: LedgerOption = DEFAULT_LEDGER,
    limit: LimitOption = 20,
    everything: AllOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show what each party said it will do if an event happens."""
    with clear_errors():
        from wortlaut.cli.tables import console, show_nearest
        from wortlaut.ledger import Ledger

        if not any(c.isalnum() for c in event):
            raise ConfigurationError('name an event as a sentence: wortlaut whatif "Die Verhandlungen scheitern"')
        with Ledger.open(ledger, create=False) as store:
            say_if_only_words(index_with_progress(store))
            answers, others = store.whatif_apart(event, limit=limit, less_sure=limit if everything else 3)
        if everything:
            answers = tuple(sorted((*answers, *others), key=lambda answer: -answer.score))[:limit]
        if not answers:
            typer.echo(f"nobody said what follows if: {event}", err=True)
        if others and not answers:
            typer.echo("Nearest, but not sure (--all shows more):", err=True)
            show_nearest(console(stderr=True), others)
        _show(answers, format_, grouped=True)
        if others and answers and not everything:
            typer.echo("There are more that are less sure: --all", err=True)


def _ask(ledger: str, question: Callable[["Ledger"], tuple["Answer", ...]], format_: Format, nothing: str) -> None:
    with clear_errors():
        from wortlaut.ledger import Ledger

        with Ledger.open(ledger, create=False) as store:
            answers = question(store)
        if not answers:
            typer.echo(nothing, err=True)
        _show(answers, format_, grouped=False)


def _show(answers: tuple["Answer", ...], format_: Format, *, grouped: bool) -> None:
    from wortlaut.cli.tables import console, show_answers
    from wortlaut.codec import to_json

    if format_ is Format.JSONL:
        for answer in answers:
            print(to_json(answer), flush=True)
    else:
        show_answers(console(), answers, grouped=grouped)


def changes(
    name: Annotated[str | None, typer.Argument(help="Only of this principal.")] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    since: Annotated[
        str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="Only changes from this day on.")
    ] = None,
    limit: LimitOption = 20,
    everything: AllOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show who changed their position, in both wordings."""
    with clear_errors():
        from wortlaut.cli.tables import console, show_change
        from wortlaut.ledger import Ledger

        with Ledger.open(ledger, create=False) as store:
            say_if_only_words(index_with_progress(store))
            found = store.changes(name, since=since, limit=limit, everything=everything)
        if not found:
            typer.echo("no change of position is known here", err=True)
        show_each(found, format_, lambda change: show_change(console(), change))
