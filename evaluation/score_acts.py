"""Score acts, conditions, likelihood and principals of statements made from a corpus's gold quotes.

    python evaluation/score_acts.py DATA [--json] [--teaching]

The labels in `acts/labels.jsonl` are two independent annotators' from DESIGN alone, settled by a third: offsets into the
documents of the quotation corpus (train and dev), never their words. These documents supply no rules and no training
labels, so nothing is printed but sums. A quote of several statements counts by its most committing one. `--teaching` scores
principals alone, on the labels that rules are developed with (`acts/principals.jsonl`).
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from wortlaut import Page, Reader, Reading
from wortlaut.model import Act, Article, PageForm, Quote, QuoteKind, Statement, content_id
from wortlaut.text import Span, Spans

LABELS = Path(__file__).parent / "acts" / "labels.jsonl"
TEACHING = Path(__file__).parent / "acts" / "principals.jsonl"
RANK = (Act.REFUSE, Act.THREATEN, Act.COMMIT, Act.DEMAND, Act.DENY, Act.CRITICISE, Act.ENDORSE, Act.PREDICT, Act.ASSERT)
KINDS = {
    "Direct": QuoteKind.DIRECT,
    "Indirect": QuoteKind.INDIRECT,
    "Reported": QuoteKind.REPORTED,
    "FreeIndirect": QuoteKind.FREE_INDIRECT,
    "IndirectFreeIndirect": QuoteKind.INDIRECT_FREE_INDIRECT,
}
Record = dict[str, Any]


def main() -> None:
    """Read every labelled document with its gold quotes and compare."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("--json", action="store_true")
    options.add_argument("--teaching", action="store_true")
    chosen = options.parse_args()
    labels: dict[str, list[Record]] = defaultdict(list)
    for line in (TEACHING if chosen.teaching else LABELS).read_text(encoding="utf-8").splitlines():
        labels[json.loads(line)["document"]].append(json.loads(line))
    hits, totals, pairs = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for name, document in _documents(chosen.data / "data/quotations"):
        if name in labels:
            reading = _read(name, document)
            for label in labels[name]:
                if chosen.teaching:
                    _principal(reading, label, _main(_own(reading, label)), hits, totals)
                else:
                    _compare(reading, label, hits, totals, pairs)
    figures = {key: round(100 * hits[key] / totals[key], 1) for key in totals}
    if not chosen.teaching:
        figures["act_macro_f1"] = round(100 * _macro(pairs), 1)
        figures["annotators_kappa"] = round(100 * _kappa([row for rows in labels.values() for row in rows]), 1)
    print(json.dumps(figures) if chosen.json else "\n".join(f"{k:22} {v:6.1f}" for k, v in figures.items()))


def _documents(folder: Path) -> Iterator[tuple[str, Record]]:
    for part in ("train", "dev"):
        with gzip.open(folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for document in map(json.loads, lines):
                yield document["documentName"].split(" ")[0], document


def _read(name: str, document: Record) -> Reading:
    """Read a document with its gold quotes in place of the stage's."""

    def gold(article: Article, _sentences: object) -> tuple[Quote, ...]:
        return tuple(_quote(article, a) for a in document["annotations"] if a["quote"]["spans"])

    reader = replace(Reader(), quotation=gold)
    text = document["originalText"]
    day = document["documentName"].rstrip(")")[-10:]
    page = Page(source=name, content=text.encode(), published=day, form=PageForm.TEXT)
    outcome = reader.read(page)
    if not isinstance(outcome, Reading) or outcome.article.text != text:
        raise SystemExit(f"{name} was not read as it is")
    return outcome


def _quote(article: Article, annotation: Record) -> Quote:
    def spans(key: str) -> Spans:
        return tuple(Span(s["charBegin"], s["charEnd"]) for s in annotation[key]["spans"])

    content = spans("quote")
    return Quote(
        id=content_id(article.id, "quote", content, str(annotation["id"])),
        kind=KINDS[annotation["type"]],
        level=int(bool(annotation["isNested"])),
        content=content,
        cue=spans("cue"),
        frame=spans("frame"),
        speaker=spans("speaker"),
        addressee=spans("addressee"),
        confidence=0.8,
    )


def _compare(
    reading: Reading, label: Record, hits: Counter[str], totals: Counter[str], pairs: Counter[tuple[str, str]]
) -> None:
    own = _own(reading, label)

    def count(key: str, hit: bool) -> None:  # noqa: FBT001 - the value itself is what is counted
        totals[key] += 1
        hits[key] += hit

    main = _main(own)
    act = str(main.act) if main else "none"
    count("act", act in (label["act"], *label["also"]))
    count("act_strict", act == label["act"])
    pairs[label["act"] if act not in label["also"] else act, act] += 1
    if main and act == label["act"]:
        count("polarity", main.polarity == label["polarity"])
    _conditions(own, label, count)
    terms = [s for x in own if x.likelihood for s in x.likelihood.spans]
    if label["likelihood"]:
        count("likelihood", any(s.overlaps(Span(*label["likelihood"])) for s in terms))
    _principal(reading, label, main, hits, totals)


def _own(reading: Reading, label: Record) -> list[Statement]:
    """Return the statements that stand in a labelled quote."""
    content = tuple(Span(*s) for s in label["quote"])
    return [s for s in reading.statements if s.quote and _inside(s.content, content)]


def _main(own: list[Statement]) -> Statement | None:
    return min(own, key=lambda s: RANK.index(s.act), default=None)


def _principal(
    reading: Reading, label: Record, main: Statement | None, hits: Counter[str], totals: Counter[str]
) -> None:
    """Count a principal as right if one of its entity's mentions is the labelled one, of those that are given."""
    if not label["principal"] or main is None:
        return
    entity = reading.entity(main.principal)
    totals["principal_given"] += 1
    hits["principal_given"] += entity is not None
    if entity is not None:
        totals["principal"] += 1
        hits["principal"] += any(m.overlaps(Span(*label["principal"])) for m in entity.mentions)


def _inside(spans: Spans, content: Spans) -> bool:
    return any(a.overlaps(b) for a in spans for b in content)


def _conditions(own: list[Statement], label: Record, count: Any) -> None:
    given = [c for s in own for c in s.conditions]
    found = set()
    for wanted in label["conditions"]:
        gold = Span(*wanted["span"])
        hit = next((n for n, c in enumerate(given) if _dice(c.spans, gold) >= 0.6), None)
        count("condition_recall", hit is not None)
        if hit is not None:
            found.add(hit)
            count("condition_kind", given[hit].kind == wanted["kind"])
    for n in range(len(given)):
        count("condition_precision", n in found)
    if not label["conditions"]:
        count("quotes_without_spurious", not given)


def _dice(spans: Spans, gold: Span) -> float:
    shared = sum(max(0, min(s.end, gold.end) - max(s.start, gold.start)) for s in spans)
    return 2 * shared / (sum(s.end - s.start for s in spans) + gold.end - gold.start)


def _macro(pairs: Counter[tuple[str, str]]) -> float:
    scores = []
    for act in {gold for gold, _ in pairs}:
        right = pairs[act, act]
        given = sum(n for (_, found), n in pairs.items() if found == act)
        wanted = sum(n for (gold, _), n in pairs.items() if gold == act)
        scores.append(2 * right / (given + wanted))
    return sum(scores) / len(scores)


def _kappa(rows: list[Record]) -> float:
    same = sum(row["first"] == row["second"] for row in rows) / len(rows)
    one, two = Counter(row["first"] for row in rows), Counter(row["second"] for row in rows)
    chance = sum(one[act] * two[act] for act in one) / len(rows) ** 2
    return (same - chance) / (1 - chance)


if __name__ == "__main__":
    main()
