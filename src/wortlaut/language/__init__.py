"""German as far as every stage needs it: sentences, words and clauses of an article, found once for all stages.

No parser and no model: spelling, a dictionary of forms and the places of verbs and commas. What it decides is what a
reader of the sentence sees at a glance; stages decide what it means.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from wortlaut.language.clauses import Clause, Order, settle
from wortlaut.language.tokens import MARKS, find_sentences, find_words
from wortlaut.language.words import Mood, Tag, Token, describe, is_known, lemma_of
from wortlaut.model import QUOTABLE, Article, BlockKind
from wortlaut.text import Span

__all__ = [
    "MARKS",
    "Clause",
    "Mood",
    "Order",
    "Sentence",
    "Tag",
    "Token",
    "analyse",
    "find_sentences",
    "is_known",
    "lemma_of",
    "parse",
    "sentences_at",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with its words and clauses; `block` is the index of its block in the article."""

    start: int
    end: int
    block: int
    kind: BlockKind
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]

    @property
    def span(self) -> Span:
        """The sentence's place."""
        return Span(self.start, self.end)


def analyse(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of all blocks that may hold statements, and of captions and subheads, in order."""
    return tuple(
        sentence
        for index, block in enumerate(article.blocks)
        if block.kind in QUOTABLE or block.kind in (BlockKind.CAPTION, BlockKind.SUBHEAD)
        for sentence in parse(article.text, block.span, block=index, kind=block.kind)
    )


def sentences_at(sentences: Sequence[Sentence], spans: Iterable[Span]) -> list[Sentence]:
    """Return the sentences that share a character with one of `spans`, in order; found by halving, not one by one."""
    found: set[int] = set()
    for span in spans:
        at = bisect_right(sentences, span.start, key=attrgetter("end"))
        while at < len(sentences) and sentences[at].start < span.end:
            found.add(at)
            at += 1
    return [sentences[at] for at in sorted(found)]


def parse(
    text: str, span: Span | None = None, *, block: int = 0, kind: BlockKind = BlockKind.PARAGRAPH
) -> tuple[Sentence, ...]:
    """Return the sentences of one stretch of text (all of it by default)."""
    where = span or Span(0, len(text))
    return tuple(_sentence(text, sentence, block, kind) for sentence in find_sentences(text, where))


def _sentence(text: str, span: Span, block: int, kind: BlockKind) -> Sentence:
    tokens = []
    first = True
    for start, end in find_words(text, span):
        word = text[start:end]
        lemma, tag, mood = describe(word, first=first)
        tokens.append(Token(start=start, end=end, text=word, lower=word.lower(), lemma=lemma, tag=tag, mood=mood))
        first = word == ":" or (first and tag in (Tag.MARK, Tag.PUNCTUATION))
    words, clauses = settle(tuple(tokens))
    return Sentence(start=span.start, end=span.end, block=block, kind=kind, tokens=words, clauses=clauses)
