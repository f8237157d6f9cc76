"""The store under a ledger: a place that is opened and brought up to date, read and written in transactions, and its vectors."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, select

from wortlaut.encoder import find_model, open_encoder
from wortlaut.errors import LedgerError
from wortlaut.ledger.actors import Directory
from wortlaut.ledger.answers import Added
from wortlaut.ledger.faults import told_as_ours
from wortlaut.ledger.filling import fill, missing
from wortlaut.ledger.migrations import VERSION, migrate, version_of
from wortlaut.ledger.opening import connect, keep_log_ahead, locate, path_of
from wortlaut.ledger.schema import meta
from wortlaut.ledger.storing import store
from wortlaut.ledger.tombstones import admit
from wortlaut.ledger.vectors import VectorFile, Vectoriser
from wortlaut.model import Page, Reading


class Store:
    """Where pages are kept: adding is idempotent and atomic a page, many read while one writes. A context manager."""

    def __init__(
        self, engine: Engine, path: Path | None, maker: Callable[[], Vectoriser] | None, directory: Directory
    ) -> None:
        self._engine, self._path, self._maker, self._directory = engine, path, maker, directory
        self._file: VectorFile | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def open(
        cls,
        place: str | os.PathLike[str],
        *,
        create: bool = True,
        actors: str | os.PathLike[str] | None = None,
        maker: Callable[[], Vectoriser] | None = None,
    ) -> Self:
        """Open the ledger at `place`: a path, postgresql://user@host/database, or :memory:; make it if `create`.

        Raise LedgerError if it is none, LedgerTooNew if a newer program wrote it. `actors` is a file of aliases and Wikidata
        ids; by default `actors.toml` in the ledger's folder, if it is there, for a server's ledger in the working folder.
        `maker` opens what makes vectors of texts; by default the model that is installed. Without one only words are compared.
        """
        url = locate(place)
        path = path_of(url)
        if not create and path and not (path.exists() and path.stat().st_size):
            raise LedgerError(f"there is no ledger at {path}; add pages with: wortlaut add FILE… --ledger {path}")
        directory = Directory.open(Path(actors) if actors else (path.parent if path else Path()) / "actors.toml")
        ledger = cls(connect(url), path, maker or _installed(), directory)
        try:
            ledger._bring_up(create=create, shown=url.render_as_string())
        except LedgerError:
            ledger.close()
            raise
        return ledger

    def _bring_up(self, *, create: bool, shown: str) -> None:
        with self.reading() as connection:
            found = version_of(connection)
        if not found and not create:
            raise LedgerError(f"there is no ledger at {shown}; add pages with: wortlaut add FILE… --ledger {shown}")
        if found == VERSION:
            return
        with told_as_ours():
            keep_log_ahead(self._engine)
        more = True
        while more:
            with self.writing() as connection:
                more = migrate(connection)

    def close(self) -> None:
        """Close the ledger's files."""
        self._engine.dispose()
        if self._scratch:
            self._scratch.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Hold a connection that sees the ledger as it is now, whatever others write meanwhile."""
        with told_as_ours(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the ledger for one transaction, alone; what goes wrong is undone and told as a LedgerError."""
        with told_as_ours(), self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def add(self, page: Page, reading: Reading) -> Added:
        """Add a page with its Reading; a page that is there already, by bytes and URL, changes nothing.

        What was forgotten does not come back.
        """
        with self.writing() as connection:
            admitted = admit(connection, page, reading)
            if admitted is None:
                return Added(page=reading.article.id, new=False, statements=0, forgotten=True)
            page, reading = admitted
            new = store(connection, page, reading, self._directory)
        return Added(page=reading.article.id, new=new, statements=len(reading.statements))

    def index(self, progress: Callable[[int, int], None] | None = None) -> bool:
        """Make the vectors that are missing, so that the next question need not; return False if there is no model.

        `progress` is told how many there are and how many there will be. Whoever stops it loses the last few at most.
        """
        vectors = self.vectors
        if vectors is None:
            return False
        with self.reading() as connection:
            lacking = missing(connection, vectors)
        while lacking:
            with self.writing() as connection:
                done, total = fill(connection, vectors)
            lacking = done < total
            if progress and lacking:
                progress(done, total)
        return True

    @property
    def vectors(self) -> VectorFile | None:
        """The vectors, or None without a model: in a file beside the ledger, for a server's ledger in the user's cache."""
        if self._file is None and self._maker is not None:
            with told_as_ours():
                self._file = VectorFile(self._vectors_path(), self._maker())
        return self._file

    def _vectors_path(self) -> Path:
        if self._path:
            return self._path.with_name(self._path.name + ".vectors")
        with self.reading() as connection:
            name = connection.scalar(select(meta.c.value).where(meta.c.key == "id"))
        if self._engine.dialect.name == "sqlite":
            self._scratch = self._scratch or tempfile.TemporaryDirectory()
            return Path(self._scratch.name) / "vectors"
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wortlaut"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{name}.vectors"


def _installed() -> Callable[[], Vectoriser] | None:
    name = find_model()
    return partial(open_encoder, name) if name else None
