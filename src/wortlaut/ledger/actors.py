"""Who is who across pages: the ledger's own actors, which entity of a page each is, and judgements that people make of it.

An entity of a page becomes the actor of that kind and name, unless their offices contradict one another: one office of two
bodies at once, two parties, two genders. Two people of one name stay two. Merging and splitting are judgements: a journal
that is only added to, replayed over what the pages gave (nomenklatura's resolver works so). Undoing is a judgement, too.
"""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from wortlaut.errors import ConfigurationError, LedgerError
from wortlaut.ledger import schema
from wortlaut.model import Entity, EntityKind, Reading, Role

_FREE = frozenset(("Mitglied", "bei"))
"""Titles that one person may hold in several bodies at once."""


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
    """Somebody across pages. `id` is the ledger's and stays; `aliases` are other names, of pages and of `actors.toml`."""

    id: int
    name: str
    kind: str
    wikidata: str | None = None
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    pages: tuple[str, ...] = ()
    statements: int = 0


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


def assign(connection: Connection, reading: Reading, needed: set[str], directory: Directory) -> dict[str, int]:
    """Find or make the actor of each needed entity of a page, record that they appear there, and return entity → actor."""
    found: dict[str, int] = {}
    wanted = [e for e in reading.entities if e.id in needed]
    for entity in sorted(wanted, key=lambda e: -len(e.roles)):
        actor = _known(connection, entity, directory, set(found.values())) if entity.named else None
        if actor is None:
            actor = _make(connection, entity, directory)
        found[entity.id] = actor
        page = reading.article.id
        connection.execute(
            insert(schema.appearance).values(page=page, entity=entity.id, name=entity.name, first=actor, actor=actor)
        )
        for number, role in enumerate(entity.roles):
            connection.execute(insert(schema.office).values(
                page=page, entity=entity.id, number=number, title=role.title, organisation=role.organisation, since=role.since, until=role.until,
            ))  # fmt: skip
    return found


def _known(connection: Connection, entity: Entity, directory: Directory, taken: set[int]) -> int | None:
    name = directory.name_of(entity.name)
    rows = connection.execute(
        select(schema.actor.c.id)
        .where(schema.actor.c.name == name, schema.actor.c.kind == entity.kind.value, schema.actor.c.named == 1)
        .order_by(schema.actor.c.id)
    ).scalars()
    for actor in rows:
        present = merged_into(connection, actor)
        if present not in taken and not (
            entity.kind is EntityKind.PERSON and _contradict(entity.roles, _roles(connection, present))
        ):
            return present
    return None


def _make(connection: Connection, entity: Entity, directory: Directory) -> int:
    name = directory.name_of(entity.name)
    values = {
        "name": name,
        "kind": entity.kind.value,
        "named": int(entity.named),
        "wikidata": directory.wikidata.get(name),
    }
    result = connection.execute(insert(schema.actor).values(**values))
    return int(result.inserted_primary_key[0]) if result.inserted_primary_key else 0


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


def _roles(connection: Connection, actor: int) -> tuple[Role, ...]:
    rows = connection.execute(
        text(
            "SELECT DISTINCT title, organisation, since, until FROM office JOIN appearance USING (page, entity) WHERE actor = :actor"
        ),
        {"actor": actor},
    ).mappings()
    return tuple(Role(**row) for row in rows)


def merged_into(connection: Connection, actor: int) -> int:
    """Return the actor that `actor` is by the judgements in force."""
    seen = set()
    merges = {j.actor: j.other for j in in_force(connection) if j.verdict is Verdict.MERGE}
    while actor in merges and actor not in seen:
        seen.add(actor)
        actor = merges[actor] or actor
    return actor


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
    result = connection.execute(insert(schema.judgement).values(at=at, verdict=verdict.value, **values))
    replay(connection)
    return int(result.inserted_primary_key[0]) if result.inserted_primary_key else 0


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
    known = connection.execute(
        text(
            "SELECT DISTINCT page.id, page.source, page.url FROM appearance JOIN page ON page.id = appearance.page WHERE actor = :actor"
        ),
        {"actor": actor},
    ).all()
    ids = [next((i for i, source, url in known if page in (i, source, url)), None) for page in pages]
    if None in ids or not pages:
        raise LedgerError(f"{actor} appears on these pages: {', '.join(source for _, source, _ in known) or 'none'}")
    if len(set(ids)) == len(known):
        raise LedgerError(f"{actor} appears on no other page, so that nobody would be left")
    result = connection.execute(insert(schema.actor).values(name=row["name"], kind=row["kind"], named=row["named"]))
    fresh = int(result.inserted_primary_key[0]) if result.inserted_primary_key else 0
    return fresh, tuple(judge(connection, Verdict.SPLIT, actor=actor, other=fresh, page=page) for page in ids)


def undo(connection: Connection, number: int) -> int:
    """Take a judgement back; raise LedgerError if it is not in force."""
    if number not in {j.id for j in in_force(connection)}:
        raise LedgerError(f"judgement {number} is not in force")
    return judge(connection, Verdict.UNDO, undoes=number)


def replay(connection: Connection) -> None:
    """Set who each entity of each page is by the pages and the judgements in force, and the statements with them."""
    connection.execute(update(schema.appearance).values(actor=schema.appearance.c.first))
    for judgement in (j for j in in_force(connection) if j.verdict is not Verdict.UNDO):
        found = (
            update(schema.appearance).where(schema.appearance.c.actor == judgement.actor).values(actor=judgement.other)
        )
        if judgement.verdict is Verdict.SPLIT:
            found = found.where(schema.appearance.c.page == judgement.page)
        connection.execute(found)
    for role in ("speaker", "principal"):
        connection.execute(text(
            f"UPDATE statement SET {role} = (SELECT a.actor FROM appearance a WHERE a.page = statement.page "  # noqa: S608 - no value of a user is in it
            f"AND a.entity = json_extract(statement.record, '$.{role}'))"
        ))  # fmt: skip


def _row(connection: Connection, actor: int) -> Any:
    row = connection.execute(select(schema.actor).where(schema.actor.c.id == actor)).mappings().first()
    if row is None:
        raise LedgerError(f"there is no actor {actor}; find one with: wortlaut entity show NAME")
    return row


def find_actors(connection: Connection, name: str | None, directory: Directory) -> Iterator[Actor]:
    """Yield the actors of a name, alias, last name or number, those with statements only if `name` is None; by name."""
    rows = connection.execute(text(
        """SELECT actor.*, (SELECT count(*) FROM statement s WHERE actor.id IN (s.speaker, s.principal)) AS statements
        FROM actor WHERE id IN (SELECT actor FROM appearance) ORDER BY kind = 'person' DESC, name COLLATE NOCASE, id"""
    )).mappings()  # fmt: skip
    wanted = directory.name_of(name).casefold() if name else None
    for row in rows.all():
        aliases = _aliases(connection, row["id"], row["name"], directory)
        names = {n.casefold() for n in (row["name"], *aliases)}
        if wanted is None:
            matches = row["statements"] > 0 and row["named"]
        else:
            matches = wanted == str(row["id"]) or wanted in names or any(n.endswith(f" {wanted}") for n in names)
        if matches:
            yield _profile(connection, row, aliases)


def actor_at(connection: Connection, number: int, directory: Directory) -> Actor | None:
    """Return the actor of a number, or the one it was merged into; None if there is none."""
    row = connection.execute(text(
        """SELECT actor.*, (SELECT count(*) FROM statement s WHERE actor.id IN (s.speaker, s.principal)) AS statements
        FROM actor WHERE id = :id"""
    ), {"id": merged_into(connection, number)}).mappings().first()  # fmt: skip
    return _profile(connection, row, _aliases(connection, row["id"], row["name"], directory)) if row else None


def _aliases(connection: Connection, actor: int, name: str, directory: Directory) -> tuple[str, ...]:
    rows = connection.execute(
        select(schema.appearance.c.name).where(schema.appearance.c.actor == actor).distinct()
    ).scalars()
    listed = (alias for alias, target in directory.names.items() if target == name)
    found = dict.fromkeys((*rows, *listed))
    return tuple(a for a in found if a.casefold() != name.casefold())


def _profile(connection: Connection, row: Any, aliases: tuple[str, ...]) -> Actor:
    pages = connection.execute(text(
        "SELECT DISTINCT page.source FROM appearance JOIN page ON page.id = appearance.page WHERE actor = :actor ORDER BY page.published, page.source"
    ), {"actor": row["id"]}).scalars().all()  # fmt: skip
    offices = connection.execute(text(
        """SELECT office.title, organisation, max(since) AS since, max(until) AS until, json_group_array(DISTINCT page.source) AS pages
        FROM office JOIN appearance USING (page, entity) JOIN page ON page.id = appearance.page
        WHERE actor = :actor GROUP BY office.title, organisation ORDER BY organisation IS NULL, min(page.published), office.title"""
    ), {"actor": row["id"]}).mappings()  # fmt: skip
    held = tuple(Office(**{**office, "pages": tuple(json.loads(office["pages"]))}) for office in offices)
    complete = {office.title for office in held if office.organisation}
    held = tuple(office for office in held if office.organisation or office.title not in complete)
    return Actor(
        id=row["id"], name=row["name"], kind=row["kind"], wikidata=row["wikidata"], aliases=aliases, offices=held, pages=tuple(pages),
        statements=row["statements"],
    )  # fmt: skip
