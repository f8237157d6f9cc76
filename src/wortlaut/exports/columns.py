"""Parquet: the rows of `tables.Row`, with lists where a cell of CSV holds several values."""

from dataclasses import asdict, fields
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wortlaut.exports.pages import Wanted
from wortlaut.exports.tables import Row, rows
from wortlaut.ledger import Ledger

_AT_ONCE = 10_000
"""Rows in a row group."""


def _schema() -> pa.Schema:
    types: dict[Any, pa.DataType] = {int: pa.int64(), float: pa.float64(), float | None: pa.float64()}
    lists = tuple[str, ...]
    return pa.schema(
        [(f.name, pa.list_(pa.string()) if f.type == lists else types.get(f.type, pa.string())) for f in fields(Row)]
    )


SCHEMA = _schema()


def write(ledger: Ledger, wanted: Wanted, path: Path) -> int:
    """Write the statements in groups of ten thousand rows."""
    count, left = 0, rows(ledger, wanted)
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as file:
        while group := [asdict(row) for row in islice(left, _AT_ONCE)]:
            file.write_table(pa.Table.from_pylist(group, schema=SCHEMA))
            count += len(group)
    return count
