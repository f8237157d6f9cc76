"""What changed between two editions of a page, statement by statement.

Only the page can change what it says: words that stand in both texts are no edit, even where one reading found a statement
in them and the other did not, because it was another model's. The same holds for who is said to have said it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import Connection

from wortlaut.ledger.kept import Edition, find_editions, iter_urls, reading_of
from wortlaut.ledger.textquotes import State, find_again, select_quote
from wortlaut.ledger.wording import is_reworded, nearness, plain_words
from wortlaut.model import Article, BlockKind, Reading, Statement
from wortlaut.text import Span, hull, words_at


class EditKind(StrEnum):
    """What an edit did."""

    HEADLINE = "headline"
    REATTRIBUTED = "reattributed"
    REWORDED = "reworded"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What one edition says: a statement with its words and who said it, or (without a statement) a headline."""

    words: str
    speaker: str | None = None
    principal: str | None = None
    statement: Statement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An edit; `before` is None where words were added, `after` where they were removed."""

    edit: EditKind
    before: Wording | None
    after: Wording | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A difference between two successive editions of a page."""

    edit: EditKind
    url: str | None
    earlier: Edition
    later: Edition
    before: Wording | None
    after: Wording | None


def find_edits(connection: Connection, asked: str | None) -> tuple[Edit, ...]:
    """Return the edits of a page (its URL, source or id), in time; of all pages without one. LedgerError if it is not kept."""
    pages = [asked] if asked is not None else [*iter_urls(connection)]
    return tuple(
        Edit(edit=d.edit, url=later.url, earlier=earlier, later=later, before=d.before, after=d.after)
        for page in pages
        for earlier, later in pairwise(find_editions(connection, page))
        for d in compare(reading_of(connection, earlier.id), reading_of(connection, later.id))
    )


def compare(before: Reading, after: Reading) -> tuple[Difference, ...]:
    """Return what a later edition says otherwise, in the order of the page: the headline first, what was added last."""
    return (*_headline(before, after), *_statements(before, after))


def _headline(before: Reading, after: Reading) -> Iterator[Difference]:
    old, new = _title(before.article), _title(after.article)
    other_reader = before.made_by != after.made_by and (new in before.article.text or old in after.article.text)
    if plain_words(old) != plain_words(new) and not other_reader:
        yield Difference(edit=EditKind.HEADLINE, before=Wording(words=old), after=Wording(words=new))


def _title(article: Article) -> str:
    block = next((b for b in article.blocks if b.kind is BlockKind.HEADLINE), None)
    return words_at(article.text, [block.span]) if block else article.title or ""


def _statements(before: Reading, after: Reading) -> Iterator[Difference]:
    old, new = _own(before), _own(after)
    pairs = _pairs(before, old, after, new)
    taken = {id(b) for _, b in pairs}
    for said in old:
        other = next((b for a, b in pairs if a is said), None)
        if other is not None:
            yield from _difference(before, said, after, other)
        elif not _stands(before, said, after):
            yield Difference(edit=EditKind.REMOVED, before=_wording(before, said), after=None)
    for said in new:
        if id(said) not in taken and not _stands(after, said, before):
            yield Difference(edit=EditKind.ADDED, before=None, after=_wording(after, said))


def _own(reading: Reading) -> list[Statement]:
    """Return the statements of the body; what the headline says is compared with the headline."""
    heads = [b.span for b in reading.article.blocks if b.kind in (BlockKind.HEADLINE, BlockKind.KICKER)]
    return [s for s in reading.statements if s.same_as is None and not any(h.contains(hull(s.content)) for h in heads)]


def _pairs(
    before: Reading, old: list[Statement], after: Reading, new: list[Statement]
) -> list[tuple[Statement, Statement]]:
    """Pair the statements that are one, nearest first; of equally near ones those of the same speaker, then those in order."""
    near = sorted(
        (-nearness(first.words, second.words), first.speaker != second.speaker, abs(a - b), a, b)
        for a, first in enumerate(_wording(before, s) for s in old)
        for b, second in enumerate(_wording(after, s) for s in new)
        if is_reworded(first.words, second.words)
    )
    found: dict[int, int] = {}
    for _, _, _, a, b in near:
        if a not in found and b not in found.values():
            found[a] = b
    return [(old[a], new[b]) for a, b in sorted(found.items())]


def _difference(before: Reading, said: Statement, after: Reading, other: Statement) -> Iterator[Difference]:
    one, two = _wording(before, said), _wording(after, other)
    if one.speaker and two.speaker and one.speaker != two.speaker and _is_given_away(before, said, after, other):
        yield Difference(edit=EditKind.REATTRIBUTED, before=one, after=two)
    same = plain_words(one.words) == plain_words(two.words)
    if not same and not (_stands(before, said, after) and _stands(after, other, before)):
        yield Difference(edit=EditKind.REWORDED, before=one, after=two)


def _is_given_away(before: Reading, said: Statement, after: Reading, other: Statement) -> bool:
    """Tell whether a page names another speaker; where something else read it, the words for the speaker have to be new."""
    old, new = _around(before, said), _around(after, other)
    named = plain_words(words_at(after.article.text, other.speaker_span))
    return old != new and (before.made_by == after.made_by or not set(named) <= set(old))


def _stands(reading: Reading, said: Statement, other: Reading) -> bool:
    """Tell whether a statement's words stand in the other edition's text, whatever its reading made of them."""
    found = (find_again(other.article.text, select_quote(reading.article.text, span)) for span in said.content)
    return all(f.state in (State.FOUND, State.MOVED) for f in found)


def _around(reading: Reading, said: Statement) -> tuple[str, ...]:
    """Return the words of the block a statement stands in and of the one before it: there its speaker is named."""
    own = hull((*said.content, *said.speaker_span))
    blocks = reading.article.blocks
    at = [n for n, b in enumerate(blocks) if b.span.overlaps(own)]
    first, last = (blocks[max(0, at[0] - 1)], blocks[at[-1]]) if at else (blocks[0], blocks[-1])
    return plain_words(Span(first.start, last.end).of(reading.article.text))


def _wording(reading: Reading, said: Statement) -> Wording:
    speaker, principal = reading.entity(said.speaker), reading.entity(said.principal)
    return Wording(
        words=words_at(reading.article.text, said.content),
        speaker=speaker.name if speaker else None,
        principal=principal.name if principal else None,
        statement=said,
    )
