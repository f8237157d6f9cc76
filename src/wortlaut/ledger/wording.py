"""How two wordings compare: how near they are, and which of their words differ.

Papers shorten, join and correct a quote, but keep its run of words; so two wordings are near when most words of the shorter
stand in the longer in the same order. A sketch (minhash, Broder 1997) finds wordings that may be near without comparing all.
"""

import hashlib
import re
from difflib import SequenceMatcher
from functools import lru_cache

from wortlaut.text import Span, Spans

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_REWORDED = 0.6
"""Nearness from which two wordings are one that was changed."""
_FEWEST = 3
"""Words that a wording and another have to share at least to be one."""
_RUN = 3
"""Words of the runs that a sketch is made of."""


@lru_cache(maxsize=50_000)
def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters, without marks."""
    return tuple(word.casefold() for word in _WORD.findall(text))


def sketch_of(text: str) -> int:
    """Return 64 bits that equal wordings share, and that near ones share as often as they share runs of three words."""
    words = plain_words(text)
    runs = {" ".join(words[n : n + _RUN]) for n in range(max(1, len(words) - _RUN + 1))}
    digests = (hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest() for run in runs)
    return int.from_bytes(min(digests), "big", signed=True)


@lru_cache(maxsize=50_000)
def nearness(one: str, other: str) -> float:
    """Return which share of the shorter wording's words stands in the other in the same order, 0 to 1."""
    first, second = plain_words(one), plain_words(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / min(len(first), len(second))


def is_reworded(one: str, other: str) -> bool:
    """Tell whether two wordings are one that was changed; else one went and another came."""
    first, second = plain_words(one), plain_words(other)
    return nearness(one, other) >= _REWORDED and (first == second or len({*first} & {*second}) >= _FEWEST)


def differing(words: str, other: str) -> Spans:
    """Return the stretches of `words` that the other wording does not have at that place; marks and case do not count."""
    places = [Span(*match.span()) for match in _WORD.finditer(words)]
    matcher = SequenceMatcher(None, plain_words(words), plain_words(other), autojunk=False)
    runs = [(a, b) for tag, a, b, _, _ in matcher.get_opcodes() if tag in ("replace", "delete")]
    return tuple(Span(places[a].start, places[b - 1].end) for a, b in runs)
