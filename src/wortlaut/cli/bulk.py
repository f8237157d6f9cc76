"""`wortlaut bulk` and `wortlaut load`: whole archives."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import (
    DEFAULT_LEDGER,
    ConfidenceOption,
    EngineOption,
    Format,
    FormatOption,
    LedgerOption,
    clear_errors,
    counted,
    index_with_progress,
    with_progress,
)
from wortlaut.model import Engine

if TYPE_CHECKING:
    from wortlaut.bulk import Report
    from wortlaut.bulk.crew import Crew


def bulk(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="WARC and JSONL files, pages, and folders of these.")
    ],
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="The folder of the job: results and progress.")],
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; by default one for each core.")
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option("--ray", metavar="ADDRESS", help="Work on the Ray cluster at HOST:PORT; it must see DIR, too."),
    ] = None,
    copies: Annotated[
        bool, typer.Option("--read-copies", help="Read near-duplicates, too, instead of counting them.")
    ] = False,
    engine: EngineOption = Engine.AUTO,
    min_confidence: ConfidenceOption = 0.0,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Read whole archives into Parquet files, one row a page. The same command goes on where it was stopped or killed.

    Exit status: 0 if every page was read or rejected for what it is, 1 if some failed, 2 if the job could not be carried out.
    """
    with clear_errors():
        from wortlaut.bulk import Job, Settings

        job = Job(inputs, out, Settings(engine=engine, min_confidence=min_confidence, copies=copies))
        show = with_progress(2)
        try:
            report = job.run(_crew(workers, ray), show)
        finally:
            show("")
        _show(report, format_, out)
        raise typer.Exit(int(report.failed > 0))


def load(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder of a bulk job.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    index: Annotated[
        bool, typer.Option(help="Learn what is meant, too, for what-if and changes; or leave it to the first question.")
    ] = True,
) -> None:
    """Fill a ledger from the results of a bulk job. A page that is there already changes nothing."""
    with clear_errors():
        from wortlaut.bulk import load as load_into
        from wortlaut.ledger import Ledger

        show = with_progress(2)
        with Ledger.open(ledger) as store:
            loaded = load_into(folder, store, lambda done, total: show(f"loading: {done} of {total}"))
            show("")
            typer.echo(
                f"added {counted(loaded.added, 'page')} with {counted(loaded.statements, 'statement')}; {loaded.known} were known"
            )
            if loaded.copies:
                typer.echo(
                    f"{loaded.copies} near-duplicates are passed over, so that the ledger does not know who else printed a text; "
                    "for that (wortlaut utterances): wortlaut bulk --read-copies, into another folder"
                )
            if loaded.unfinished:
                typer.echo(f"{loaded.unfinished} shards are not finished yet: run the bulk job again", err=True)
            if index:
                index_with_progress(store)


def _crew(workers: int | None, ray: str | None) -> "Callable[[], Crew]":
    if ray:
        from wortlaut.bulk.cluster import Cluster

        return lambda: Cluster(ray)
    from wortlaut.bulk.pool import Pool

    return lambda: Pool(workers or len(os.sched_getaffinity(0)))


def _show(report: "Report", format_: Format, out: str) -> None:
    from wortlaut.codec import to_json

    if format_ is Format.JSONL:
        typer.echo(to_json(report))
        return
    typer.echo(f"{counted(report.pages, 'page')} in {counted(report.shards, 'shard')}, by {report.made_by}")
    for name in ("read", "copies", "rejected", "failed"):
        typer.echo(f"{getattr(report, name):9} {name}")
    for reason, number in report.reasons.items():
        typer.echo(f"{number:9}   {reason}")
    typer.echo(f"next: wortlaut load {out}")
