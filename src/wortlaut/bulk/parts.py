"""Outcomes as Parquet: a row a page. The only file that knows pyarrow's tables of outcomes.

A row holds what the ledger needs: the page's bytes with what was known of them, and the record of the contract. Columns
beside these are for those who ask by DuckDB or pandas and never load a ledger.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from wortlaut.bulk.arrow import parquet, pyarrow
from wortlaut.bulk.folder import write_whole
from wortlaut.codec import from_json, to_json
from wortlaut.errors import ArchiveError
from wortlaut.model import Outcome, Page, PageForm, Reading, Rejection, RejectionReason

_COUNTS = b"wortlaut"
_AT_ONCE = 50
"""Rows that lie together in a file, and that whoever loads it has in memory at once."""
_COLUMNS = {
    "shard": "int32", "number": "int64", "source": "string", "url": "string", "sha256": "string", "fetched_at": "string", "rights": "string",
    "outcome": "string", "reason": "string", "detail": "string", "copy_of": "string",
    "publisher": "string", "published": "string", "title": "string", "quotes": "int32", "statements": "int32",
    "record": "string", "content": "binary", "given": "string",
}  # fmt: skip


class Kind(StrEnum):
    """What a page came to."""

    READ = "read"
    REJECTED = "rejected"
    FAILED = "failed"
    COPY = "copy"


_FAULTS = frozenset(
    {RejectionReason.FAILED, RejectionReason.MISSING, RejectionReason.UNREADABLE, RejectionReason.DAMAGED}
)
"""Reasons that are a fault of ours or of the archive, not a property of the page; what a crawler did not get is one of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page with its place and what it came to: an outcome, or the source of the page of which it is a near-duplicate."""

    shard: int
    number: int
    page: Page
    outcome: Outcome | None
    copy_of: str | None = None

    @property
    def kind(self) -> Kind:
        """What the page came to."""
        if self.outcome is None:
            return Kind.COPY
        if isinstance(self.outcome, Reading):
            return Kind.READ
        return Kind.FAILED if self.outcome.reason in _FAULTS else Kind.REJECTED


def write_part(path: Path, entries: Iterable[Entry]) -> None:
    """Write the outcomes of some pages, whole or not at all; raise BulkFull if there is no room."""
    arrow = pyarrow()
    rows = [_row(entry) for entry in entries]
    counts = Counter(row["outcome"] if row["reason"] is None else f"{row['outcome']}: {row['reason']}" for row in rows)
    schema = arrow.schema([(name, getattr(arrow, kind)()) for name, kind in _COLUMNS.items()])
    schema = schema.with_metadata({_COUNTS: json.dumps(counts).encode()})
    table = arrow.Table.from_pylist(rows, schema=schema)
    write_whole(path, lambda to: parquet().write_table(table, to, compression="zstd", row_group_size=_AT_ONCE))


def counts_of(path: Path) -> Counter[str]:
    """Return how many pages of a part came to what: `read`, `copy`, `rejected: …`, `failed: …`."""
    return Counter(json.loads(parquet().read_schema(path).metadata[_COUNTS]))


def _row(entry: Entry) -> dict[str, Any]:
    page, outcome = entry.page, entry.outcome
    record = page.record()
    row: dict[str, Any] = {
        "shard": entry.shard, "number": entry.number, "source": page.source, "url": record.url, "sha256": record.sha256,
        "fetched_at": record.fetched_at, "rights": to_json(record.rights) if record.rights else None, "outcome": entry.kind.value, "copy_of": entry.copy_of,
        "reason": None, "record": to_json(outcome) if outcome else None,
    }  # fmt: skip
    if isinstance(outcome, Rejection):
        row |= {"reason": outcome.reason.value, "detail": outcome.detail}
    elif outcome:
        article = outcome.article
        row |= {
            "url": record.url or article.url, "publisher": article.publisher, "published": article.published, "title": article.title,
            "quotes": len(outcome.quotes), "statements": len(outcome.statements), "content": page.content,
            "given": to_json({"published": page.published, "publisher": page.publisher, "form": page.form, "encoding": page.encoding}),
        }  # fmt: skip
    return row


def iter_readings(path: Path) -> Iterator[tuple[Page, Reading]]:
    """Yield the pages of a part that were read, with their readings; raise ArchiveError if it is damaged."""
    arrow = pyarrow()
    try:
        with parquet().ParquetFile(path) as file:
            for batch in file.iter_batches(_AT_ONCE, columns=["content", "given", "record"]):
                for row in batch.to_pylist():
                    outcome = from_json(row["record"]) if row["given"] else None
                    if isinstance(outcome, Reading):
                        yield _page(outcome, row), outcome
    except (arrow.ArrowException, OSError) as error:
        raise ArchiveError(str(path), f"damaged: {error}") from error


def _page(reading: Reading, row: dict[str, Any]) -> Page:
    record, given = reading.page, json.loads(row["given"])
    fetched = datetime.fromisoformat(record.fetched_at) if record.fetched_at else None
    return Page(
        source=record.source,
        content=row["content"],
        url=record.url,
        published=given["published"],
        publisher=given["publisher"],
        fetched_at=fetched,
        form=PageForm(given["form"]),
        encoding=given["encoding"],
        rights=record.rights,
    )
