"""Score who is behind quotes against labels by independent annotators, who saw the articles alone.

    python evaluation/score_speakers.py [--data FOLDER] [--half development|held-out|train] [--json] [--show]

A label is a quote's place, and the place of one mention that gives the speaker's fullest name, or null for somebody whom
the article does not name; words are not committed (the corpus's licence). A speaker is *given* if the Reading's statement
has a named one, and *right* if that entity has the labelled mention. `gold` figures look up the corpus's own speaker spans,
so that they judge who is who alone; the others read everything from the text. The labels of `train` teach: they are nobody's
measure, only what rules are developed on.
"""

import argparse
import gzip
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from split import is_development

from wortlaut import Page, Reader, Reading
from wortlaut.model import Entity, EntityKind, PageForm
from wortlaut.statements.people import Cast
from wortlaut.text import Span, hull

HERE = Path(__file__).parent
Record = dict[str, Any]


def main() -> int:
    """Print the four figures of one half."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=os.environ.get("WORTLAUT_DATA", HERE.parents[1] / "shared"))
    options.add_argument("--half", choices=("development", "held-out", "train"), default="development")
    options.add_argument("--json", action="store_true", help="print the figures as JSON")
    options.add_argument("--show", action="store_true", help="print every miss, but not of the half held out")
    chosen = options.parse_args()
    counts = score(chosen.data, chosen.half, show=chosen.show and chosen.half != "held-out")
    figures = {
        f"{mode}{key}": round(100 * counts[mode, right] / max(1, counts[mode, total]), 1)
        for mode in ("", "gold_")
        for key, right, total in (("right", "right", "given"), ("given", "found", "known"))
    }
    if chosen.json:
        print(json.dumps(figures))
    else:
        print(dict(counts))
        for name, value in figures.items():
            print(f"{name:12} {value:6.1f}")
    return 0


def score(data: Path, half: str, *, show: bool) -> Counter[tuple[str, str]]:
    """Count, for both modes, speakers given and right, and speakers that can be known and are given."""
    labels = [
        json.loads(line) for line in (HERE / "speakers" / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    if half != "train" and any(is_development(label["document"]) != (half == "development") for label in labels):
        raise SystemExit("a label stands in the wrong half")
    wanted = {label["document"] for label in labels}
    counts: Counter[tuple[str, str]] = Counter()
    for number, document in _documents(data):
        if number not in wanted:
            continue
        own = [label for label in labels if label["document"] == number]
        reading = _read(document)
        cast = Cast(text=reading.article.text, entities=reading.entities)
        for label in own:
            speaker = tuple(Span(*span) for span in label["speaker"])
            _judge(reading, label, "", _spoken_by(reading, label, speaker), counts, show=show)
            _judge(reading, label, "gold_", cast.at(speaker), counts, show=show)
    return counts


def _documents(data: Path) -> Iterator[tuple[str, Record]]:
    for part in ("train", "dev"):
        with gzip.open(data / f"data/quotations/{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for document in map(json.loads, lines):
                yield document["documentName"].split("_")[0].split(" ")[0], document


def _read(document: Record) -> Reading:
    outcome = Reader().read(Page(source="corpus", content=document["originalText"].encode(), form=PageForm.TEXT))
    if not isinstance(outcome, Reading):
        raise SystemExit(f"a document was rejected: {outcome.detail}")
    return outcome


def _spoken_by(reading: Reading, label: Record, speaker: tuple[Span, ...]) -> Entity | None:
    """Return the speaker of the statement that holds at least half of a labelled quote, or lies in it to half."""
    quote = [Span(*span) for span in label["quote"]]
    best = max(
        reading.statements, key=lambda s: (_shared(s.content, quote), _shared(s.speaker_span, speaker)), default=None
    )
    if best is None or _shared(best.content, quote) < 0.5 * min(_size(best.content), _size(quote)):
        return None
    return reading.entity(best.speaker)


def _judge(
    reading: Reading, label: Record, mode: str, entity: Entity | None, counts: Counter[tuple[str, str]], *, show: bool
) -> None:
    given = entity if entity is not None and entity.named else None
    names = [Span(*span) for span in label["names"]]
    right = given is not None and any(_is(given, span, label["kind"], reading.article.text) for span in names)
    counts[mode, "quotes"] += 1
    counts[mode, "known"] += bool(names)
    counts[mode, "given"] += given is not None
    counts[mode, "right"] += right
    counts[mode, "found"] += bool(names) and given is not None
    if show and (not right if names else given is not None):
        text = reading.article.text
        said = hull(Span(*s) for s in label["speaker"]).of(text)
        found = f"{given.name if given else None} [{entity.name if entity else None}]"
        print(f"{mode or 'own_'} {label['document']}: {found} for {[s.of(text) for s in names]} <- {said!r}")


def _is(entity: Entity, name: Span, kind: str, text: str) -> bool:
    """Tell whether an entity has a mention at `name` that ends in the same name, so that an office's body is not its holder."""
    if (entity.kind is EntityKind.PERSON) != (kind == "person"):
        return False
    tail = name.of(text).split()[-1].rstrip("s’")
    return any(m.overlaps(name) and tail in m.of(text) for m in entity.mentions)


def _shared(spans: tuple[Span, ...] | list[Span], others: list[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in spans for b in others)


def _size(spans: tuple[Span, ...] | list[Span]) -> int:
    return sum(s.end - s.start for s in spans)


if __name__ == "__main__":
    sys.exit(main())
