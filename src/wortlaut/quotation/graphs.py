"""The decoder's model as the encoder's two graphs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wortlaut.encoder import Encoder
from wortlaut.quotation.model import pad
from wortlaut.quotation.near import Near
from wortlaut.quotation.sequence import Scores

_AT_ONCE = 8
"""Quotes looked at together; more would need more memory and be no faster."""

_ROWS = ("index", "from_start", "from_end", "inside", "tags")


@dataclass(frozen=True, slots=True)
class GraphModel:
    """Asks an encoder; a few quotes of one window are looked at together, padded to the longest."""

    encoder: Encoder

    def tag(
        self, ids: Sequence[int], firsts: Sequence[int], features: Sequence[Sequence[int]]
    ) -> tuple[Scores, Scores, Scores]:
        """Return tag logits of both levels and word states of one window."""
        return self.encoder.tag(ids, firsts, np.asarray(features, np.int64))

    def look(self, states: Scores, near: Sequence[Near]) -> tuple[tuple[Scores, ...], Scores]:
        """Return role logits of each quote, and the verdicts."""
        looks = [self._look(states, near[at : at + _AT_ONCE]) for at in range(0, len(near), _AT_ONCE)]
        return tuple(role for roles, _ in looks for role in roles), np.concatenate([verdict for _, verdict in looks])

    def _look(self, states: Scores, near: Sequence[Near]) -> tuple[tuple[Scores, ...], Scores]:
        longest = max(len(n.index) for n in near)
        feed = {row: pad([getattr(n, row) for n in near], longest) for row in _ROWS}
        mask = np.arange(longest)[None] < np.asarray([len(n.index) for n in near])[:, None]
        roles, verdict = self.encoder.look(
            {
                **feed,
                "states": states,
                "mask": mask,
                "ends": np.stack([n.ends for n in near]),
                "kind": np.asarray([n.kind for n in near], np.int64),
                "level": np.asarray([n.level for n in near], np.int64),
            }
        )
        return tuple(r[: len(n.index)] for r, n in zip(roles, near, strict=True)), verdict
