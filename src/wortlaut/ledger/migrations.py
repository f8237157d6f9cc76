"""A ledger of an older program becomes one of today's, in one step that succeeds as a whole or not at all."""

from collections.abc import Iterator

from sqlalchemy import Connection, insert, text

from wortlaut.codec import from_json
from wortlaut.errors import LedgerError, LedgerTooNew
from wortlaut.ledger import schema
from wortlaut.ledger.actors import Directory, assign, replay
from wortlaut.ledger.storing import needed, tell
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
    if found < schema.VERSION:
        if found < 2:
            _meet_everybody(connection)
        if found < 3:
            _tell_everything(connection)
        _create(connection)
        connection.execute(text("CREATE INDEX IF NOT EXISTS ix_statement_at ON statement (at)"))
        connection.execute(
            text("UPDATE meta SET value = :version WHERE key = 'schema_version'"), {"version": str(schema.VERSION)}
        )


def _create(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    for statement in schema.FULL_TEXT:
        connection.execute(text(statement))


def _meet_everybody(connection: Connection) -> None:
    """Version 2 knows actors across pages: who appears on each page is read off the readings it keeps."""
    for step in schema.FROM_1:
        connection.execute(text(step))
    schema.metadata.create_all(connection)
    for reading in _readings(connection):
        assign(connection, reading, needed(reading), Directory())
    replay(connection)


def _readings(connection: Connection) -> Iterator[Reading]:
    for stored in connection.execute(text("SELECT reading FROM page")).scalars().all():
        outcome = from_json(stored)
        if isinstance(outcome, Reading):
            yield outcome


def _tell_everything(connection: Connection) -> None:
    """Version 3 keeps what is told, for finding it by meaning."""
    for table in (schema.page, schema.statement, schema.condition):
        connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN told INTEGER"))
        connection.execute(text(f"CREATE INDEX ix_{table.name}_told ON {table.name} (told)"))
    connection.execute(text("ALTER TABLE statement ADD COLUMN families TEXT"))
    _create(connection)
    for reading in _readings(connection):
        tell(connection, reading)
