"""The words near a quote, as numbers for the model's second look: who says it stands before, within or behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wortlaut.quotation.tags import KINDS, Tagged

BACK, FORTH = 120, 60
"""How many words before and behind a quote are looked at."""

_EXACT, _WIDEST = 8, 17
BUCKETS = 2 * _WIDEST + 1
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Arrays a quote: word numbers, distances to the first and last word, in-quote, tags [words]; ends [2]; labels."""

    index: Numbers
    from_start: Numbers
    from_end: Numbers
    inside: Numbers
    tags: Numbers
    ends: Numbers
    kind: int
    level: int


def look_near(quote: Tagged, tags: Sequence[int], count: int) -> Near:
    """Return what is near a quote among `count` words with level-0 `tags`."""
    first, last = quote.words[0], quote.words[-1]
    index = np.arange(max(0, first - BACK), min(count, last + 1 + FORTH))
    inside = np.zeros(len(index), np.int64)
    inside[np.asarray(quote.words) - index[0]] = 1
    return Near(
        index=index,
        from_start=bucket(index - first),
        from_end=bucket(index - last),
        inside=inside,
        tags=np.asarray(tags, np.int64)[index],
        ends=np.asarray([first, last]),
        kind=KINDS.index(quote.kind),
        level=quote.level,
    )


def bucket(distance: Numbers) -> Numbers:
    """Return distances as bucket numbers: exact below eight, then two a doubling."""
    far = np.abs(distance)
    wide = _EXACT + np.log2(np.maximum(far, _EXACT) / _EXACT) * 2
    size = np.minimum(np.where(far < _EXACT, far, wide).astype(np.int64), _WIDEST)
    return _WIDEST + np.sign(distance) * size
