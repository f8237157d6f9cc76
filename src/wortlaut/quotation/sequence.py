"""The best row of tags: Viterbi over the model's logits, under the tags' grammar and biases tuned on development pages."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from wortlaut.quotation.tags import BEGIN, CONTINUE, INSIDE, OUT, TAGS, kind_of, part_of

Scores = NDArray[np.float32]
_NEVER = np.float32(-1e4)


def best_tags(logits: Scores, *, out: float = 0.0, opening: float = 0.0) -> list[int]:
    """Return the best tags of words, given logits [words, TAGS].

    `out` is added to the logit of being outside, `opening` to those of tags that begin or continue a quote.
    """
    if not len(logits):
        return []
    scores = logits + _bias(out, opening)
    forbidden = _transitions()
    total = scores[0] + np.where(_inside(), _NEVER, 0)
    back = np.zeros((len(scores), TAGS), np.int64)
    for word in range(1, len(scores)):
        paths = total[:, None] + forbidden
        back[word] = paths.argmax(0)
        total = paths.max(0) + scores[word]
    tags = [int(total.argmax())]
    for word in range(len(scores) - 1, 0, -1):
        tags.append(int(back[word, tags[-1]]))
    return tags[::-1]


@cache
def _bias(out: float, opening: float) -> Scores:
    parts = {OUT: out, BEGIN: opening, CONTINUE: opening}
    return np.asarray([parts.get(part_of(tag), 0.0) for tag in range(TAGS)], np.float32)


@cache
def _inside() -> NDArray[np.bool_]:
    return np.asarray([part_of(tag) == INSIDE for tag in range(TAGS)])


@cache
def _transitions() -> Scores:
    """Inside a quote is reached from the same kind only."""
    table = np.zeros((TAGS, TAGS), np.float32)
    for after in range(TAGS):
        if part_of(after) == INSIDE:
            for before in range(TAGS):
                if before == OUT or kind_of(before) is not kind_of(after):
                    table[before, after] = _NEVER
    return table
