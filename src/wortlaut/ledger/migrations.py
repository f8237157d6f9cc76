"""A ledger of an older program becomes one of today's, in one step that succeeds as a whole or not at all."""

from sqlalchemy import Connection, insert, text

from wortlaut.codec import from_json
from wortlaut.errors import LedgerError, LedgerTooNew
from wortlaut.ledger import schema
from wortlaut.ledger.storing import tell
from wortlaut.model import Reading


def migrate(connection: Connection) -> None:
    """Make the tables of an empty file, or those that an older ledger lacks."""
    tables = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    if "meta" not in tables:
        if tables:
            raise LedgerError("this file is a database, but no ledger")
        _create(connection)
        connection.execute(insert(schema.meta).values(key="schema_version", value=str(schema.VERSION)))
        return
    found = int(connection.execute(text("SELECT value FROM meta WHERE key = 'schema_version'")).scalar() or 0)
    if found > schema.VERSION:
        raise LedgerTooNew(f"this ledger has schema {found}, this program knows {schema.VERSION}: update wortlaut")
    if found < 2:
        _tell_everything(connection)
        connection.execute(text("UPDATE meta SET value = '2' WHERE key = 'schema_version'"))


def _create(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    for statement in schema.FULL_TEXT:
        connection.execute(text(statement))


def _tell_everything(connection: Connection) -> None:
    """Version 2 keeps what is told, for finding it by meaning."""
    for table in (schema.page, schema.statement, schema.condition):
        connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN told INTEGER"))
        connection.execute(text(f"CREATE INDEX ix_{table.name}_told ON {table.name} (told)"))
    connection.execute(text("ALTER TABLE statement ADD COLUMN families TEXT"))
    _create(connection)
    for (reading,) in connection.execute(text("SELECT reading FROM page")).all():
        outcome = from_json(reading)
        if isinstance(outcome, Reading):
            tell(connection, outcome)
