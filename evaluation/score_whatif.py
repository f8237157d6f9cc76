"""Score what-if on event questions about the quotation corpus.

    python evaluation/score_whatif.py LEDGER [--half development|check] [--show] [--json]

LEDGER comes from corpus_ledger.py. A question has the documents and places of the quotes that answer it, or none; a twin
asks for the opposite, which these quotes do not answer. Thresholds and weights were chosen on the development half, the
questions whose id has an even SHA-256.

With --all: recall@5 and mean 1/rank of the first right answer. By default: twins that are not answered with the quotes
of the event itself, questions without an answer that are left empty.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from wortlaut import Ledger, Span
from wortlaut.encoder import open_folder
from wortlaut.ledger import Answer

QUESTIONS = Path(__file__).parent / "whatif/questions.jsonl"
Question = dict[str, Any]


def in_development(id_: object) -> bool:
    """Tell whether a question or pair belongs to the half that choices may be made on."""
    return int(hashlib.sha256(str(id_).encode()).hexdigest(), 16) % 2 == 0


def questions(half: str | None) -> list[Question]:
    """Return the questions of one half, or all."""
    every = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return [q for q in every if half is None or in_development(q["id"]) == (half == "development")]


def is_right(question: Question, answer: Answer) -> bool:
    """Tell whether an answer stands in one of the quotes that answer a question."""
    return any(
        answer.page.source == str(place["document"])
        and any(Span(*span).overlaps(own) for span in place["spans"] for own in answer.statement.content)
        for place in question["answers"]
    )


def measure(ledger: Ledger, asked: list[Question], note: Callable[[str], None]) -> dict[str, float]:
    """Return the figures, percent."""
    ranks, shown, twins, empty = [], [], [], []
    for question in asked:
        sure = ledger.whatif(question["event"], limit=None)
        if not question["answers"]:
            empty.append(not sure)
            note(f"{question['event']}: {'left empty' if not sure else sure[0].words}")
            continue
        answers = ledger.whatif(question["event"], limit=None, everything=True)
        rank = next((n for n, a in enumerate(answers, 1) if is_right(question, a)), None)
        ranks.append(1 / rank if rank else 0.0)
        shown.append(any(is_right(question, a) for a in sure))
        note(f"{question['event']}: rank {rank}{'' if shown[-1] else ', not by default'}")
        if question["twin"]:
            wrong = next((a for a in ledger.whatif(question["twin"], limit=None) if is_right(question, a)), None)
            twins.append(wrong is None)
            note(f"  twin {question['twin']}: {wrong.words if wrong else 'kept out'}")
    return {
        "recall_at_5": share([r >= 1 / 5 for r in ranks]),
        "mrr": share(ranks),
        "by_default": share(shown),
        "twins_kept_out": share(twins),
        "left_empty": share(empty),
    }


def share(values: list[float] | list[bool]) -> float:
    """Return a mean, percent."""
    return round(100 * sum(values) / max(1, len(values)), 1)


def main() -> int:
    """Ask everything."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("ledger", type=Path)
    options.add_argument("--half", choices=("development", "check"))
    options.add_argument("--show", action="store_true", help="print every question with its rank")
    options.add_argument("--json", action="store_true")
    options.add_argument("--model", type=Path, help="a folder with a model; by default the one that is installed")
    chosen = options.parse_args()
    maker = partial(open_folder, chosen.model, chosen.model.name) if chosen.model else None
    with Ledger.open(chosen.ledger, create=False, maker=maker) as ledger:
        figures = measure(ledger, questions(chosen.half), print if chosen.show else lambda _: None)
    print(json.dumps(figures) if chosen.json else "\n".join(f"{k:16}{v:6.1f}" for k, v in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
