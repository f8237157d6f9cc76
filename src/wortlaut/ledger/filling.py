"""Vectors for what has none yet."""

from sqlalchemy import Connection, text

from wortlaut.ledger.vectors import VectorFile

_BATCH = 256


def fill(connection: Connection, vectors: VectorFile) -> tuple[int, int]:
    """Make the vectors of the next rows that lack one; return how many rows have one and how many there are.

    The ledger is held for writing meanwhile, so that two programs never write the same rows of the file.
    """
    total = _last(connection)
    if len(vectors) == total:
        return total, total
    connection.execute(text("UPDATE meta SET value = value WHERE key = 'schema_version'"))
    done, total = len(vectors), _last(connection)
    query = text("SELECT id, kind, words FROM told WHERE id > :done ORDER BY id LIMIT :most")
    rows = {r[0]: (r[1], r[2]) for r in connection.execute(query, {"done": done, "most": _BATCH})}
    last = max(rows, default=0) if len(rows) == _BATCH else total
    if last > done:
        vectors.append(rows, last)
    return len(vectors), total


def _last(connection: Connection) -> int:
    return int(connection.execute(text("SELECT max(id) FROM told")).scalar() or 0)
