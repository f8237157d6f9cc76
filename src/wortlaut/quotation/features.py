"""What is told to the model beside the words: quotation marks, mood, cue words, and where sentences and blocks begin.

Each feature is a small number a word; the model learns a vector for each. They are found by the same code for training
and for reading, and with the same cue words: a model keeps those it was trained with, so that a lexicon that has grown
since does not change what the model sees.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wortlaut import lexicon
from wortlaut.encoder import Words
from wortlaut.errors import ModelError
from wortlaut.language import Mood, Sentence, Tag, Token
from wortlaut.model import BlockKind
from wortlaut.quotation.marks import find_marked
from wortlaut.text import Span, hull

SIZES = (4, 5, 4, 6)
"""How many values each feature has: marks, mood, cue, position."""

OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
_MOODS = {None: 0, Mood.INDICATIVE: 1, Mood.SUBJUNCTIVE_1: 2, Mood.SUBJUNCTIVE_2: 3, Mood.AMBIGUOUS: 4}
_SHORT_BLOCKS = frozenset([BlockKind.HEADLINE, BlockKind.LEDE, BlockKind.SUBHEAD])


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The words that a model is told to be cues: lemmas of verbs, forms of nouns, words that open a frame."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    openers: frozenset[str]


def find_features(
    text: str, sentences: Sequence[Sentence], words: Sequence[Words], cues: Cues
) -> tuple[tuple[int, ...], ...]:
    """Return the features of every word of the sentences, in order, one tuple a word."""
    marks = _marks(text, sentences)
    rows: list[tuple[int, ...]] = []
    block, leading = None, _leading(sentences)
    for sentence, own in zip(sentences, words, strict=True):
        tokens = {token.start: token for token in sentence.tokens}
        opening = 2 if sentence.block != block else 1
        block = sentence.block
        short = 3 if sentence.kind in _SHORT_BLOCKS or sentence.block == leading else 0
        for number, span in enumerate(own.spans):
            token = tokens.get(span.start)
            mood = _MOODS[token.mood] if token else 0
            position = short + (opening if number == 0 else 0)
            rows.append((marks.get(span.start, OUTSIDE), mood, _cue(token, cues), position))
    return tuple(rows)


def _leading(sentences: Sequence[Sentence]) -> int | None:
    """Return the block behind a page's first one, where a lede stands, whatever extraction calls it, if there are more."""
    blocks = list(dict.fromkeys(sentence.block for sentence in sentences))
    return blocks[1] if len(blocks) > 2 else None


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


def _cue(token: Token | None, cues: Cues) -> int:
    if token is None:
        return 0
    if token.lemma in cues.verbs and token.tag is not Tag.NOUN:
        return 1
    if token.text in cues.nouns:
        return 2
    return 3 if token.lower in cues.openers else 0


def lexicon_cues() -> Cues:
    """Return the cues of today's lexicon: what a model that is trained now is told."""
    acts = lexicon.load("acts")
    openers = {phrase.split()[-1] for phrase in lexicon.words("cues", "frame_before")}
    return Cues(
        verbs=frozenset(verb for group in acts["verbs"].values() for verb in group.split()),
        nouns=frozenset(noun for group in acts["nouns"].values() for noun in group),
        openers=frozenset(openers | {"so", "zufolge", "demnach", "demzufolge"}),
    )


def read_cues(path: Path) -> Cues:
    """Read the cues that a model was trained with; raise ConfigurationError if the file is missing or not whole."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return Cues(**{part: frozenset(table[part].split()) for part in ("verbs", "nouns", "openers")})
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(path.name, error) from error


def write_cues(cues: Cues, path: Path) -> None:
    """Write the cues beside a model's weights."""
    parts = {"verbs": cues.verbs, "nouns": cues.nouns, "openers": cues.openers}
    lines = [f'{part} = """{" ".join(sorted(words))}"""\n' for part, words in parts.items()]
    path.write_text("# The cue words that the model was trained with.\n" + "".join(lines), encoding="utf-8")
