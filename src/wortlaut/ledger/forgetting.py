"""Forgetting on request: a page with all its editions, or somebody on all pages; text, words, vectors and index entries.

A page goes as a whole. Somebody is blackened on the pages that name them (`blackening.py`); a page whose address or source
names them goes as a whole, because an address cannot be blackened. What is left behind are tombstones. `wipe` sees to it
that the deleted bytes are gone from the file, too: the index of words is made anew, the file is written anew, the log emptied.
"""

import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, or_, select, text, union, update

from wortlaut.errors import LedgerBusy, LedgerError
from wortlaut.ledger import fulltext, schema
from wortlaut.ledger.actors import Directory, journal, settle
from wortlaut.ledger.blackening import blacken, full_names, is_in_address, names_in, pattern_of
from wortlaut.ledger.kept import Edition, find_editions, page_of, reading_of
from wortlaut.ledger.opening import WAIT
from wortlaut.ledger.profiles import ids_of
from wortlaut.ledger.rereading import put_reading
from wortlaut.ledger.storing import given_of
from wortlaut.ledger.tombstones import Kind, name_mark, set_tombstones
from wortlaut.model import EntityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """What is to be forgotten, or was: pages as a whole, and somebody, with the pages on which they are blackened.

    `statements` counts those that go.
    """

    pages: tuple[Edition, ...] = ()
    actor: int | None = None
    name: str | None = None
    blackened: tuple[Edition, ...] = ()
    statements: int = 0


def find_forgetting(connection: Connection, asked: str, directory: Directory) -> Forgetting:
    """Return what a page's URL, source or id, or somebody's name or number stands for; LedgerError if it is nothing or several."""
    own = schema.page.c
    if connection.scalar(select(own.id).where(or_(own.url == asked, own.source == asked, own.id == asked)).limit(1)):
        pages = find_editions(connection, asked)
        return Forgetting(pages=pages, statements=len(_statements_on(connection, pages)))
    found = ids_of(connection, asked, directory)
    if not found:
        raise LedgerError(
            f"{asked} is no page and nobody here; name a page by its URL or source, somebody by their name"
        )
    if len(found) > 1:
        numbers = ", ".join(map(str, sorted(found)))
        raise LedgerError(
            f"{asked} may be {len(found)} here: name one by its number ({numbers}); wortlaut entity show {asked}"
        )
    return _of_actor(connection, found.pop())


def _of_actor(connection: Connection, actor: int) -> Forgetting:
    row = connection.execute(select(schema.actor.c.name, schema.actor.c.kind).where(schema.actor.c.id == actor)).one()
    kind, known = EntityKind(row.kind), {row.name, *_names(connection, actor)}
    ids = set(connection.scalars(select(schema.appearance.c.page).where(schema.appearance.c.actor == actor)))
    ids |= _naming(connection, full_names(known, kind))
    names = names_in(known, kind)
    pages = [e for e in find_editions(connection) if e.id in ids]
    whole = tuple(e for e in pages if is_in_address(names, e.url, e.source))
    own = schema.statement.c
    said = connection.scalars(select(own.number).where(or_(own.speaker == actor, own.principal == actor)))
    return Forgetting(
        pages=whole, actor=actor, name=row.name, blackened=tuple(e for e in pages if e not in whole),
        statements=len({*said, *_statements_on(connection, whole)}),
    )  # fmt: skip


def _naming(connection: Connection, names: frozenset[str]) -> set[str]:
    """Return the pages that name somebody, whether they say anything there or not; every reading is looked at."""
    pattern, own = pattern_of(names), schema.reading.c
    rows = connection.execute(select(own.page, own.record).execution_options(yield_per=200))
    return {page for page, record in rows if pattern.search(zlib.decompress(record).decode("utf-8", "surrogatepass"))}


def forget(connection: Connection, what: Forgetting, directory: Directory) -> None:
    """Erase it from the tables and set tombstones."""
    ids = [edition.id for edition in (*what.pages, *what.blackened)]
    actors = _actors_on(connection, ids)
    names = _names_of(connection, actors)
    if what.actor is not None:
        _set_for_actor(connection, what)
        known = _names(connection, what.actor) | {str(what.name)}
        for edition in what.blackened:
            _blacken(connection, edition, what, directory, known)
    whole = [edition.id for edition in what.pages]
    own = schema.page.c
    for id_, url in connection.execute(select(own.id, own.url).where(own.id.in_(whole))).all():
        set_tombstones(connection, Kind.PAGE, [reading_of(connection, id_).page.sha256 or ""])
        set_tombstones(connection, Kind.URL, [url] if url else [])
    for table in (schema.review, schema.statement, schema.reading, schema.appearance):
        connection.execute(delete(table).where(table.c.page.in_(whole)))
    connection.execute(delete(schema.page).where(own.id.in_(whole)))
    _settle(connection, actors, names)
    told = union(select(own.told), select(schema.statement.c.told), select(schema.condition.c.told)).subquery()
    kept = select(told.c.told).where(told.c.told.is_not(None))
    connection.execute(delete(schema.told).where(schema.told.c.id.not_in(kept)))


def _set_for_actor(connection: Connection, what: Forgetting) -> None:
    kind = _kind(connection, what.actor or 0)
    known = {str(what.name), *_names(connection, what.actor or 0)}
    set_tombstones(connection, Kind.ENTITY, (name_mark(name, kind) for name in full_names(known, kind)))


def _kind(connection: Connection, actor: int) -> EntityKind:
    return EntityKind(connection.scalars(select(schema.actor.c.kind).where(schema.actor.c.id == actor)).one())


def _blacken(connection: Connection, edition: Edition, what: Forgetting, directory: Directory, known: set[str]) -> None:
    """Put a page without somebody in the place of the page."""
    page, reading = page_of(connection, edition.id), reading_of(connection, edition.id)
    appearance, kind = schema.appearance.c, _kind(connection, what.actor or 0)
    own = select(appearance.entity).where(appearance.page == edition.id, appearance.actor == what.actor)
    theirs, full = set(connection.scalars(own)), full_names(known, kind)
    gone = [e for e in reading.entities if e.id in theirs or (e.kind is kind and e.named and e.name in full)]
    names = names_in([*full, *(e.name for e in gone if e.named)], kind)
    new_page, new_reading = blacken(page, reading, gone, names)
    older = [*connection.scalars(select(schema.reading.c.id).where(schema.reading.c.page == edition.id))]
    connection.execute(
        update(schema.page).where(schema.page.c.id == edition.id).values(
            content=zlib.compress(new_page.content), sha256=new_reading.page.sha256, given=given_of(new_page)
        )
    )  # fmt: skip
    put_reading(connection, edition, new_reading, directory)
    connection.execute(delete(schema.reading).where(schema.reading.c.id.in_(older)))


def _settle(connection: Connection, actors: set[int], names: set[str]) -> None:
    """Let actors follow the appearances that are left: offices of those who have some, nothing of those who have none."""
    settle(connection, actors)
    appearance, actor = schema.appearance.c, schema.actor.c
    here = select(appearance.first).union(select(appearance.actor)).subquery()
    empty = actors - set(connection.scalars(select(here.c.first).where(here.c.first.in_(actors))))
    blank = update(schema.actor).where(actor.id.in_(empty))
    connection.execute(blank.values(name="", named=0, wikidata=None))
    for one, name in connection.execute(select(actor.id, actor.name).where(actor.id.in_(actors - empty))).all():
        left = _names(connection, one)
        if left and name in names and name not in left:
            connection.execute(update(schema.actor).where(actor.id == one).values(name=max(left, key=len)))
    used = (
        select(appearance.name).where(appearance.name.in_(names)).union(select(actor.name).where(actor.name.in_(names)))
    )
    connection.execute(delete(schema.called).where(schema.called.c.name.in_(names - set(connection.scalars(used)))))


def _actors_on(connection: Connection, pages: list[str]) -> set[int]:
    """Return who appears on pages, and whom judgements make of them."""
    own = schema.appearance.c
    rows = connection.execute(select(own.first, own.actor).where(own.page.in_(pages)))
    found = {actor for row in rows for actor in row}
    for judgement in journal(connection):
        if {judgement.actor, judgement.other} & found:
            found |= {actor for actor in (judgement.actor, judgement.other) if actor is not None}
    return found


def _names_of(connection: Connection, actors: Iterable[int]) -> set[str]:
    return {name for actor in actors for name in _names(connection, actor)} | set(
        connection.scalars(select(schema.actor.c.name).where(schema.actor.c.id.in_([*actors])))
    )


def _names(connection: Connection, actor: int) -> set[str]:
    own = schema.appearance.c
    return set(connection.scalars(select(own.name).where(or_(own.actor == actor, own.first == actor)).distinct()))


def _statements_on(connection: Connection, pages: Iterable[Edition]) -> list[int]:
    own = schema.statement.c
    return [*connection.scalars(select(own.number).where(own.page.in_([edition.id for edition in pages])))]


def wipe(engine: Engine) -> None:
    """Leave no byte of what was deleted in the ledger's files; LedgerBusy if other programs keep its log in use."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT", begins=False) as connection:
            for table in schema.metadata.sorted_tables:
                connection.execute(text(f'VACUUM (FULL) "{table.name}"'))
        return
    with engine.connect().execution_options(begins=False) as connection:
        fulltext.rebuild(connection)
        connection.exec_driver_sql("VACUUM")
        until = time.monotonic() + WAIT
        while connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar():
            if time.monotonic() > until:
                raise LedgerBusy(
                    "it is forgotten, but another program reads the ledger: its bytes leave the log beside the file when that ends"
                )
            time.sleep(0.1)
