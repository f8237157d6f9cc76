"""The command line: one command a function, heavy imports only when a command runs."""

from typing import Annotated

import typer

from wortlaut import __version__
from wortlaut.cli import (
    asking,
    bulk,
    demo,
    due,
    dumping,
    editions,
    entity,
    export,
    forgetting,
    gate,
    mcp,
    reading,
    rereading,
    serve,
    utterances,
    verifying,
    watch,
)

_EXAMPLES = {
    "read": ("wortlaut read page.html", "wortlaut read --date 2031-03-04 --format jsonl page.txt > readings.jsonl"),
    "add": (
        "wortlaut add *.html --ledger news.ledger",
        "wortlaut add --manifest pages.csv",
        "wortlaut add news.warc.gz pages.jsonl https://bote.example/rss.xml",
    ),
    "watch": ("wortlaut watch feeds.toml --ledger news.ledger", "wortlaut watch feeds.toml --once"),
    "bulk": ("wortlaut bulk crawl/ --out results", "wortlaut bulk CC-NEWS-*.warc.gz --out results --ray 10.0.0.1:6379"),
    "load": ("wortlaut load results --ledger news.ledger",),
    "who": ("wortlaut who Tamsen", "wortlaut who"),
    "search": (
        'wortlaut search "Waffen liefern" --act refuse --since 2031-02-01',
        "wortlaut search --principal Nordbund --condition Grenze",
    ),
    "whatif": ('wortlaut whatif "Die Verhandlungen scheitern" --ledger news.ledger',),
    "changes": ("wortlaut changes --since 2031-03-01", "wortlaut changes Nordbund"),
    "due": ("wortlaut due", "wortlaut due Mitte-Partei --on 2031-06-01"),
    "utterances": ("wortlaut utterances", "wortlaut utterances Tamsen --since 2031-02-01"),
    "edits": ("wortlaut edits", "wortlaut edits https://bote.example/maut --format jsonl"),
    "verify": (
        "wortlaut verify",
        "wortlaut verify saved-today.html --url https://bote.example/maut",
        "wortlaut verify --online",
    ),
    "reread": ("wortlaut reread", "wortlaut reread https://bote.example/maut --engine rules"),
    "forget": ("wortlaut forget https://bote.example/maut", 'wortlaut forget "Jana Holm" --yes'),
    "dump": ("wortlaut dump -o ledger.jsonl", "wortlaut dump --ledger news.ledger | gzip > news.jsonl.gz"),
    "rebuild": ("wortlaut rebuild ledger.jsonl --ledger again.ledger",),
    "gate": (
        "wortlaut gate page.html -o gated.html --own example.org",
        "wortlaut gate - -o - < page.html > gated.html",
    ),
    "export": ("wortlaut export --to csv", "wortlaut export Tamsen --to atom --out tamsen.atom"),
    "mcp": ("wortlaut mcp --ledger news.ledger",),
    "serve": ("wortlaut serve --ledger news.ledger", "wortlaut serve --host 0.0.0.0 --token SECRET"),
    "demo": ("wortlaut demo",),
}
_COMMANDS = (
    reading.read,
    reading.add,
    watch.watch,
    bulk.bulk,
    bulk.load,
    asking.who,
    asking.search,
    asking.whatif,
    asking.changes,
    due.due,
    utterances.utterances,
    editions.edits,
    export.export,
    verifying.verify,
    rereading.reread,
    forgetting.forget,
    dumping.dump,
    dumping.rebuild,
    mcp.mcp,
    gate.gate,
    serve.serve,
    demo.demo,
)


def _epilog(*lines: str) -> str:
    """Return examples for the end of a help page; blank lines keep each on its own line."""
    return "\n\n".join(("Examples:", *(f"  {line}" for line in lines)))


app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)


def _version(value: bool) -> None:
    if value:
        print(f"wortlaut {__version__}")
        raise typer.Exit


@app.callback(epilog=_epilog(*(lines[0] for lines in _EXAMPLES.values())))
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read the news and keep the record: who said what, to whom, in which words, on what condition."""


for command in _COMMANDS:
    app.command(epilog=_epilog(*_EXAMPLES[command.__name__]))(command)


app.add_typer(entity.entity, name="entity")


def main() -> None:
    """Run the command line."""
    app()
