"""Teach the typing of changes: a linear model over two stances as the rules see them, and the vectors of both sentences.

    python training/steps.py --model models/wortlaut-de/src/wortlaut_de

Learns from `own_changes.txt`, each line in both directions ("hardened" backwards is "softened"). Prints how many types are
right in a cross-validation by party, and by the rules alone; writes `steps.npz` into the model's folder.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from wortlaut.encoder import open_folder
from wortlaut.ledger.answers import ChangeKind
from wortlaut.ledger.changes import type_step
from wortlaut.ledger.positions import Position
from wortlaut.ledger.stance import Stance
from wortlaut.ledger.steps import ACTS, FILE, KINDS, features, signs_of
from wortlaut.ledger.vectors import VectorFile

sys.path.insert(0, str(Path(__file__).parents[1] / "evaluation"))
from score_changes import OTHER, pairs_of, position

C, FOLDS = 0.3, 5
BACKWARDS = {
    ChangeKind.HARDENED: ChangeKind.SOFTENED,
    ChangeKind.SOFTENED: ChangeKind.HARDENED,
    ChangeKind.CONDITION_ADDED: ChangeKind.CONDITION_DROPPED,
    ChangeKind.CONDITION_DROPPED: ChangeKind.CONDITION_ADDED,
}
Read = tuple[Position, Stance]
Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A step: its party, its type and the type by rules, and its row of features; `forwards` as it was written."""

    party: str
    kind: ChangeKind
    ruled: ChangeKind
    row: Vector
    forwards: bool


def examples_of(
    party: str, kind: ChangeKind, before: Read, after: Read, vectors: tuple[Vector, Vector]
) -> list[Example]:
    """Return a step as it was written, and backwards."""
    found = []
    for forwards in (True, False):
        first, second = (before, after) if forwards else (after, before)
        shared = first[0].families & second[0].families
        ruled = type_step(first[1], second[1], shared)
        signs = signs_of(first[1], second[1], shared, ruled)
        row = features(signs, *(vectors if forwards else vectors[::-1]))
        typed = kind if forwards else BACKWARDS.get(kind, kind)
        found.append(Example(party=party, kind=typed, ruled=ruled, row=row, forwards=forwards))
    return found


def fitted(examples: list[Example]) -> LogisticRegression:
    """Fit the model."""
    model = LogisticRegression(C=C, max_iter=300)
    return model.fit(np.array([e.row for e in examples]), np.array([str(e.kind) for e in examples]))


def write(model: LogisticRegression, path: Path) -> None:
    """Write weights and biases in the order of the types."""
    order = [list(model.classes_).index(str(kind)) for kind in KINDS]
    np.savez_compressed(
        path,
        weights=model.coef_[order].T.astype(np.float16),
        bias=model.intercept_[order].astype(np.float32),
        kinds=np.array([*map(str, KINDS)]),
        acts=np.array([*map(str, ACTS)]),
    )


def judged(examples: list[Example]) -> str:
    """Return how many types are right, of parties that were not learned from, and by the rules."""
    right = []
    for taught, left in GroupKFold(FOLDS).split(examples, groups=[e.party for e in examples]):
        model = fitted([examples[n] for n in taught])
        own = [examples[n] for n in left if examples[n].forwards]
        right += list(model.predict(np.array([e.row for e in own])) == [str(e.kind) for e in own])
    rules = [e.ruled is e.kind for e in examples if e.forwards]
    return f"right {100 * np.mean(right):.1f}, by rules {100 * np.mean(rules):.1f} of {len(right)}"


def main() -> None:
    """Read every line, judge, learn, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", type=Path, required=True)
    chosen = options.parse_args()
    examples = []
    with tempfile.TemporaryDirectory() as folder:
        vectors = VectorFile(Path(folder) / "own.vectors", open_folder(chosen.model, "taught"))
        for pair in pairs_of("own"):
            if pair["blind"] != OTHER:
                read = [position(pair[key], pair["party"]) for key in ("before", "after")]
                rows = vectors.vectors([pair["before"], pair["after"]])
                examples += examples_of(pair["party"], ChangeKind(pair["blind"]), *read, (rows[0], rows[1]))
    print(judged(examples))
    write(fitted(examples), chosen.model / FILE)


if __name__ == "__main__":
    main()
