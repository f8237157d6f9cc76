"""What the decoder asks of a trained model, whatever runs it: tags of words, and a second look at quotes."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wortlaut.model import Medium
from wortlaut.quotation.near import Near
from wortlaut.quotation.sequence import Scores
from wortlaut.quotation.tags import KINDS

ROLES = ("speaker", "cue", "frame", "addressee")
MEDIA = tuple(Medium)
VERDICT = 1 + len(KINDS) + len(MEDIA)
"""Numbers a quote gets: how like a true quote it is, then its kind, then its medium."""


class Model(Protocol):
    """Tags words and looks at quotes; returns logits."""

    def tag(
        self, ids: Sequence[int], firsts: Sequence[int], features: Sequence[Sequence[int]]
    ) -> tuple[Scores, Scores, Scores]:
        """Return tag logits of both levels [words, TAGS] and word states of one window."""

    def look(self, states: Scores, near: Sequence[Near]) -> tuple[tuple[Scores, ...], Scores]:
        """Return role logits [words near, 4] of each quote, and the verdicts [quotes, VERDICT]."""


def sigmoid(logits: Scores) -> Scores:
    """Return probabilities of logits."""
    return np.asarray(1 / (1 + np.exp(-logits)), np.float32)


def pad(rows: Sequence[NDArray[np.int64]], length: int) -> NDArray[np.int64]:
    """Stack rows, filled with zeros to one length."""
    return np.stack([np.pad(row, (0, length - len(row))) for row in rows])
