"""Say what went wrong with quotes, by kind and cause: `python evaluation/causes.py --gold dev.jsonl.gz --system readings.jsonl`.

Each gold quote falls into one row: exact; right but for its edges (token F1 of at least 0.5); cut or merged (a system
quote shares words with it, but too few); missed (none does). Of those found: kind wrong, speaker wrong, speaker missing.
Spurious are system quotes that share no word with a gold quote. Beside it, how likely a miss is for short contents.
"""

import argparse
import importlib.util
import json
import os
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

COLUMNS = ("exact", "edges", "cut", "missed", "kind wrong", "speaker wrong", "speaker missing", "spurious")


def main() -> None:
    """Print the table."""
    here = Path(os.environ.get("WORTLAUT_DATA", Path(__file__).parents[2] / "shared"))
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gold", required=True)
    options.add_argument("--system", required=True)
    options.add_argument("--scorer", type=Path, default=here / "eval/score_quotes.py")
    chosen = options.parse_args()
    scorer = load(chosen.scorer)
    answers = {}
    for line in Path(chosen.system).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        answers[Path(record["page"]["source"]).stem] = record.get("quotes", ())
    table: dict[str, Counter[str]] = defaultdict(Counter)
    short: Counter[str] = Counter()
    for document in map(json.loads, scorer.open_text(chosen.gold)):
        tokens = [(t["id"], (t["charBegin"], t["charEnd"])) for t in document["tokens"]]
        gold = [scorer.gold_quote(a) for a in document["annotations"]]
        found = answers.get(document["documentName"].split(" - ")[0], ())
        system = [scorer.system_quote(q, tokens) for q in found]
        for g, s in scorer.pairs(gold, system):
            _count(scorer, table, g, s, gold, system)
            if g is not scorer.NO_QUOTE and scorer.overlap(g, s) < 0.5:
                short["up to 5 words" if len(g["content"]) < 6 else "longer"] += 1
    print("| kind | of | " + " | ".join(COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 2) + "|")
    for kind, row in sorted(table.items()):
        print(f"| {kind} | {row['of']} | " + " | ".join(str(row[c]) for c in COLUMNS) + " |")
    print("not found:", ", ".join(f"{name} {count}" for name, count in short.most_common()))


def _count(
    scorer: ModuleType, table: dict[str, Counter[str]], g: Any, s: Any, gold: list[Any], system: list[Any]
) -> None:
    if g is scorer.NO_QUOTE:
        table[s["kind"]]["spurious"] += not any(s["content"] & other["content"] for other in gold)
        return
    row = table[g["kind"]]
    row["of"] += 1
    if scorer.overlap(g, s) < 0.5:
        row["cut" if any(g["content"] & other["content"] for other in system) else "missed"] += 1
        return
    row["exact" if g["content"] == s["content"] else "edges"] += 1
    row["kind wrong"] += g["kind"] != s["kind"]
    row["speaker wrong"] += bool(s["speaker"]) and not g["speaker"] & s["speaker"]
    row["speaker missing"] += bool(g["speaker"]) and not s["speaker"]


def load(path: Path) -> ModuleType:
    """Return the corpus's scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_quotes", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"there is no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
