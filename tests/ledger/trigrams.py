"""A small true vectoriser for tests: letters in threes, so that words that look alike have vectors that are alike.

Counts are turned by a fixed random matrix, so that a vector's numbers are all of about the same size, as a model's are.
"""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Trigrams:
    """Counts trigrams into 384 places; `seed` makes another model of it."""

    folder = None

    def __init__(self, seed: int = 0) -> None:
        self.name, self.seed = f"trigrams-{seed}", seed
        self.turn = np.random.default_rng(seed).standard_normal((384, 384), dtype=np.float32)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.full((len(texts), 384), 0.01, np.float32)
        for row, text in zip(rows, texts, strict=True):
            for at in range(len(text) - 2):
                row[zlib.crc32(text[at : at + 3].casefold().encode(), self.seed) % 384] += 1
        rows = rows @ self.turn
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
