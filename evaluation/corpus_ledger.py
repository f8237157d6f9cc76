"""Make a ledger of the quotation corpus (train and dev): from its gold quotes, or read end to end.

    python evaluation/corpus_ledger.py LEDGER [--gold] [--data ../shared]

A document's day of publication stands at the end of its name. Its source in the ledger is the number its name begins with,
which is what questions in `evaluation/whatif` refer to.
"""

import argparse
import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from wortlaut import Ledger, Page, Quote, QuoteKind, Reader, Reading, Span
from wortlaut.model import Article, Medium, PageForm, content_id
from wortlaut.text import Spans

DATA = Path(os.environ.get("WORTLAUT_DATA", Path(__file__).parents[2] / "shared"))
Record = dict[str, Any]
KINDS = {kind.value.replace("_", ""): kind for kind in QuoteKind}


def documents(data: Path) -> Iterator[Record]:
    """Yield the corpus's documents as they are stored, train before dev."""
    for part in ("train", "dev"):
        with gzip.open(data / f"data/quotations/{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def page_of(document: Record) -> Page:
    """Return a document as a page; the source is its number, the day the one in its name."""
    name = document["documentName"]
    return Page(
        source=name.split(" ")[0],
        content=document["originalText"].encode(),
        published=name.rpartition("(")[2].rstrip(")"),
        form=PageForm.TEXT,
    )


def readings(data: Path, *, gold: bool) -> Iterator[tuple[Page, Reading]]:
    """Yield page and Reading of every document that is one; statements come from the gold quotes if `gold`."""
    for document in documents(data):
        page = page_of(document)
        reader = replace(Reader(), quotation=lambda a, _s, d=document: _gold(a, d)) if gold else Reader()
        outcome = reader.read(page)
        if isinstance(outcome, Reading):
            yield page, outcome


def _gold(article: Article, document: Record) -> tuple[Quote, ...]:
    found = [_quote(article, a) for a in document["annotations"] if a["quote"]["spans"]]
    outer = [q for q in found if q.level == 0]
    return tuple(
        replace(q, parent=next((o.id for o in outer if o.content[0].overlaps(q.content[0])), None)) if q.level else q
        for q in found
    )


def _quote(article: Article, annotation: Record) -> Quote:
    content = _spans(annotation["quote"])
    medium = annotation["medium"].casefold()
    return Quote(
        id=content_id(article.id, "gold", annotation["id"], content),
        kind=KINDS[annotation["type"].casefold()],
        medium=Medium(medium) if medium != "none" else Medium.SPEECH,
        level=int(annotation["isNested"]),
        content=content,
        **{role: _spans(annotation[role]) for role in ("cue", "frame", "speaker", "addressee")},
        confidence=1.0,
    )


def _spans(role: Record) -> Spans:
    return tuple(Span(s["charBegin"], s["charEnd"]) for s in role["spans"])


def main() -> None:
    """Make the ledger."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("ledger", type=Path)
    options.add_argument("--gold", action="store_true", help="statements from the corpus's own quotes")
    options.add_argument("--data", type=Path, default=DATA)
    chosen = options.parse_args()
    with Ledger.open(chosen.ledger) as ledger:
        for page, reading in readings(chosen.data, gold=chosen.gold):
            ledger.add(page, reading)
        print("pages, statements:", *ledger.count())


if __name__ == "__main__":
    main()
