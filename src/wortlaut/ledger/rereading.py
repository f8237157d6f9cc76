"""Kept pages read again, by a newer model or lexicon: the entries are made anew, what people decided stays.

It is the page's same edition, so that a reading which sees more is never an edit, and one principal's statement on a page is
there once, so that it is never a change of position. Actors keep their numbers by the entity they are on the page; judgements
are replayed over what the new reading gives. The readings before it stay in the table `reading`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, update

from wortlaut.ledger import schema
from wortlaut.ledger.actors import Directory, replay, settle
from wortlaut.ledger.kept import Edition, reading_of
from wortlaut.ledger.reviews import renew
from wortlaut.ledger.storing import enter, mark_editions
from wortlaut.model import Outcome, Page, Reading

Reads = Callable[[Page], Outcome]
"""What reads a page: `Reader().read`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What reading a kept page again gave: numbers of statements before and after, how many are new and gone.

    `problem` says why the page could not be read again; then everything stays as it was.
    """

    page: Edition
    before: int
    after: int
    new: int = 0
    gone: int = 0
    problem: str | None = None


def renew_page(connection: Connection, edition: Edition, outcome: Outcome, directory: Directory) -> Reread:
    """Put what a page was read as now in the place of what it was read as before."""
    old = reading_of(connection, edition.id)
    before = {said.id for said in old.statements}
    problem = None if isinstance(outcome, Reading) else f"{outcome.reason.value}: {outcome.detail}"
    if isinstance(outcome, Reading) and outcome.article.id != edition.id:
        problem = "somebody was forgotten on it, so that it stays as it is"
    if problem or not isinstance(outcome, Reading):
        return Reread(page=edition, before=len(before), after=len(before), problem=problem)
    if outcome != old:
        put_reading(connection, edition, outcome, directory)
    after = {said.id for said in outcome.statements}
    return Reread(page=edition, before=len(before), after=len(after), new=len(after - before), gone=len(before - after))


def put_reading(connection: Connection, edition: Edition, reading: Reading, directory: Directory) -> None:
    """Put a reading in the place of the one that made a page's entries."""
    known = _known(connection, edition.id, reading)
    for table in (schema.statement, schema.appearance):
        connection.execute(delete(table).where(table.c.page == edition.id))
    article, url = reading.article, reading.page.url or reading.article.url
    connection.execute(
        update(schema.page)
        .where(schema.page.c.id == edition.id)
        .values(url=url, title=article.title, publisher=article.publisher, published=article.published, current=1)
    )
    enter(connection, reading, directory, known)
    renew(connection, edition.id)
    for place in {url, edition.url} - {None}:
        mark_editions(connection, str(place))
    replay(connection)
    settle(connection, {*known.values()})


def _known(connection: Connection, page: str, reading: Reading) -> dict[str, int]:
    """Return the actors that a page's entities were, by their ids, else by their names on that page."""
    own = schema.appearance.c
    rows = connection.execute(select(own.entity, own.name, own.first).where(own.page == page)).all()
    by_name = {row.name: row.first for row in rows} | {row.entity: row.first for row in rows}
    found = ((e.id, by_name.get(e.id) or by_name.get(e.name)) for e in reading.entities)
    return {entity: first for entity, first in found if first is not None}


def is_kept(connection: Connection, page: str) -> bool:
    """Tell whether a page is still there."""
    own = schema.page.c.id
    return bool(connection.scalar(select(func.count()).select_from(schema.page).where(own == page)))
