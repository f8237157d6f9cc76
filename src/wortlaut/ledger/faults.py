"""What goes wrong in a database, as an error of ours that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from wortlaut.errors import LedgerBusy, LedgerError, LedgerFull, LedgerReadOnly

_BUSY = "another program holds the ledger; try again when it has finished"
_FULL = "no room is left for the ledger; make some and do it again: nothing of it was half done"
_READ_ONLY = (
    "the ledger may only be read here; check the rights of its file and folder, or copy it to where you may write"
)

_SQLITE = (
    (("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"), LedgerBusy, _BUSY),
    (("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE"), LedgerFull, _FULL),
    (("SQLITE_READONLY",), LedgerReadOnly, _READ_ONLY),
    (("SQLITE_NOTADB",), LedgerError, "this is no ledger: the file is something else; --ledger names another"),
    (("SQLITE_CORRUPT",), LedgerError, "the ledger's file is damaged; go back to a copy of it"),
    (("SQLITE_CANTOPEN",), LedgerError, "the ledger cannot be opened; check that its folder is there and may be written"),
)  # fmt: skip
_POSTGRESQL = (
    (("55P03", "40P01"), LedgerBusy, _BUSY),
    (("53100",), LedgerFull, _FULL),
    (("25006", "42501"), LedgerReadOnly, "you may not write to this ledger; ask its owner for the right to"),
)
"""Codes from https://www.sqlite.org/rescode.html and https://www.postgresql.org/docs/current/errcodes-appendix.html."""


@contextmanager
def told_as_ours() -> Iterator[None]:
    """Raise a LedgerError for what a database or the file of vectors refuses."""
    try:
        yield
    except DatabaseError as error:
        raise _ours(error) from error
    except SQLAlchemyError as error:
        raise LedgerError(f"the ledger cannot be used: {error}") from error
    except OSError as error:
        kind = LedgerReadOnly if isinstance(error, PermissionError) else LedgerFull
        raise kind(f"the file of vectors beside the ledger cannot be written ({error.strerror}); {_FULL}") from error


def _ours(error: DatabaseError) -> LedgerError:
    code = str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")
    for codes, kind, what in (*_SQLITE, *_POSTGRESQL):
        if code and code.startswith(codes):
            return kind(f"{what} ({_line(error)})")
    if not code and not error.connection_invalidated and "connect" in str(error.orig):
        return LedgerError(f"the ledger's server cannot be reached: {_line(error)}")
    return LedgerError(f"the ledger cannot be opened or written: {_line(error)}")


def _line(error: DatabaseError) -> str:
    return " ".join(str(error.orig).split())
