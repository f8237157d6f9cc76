"""What a page tells of events, for finding it by meaning: its conditions, its propositions, and what the page is about.

A proposition is kept with the sentence it stands in: "sie einzustellen" alone says nothing. For the same reason a condition
of a single word of meaning ("bei einem weiteren Vorfall") takes its sentence along. Equal words are kept once.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from wortlaut.language import find_sentences
from wortlaut.ledger.events import event_of
from wortlaut.ledger.matching import words_in, words_of_event
from wortlaut.model import QUOTABLE, Article, BlockKind, Condition, Reading, Statement
from wortlaut.text import Span, Spans, words_at


class Kind(IntEnum):
    """What is told; the numbers stand in the ledger."""

    PAGE = 0
    CONDITION = 1
    PROPOSITION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Words with a meaning to be found by; `families` are theirs, of a page those of its whole text."""

    kind: Kind
    words: str
    families: frozenset[str]

    def key(self, page: str = "") -> int:
        """Return what equal words have in common, 64 bits with a sign. Each page has its own."""
        mark = "\x1f".join((str(self.kind.value), page if self.kind is Kind.PAGE else "", self.words))
        return int.from_bytes(hashlib.sha256(mark.encode("utf-8", "surrogatepass")).digest()[:8], "big", signed=True)


_HEAD = 300


def tell_page(reading: Reading) -> Told:
    """Return what a page is about: its title and its first words."""
    article = reading.article
    body = next((b.start for b in article.blocks if b.kind in (BlockKind.LEDE, BlockKind.PARAGRAPH)), 0)
    title = article.title or ""
    start = article.text[body : body + _HEAD]
    words = start if title in start else f"{title} {start}"[:_HEAD]
    families = (words_of_event(part) for part in (title, *(block.span.of(article.text) for block in article.blocks)))
    return Told(kind=Kind.PAGE, words=words, families=frozenset().union(*families))


def tell_statement(article: Article, sentences: tuple[Span, ...], statement: Statement) -> tuple[Told, ...]:
    """Return a statement's proposition in its sentence, then its conditions in their order."""
    around = _around(article.text, sentences, statement)
    return (
        Told(kind=Kind.PROPOSITION, words=around, families=words_of_event(around)),
        *(_tell_condition(article.text, sentences, condition, around) for condition in statement.conditions),
    )


def _tell_condition(text: str, sentences: tuple[Span, ...], condition: Condition, sentence: str) -> Told:
    """Return the event of a condition, which stands in one piece, unless words stand in between."""
    event = event_of(words_at(text, condition.spans))
    start = text.find(event, condition.spans[0].start, condition.spans[0].end)
    whole = Span(start, start + len(event))
    families = words_of_event(event) if start < 0 else look_at(text, sentences, (whole,)).families
    return Told(kind=Kind.CONDITION, words=event if len(families) > 1 else f"{event}. {sentence}", families=families)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a stretch of a page is found by: `verbs` with what is parted from them, and word `families`."""

    verbs: frozenset[str]
    families: frozenset[str]


def look_at(text: str, sentences: tuple[Span, ...], spans: Spans) -> Look:
    """Return what a stretch is found by. Each sentence is looked at as a whole, and once, whatever is asked of it."""
    own = [sentence for sentence in sentences if any(sentence.overlaps(span) for span in spans)]
    found = [
        word
        for around in own or spans
        for word in words_in(around.of(text))
        if any(span.start <= around.start + word.start < span.end for span in spans)
    ]
    return Look(
        verbs=frozenset(word.verb for word in found if word.verb),
        families=frozenset().union(*(word.families for word in found)),
    )


def _around(text: str, sentences: tuple[Span, ...], statement: Statement) -> str:
    start, end = statement.content[0].start, statement.content[-1].end
    own = [s for s in sentences if s.start < end and start < s.end]
    return text[own[0].start : own[-1].end] if own else words_at(text, statement.content)


def sentences_of(article: Article) -> tuple[Span, ...]:
    """Return the sentences of all blocks that may hold statements."""

    def every() -> Iterator[Span]:
        for block in article.blocks:
            if block.kind in QUOTABLE:
                yield from find_sentences(article.text, block.span)

    return tuple(every())
