"""Score Readings against pages of our own with gold written by independent authors.

    python evaluation/score_pages.py FOLDER [--show] [--json] [--only 03 07]

FOLDER holds `NN.txt` or `NN.html` with `NN.json` beside it: date, title, blocks, statements, `no_statement` (words that no
quote or statement may hold), what-if questions. A gold statement is found if a statement of the Reading holds at least
half of its words; its fields are then compared. Only statements marked `must` count for recall; the others excuse.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Record = dict[str, Any]


@dataclass
class Tally:
    """Right and total of every measure, and a line for each miss."""

    right: dict[str, int] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def count(self, measure: str, hit: bool, note: str = "") -> None:  # noqa: FBT001 - the value itself is what is counted
        """Count one comparison; `note` says what was wrong."""
        self.total[measure] = self.total.get(measure, 0) + 1
        self.right[measure] = self.right.get(measure, 0) + hit
        if not hit:
            self.notes.append(f"{measure}: {note}")


def main() -> int:
    """Score every page of a folder."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--show", action="store_true", help="print every miss")
    options.add_argument("--json", action="store_true", help="print the figures as JSON")
    options.add_argument("--only", nargs="*", default=(), help="names of pages")
    chosen = options.parse_args()
    tally = Tally()
    for gold_file in sorted(chosen.folder.glob("[0-9]*.json")):
        if chosen.only and gold_file.stem not in chosen.only:
            continue
        page = next(p for p in (gold_file.with_suffix(s) for s in (".txt", ".html")) if p.exists())
        before = len(tally.notes)
        _page(page, json.loads(gold_file.read_text(encoding="utf-8")), tally)
        if chosen.show:
            print(f"== {page.name}", *tally.notes[before:], sep="\n   ")
    figures = {name: round(100 * tally.right[name] / total, 1) for name, total in tally.total.items()}
    if chosen.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:24} {value:6.1f}  ({tally.right[name]}/{tally.total[name]})")
    return 0


def _wortlaut(*words: str | Path) -> list[Record]:
    command = [sys.executable, "-m", "wortlaut", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _page(page: Path, gold: Record, tally: Tally) -> None:
    (reading,) = _wortlaut("read", "--format", "jsonl", "--date", gold["date"], page)
    if "article" not in reading:
        tally.count("read", hit=False, note=f"{page.name} was rejected: {reading['reason']}")
        return
    text = reading["article"]["text"]
    tally.count("title", reading["article"]["title"] == gold["title"], f"{reading['article']['title']!r}")
    for key in ("agencies", "authors"):
        tally.count(key, set(reading["article"][key]) == set(gold.get(key, ())), f"{reading['article'][key]}")
    _blocks(reading, text, gold, tally)
    _statements(reading, text, gold, tally)
    for words in gold.get("no_statement", ()):
        at = _find(text, words)
        holders = [] if at is None else [x for x in _spoken(reading) if _overlap(x["content"], [at])]
        tally.count("nothing of it said", not holders, f"{words!r}")
    _questions(page, gold, text, tally)


def _spoken(reading: Record) -> list[Record]:
    return [*reading["quotes"], *reading["statements"]]


def _blocks(reading: Record, text: str, gold: Record, tally: Tally) -> None:
    at = 0
    for block in gold["blocks"]:
        start = _find(text, block["starts"], at)
        if start is None:
            tally.count("blocks", hit=False, note=f"{block['kind']} is not in the text: {block['starts']!r}")
            continue
        end = _find(text, block["ends"], start[0])
        span = [start[0], end[1] if end else start[1]]
        at = start[0]
        kinds = [(_overlap([[b["start"], b["end"]]], [span]), b["kind"]) for b in reading["article"]["blocks"]]
        kind = max(kinds)[1]
        tally.count("blocks", kind == block["kind"], f"{kind} for {block['kind']}: {block['starts']!r}")


def _statements(reading: Record, text: str, gold: Record, tally: Tally) -> None:
    names = {e["id"]: e["name"] for e in reading["entities"]}
    spans = [_find(text, g["words"]) for g in gold["statements"]]
    for wanted, span in zip(gold["statements"], spans, strict=True):
        if span is None:
            tally.count("gold stands in the text", hit=False, note=wanted["words"])
            continue
        found = _best(reading["statements"], span, wanted["source"])
        label = f"{wanted['words'][:60]!r}"
        if wanted["must"]:
            tally.count("must be found", found is not None, label)
        if found is not None:
            _fields(found, wanted, text, names, reading, tally, label)
    for statement in reading["statements"]:
        hit = any(s and _overlap(statement["content"], [s]) for s in spans)
        tally.count("supported", hit, f"{statement['act']}: {_words(text, statement['content'])[:80]!r}")


def _best(statements: list[Record], span: list[int], source: str) -> Record | None:
    size = span[1] - span[0]
    held = [(_overlap(s["content"], [span]), s["source"] == source, s) for s in statements]
    held = [h for h in held if h[0] >= size / 2]
    return max(held, key=lambda h: (h[0] >= size * 0.9, h[1], h[0]))[2] if held else None


def _fields(
    found: Record, wanted: Record, text: str, names: dict[str, str], reading: Record, tally: Tally, label: str
) -> None:
    tally.count("act", found["act"] == wanted["act"], f"{found['act']} for {wanted['act']} {label}")
    tally.count("polarity", found["polarity"] == wanted["polarity"], f"not {wanted['polarity']} {label}")
    for role in ("speaker", "principal"):
        given = names.get(found[role])
        if wanted[role] is not None:
            tally.count(f"{role} given", given is not None, f"nobody for {wanted[role]} {label}")
        if given is not None and (role == "speaker" or wanted[role] is not None):
            right = wanted[role] is not None and _same_name(given, wanted[role], reading, found[role])
            tally.count(f"{role} right", right, f"{given} for {wanted[role]} {label}")
    _conditions(found, wanted, text, tally, label)
    term = found["likelihood"]["term"] if found["likelihood"] else None
    if term or wanted["likelihood"]:
        tally.count("likelihood", term == wanted["likelihood"], f"{term} for {wanted['likelihood']} {label}")
    for when in ("said", "due"):
        given = found[when]["value"] if found[when] else None
        if wanted.get(when):
            tally.count(when, (given or "")[: len(wanted[when])] == wanted[when], f"{given} for {wanted[when]} {label}")
    if wanted.get("medium"):
        media = [r["name"] for r in found["reported_by"] if r["role"] == "medium"]
        tally.count("medium", any(wanted["medium"] in m or m in wanted["medium"] for m in media), f"{media} {label}")


def _conditions(found: Record, wanted: Record, text: str, tally: Tally, label: str) -> None:
    taken: list[int] = []
    for condition in wanted["conditions"]:
        span = _find(text, condition["words"])
        best = max(
            range(len(found["conditions"])),
            key=lambda i: _overlap(found["conditions"][i]["spans"], [span]) if span else 0,
            default=None,
        )
        given = found["conditions"][best] if best is not None else None
        hit = given is not None and span is not None and _dice(given["spans"], span) >= 0.6
        tally.count("condition found", hit, f"{condition['words'][:50]!r} {label}")
        if hit and given is not None and best is not None:
            taken.append(best)
            tally.count("condition kind", given["kind"] == condition["kind"], f"{given['kind']} {condition}")
            tally.count("condition holder", given["holder"] == condition["holder"], f"{given['holder']} {condition}")
    for number, given in enumerate(found["conditions"]):
        words = _words(text, given["spans"])[:60]
        tally.count("condition real", number in taken, f"{given['kind']} {words!r} {label}")


def _questions(page: Path, gold: Record, text: str, tally: Tally) -> None:
    if not gold.get("whatif"):
        return
    with tempfile.TemporaryDirectory() as folder:
        ledger = ("--ledger", Path(folder) / "x.ledger")
        subprocess.run(
            [sys.executable, "-m", "wortlaut", "add", *map(str, ledger), "--date", gold["date"], str(page)],
            capture_output=True,
            check=False,
        )
        for question in gold["whatif"]:
            answers = _wortlaut("whatif", *ledger, "--format", "jsonl", question["event"])
            spans = [s for a in answers for s in a["statement"]["content"]]
            for words in question["expect"]:
                span = _find(text, words)
                hit = span is not None and _overlap(spans, [span]) >= (span[1] - span[0]) / 2
                tally.count("what-if found", hit, f"{question['event']!r} → {words!r}")
            for words in question.get("not", ()):
                span = _find(text, words)
                miss = span is None or _overlap(spans, [span]) < (span[1] - span[0]) / 2
                tally.count("what-if kept out", miss, f"{question['event']!r} → {words!r}")


def _same_name(given: str, wanted: str, reading: Record, entity: str) -> bool:
    """Tell whether a name is the one of the gold; "die Ministerin" may stand for a name that it is a mention of."""
    if _bare(given) == _bare(wanted):
        return True
    text = reading["article"]["text"]
    mentions = next(e["mentions"] for e in reading["entities"] if e["id"] == entity)
    return any(_bare(text[s:e]) == _bare(wanted) for s, e in mentions)


def _bare(name: str) -> str:
    words = name.casefold().split()
    return " ".join(words[1:] if words[0] in ("der", "die", "das", "dem", "den", "des", "ein", "eine") else words)


def _find(text: str, words: str, start: int = 0) -> list[int] | None:
    at = text.find(words, start)
    if at < 0:
        at = text.find(words)
    return [at, at + len(words)] if at >= 0 else None


def _overlap(spans: list[list[int]], others: list[list[int]]) -> int:
    return sum(max(0, min(e, oe) - max(s, os)) for s, e in spans for os, oe in others)


def _dice(spans: list[list[int]], other: list[int]) -> float:
    size = sum(e - s for s, e in spans) + other[1] - other[0]
    return 2 * _overlap(spans, [other]) / size


def _words(text: str, spans: list[list[int]]) -> str:
    return " … ".join(text[s:e] for s, e in spans)


if __name__ == "__main__":
    sys.exit(main())
