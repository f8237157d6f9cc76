"""Whether a page contains some words, and by whom: the question of whoever sees a quote somewhere else.

The words are there if they stand on the page letter by letter, white space apart. If they do not, the nearest words of the
page are returned as what they are: other words. By whom they are is what the page's statements and quotes say of the place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from wortlaut.ledger.answers import Answer
from wortlaut.ledger.kept import Edition, find_editions, reading_of
from wortlaut.ledger.rows import ANSWERS, IN_TIME, read_answers
from wortlaut.ledger.schema import statement
from wortlaut.ledger.textquotes import State, TextQuoteSelector, find_again, find_all
from wortlaut.model import BlockKind, QuoteKind, Reading
from wortlaut.text import Span, words_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words stand on a page; offsets count code points of the article's text.

    `quotes` are the kinds of quotes that hold the place, none where the paper speaks itself; `statements` those whose
    content shares it.
    """

    start: int
    end: int
    words: str
    block: BlockKind | None
    quotes: tuple[QuoteKind, ...]
    statements: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contained:
    """What an edition of a page says of some words: found, changed (it has other words that are near), or gone."""

    page: Edition
    state: State
    places: tuple[Place, ...]


def find_contained(connection: Connection, page: str, words: str) -> tuple[Contained, ...]:
    """Return what each edition of a page (its URL, source or id) says of `words`, the oldest first.

    Raise LedgerError if the ledger does not have the page.
    """
    return tuple(_look(connection, edition, words) for edition in find_editions(connection, page))


def _look(connection: Connection, edition: Edition, words: str) -> Contained:
    reading = reading_of(connection, edition.id)
    text, state = reading.article.text, State.FOUND
    spans = find_all(text, words)
    if not spans:
        standing = find_again(text, TextQuoteSelector(exact=words.strip(), prefix="", suffix=""))
        state, spans = standing.state, (standing.place,) if standing.place else ()
    query = ANSWERS.where(statement.c.page == edition.id).order_by(*IN_TIME)
    said = read_answers(connection, query) if spans else ()
    return Contained(page=edition, state=state, places=tuple(_place(reading, said, span) for span in spans))


def _place(reading: Reading, said: Sequence[Answer], span: Span) -> Place:
    article = reading.article
    return Place(
        start=span.start,
        end=span.end,
        words=words_at(article.text, [span]),
        block=next((block.kind for block in article.blocks if block.span.overlaps(span)), None),
        quotes=tuple(q.kind for q in reading.quotes if any(part.overlaps(span) for part in q.content)),
        statements=tuple(a for a in said if any(part.overlaps(span) for part in a.statement.content)),
    )
