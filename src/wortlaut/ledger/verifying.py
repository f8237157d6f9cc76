"""Proof that what the ledger says stands on its pages: in the bytes it keeps, and in a page as it is now.

A kept page proves an entry when its bytes have the hash they had, taking the article out of them again gives the words at
the entry's own offsets, and the entry's words are these. A page as it is now is searched by text quote selectors.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from wortlaut.ledger import schema
from wortlaut.ledger.kept import Edition, page_of, reading_of
from wortlaut.ledger.textquotes import SEVERITY, Standing, State, find_again, select_quote
from wortlaut.ledger.wording import is_reworded, nearness
from wortlaut.model import Article, Page, Rejection
from wortlaut.text import Span, words_at

_SENTENCE = re.compile(r"\S(?:[^\n]*?[.!?…][\"“”«»‹›‘’]*(?=\s|$)|[^\n]*)")
Extraction = Callable[[Page], Article | Rejection]
"""What takes the article out of a page: `Reader().extraction`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What became of a statement's words in the page `against`: the kept one, by its source, or one as it is now.

    `quotes` has a standing for each stretch of the content, `state` is the worst of theirs. A statement `stands` in a kept page
    at its offsets only, in a page as it is now wherever its words are.
    """

    statement: str
    page: Edition
    against: str
    words: str
    state: State
    stands: bool
    quotes: tuple[Standing, ...]


def verify_kept(connection: Connection, edition: Edition, extract: Extraction) -> tuple[Verification, ...]:
    """Prove the statements of a kept page from its bytes."""
    page, reading = page_of(connection, edition.id), reading_of(connection, edition.id)
    own = schema.statement.c
    rows = connection.execute(select(own.id, own.words).where(own.page == edition.id))
    stored = {row.id: row.words for row in rows}
    genuine = hashlib.sha256(page.content).hexdigest() == reading.page.sha256
    article = extract(page) if genuine else None
    text = article.text if isinstance(article, Article) else ""
    found = []
    for said in reading.statements:
        words = words_at(reading.article.text, said.content)
        quotes = tuple(_at_place(text, reading.article.text, span) for span in said.content)
        entry = stored.get(said.id)
        state = _worst(quotes) if entry == words else State.CHANGED
        found.append(Verification(
            statement=said.id, page=edition, against=page.source, words=words if entry is None else entry, state=state,
            stands=state is State.FOUND, quotes=quotes,
        ))  # fmt: skip
    return tuple(found)


def verify_now(connection: Connection, edition: Edition, now: Article, against: str) -> tuple[Verification, ...]:
    """Look for the statements of a kept page in the page as it is now."""
    reading = reading_of(connection, edition.id)
    found = []
    fresh = _fresh_sentences(reading.article.text, now.text)
    for said in reading.statements:
        quotes = tuple(_again(reading.article.text, now.text, span, fresh) for span in said.content)
        state = _worst(quotes)
        found.append(Verification(
            statement=said.id, page=edition, against=against, words=words_at(reading.article.text, said.content), state=state,
            stands=state in (State.FOUND, State.MOVED), quotes=quotes,
        ))  # fmt: skip
    return tuple(found)


def _fresh_sentences(before: str, now: str) -> tuple[Span, ...]:
    """Return the sentences that a page has now and had not before."""
    found = (Span(*match.span()) for match in _SENTENCE.finditer(now))
    old = " ".join(before.split())
    return tuple(span for span in found if " ".join(span.of(now).split()) not in old)


def _again(before: str, now: str, span: Span, fresh: tuple[Span, ...]) -> Standing:
    """Look for words in a page as it is now; where they are gone, a new sentence may say them otherwise, as `edits` tells it."""
    again = find_again(now, select_quote(before, span))
    if again.state is not State.GONE:
        return again
    near = (place for place in fresh if is_reworded(again.selector.exact, place.of(now)))
    place = max(near, key=lambda place: nearness(again.selector.exact, place.of(now)), default=None)
    if place is None:
        return again
    return Standing(selector=again.selector, state=State.CHANGED, place=place, words=place.of(now))


def _at_place(text: str, before: str, span: Span) -> Standing:
    """Return the standing of words that have to be at their offsets."""
    selector = select_quote(before, span)
    if span.of(text) == selector.exact:
        return Standing(selector=selector, state=State.FOUND, place=span, words=selector.exact)
    again = find_again(text, selector)
    moved = again.state is State.FOUND
    return Standing(
        selector=selector, state=State.MOVED if moved else again.state, place=again.place, words=again.words
    )


def _worst(quotes: tuple[Standing, ...]) -> State:
    return max((quote.state for quote in quotes), key=SEVERITY.index)
