"""The trained typing of steps from one position to the next: a linear model over two stances and the vectors of their sentences.

What the rules see of two stances, and what the rules make of it, are signs among others; what they do not see, a word that
their lists lack, the vectors do. `training/steps.py` makes the file, which stands beside the weights of the model whose
vectors it was trained on.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wortlaut.errors import ConfigurationError, ModelError
from wortlaut.ledger.answers import ChangeKind
from wortlaut.ledger.events import goes_opposite
from wortlaut.ledger.stance import Stance
from wortlaut.model import Act

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = "steps.npz"
"""The model's file beside the weights."""
KINDS, ACTS = tuple(ChangeKind), tuple(Act)
AGAINST = frozenset((Act.REFUSE, Act.DENY))
FOR = frozenset((Act.COMMIT, Act.ENDORSE, Act.THREATEN))
STEP = 2
"""Steps of strength (lexicon/strength.toml) that make a position harder or softer."""
COUNTED = frozenset((ChangeKind.REVERSED, ChangeKind.HARDENED, ChangeKind.SOFTENED))
"""Types that the rules count out of acts and degrees of strength."""
_SPREAD = 5.0
"""What differences of vectors are multiplied by, so that they are as large as signs."""


def signs_of(before: Stance, after: Stance, shared: frozenset[str], ruled: ChangeKind) -> tuple[float, ...]:
    """Return what is seen of a step: strength, conditions, chance, direction, acts, and the type by the rules."""
    change = after.strength - before.strength
    acts = before.act, after.act
    against = {act in AGAINST for act in acts} == {True, False}
    numbers: tuple[float, ...] = (
        change,
        (change >= STEP) - (change <= -STEP),
        after.conditional - before.conditional,
        after.conditional,
        before.conditional,
        goes_opposite(before.turns, after.turns, shared),
        bool(before.chance and after.chance and before.chance != after.chance),
        bool(before.chance and after.chance),
        bool(before.chance) != bool(after.chance),
        before.act is after.act,
        against,
        against and not FOR.isdisjoint(acts),
        before.strength,
        after.strength,
    )
    named = (
        *(before.act is act for act in ACTS),
        *(after.act is act for act in ACTS),
        *(ruled is kind for kind in KINDS),
    )
    return tuple(map(float, (*numbers, *named)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Weights [signs, difference of the vectors and its size; types] and a bias a type."""

    weights: "NDArray[Any]"
    bias: "NDArray[Any]"

    def type(
        self, signs: tuple[float, ...], ruled: ChangeKind, before: "NDArray[Any]", after: "NDArray[Any]"
    ) -> ChangeKind:
        """Return the likeliest type, given the vectors of both sentences; that of the rules where they count it."""
        if ruled in COUNTED:
            return ruled
        return KINDS[int((features(signs, before, after) @ self.weights + self.bias).argmax())]


def features(signs: tuple[float, ...], before: "NDArray[Any]", after: "NDArray[Any]") -> "NDArray[Any]":
    """Return the row that weights are multiplied with."""
    import numpy as np

    apart = (after - before) * _SPREAD
    return np.concatenate([np.asarray(signs, np.float32), apart, np.abs(apart)])


@cache
def open_steps(folder: Path) -> Steps | None:
    """Open what a model brings, once a process; None if it brings none. Raise ConfigurationError if the file is not whole."""
    path = folder / FILE
    if not path.exists():
        return None
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as file:
            known = tuple(file["kinds"]), tuple(file["acts"])
            steps = Steps(weights=file["weights"].astype(np.float32), bias=file["bias"])
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(path.name, error) from error
    if known != (KINDS, ACTS):
        raise ConfigurationError(f"{path.name} of the model knows other types or acts than this program")
    return steps
