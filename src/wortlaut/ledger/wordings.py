"""Two wordings beside one another: which words only one of them has."""

from collections.abc import Sequence
from difflib import SequenceMatcher


def compare(words: Sequence[str], others: Sequence[str]) -> list[tuple[str, bool]]:
    """Tell of each word whether the other wording has it at the same place."""
    first, second = ([w.strip('.,;:!?»«„“"').casefold() for w in side] for side in (words, others))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    same = {n for block in blocks for n in range(block.a, block.a + block.size)}
    return [(word, n in same) for n, word in enumerate(words)]
