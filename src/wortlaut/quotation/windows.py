"""Windows: as many whole sentences as the encoder takes at once, with their words and features.

A sentence longer than a window is cut between words, so that any text can be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wortlaut.encoder import Words, find_words
from wortlaut.language import Sentence
from wortlaut.quotation.features import Cues, find_features
from wortlaut.text import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PIECES = 440
"""Most pieces in a window; the encoder knows 512 positions, and training saw windows of this length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence, or part of an overlong one, ready for the encoder: numbers of its first word and of the one behind."""

    first: int
    behind: int
    ids: tuple[int, ...]
    firsts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A text's words in one row, with features and the number of each one's sentence, and the units that windows are made of."""

    spans: tuple[Span, ...]
    sentences: tuple[int, ...]
    features: tuple[tuple[int, ...], ...]
    units: tuple[Unit, ...]


def prepare(tokenizer: "Tokenizer", text: str, sentences: Sequence[Sentence], cues: Cues) -> Prepared:
    """Return the words of the sentences with their features, and the units they form."""
    words = find_words(tokenizer, text, (s.span for s in sentences))
    units: list[Unit] = []
    at = 0
    for own in words:
        units.extend(_units(own, at))
        at += len(own)
    return Prepared(
        spans=tuple(span for own in words for span in own.spans),
        sentences=tuple(number for number, own in enumerate(words) for _ in own.spans),
        features=find_features(text, sentences, words, cues),
        units=tuple(units),
    )


def _units(words: Words, at: int) -> Iterator[Unit]:
    start = 0
    edges = (*words.firsts, len(words.ids))
    for number in range(1, len(words) + 1):
        if number == len(words) or edges[number + 1] - edges[start] > PIECES - 2:
            yield Unit(
                first=at + start,
                behind=at + number,
                ids=words.ids[edges[start] : edges[number]][: PIECES - 2],
                firsts=tuple(edges[i] - edges[start] for i in range(start, number)),
            )
            start = number


def last_unit(units: Sequence[Unit], first: int) -> int:
    """Return the number behind the last unit that fits into a window beginning with unit `first`."""
    room, number = PIECES - 2, first
    while number < len(units) and (len(units[number].ids) <= room or number == first):
        room -= len(units[number].ids)
        number += 1
    return number


def pack(units: Sequence[Unit]) -> tuple[list[int], list[int]]:
    """Return a window's piece ids with begin and end sign, and the place of each word's first piece among them."""
    ids = [0]
    firsts: list[int] = []
    for unit in units:
        firsts.extend(len(ids) + first for first in unit.firsts)
        ids.extend(unit.ids)
    return [*ids, 2], firsts
