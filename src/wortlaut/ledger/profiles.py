"""Who is meant by a name, and what is known of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select, union_all

from wortlaut.ledger.actors import Actor, Directory, Office
from wortlaut.ledger.schema import actor, appearance, called, office, page, statement


def find_actors(connection: Connection, name: str | None, directory: Directory) -> tuple[Actor, ...]:
    """Return the actors of a name, alias, last name or number, those with statements only if `name` is None; persons first, by name."""
    ids = None if name is None else ids_of(connection, name, directory)
    counts, earlier = _counts(connection, ids), _counts(connection, ids, earlier=True)
    query = select(actor).where(actor.c.id.in_(counts if ids is None else ids))
    rows = connection.execute(query if ids is not None else query.where(actor.c.named == 1)).mappings().all()
    found = _profiles(connection, rows, directory, counts, earlier)
    return tuple(sorted(found, key=lambda a: (a.kind != "person", a.name.casefold(), a.id)))


def ids_of(connection: Connection, name: str, directory: Directory) -> set[int]:
    """Return the actors whose name, alias or number is `name`, or whose name ends in it."""
    wanted = directory.name_of(name.strip()).casefold()
    listed = {target for alias, target in directory.names.items() if f" {alias}".endswith(f" {wanted}")}
    names = select(called.c.name).where(called.c.ending == wanted)
    called_so = select(actor.c.id).where(or_(actor.c.name.in_(names), actor.c.name.in_(listed)))
    own = or_(appearance.c.name.in_(names), appearance.c.actor.in_(called_so))
    if wanted.isdecimal() and len(wanted) < 10:
        own = or_(own, appearance.c.actor == int(wanted))
    return set(connection.scalars(select(appearance.c.actor).where(own).distinct()))


def wikidata_ids(connection: Connection, directory: Directory) -> dict[int, str]:
    """Return the Wikidata ids that are known, by actor: those of `actors.toml` count, whenever they were written there."""
    query = select(actor.c.id, actor.c.name, actor.c.wikidata)
    rows = connection.execute(query if directory.wikidata else query.where(actor.c.wikidata.is_not(None)))
    return {id_: found for id_, name, kept in rows if (found := _wikidata(name, kept, directory))}


def _wikidata(name: str, kept: str | None, directory: Directory) -> str | None:
    return directory.wikidata.get(directory.name_of(name)) or kept


def _counts(connection: Connection, ids: Iterable[int] | None, *, earlier: bool = False) -> dict[int, int]:
    """Return the numbers of statements by or on behalf of actors, all or those of earlier editions; one that is both counts once."""
    own = statement.c
    principals = select(own.principal.label("actor")).where(own.principal.is_not(None))
    speakers = select(own.speaker).where(own.speaker.is_not(None), own.speaker.is_distinct_from(own.principal))
    if ids is not None:
        principals, speakers = principals.where(own.principal.in_([*ids])), speakers.where(own.speaker.in_([*ids]))
    if earlier:
        old = statement.c.page.in_(select(page.c.id).where(page.c.current == 0))
        principals, speakers = principals.where(old), speakers.where(old)
    both = union_all(principals, speakers).subquery()
    counted = connection.execute(select(both.c.actor, func.count()).group_by(both.c.actor))
    return {row[0]: row[1] for row in counted}


def _profiles(
    connection: Connection,
    rows: Sequence[Any],
    directory: Directory,
    counts: dict[int, int],
    earlier: dict[int, int],
) -> Iterable[Actor]:
    ids = [row["id"] for row in rows]
    names = _grouped(connection, select(appearance.c.actor, appearance.c.name).distinct(), ids)
    sources = _grouped(connection, _PAGES, ids)
    offices = _grouped(connection, _OFFICES, ids)
    for row in rows:
        listed = (alias for alias, target in directory.names.items() if target == row["name"])
        known = dict.fromkeys((*(name for (name,) in names[row["id"]]), *listed))
        yield Actor(
            id=row["id"],
            name=row["name"],
            kind=row["kind"],
            wikidata=_wikidata(row["name"], row["wikidata"], directory),
            aliases=tuple(a for a in known if a.casefold() != row["name"].casefold()),
            offices=_held(offices[row["id"]]),
            pages=tuple(dict.fromkeys(source for source, *_ in sources[row["id"]])),
            statements=counts.get(row["id"], 0) - earlier.get(row["id"], 0),
            earlier=earlier.get(row["id"], 0),
        )


_PAGES = (
    select(appearance.c.actor, page.c.source)
    .join(page, (page.c.id == appearance.c.page) & (page.c.current == 1))
    .order_by(page.c.published, page.c.source)
)
_OFFICES = (
    select(appearance.c.actor, office.c.title, office.c.organisation, office.c.since, office.c.until, page.c.source)
    .join(office, (office.c.page == appearance.c.page) & (office.c.entity == appearance.c.entity))
    .join(page, page.c.id == appearance.c.page)
    .order_by(page.c.published, page.c.source, office.c.number)
)


def _grouped(connection: Connection, query: Select[Any], ids: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Run a query whose first column is an actor; return the other columns by actor."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for start in range(0, len(ids), 10_000):
        for who, *rest in connection.execute(query.where(appearance.c.actor.in_(ids[start : start + 10_000]))):
            found[who].append(tuple(rest))
    return found


def _held(rows: list[tuple[Any, ...]]) -> tuple[Office, ...]:
    """Return each office once, with the pages that give it; one without a body is left out where another page names the body."""
    by_office: dict[tuple[str, str | None], list[tuple[str | None, str | None, str]]] = defaultdict(list)
    for title, organisation, since, until, source in rows:
        by_office[title, organisation].append((since, until, source))
    complete = {title for title, organisation in by_office if organisation}
    return tuple(
        Office(
            title=title,
            organisation=organisation,
            since=max((since for since, *_ in given if since), default=None),
            until=max((until for _, until, _ in given if until), default=None),
            pages=tuple(dict.fromkeys(source for *_, source in given)),
        )
        for (title, organisation), given in sorted(by_office.items(), key=lambda item: item[0][1] is None)
        if organisation or title not in complete
    )
