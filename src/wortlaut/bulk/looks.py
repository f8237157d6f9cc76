"""Sketches of pages in Parquet, a file a shard, and the near-duplicates that were found in all of them."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from wortlaut.bulk.arrow import parquet, pyarrow
from wortlaut.bulk.copies import Look
from wortlaut.bulk.folder import write_whole

_LOOKS = {
    "shard": "int32", "number": "int64", "source": "string", "sha256": "string", "url": "string", "sketch": "binary"
}  # fmt: skip
_COPIES = {"shard": "int32", "number": "int64", "copy_of": "string"}
_AT_ONCE = 2_000


def write(path: Path, looks: Iterable[Look]) -> None:
    """Write sketches, whole or not at all."""
    _write(path, (asdict(look) for look in looks), _LOOKS)


def iter_looks(paths: Iterable[Path]) -> Iterator[Look]:
    """Yield the sketches of some shards."""
    for path in paths:
        with parquet().ParquetFile(path) as file:
            for batch in file.iter_batches(_AT_ONCE):
                yield from (Look(**row) for row in batch.to_pylist())


def write_copies(path: Path, found: Iterable[tuple[Look, Look]]) -> None:
    """Write which page is a near-duplicate of which."""
    rows = ({"shard": look.shard, "number": look.number, "copy_of": first.source} for look, first in found)
    _write(path, rows, _COPIES)


def read_copies(path: Path) -> dict[int, dict[int, str]]:
    """Return the near-duplicates of each shard: the page's number → the source of the first of its like."""
    found: dict[int, dict[int, str]] = {}
    for row in parquet().read_table(path).to_pylist():
        found.setdefault(row["shard"], {})[row["number"]] = row["copy_of"]
    return found


def _write(path: Path, rows: Iterable[dict[str, object]], columns: dict[str, str]) -> None:
    arrow = pyarrow()
    schema = arrow.schema([(name, getattr(arrow, kind)()) for name, kind in columns.items()])
    left = iter(rows)

    def fill(to: Path) -> None:
        with parquet().ParquetWriter(to, schema, compression="zstd") as writer:
            while some := list(islice(left, _AT_ONCE)):
                writer.write_table(arrow.Table.from_pylist(some, schema=schema))

    write_whole(path, fill)
