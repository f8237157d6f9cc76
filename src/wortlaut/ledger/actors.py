"""Who is who across pages: the ledger's own actors, which entity of a page each is, and judgements that people make of it.

An entity of a page becomes the actor of that kind and name, unless their offices contradict one another: one office of two
bodies at once, two parties, two genders. Two people of one name stay two. Merging and splitting are judgements: a journal
that is only added to, replayed over what the pages gave (nomenklatura's resolver works so). Undoing is a judgement, too.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from wortlaut.errors import ConfigurationError, LedgerError
from wortlaut.ledger import schema
from wortlaut.ledger.inserting import add_rows, take_numbers
from wortlaut.model import Entity, EntityKind, Reading, Role

_FREE = frozenset(("Mitglied", "bei"))
"""Titles that one person may hold in several bodies at once."""
_actor, _role, _name = schema.actor.c, schema.role.c, schema.called.c
_CALLED = (
    select(_actor.name, _actor.kind, func.coalesce(_actor.became, _actor.id))
    .where(_actor.name.in_(bindparam("names", expanding=True)), _actor.named == 1)
    .order_by(_actor.id)
)
_ROLES = (
    select(_role.actor, _role.title, _role.organisation, _role.since, _role.until)
    .where(_role.actor.in_(bindparam("actors", expanding=True)))
    .order_by(_role.id)
)
_ENDING_SO = select(_name.name).where(_name.ending.in_(bindparam("endings", expanding=True)))
"""Made once: to put a query together costs more than to ask it."""


class Verdict(StrEnum):
    """What a judgement does."""

    MERGE = "merge"
    SPLIT = "split"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A line of the journal. MERGE: `actor` is `other`; SPLIT: on `page`, `actor` is `other`; UNDO takes `undoes` back."""

    id: int
    at: str
    verdict: Verdict
    actor: int | None = None
    other: int | None = None
    page: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A role of an actor, with the pages that give it."""

    title: str
    organisation: str | None
    since: str | None
    until: str | None
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody across pages. `id` is the ledger's and stays; `aliases` are other names, of pages and of `actors.toml`.

    `pages` and `statements` are those that stand now; `earlier` counts the statements of earlier editions.
    """

    id: int
    name: str
    kind: str
    wikidata: str | None = None
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    pages: tuple[str, ...] = ()
    statements: int = 0
    earlier: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """What `actors.toml` says: aliases to names, and Wikidata ids."""

    names: dict[str, str] = field(default_factory=dict)
    wikidata: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path | None) -> "Directory":
        """Read the file at `path`; an empty directory if there is none. Raise ConfigurationError if it is malformed."""
        if path is None or not path.exists():
            return cls()
        try:
            entries = tomllib.loads(path.read_text(encoding="utf-8"))["actor"]
            names = {
                alias.casefold(): entry["name"]
                for entry in entries
                for alias in (*entry.get("aliases", ()), entry["name"])
            }
            return cls(
                names=names, wikidata={entry["name"]: entry["wikidata"] for entry in entries if "wikidata" in entry}
            )
        except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
            raise ConfigurationError(
                f"{path}: each [[actor]] has a name, and may have aliases and wikidata ({error})"
            ) from error

    def name_of(self, name: str) -> str:
        """Return the name that an alias stands for, or the name itself."""
        return self.names.get(name.casefold(), name)


def assign(
    connection: Connection, reading: Reading, needed: set[str], directory: Directory, known: Mapping[str, int]
) -> dict[str, int]:
    """Find or make the actor of each needed entity of a page, record that they appear there, and return entity → actor.

    `known` are actors that entities of this page were by an earlier reading of it.
    """
    page = reading.article.id
    wanted = sorted((e for e in reading.entities if e.id in needed), key=lambda e: -len(e.roles))
    if not wanted:
        return {}
    called = _called(connection, wanted, directory)
    roles = _roles(connection, {actor for own in (*called.values(), known.values()) for actor in own})
    first: dict[str, int] = {}
    for entity in wanted:
        own = called.get((directory.name_of(entity.name), entity.kind.value), ()) if entity.named else ()
        actor = known.get(entity.id) or _fitting(entity, own, set(first.values()), roles)
        if actor:
            first[entity.id] = actor
    first |= _make(connection, [e for e in wanted if e.id not in first], directory)
    add_rows(connection, schema.appearance, [
        {"page": page, "entity": e.id, "name": e.name, "first": first[e.id], "actor": first[e.id]} for e in wanted
    ])  # fmt: skip
    add_rows(connection, schema.office, [
        {"page": page, "entity": e.id, "number": number, "title": r.title, "organisation": r.organisation, "since": r.since, "until": r.until}
        for e in wanted for number, r in enumerate(e.roles)
    ])  # fmt: skip
    remember_names(connection, {n for e in wanted for n in (e.name, directory.name_of(e.name))})
    _remember_roles(connection, [(first[e.id], e.roles) for e in wanted], roles)
    return first


def _called(
    connection: Connection, wanted: Iterable[Entity], directory: Directory
) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the actors, as they are judged to be, of the names that entities have, by name and kind."""
    names = {directory.name_of(e.name) for e in wanted if e.named}
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for name, kind, actor in connection.execute(_CALLED, {"names": [*names]}):
        found[name, kind] = (*found.get((name, kind), ()), actor)
    return found


def _fitting(
    entity: Entity, actors: Iterable[int], taken: set[int], roles: Mapping[int, tuple[Role, ...]]
) -> int | None:
    def fits(actor: int) -> bool:
        return entity.kind is not EntityKind.PERSON or not _contradict(entity.roles, roles.get(actor, ()))

    return next((actor for actor in actors if actor not in taken and fits(actor)), None)


def _make(connection: Connection, entities: Sequence[Entity], directory: Directory) -> dict[str, int]:
    numbers = dict(
        zip((e.id for e in entities), take_numbers(connection, schema.actor.c.id, len(entities)), strict=True)
    )
    names = {e.id: directory.name_of(e.name) for e in entities}
    add_rows(connection, schema.actor, [
        {"id": numbers[e.id], "name": names[e.id], "kind": e.kind.value, "named": int(e.named), "wikidata": directory.wikidata.get(names[e.id])}
        for e in entities
    ])  # fmt: skip
    return numbers


def _add(connection: Connection, table: Table, **values: Any) -> int:
    """Insert a row and return its number."""
    return int(connection.execute(insert(table).values(**values)).inserted_primary_key[0])  # type: ignore[index] # a row was inserted


def remember_names(connection: Connection, names: set[str]) -> None:
    """Note by which last words names are found."""
    whole = [name.casefold() for name in names]
    known = set(connection.scalars(_ENDING_SO, {"endings": whole}))
    new = [{"ending": ending, "name": name} for name in sorted(names - known) for ending in _endings(name)]
    add_rows(connection, schema.called, new)


def _endings(name: str) -> set[str]:
    words = name.casefold().split(" ")
    return {" ".join(words[start:]) for start in range(len(words))}


def _remember_roles(
    connection: Connection, given: Iterable[tuple[int, tuple[Role, ...]]], known: Mapping[int, tuple[Role, ...]]
) -> None:
    """Keep of each actor the roles that a page gives and that are not known."""
    new = {(actor, replace(role, evidence=())) for actor, roles in given for role in roles}
    rows = [
        {"actor": actor, "title": r.title, "organisation": r.organisation, "since": r.since, "until": r.until}
        for actor, r in new
        if r not in known.get(actor, ())
    ]
    add_rows(connection, schema.role, sorted(rows, key=str))


def _contradict(new: tuple[Role, ...], old: tuple[Role, ...]) -> bool:
    """Tell whether two sets of roles cannot be one person's: the same office, now, of two bodies; or two parties; and none shared."""
    if {(r.title, r.organisation) for r in new if r.organisation} & {(r.title, r.organisation) for r in old}:
        return False
    for one in new:
        for other in old:
            if (
                one.until
                or other.until
                or not one.organisation
                or not other.organisation
                or one.organisation == other.organisation
            ):
                continue
            if one.title == other.title and (one.title not in _FREE or one.title == "Mitglied"):
                return True
    return False


def _roles(connection: Connection, actors: set[int]) -> dict[int, tuple[Role, ...]]:
    found: dict[int, tuple[Role, ...]] = {}
    for actor, *role in connection.execute(_ROLES, {"actors": [*actors]}):
        found[actor] = (
            *found.get(actor, ()),
            Role(**dict(zip(("title", "organisation", "since", "until"), role, strict=True))),
        )
    return found


def merged_into(connection: Connection, actor: int) -> int:
    """Return the actor that `actor` is by the judgements in force."""
    return connection.scalar(select(schema.actor.c.became).where(schema.actor.c.id == actor)) or actor


def journal(connection: Connection) -> tuple[Judgement, ...]:
    """Return all judgements in the order they were made."""
    rows = connection.execute(select(schema.judgement).order_by(schema.judgement.c.id)).mappings()
    return tuple(Judgement(**{**row, "verdict": Verdict(row["verdict"])}) for row in rows)


def in_force(connection: Connection) -> tuple[Judgement, ...]:
    """Return the judgements that no later one in force takes back."""
    made = journal(connection)
    undone: set[int | None] = set()
    for judgement in reversed(made):
        if judgement.verdict is Verdict.UNDO and judgement.id not in undone:
            undone.add(judgement.undoes)
    return tuple(j for j in made if j.id not in undone)


def judge(connection: Connection, verdict: Verdict, **values: Any) -> int:
    """Add a judgement to the journal and replay it; return its number."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    number = _add(connection, schema.judgement, at=at, verdict=verdict.value, **values)
    replay(connection)
    return number


def merge(connection: Connection, actor: int, other: int) -> int:
    """Judge that `actor` is `other`, which keeps its id; raise LedgerError if they cannot be one."""
    kinds = {_row(connection, one)["kind"] for one in (actor, other)}
    if merged_into(connection, actor) == merged_into(connection, other):
        raise LedgerError(f"{actor} and {other} are one already")
    if len(kinds) > 1:
        raise LedgerError(f"{actor} and {other} are of two kinds: {' and '.join(sorted(kinds))}")
    return judge(connection, Verdict.MERGE, actor=merged_into(connection, actor), other=merged_into(connection, other))


def split(connection: Connection, actor: int, pages: tuple[str, ...]) -> tuple[int, tuple[int, ...]]:
    """Judge that on `pages` it is somebody else; return the new actor and the judgements. Pages are ids or sources."""
    row = _row(connection, actor)
    page = schema.page.c
    where = select(schema.appearance.c.page).where(schema.appearance.c.actor == actor)
    known = connection.execute(
        select(page.id, page.source, page.url).where(page.id.in_(where)).order_by(page.source)
    ).all()
    ids = [next((i for i, source, url in known if asked in (i, source, url)), None) for asked in pages]
    if None in ids or not pages:
        raise LedgerError(f"{actor} appears on these pages: {', '.join(source for _, source, _ in known) or 'none'}")
    if len(set(ids)) == len(known):
        raise LedgerError(f"{actor} appears on no other page, so that nobody would be left")
    fresh = _add(connection, schema.actor, name=row["name"], kind=row["kind"], named=row["named"])
    return fresh, tuple(judge(connection, Verdict.SPLIT, actor=actor, other=fresh, page=own) for own in ids)


def undo(connection: Connection, number: int) -> int:
    """Take a judgement back; raise LedgerError if it is not in force."""
    if number not in {j.id for j in in_force(connection)}:
        raise LedgerError(f"judgement {number} is not in force")
    return judge(connection, Verdict.UNDO, undoes=number)


def replay(connection: Connection) -> None:
    """Set who each entity of each page is by the pages and the judgements in force, and the statements with them.

    Only actors that some judgement names can be concerned.
    """
    made = in_force(connection)
    judged = {a for j in journal(connection) for a in (j.actor, j.other) if a is not None}
    appearance = schema.appearance.c
    connection.execute(update(schema.appearance).where(appearance.first.in_(judged)).values(actor=appearance.first))
    for judgement in (j for j in made if j.verdict is not Verdict.UNDO):
        found = update(schema.appearance).where(appearance.actor == judgement.actor).values(actor=judgement.other)
        if judgement.verdict is Verdict.SPLIT:
            found = found.where(appearance.page == judgement.page)
        connection.execute(found)
    _follow_merges(connection, made)
    settle(connection, judged)


def _follow_merges(connection: Connection, made: Iterable[Judgement]) -> None:
    merges = {j.actor: j.other for j in made if j.verdict is Verdict.MERGE}
    actor = schema.actor.c
    connection.execute(update(schema.actor).where(actor.became.is_not(None)).values(became=None))
    for one in merges:
        last, seen = one, set()
        while last in merges and last not in seen:
            seen.add(last)
            last = merges[last]
        connection.execute(update(schema.actor).where(actor.id == one).values(became=last))


def settle(connection: Connection, actors: set[int]) -> None:
    """Let statements and roles follow the appearances of these actors."""
    appearance, statement = schema.appearance.c, schema.statement.c
    pages = select(appearance.page).where(appearance.first.in_(actors))
    for role in ("speaker", "principal", "addressee"):
        entity = statement[f"{role}_entity"]
        who = select(appearance.actor).where(appearance.page == statement.page, appearance.entity == entity)
        concerned = update(schema.statement).where(statement.page.in_(pages), entity.is_not(None))
        connection.execute(concerned.values({role: who.scalar_subquery()}))
    connection.execute(delete(schema.role).where(schema.role.c.actor.in_(actors)))
    office = schema.office.c
    held = (
        select(appearance.actor, office.title, office.organisation, office.since, office.until)
        .join(schema.office, (office.page == appearance.page) & (office.entity == appearance.entity))
        .where(appearance.actor.in_(actors))
        .distinct()
    )
    connection.execute(insert(schema.role).from_select(["actor", "title", "organisation", "since", "until"], held))


def _row(connection: Connection, actor: int) -> Any:
    row = connection.execute(select(schema.actor).where(schema.actor.c.id == actor)).mappings().first()
    if row is None:
        raise LedgerError(f"there is no actor {actor}; find one with: wortlaut entity show NAME")
    return row
