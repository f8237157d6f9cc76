"""Pages as the ledger keeps them: the bytes with what was told of them, and the newest reading."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from wortlaut.codec import from_json
from wortlaut.errors import LedgerError
from wortlaut.ledger import schema
from wortlaut.model import Page, PageForm, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A page of the ledger as it was fetched at one time; `current` if there is no later one of its URL."""

    id: str
    source: str
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None
    fetched_at: str | None
    added_at: str
    current: bool

    @property
    def seen_at(self) -> str:
        """When the page said this: when it was fetched, else added."""
        return self.fetched_at or self.added_at


def find_editions(connection: Connection, asked: str | None = None, *, current: bool = False) -> tuple[Edition, ...]:
    """Return the pages of a URL, source or id, all without one, the oldest first; raise LedgerError if there are none.

    A source or an id stands for the whole page: all editions of its URL. With `current` only newest editions.
    """
    own = schema.page.c
    names = [field.name for field in Edition.__dataclass_fields__.values()]
    query = select(*(own[name] for name in names))
    if asked is not None:
        urls = select(own.url).where(or_(own.source == asked, own.id == asked), own.url.is_not(None))
        query = query.where(or_(own.url == asked, own.source == asked, own.id == asked, own.url.in_(urls)))
    rows = connection.execute(query.where(own.current == 1) if current else query).mappings().all()
    if asked is not None and not rows:
        raise LedgerError(f"{asked} is not in the ledger: name a page by its URL or by the source it was added from")
    found = (Edition(**{**row, "current": bool(row["current"])}) for row in rows)
    return tuple(sorted(found, key=lambda e: (e.seen_at, e.added_at, e.id)))


def page_of(connection: Connection, id_: str) -> Page:
    """Return a kept page as it was when it was added, so that reading it again asks nothing of anybody."""
    own = schema.page.c
    row = connection.execute(select(own.source, own.content, own.fetched_at, own.given).where(own.id == id_)).one()
    told: dict[str, Any] = json.loads(row.given)
    record = reading_of(connection, id_).page
    return Page(
        source=row.source,
        content=zlib.decompress(row.content),
        url=record.url,
        published=told.get("published"),
        publisher=told.get("publisher"),
        fetched_at=datetime.fromisoformat(row.fetched_at) if row.fetched_at else None,
        form=PageForm(told.get("form") or PageForm.AUTO),
        encoding=told.get("encoding"),
        rights=record.rights,
    )


def reading_of(connection: Connection, id_: str) -> Reading:
    """Return the newest reading of a kept page."""
    own = schema.reading.c
    record = connection.scalar(select(own.record).where(own.page == id_).order_by(own.id.desc()).limit(1))
    outcome = from_json(zlib.decompress(record)) if record is not None else None
    if not isinstance(outcome, Reading):
        raise LedgerError(f"the ledger has no reading of page {id_}; its file is damaged")
    return outcome


def iter_urls(connection: Connection) -> Iterator[str]:
    """Yield the URLs of which there is more than one edition."""
    own = schema.page.c
    yield from connection.scalars(select(own.url).where(own.current == 0).distinct().order_by(own.url))
