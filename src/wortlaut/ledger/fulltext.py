"""Finding words, the one thing that SQLite and PostgreSQL do differently: FTS5 there, tsvector here.

Indexed are columns of plain terms, small letters and digits with a space between them; what makes terms of words is the
same for both, so both find the same. The index follows its table by itself.
"""

from sqlalchemy import Column, ColumnElement, Connection, cast, column, func, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from wortlaut.ledger import schema

Query = tuple[tuple[tuple[str, ...], ...], ...]
"""What a row has to hold: of every group at least one alternative, of an alternative every term."""

_INDEXED = {"statement": ("number", ("stems", "condition_stems")), "told": ("id", ("families",))}
"""Tables with an index of words: their key and the columns of terms."""
_COUNTED = 10_000
"""Rows of a word are counted up to here: what more of them hold says little."""


def holds(connection: Connection, terms: Column[str], query: Query) -> ColumnElement[bool]:
    """Return the condition that a row holds a query in one of the indexed columns.

    `holds(connection, statement.c.stems, ((("bruck",), ("via", "dukt")), (("sperr",),)))` asks for a bridge or a viaduct,
    and for closing.
    """
    name = terms.table.name
    key = terms.table.c[_INDEXED[name][0]]
    if connection.dialect.name == "sqlite":
        index = table(f"{name}_words", column("rowid"), column(f"{name}_words"))
        written = _written(query, '"', " AND ", " OR ")
        match = index.c[f"{name}_words"].op("MATCH")(f"{{{terms.name}}} : ({written})")
        return key.in_(select(index.c.rowid).where(match))
    found = literal_column(f"{name}.{terms.name}_index").bool_op("@@")
    return found(cast(_written(query, "'", " & ", " | "), TSQUERY))


def _written(query: Query, mark: str, both: str, either: str) -> str:
    def alternative(terms: tuple[str, ...]) -> str:
        return f"({both.join(f'{mark}{term}{mark}' for term in terms)})"

    return both.join(f"({either.join(alternative(terms) for terms in group)})" for group in query)


def rows_holding(connection: Connection, word: str) -> int:
    """Return in how many rows of `told` a word is, counted up to ten thousand."""
    if connection.dialect.name == "sqlite":
        return min(
            _COUNTED, connection.scalar(text("SELECT doc FROM told_count WHERE term = :word"), {"word": word}) or 0
        )
    found = select(schema.told.c.id).where(holds(connection, schema.told.c.families, (((word,),),))).limit(_COUNTED)
    return connection.scalar(select(func.count()).select_from(found.subquery())) or 0


def create(connection: Connection) -> None:
    """Make the indexes of words in a ledger that has its tables."""
    for name, (key, columns) in _INDEXED.items():
        if connection.dialect.name == "sqlite":
            listed = ", ".join(columns)
            new, old = (", ".join(f"{row}.{c}" for c in columns) for row in ("new", "old"))
            for step in _FTS5:
                connection.execute(text(step.format(table=name, key=key, columns=listed, new=new, old=old)))
        else:
            for one in columns:
                for step in _TSVECTOR:
                    connection.execute(text(step.format(table=name, column=one)))
    if connection.dialect.name == "sqlite":
        connection.execute(text("CREATE VIRTUAL TABLE told_count USING fts5vocab('told_words', 'row')"))


def rebuild(connection: Connection) -> None:
    """Make the indexes of words in a file anew, so that they hold nothing of what was deleted."""
    for name in _INDEXED:
        connection.execute(text(_REBUILD.format(table=name)))


_REBUILD = "INSERT INTO {table}_words ({table}_words) VALUES ('rebuild')"
_GONE = "INSERT INTO {table}_words ({table}_words, rowid, {columns}) VALUES ('delete', old.{key}, {old});"
_COME = "INSERT INTO {table}_words (rowid, {columns}) VALUES (new.{key}, {new});"
_FTS5 = (
    "CREATE VIRTUAL TABLE {table}_words USING fts5({columns}, content='{table}', content_rowid='{key}', detail=column)",
    "CREATE TRIGGER {table}_words_come AFTER INSERT ON {table} BEGIN " + _COME + " END",
    "CREATE TRIGGER {table}_words_gone AFTER DELETE ON {table} BEGIN " + _GONE + " END",
    "CREATE TRIGGER {table}_words_new AFTER UPDATE OF {columns} ON {table} BEGIN " + _GONE + _COME + " END",
)
_TSVECTOR = (
    "ALTER TABLE {table} ADD COLUMN {column}_index tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array({column}, ' '))) STORED",
    "CREATE INDEX {table}_by_{column} ON {table} USING gin ({column}_index)",
)
