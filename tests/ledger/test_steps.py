"""The trained typing of steps: its signs, its weights, its file."""

from pathlib import Path

import numpy as np
import pytest

from wortlaut.errors import ConfigurationError
from wortlaut.ledger.answers import ChangeKind
from wortlaut.ledger.stance import Stance
from wortlaut.ledger.steps import ACTS, COUNTED, FILE, KINDS, Steps, open_steps, signs_of
from wortlaut.ledger.vectors import SIZE
from wortlaut.model import Act

WEAK = Stance(act=Act.COMMIT, turns=(), strength=-1, conditional=False, chance=None)
HARD = Stance(act=Act.REFUSE, turns=("",), strength=2, conditional=True, chance=None)
SIGNS = len(signs_of(WEAK, HARD, frozenset(), ChangeKind.REVERSED))
FLAT = np.zeros(SIZE, np.float32)


def steps(weights: np.ndarray) -> Steps:
    return Steps(weights=weights, bias=np.zeros(len(KINDS), np.float32))


def test_signs_backwards_turn_round() -> None:
    there = signs_of(WEAK, HARD, frozenset(), ChangeKind.REVERSED)
    back = signs_of(HARD, WEAK, frozenset(), ChangeKind.REVERSED)
    assert [*there[:3], *back[:3]] == [3, 1, 1, -3, -1, -1]
    assert there[5] == back[5] == 1  # they go opposite ways, whichever was first


def test_the_rules_are_followed_where_nothing_else_weighs() -> None:
    weights = np.zeros((SIGNS + 2 * SIZE, len(KINDS)), np.float32)
    weights[SIGNS - len(KINDS) : SIGNS] = np.eye(len(KINDS))
    for kind in KINDS:
        assert steps(weights).type(signs_of(WEAK, HARD, frozenset(), kind), kind, FLAT, FLAT) is kind


def test_what_the_rules_count_is_not_overruled() -> None:
    weights = np.zeros((SIGNS + 2 * SIZE, len(KINDS)), np.float32)
    weights[:SIGNS, KINDS.index(ChangeKind.CONDITION_ADDED)] = 1
    for kind in KINDS:
        typed = steps(weights).type(signs_of(WEAK, HARD, frozenset(), kind), kind, FLAT, FLAT)
        assert typed is (kind if kind in COUNTED else ChangeKind.CONDITION_ADDED)


def test_vectors_may_say_what_the_rules_do_not_see() -> None:
    weights = np.zeros((SIGNS + 2 * SIZE, len(KINDS)), np.float32)
    weights[SIGNS, KINDS.index(ChangeKind.HARDENED)], weights[SIGNS, KINDS.index(ChangeKind.SOFTENED)] = 1, -1
    signs, apart = signs_of(WEAK, WEAK, frozenset(), ChangeKind.REWORDED), FLAT + np.eye(1, SIZE, dtype=np.float32)[0]
    assert steps(weights).type(signs, ChangeKind.REWORDED, FLAT, apart) is ChangeKind.HARDENED
    assert steps(weights).type(signs, ChangeKind.REWORDED, apart, FLAT) is ChangeKind.SOFTENED


def test_a_model_may_bring_none(tmp_path: Path) -> None:
    assert open_steps(tmp_path) is None


@pytest.mark.parametrize("damage", ["bytes", "kinds"])
def test_a_file_that_is_not_whole_is_named(tmp_path: Path, damage: str) -> None:
    if damage == "bytes":
        (tmp_path / FILE).write_bytes(b"no archive")
    else:
        weights = np.zeros((SIGNS + 2 * SIZE, len(KINDS)), np.float16)
        np.savez(tmp_path / FILE, weights=weights, bias=weights[0], kinds=KINDS[:-1], acts=ACTS)
    with pytest.raises(ConfigurationError, match=FILE):
        open_steps(tmp_path)


def test_a_whole_file_is_opened(tmp_path: Path) -> None:
    weights = np.ones((SIGNS + 2 * SIZE, len(KINDS)), np.float16)
    np.savez(tmp_path / FILE, weights=weights, bias=weights[0], kinds=[*map(str, KINDS)], acts=[*map(str, ACTS)])
    found = open_steps(tmp_path)
    assert found is not None
    assert found.weights.shape == (SIGNS + 2 * SIZE, len(KINDS))
