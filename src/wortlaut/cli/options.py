"""What several commands share: their options, and how errors become one line and an exit status."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from wortlaut.errors import WortlautError
from wortlaut.model import Engine, Page, PageForm


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSONL = "jsonl"


FormatOption = Annotated[
    Format, typer.Option("--format", help="table for people, jsonl for machines (one record a line).")
]
AsOption = Annotated[PageForm, typer.Option("--as", help="How to understand the bytes.")]
DateOption = Annotated[
    str | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help="Day of publication; counts more than what the page says."),
]
UrlOption = Annotated[str | None, typer.Option("--url", help="Where the page was published.")]
PublisherOption = Annotated[str | None, typer.Option("--publisher", help="Who published it.")]
ManifestOption = Annotated[
    str | None, typer.Option("--manifest", metavar="CSV", help="A table of pages: path,url,date,publisher.")
]
ContactOption = Annotated[
    str | None,
    typer.Option(
        "--contact",
        metavar="ADDRESS",
        envvar="WORTLAUT_CONTACT",
        help="Who asks, told to every server: a mail or web address.",
    ),
]
LedgerOption = Annotated[
    str,
    typer.Option("--ledger", envvar="WORTLAUT_LEDGER", help="The ledger: a file, or postgresql://user@host/database."),
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many answers.")]
AllOption = Annotated[bool, typer.Option("--all", help="Show what is not sure enough, too.")]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="YYYY-MM-DD", help="Only what was said, or published, from this day on."),
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Only what was said, or published, up to this day.")
]
EngineOption = Annotated[
    Engine, typer.Option("--engine", help="What finds quotes and decides on acts: a trained model or the rules.")
]
ConfidenceOption = Annotated[
    float, typer.Option("--min-confidence", min=0, max=1, help="Leave out quotes that are less sure than this.")
]
if TYPE_CHECKING:
    from wortlaut.ledger import Ledger

DEFAULT_LEDGER = "wortlaut.ledger"
Record = TypeVar("Record")


def pages_of(
    files: list[str],
    manifest: str | None,
    form: PageForm,
    date: str | None,
    url: str | None,
    publisher: str | None,
    contact: str | None = None,
) -> Iterator[Page]:
    """Yield the pages that the command line names, manifest first."""
    from wortlaut.archive import check_date, read_manifest
    from wortlaut.archive import pages_of as pages_in
    from wortlaut.archive.web import open_web

    if not files and not manifest:
        raise typer.BadParameter("name at least one SOURCE (or - for standard input), or a --manifest")
    if date:
        check_date(date)
    defaults = Page(source="-", url=url, published=date, publisher=publisher, form=form)
    yield from read_manifest(manifest, form=form) if manifest else ()
    with ExitStack() as stack:
        web = cache(lambda: stack.enter_context(open_web(contact=contact)))
        for file in files:
            yield from pages_in(file, defaults=defaults, web=web)


def check_days(**days: str | None) -> None:
    """Raise ConfigurationError if one of these options is given and is no day."""
    from wortlaut.archive import check_date

    for name, day in days.items():
        if day is not None:
            check_date(day, where=f"--{name}")


def show_each(found: Iterable[Record], format_: Format, show: Callable[[Record], None]) -> None:
    """Print each of what was found: for machines as a line of the contract, for people by `show`."""
    from wortlaut.codec import to_json

    for each in found:
        if format_ is Format.JSONL:
            print(to_json(each), flush=True)
        else:
            show(each)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn our errors into one line on standard error and exit status 2, Ctrl-C into 130, a closed pipe into silence."""
    try:
        yield
    except WortlautError as error:
        typer.echo(f"wortlaut: {error}", err=True)
        raise typer.Exit(2) from error
    except KeyboardInterrupt as error:
        typer.echo("wortlaut: stopped; what was finished is kept", err=True)
        raise typer.Exit(130) from error
    except ImportError as error:
        if not isinstance(error.__cause__ or error.__context__, KeyboardInterrupt):
            raise
        typer.echo("wortlaut: stopped; what was finished is kept", err=True)  # a library was being loaded
        raise typer.Exit(130) from error
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - nothing more is to be written
        raise typer.Exit(0) from None


def index_with_progress(store: "Ledger") -> bool:
    """Make the vectors that a ledger lacks, and show how far it is, on a terminal only; return False without a model."""
    show = with_progress(2)
    found = store.index(lambda done, total: show(f"learning what is meant: {done} of {total}"))
    show("")
    return found


def say_if_only_words(model: bool) -> None:
    """Say that only words are compared where no model is installed."""
    if not model:
        typer.echo(
            "no model is installed: only words are compared (pip install wortlaut-de 'wortlaut[model]')", err=True
        )


def counted(number: int, what: str) -> str:
    """Return a number with its noun: "1 page", "2 pages"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def with_progress(count: int) -> Callable[[str], None]:
    """Return a function that shows which page is being read, on a terminal only."""
    shown = sys.stderr.isatty() and count > 1
    return (lambda words: typer.echo(f"\r\x1b[K{words}", err=True, nl=False)) if shown else (lambda _: None)
