"""What is told to the model beside the words: quotation marks, mood, cue words, and where sentences and blocks begin.

Each feature is a small number a word; the model learns a vector for each. They are found by the same code for training
and for reading.
"""

from collections.abc import Sequence
from functools import cache

from wortlaut import lexicon
from wortlaut.encoder import Words
from wortlaut.language import Mood, Sentence, Tag, Token
from wortlaut.model import BlockKind
from wortlaut.quotation.marks import find_marked
from wortlaut.text import Span, hull

SIZES = (4, 5, 4, 6)
"""How many values each feature has: marks, mood, cue, position."""

OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
_MOODS = {None: 0, Mood.INDICATIVE: 1, Mood.SUBJUNCTIVE_1: 2, Mood.SUBJUNCTIVE_2: 3, Mood.AMBIGUOUS: 4}
_SHORT_BLOCKS = frozenset([BlockKind.HEADLINE, BlockKind.LEDE, BlockKind.SUBHEAD])


def find_features(text: str, sentences: Sequence[Sentence], words: Sequence[Words]) -> tuple[tuple[int, ...], ...]:
    """Return the features of every word of the sentences, in order, one tuple a word."""
    marks = _marks(text, sentences)
    rows: list[tuple[int, ...]] = []
    block = None
    for sentence, own in zip(sentences, words, strict=True):
        tokens = {token.start: token for token in sentence.tokens}
        opening = 2 if sentence.block != block else 1
        block = sentence.block
        short = 3 if sentence.kind in _SHORT_BLOCKS else 0
        for number, span in enumerate(own.spans):
            token = tokens.get(span.start)
            mood = _MOODS[token.mood] if token else 0
            position = short + (opening if number == 0 else 0)
            rows.append((marks.get(span.start, OUTSIDE), mood, _cue(token), position))
    return tuple(rows)


def _marks(text: str, sentences: Sequence[Sentence]) -> dict[int, int]:
    """Return the state of every character in or at quotation marks."""
    blocks: dict[int, list[Span]] = {}
    for sentence in sentences:
        blocks.setdefault(sentence.block, []).append(sentence.span)
    states: dict[int, int] = {}
    for spans in blocks.values():
        for marked in find_marked(text, hull(spans)):
            states.update(dict.fromkeys(range(marked.inner.start, marked.inner.end), INSIDE))
            states[marked.outer.start] = OPENING
            states[marked.outer.end - 1] = CLOSING
    return states


def _cue(token: Token | None) -> int:
    if token is None:
        return 0
    verbs, nouns, openers = _lexicon()
    if token.lemma in verbs and token.tag is not Tag.NOUN:
        return 1
    if token.text in nouns:
        return 2
    return 3 if token.lower in openers else 0


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    acts = lexicon.load("acts")
    verbs = frozenset(verb for group in acts["verbs"].values() for verb in group.split())
    nouns = frozenset(noun for group in acts["nouns"].values() for noun in group)
    openers = frozenset(phrase.split()[-1] for phrase in lexicon.words("cues", "frame_before"))
    return verbs, nouns, openers | {"so", "zufolge", "demnach", "demzufolge"}
