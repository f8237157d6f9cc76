"""Vectors for what has none yet."""

from sqlalchemy import Connection, func, select

from wortlaut.ledger.schema import told
from wortlaut.ledger.vectors import VectorFile

_BATCH = 256


def missing(connection: Connection, vectors: VectorFile) -> bool:
    """Tell whether there are rows without a vector."""
    return len(vectors) < _last(connection)


def fill(connection: Connection, vectors: VectorFile) -> tuple[int, int]:
    """Make the vectors of the next rows that lack one; return how many rows have one and how many there are.

    The connection holds the ledger for writing, so that two programs never write the same rows of the file.
    """
    done, total = len(vectors), _last(connection)
    if done >= total:
        return total, total
    query = select(told.c.id, told.c.kind, told.c.words).where(told.c.id > done).order_by(told.c.id).limit(_BATCH)
    rows = {id_: (kind, words) for id_, kind, words in connection.execute(query)}
    last = max(rows, default=0) if len(rows) == _BATCH else total
    if last > done:
        vectors.append(rows, last)
    return len(vectors), total


def _last(connection: Connection) -> int:
    return connection.scalar(select(func.max(told.c.id))) or 0
