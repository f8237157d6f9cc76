"""Words as the encoder sees them: each with its place in the text and the vocabulary's pieces it is spelled with.

The shipped `tokenizer.json` cuts between words before it looks pieces up, so that no piece spans two words (`“,` would
otherwise be one); a word's state is that of its first piece.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wortlaut.text import Span, trim

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a stretch of text: places in the text, ids of all pieces, and where each word's pieces begin."""

    spans: tuple[Span, ...]
    ids: tuple[int, ...]
    firsts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.spans)


def find_words(tokenizer: "Tokenizer", text: str, stretches: Iterable[Span]) -> tuple[Words, ...]:
    """Return the words of each stretch (a sentence, say); a stretch is looked at by itself."""
    places = tuple(stretches)
    encodings = tokenizer.encode_batch([place.of(text) for place in places], add_special_tokens=False)
    return tuple(_words(text, place.start, encoding) for place, encoding in zip(places, encodings, strict=True))


def _words(text: str, at: int, encoding: "Encoding") -> Words:
    spans: list[Span] = []
    ids: list[int] = []
    firsts: list[int] = []
    last: int | None = None
    for piece, (start, end), word in zip(encoding.ids, encoding.offsets, encoding.word_ids, strict=True):
        place = trim(text, at + start, at + end)
        if word is not None and word != last:
            if place is None:
                continue
            spans.append(place)
            firsts.append(len(ids))
        elif place is not None:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, place.end))
        last = word
        ids.append(piece)
    return Words(spans=tuple(spans), ids=tuple(ids), firsts=tuple(firsts))
