"""An article laid out: its blocks as what they are, quotes marked, statements as cards beside the block they begin in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wortlaut.ledger import Opinion
from wortlaut.ledger.browsing import Somebody, actors_on, confidences
from wortlaut.ledger.kept import find_editions
from wortlaut.ledger.rows import SURE
from wortlaut.ledger.stance import strength
from wortlaut.model import Block, BlockKind, Embed, Reading, Statement, StatementSource
from wortlaut.text import words_at
from wortlaut.web.marking import Mark, Piece, cut, find_marks, owner_of
from wortlaut.web.shelf import Shelf

_HEAD = frozenset((BlockKind.KICKER, BlockKind.HEADLINE, BlockKind.LEDE))
_BESIDE = frozenset((BlockKind.CAPTION, BlockKind.CREDIT))
_LINE = 56


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A statement beside the text, `first` of those of its quote. `stronger` is the statement in the text that a headline says more strongly."""

    statement: Statement
    owner: str
    first: bool
    principal: Somebody | None
    speaker: Somebody | None
    conditions: tuple[str, ...]
    words: str
    sure: bool
    opinion: Opinion | None
    stronger: Statement | None = None
    stronger_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A block as it is shown, or an embed with the blocks of its words."""

    kind: BlockKind
    pieces: tuple[Piece, ...] = ()
    cards: tuple[Card, ...] = ()
    embed: Embed | None = None
    words: tuple[str, ...] = ()


def lay_out(shelf: Shelf, reading: Reading) -> dict[str, Any]:
    """Return what the template of an article needs."""
    number = reading.article.id
    with shelf.ledger.reading() as connection:
        actors, sure = actors_on(connection, number), confidences(connection, number)
        editions = find_editions(connection, number)
    opinions = shelf.opinions()
    firsts = {owner_of(statement): statement.id for statement in reversed(reading.statements)}
    cards = [
        _card(
            reading, one, actors, first=firsts[owner_of(one)] == one.id, sure=sure.get(one.id, 0) >= SURE,
            opinion=opinions.get((number, one.id)),
        )
        for one in reading.statements
    ]  # fmt: skip
    blocks = tuple(_blocks(reading, cards))
    split = next((n for n, block in enumerate(blocks) if block.kind not in _HEAD), len(blocks))
    return {
        "article": reading.article, "record": reading.page, "head": blocks[:split], "blocks": blocks[split:],
        "edits": shelf.ledger.edits(number) if len(editions) > 1 else (),
        "loose": [e for e in reading.article.embeds if e.start is None], "editions": editions if len(editions) > 1 else (),
        "quotes": len(reading.quotes),
        "principals": {c.principal.id: c.principal for c in cards if c.principal and c.sure},
    }  # fmt: skip


def around(reading: Reading, statement: Statement) -> list[tuple[Piece, ...]]:
    """Return the blocks that a statement stands in, with what belongs to it marked."""
    owner = owner_of(statement)
    marks = [mark for mark in find_marks(reading) if mark.owner == owner]
    marks += [Mark(role="quote", owner=owner, span=span) for span in statement.content]
    own = [b for b in reading.article.blocks if any(b.span.overlaps(span) for span in statement.content)]
    return [cut(reading.article.text, block.span, marks) for block in own]


def _card(
    reading: Reading,
    statement: Statement,
    actors: dict[str, Somebody],
    *,
    first: bool,
    sure: bool,
    opinion: Opinion | None,
) -> Card:
    text = reading.article.text
    stronger = _stronger(reading, statement)
    return Card(
        statement=statement, owner=owner_of(statement), first=first, principal=actors.get(statement.principal or ""),
        speaker=actors.get(statement.speaker or ""), conditions=tuple(words_at(text, c.spans) for c in statement.conditions),
        words=_first(words_at(text, statement.content)), sure=sure, opinion=opinion, stronger=stronger, stronger_words=words_at(text, stronger.content) if stronger else "",
    )  # fmt: skip


def _first(words: str) -> str:
    """Return the first words, as many as stand in a line or two."""
    return words if len(words) <= _LINE + 8 else f"{words[:_LINE].rpartition(' ')[0]} …"


def _stronger(reading: Reading, statement: Statement) -> Statement | None:
    """Return the statement that a headline repeats, if the headline drops its condition or its likelihood, or puts it more strongly."""
    if statement.source is not StatementSource.HEADLINE or statement.same_as is None:
        return None
    base = next((one for one in reading.statements if one.id == statement.same_as), None)
    if base is None:
        return None
    text = reading.article.text
    drops = (base.conditions and not statement.conditions) or (base.likelihood and not statement.likelihood)
    firmer = strength(words_at(text, statement.content)) > strength(words_at(text, base.content)) + 1
    return base if drops or firmer else None


def _blocks(reading: Reading, cards: list[Card]) -> Iterator[Laid]:
    article = reading.article
    marks = find_marks(reading)
    for is_embed, run in groupby(article.blocks, key=lambda b: b.kind is BlockKind.EMBED):
        if is_embed:
            yield from _embeds(article.text, list(run), [e for e in article.embeds if e.start is not None])
            continue
        for block in _once(article.text, run):
            own = tuple(c for c in cards if block.start <= c.statement.content[0].start < block.end)
            yield Laid(kind=block.kind, pieces=cut(article.text, block.span, marks), cards=own)


def _once(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks, of equal captions and credits in a row the first."""
    known: set[str] = set()
    for block in blocks:
        words = block.span.of(text)
        if block.kind in _BESIDE and words in known:
            continue
        known.add(words)
        yield block


def _embeds(text: str, blocks: list[Block], embeds: list[Embed]) -> Iterator[Laid]:
    """Yield the embeds of a run of blocks, each with its words."""

    def number(block: Block) -> int:
        return next((n for n, e in enumerate(embeds) if (e.start or 0) <= block.start < (e.end or 0)), -1)

    for own, run in groupby(blocks, key=number):
        words = tuple(block.span.of(text) for block in run)
        yield Laid(kind=BlockKind.EMBED, embed=embeds[own] if own >= 0 else None, words=words)
