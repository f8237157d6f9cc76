"""Score the typing of changes on pairs of our own sentences, written by one author and typed blind by another.

    python evaluation/score_changes.py [--half development|check|own] [--show] [--json] [--model FOLDER]

Each sentence is read as a page of its own; its statement with the most words stands for it, or the whole sentence as a mere
assertion where none was found. The principal is given by the pair. A pair is *other matter* where the two are not likely
enough to be about the same. Printed at both thresholds: `--all`, and what is shown by default.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from score_whatif import in_development, share

from wortlaut import Page, Reading, Span, Statement, read
from wortlaut.encoder import find_model, open_encoder, open_folder
from wortlaut.ledger.changes import type_step
from wortlaut.ledger.matching import words_of_event
from wortlaut.ledger.positions import POSSIBLE, SURE, Position, likeness
from wortlaut.ledger.stance import Stance, stance_of
from wortlaut.ledger.steps import open_steps, signs_of
from wortlaut.ledger.vectors import VectorFile, Vectoriser
from wortlaut.model import Act, PageForm, StatementSource
from wortlaut.text import words_at

PAIRS = Path(__file__).parent / "changes/pairs.jsonl"
OWN = Path(__file__).parents[1] / "training/own_changes.txt"
OTHER = "other_matter"


def position(sentence: str, party: str) -> tuple[Position, Stance]:
    """Return what the ledger would know of a sentence."""
    outcome = read(Page(source="pair", content=sentence.encode(), published="2031-03-04", form=PageForm.TEXT))
    found = outcome.statements if isinstance(outcome, Reading) else ()
    whole = Statement(
        id="", source=StatementSource.QUOTE, content=(Span(0, len(sentence)),), act=Act.ASSERT, confidence=0.5
    )
    chosen = max(found, key=lambda s: sum(len(c) for c in s.content), default=whole)
    conditions = tuple({c.spans: c for s in found for c in s.conditions}.values())
    likelihood = next((s.likelihood for s in found if s.likelihood), None)
    chosen = replace(chosen, conditions=conditions, likelihood=likelihood)
    names = {party, *(words_at(sentence, s.speaker_span) for s in found)}
    families = words_of_event(words_at(sentence, chosen.content)) - {f for name in names for f in words_of_event(name)}
    return Position(
        number=0,
        page="",
        id="",
        principal=0,
        day="",
        act=chosen.act,
        told=0,
        words=sentence,
        sentence=sentence,
        families=families,
    ), stance_of(chosen, sentence, tuple(words_at(sentence, c.spans) for c in conditions))


def decide(pair: dict[str, Any], vectors: VectorFile | None) -> tuple[str, float]:
    """Return the type of the step, if the two are about the same, and how likely they are."""
    (before, old), (after, new) = (position(pair[key], pair["party"]) for key in ("before", "after"))
    shared = before.families & after.families
    ruled = type_step(old, new, shared)
    if vectors is None:
        return ruled.value, likeness(before, after, None)
    one, other = vectors.vectors([before.sentence, after.sentence])
    steps = open_steps(vectors.folder) if vectors.folder else None
    kind = steps.type(signs_of(old, new, shared, ruled), ruled, one, other) if steps else ruled
    return kind.value, likeness(before, after, float(one @ other))


def figures(decided: list[tuple[str, str, float]], least: float) -> dict[str, float]:
    """Return macro F1 over the seven types and *other matter*, and the share of other matter that is not taken for a change."""
    counts = Counter((wanted, kind if sum_ >= least else OTHER) for wanted, kind, sum_ in decided)
    scores = {}
    for kind in sorted({wanted for wanted, _ in counts}):
        right = counts[kind, kind]
        given, wanted = (sum(n for pair, n in counts.items() if pair[side] == kind) for side in (1, 0))
        scores[kind] = round(200 * right / max(1, given + wanted), 1)
    kept = [sum_ < least for wanted, _, sum_ in decided if wanted == OTHER]
    typed = [wanted == kind for wanted, kind, _ in decided if wanted != OTHER]
    macro = round(sum(scores.values()) / len(scores), 1)
    return {"macro_f1": macro, "other_kept_out": share(kept), "typed_right": share(typed), **scores}


def decide_all(pairs: list[dict[str, Any]], maker: Vectoriser | None) -> list[tuple[str, str, float]]:
    """Return for each pair the type it has, the type found, and how likely it is one matter."""
    with tempfile.TemporaryDirectory() as folder:
        vectors = VectorFile(Path(folder) / "pairs.vectors", maker) if maker else None
        return [(pair["blind"], *decide(pair, vectors)) for pair in pairs]


def pairs_of(half: str | None) -> list[dict[str, Any]]:
    """Return the pairs of a half, of both if None, or of `own` sentences: each line of these is a step and another matter."""
    if half != "own":
        every = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
        return [p for p in every if half is None or in_development(p["id"]) == (half == "development")]
    found = []
    for line in OWN.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            party, step, before, after, other = (part.strip() for part in line.split("|"))
            found.append({"party": party, "blind": step, "before": before, "after": after})
            first = after if step == "reversed" else before
            found.append({"party": party, "blind": OTHER, "before": first, "after": other})
    return found


def vectors_of(folder: Path | None) -> Vectoriser | None:
    """Return the model in a folder, or the one that is installed, or None."""
    if folder:
        return open_folder(folder, folder.name)
    name = find_model()
    return open_encoder(name) if name else None


def main() -> int:
    """Decide every pair."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--half", choices=("development", "check", "own"), help="own: training/own_changes.txt")
    options.add_argument("--show", action="store_true")
    options.add_argument("--json", action="store_true", help="print the figures as JSON, those by default after `sure`")
    options.add_argument("--model", type=Path, help="a folder with a model; by default the one that is installed")
    chosen = options.parse_args()
    maker = vectors_of(chosen.model)
    wanted = pairs_of(chosen.half)
    decided = decide_all(wanted, maker)
    if chosen.show:
        for pair, (kind, got, sum_) in zip(wanted, decided, strict=True):
            if kind != got:
                print(f"{kind} taken for {got} ({sum_:.1f}): {pair['before']} / {pair['after']}")
    if chosen.json:
        sure = {
            f"sure.{name}": value
            for name, value in figures(decided, SURE).items()
            if name in ("macro_f1", "other_kept_out")
        }
        print(json.dumps(figures(decided, POSSIBLE) | sure))
        return 0
    print(f"{len(decided)} pairs, vectors by {maker.name if maker else 'no model'}")
    for name, least in (("--all", POSSIBLE), ("by default", SURE)):
        print(name, figures(decided, least))
    return 0


if __name__ == "__main__":
    sys.exit(main())
