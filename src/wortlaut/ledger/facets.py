"""What a search can ask for beside words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, or_

from wortlaut.ledger.fulltext import Query, holds
from wortlaut.ledger.schema import page, statement
from wortlaut.ledger.stems import terms_of
from wortlaut.model import Act, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What statements have to be; nothing is asked where a field is empty.

    `speakers` and `principals` are actors, None for anybody; `condition` are words that a condition has to hold; `since` and
    `until` are days on which it was said, or published where that is not known.
    """

    words: str = ""
    condition: str = ""
    who: frozenset[int] | None = None
    speakers: frozenset[int] | None = None
    principals: frozenset[int] | None = None
    acts: tuple[Act, ...] = ()
    kinds: tuple[Kind, ...] = ()
    publisher: str | None = None
    since: str | None = None
    until: str | None = None


def query_of(words: str) -> Query:
    """Return words as what a row has to hold."""
    return tuple(term.ways for term in terms_of(words))


def asked(connection: Connection, facets: Facets) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of a search."""
    own = statement.c
    for words, column in ((facets.words, own.stems), (facets.condition, own.condition_stems)):
        if words:
            yield holds(connection, column, query_of(words))
    if facets.who is not None:
        yield or_(own.speaker.in_([*facets.who]), own.principal.in_([*facets.who]))
    yield from _among(own.speaker, facets.speakers)
    yield from _among(own.principal, facets.principals)
    yield from _among(own.act, facets.acts or None)
    if facets.kinds:
        yield or_(own.quote_kind.in_(facets.kinds), own.source.in_(facets.kinds))
    if facets.publisher:
        yield page.c.publisher.icontains(facets.publisher, autoescape=True)
    if facets.since:
        yield own.at >= facets.since
    if facets.until:
        yield own.at < f"{facets.until}~"


def _among(column: ColumnElement[object], values: Iterable[object] | None) -> Iterator[ColumnElement[bool]]:
    if values is not None:
        yield column.in_([*values])
