"""Write docs/reference/tables.md: the ledger's tables and views, as the code explains them.

python docs/tables.py
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Column, Connection, Table, text

from wortlaut import Ledger
from wortlaut.ledger.migrations import VERSION
from wortlaut.ledger.schema import metadata
from wortlaut.ledger.views import VIEWS, View

PLACE = Path(__file__).parent / "reference" / "tables.md"
_HEAD = f"""# Tables and views of the ledger

A ledger is a plain SQLite file or PostgreSQL database; other tools may read it at any time. Read the views: they have names where
the tables have numbers. Write only with Wortlaut. This is version {VERSION} of the schema, which `meta` names as `schema_version`; an
older ledger is brought up to it when it is opened, a newer one is left alone. (Made by `python docs/tables.py`.)
"""


def tables() -> str:
    """Return the page."""
    with Ledger.open(":memory:") as ledger, ledger.reading() as connection:
        views = "\n".join(line for view in VIEWS for line in _view(connection, view))
    kept = "\n".join(line for table in metadata.tables.values() for line in _table(table))
    return f"{_HEAD}\n## Views\n{views}\n\n## Tables\n{kept}\n"


def _view(connection: Connection, view: View) -> Iterator[str]:
    columns = connection.execute(text(f"SELECT * FROM {view.name}")).keys()
    yield f"\n### {view.name}\n\n{view.comment} Columns: {', '.join(f'`{name}`' for name in columns)}."
    if view.columns:
        yield "\n| column | meaning |\n|---|---|"
        yield from (f"| `{name}` | {meaning} |" for name, meaning in view.columns.items())


def _table(table: Table) -> Iterator[str]:
    yield f"\n### {table.name}\n\n{table.comment}\n\n| column | type | meaning |\n|---|---|---|"
    yield from (f"| `{column.name}` | {_type(column)} | {_meaning(column)} |" for column in table.columns)


def _type(column: "Column[object]") -> str:
    kind = column.type.__visit_name__.replace("string", "text").replace("large_binary", "bytes").replace("_", " ")
    return kind if column.nullable else f"{kind}, always"


def _meaning(column: "Column[object]") -> str:
    keys = [f"→ `{key.target_fullname}`" for key in column.foreign_keys]
    first = ["key"] if column.primary_key else []
    return "; ".join([*first, *([column.comment] if column.comment else []), *keys])


if __name__ == "__main__":
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(tables(), encoding="utf-8")
