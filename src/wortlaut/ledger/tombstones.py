"""What was forgotten on request and is not to come back: hashes, of which nothing can be read off.

Who knows a URL or a name can ask whether it was forgotten; nobody can list what was.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from wortlaut.ledger import schema
from wortlaut.ledger.blackening import blacken, is_in_address, names_in
from wortlaut.model import EntityKind, Page, Reading

_ANY = select(schema.tombstone.c.hash).limit(1)


class Kind(StrEnum):
    """What a tombstone is of: a page's bytes, a URL, a name."""

    PAGE = "page"
    URL = "url"
    ENTITY = "entity"


def set_tombstones(connection: Connection, kind: Kind, values: Iterable[str]) -> None:
    """Remember that these were forgotten."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    hashes = {_hash(kind, value) for value in values}
    own = schema.tombstone.c.hash
    known = set(connection.scalars(select(own).where(own.in_(hashes))))
    rows = [{"hash": hash_, "kind": kind.value, "at": at} for hash_ in sorted(hashes - known)]
    if rows:
        connection.execute(insert(schema.tombstone), rows)


def admit(connection: Connection, page: Page, reading: Reading) -> tuple[Page, Reading] | None:
    """Return a page as it may be kept: without whom was forgotten; None if it was forgotten, or is addressed by such a name."""
    if connection.scalar(_ANY) is None:
        return page, reading
    urls = {_hash(Kind.URL, url) for url in (reading.page.url, reading.article.url) if url}
    named = {e.id: _hash(Kind.ENTITY, name_mark(e.name, e.kind)) for e in reading.entities if e.named}
    hashes = urls | {_hash(Kind.PAGE, hashlib.sha256(page.content).hexdigest())}
    own = schema.tombstone.c.hash
    found = set(connection.scalars(select(own).where(own.in_(hashes | set(named.values())))))
    if not found:
        return page, reading
    gone = tuple(e for e in reading.entities if named.get(e.id) in found)
    names = frozenset(name for entity in gone for name in names_in([entity.name], entity.kind))
    if hashes & found or is_in_address(names, page.source, page.url, reading.article.url):
        return None
    return blacken(page, reading, gone, names)


def name_mark(name: str, kind: EntityKind) -> str:
    """Return what a name and its kind are remembered by."""
    return f"{kind.value}\x1f{' '.join(name.casefold().split())}"


def _hash(kind: Kind, value: str) -> str:
    return hashlib.sha256(f"{kind.value}\x1f{value}".encode("utf-8", "surrogatepass")).hexdigest()
