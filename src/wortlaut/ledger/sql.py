"""The store: adding is idempotent and atomic a page; reading gives answers."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError

from wortlaut.encoder import find_model, open_encoder
from wortlaut.errors import LedgerBusy, LedgerError
from wortlaut.language import lemma_of
from wortlaut.ledger.actors import Actor, Directory, Judgement, actor_at, find_actors, journal, merge, split, undo
from wortlaut.ledger.answers import Added, Answer, Change
from wortlaut.ledger.changes import find_changes
from wortlaut.ledger.filling import fill
from wortlaut.ledger.migrations import migrate
from wortlaut.ledger.reviews import Opinion, Review, review, reviews
from wortlaut.ledger.rows import select_answers
from wortlaut.ledger.storing import store
from wortlaut.ledger.vectors import VectorFile, Vectoriser
from wortlaut.ledger.whatif import find_whatif
from wortlaut.model import Page, Reading


class Ledger:
    """The record of all pages. Open one with `Ledger.open`; it is a context manager."""

    def __init__(
        self, engine: Engine, path: Path, maker: Callable[[], Vectoriser] | None, directory: Directory | None = None
    ) -> None:
        self._engine, self._path, self._maker = engine, path, maker
        self._directory = directory or Directory()
        self._file: VectorFile | None = None

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = True,
        actors: str | os.PathLike[str] | None = None,
        maker: Callable[[], Vectoriser] | None = None,
    ) -> Self:
        """Open the ledger at `path`; make it if `create`. Raise LedgerError if it is none, LedgerTooNew if a newer program wrote it.

        `actors` is a file of aliases and Wikidata ids; by default `actors.toml` in the ledger's folder, if it is there.
        `maker` opens what makes vectors of texts; by default the model that is installed. Without one only words are compared.
        """
        if not create and not (Path(path).exists() and Path(path).stat().st_size):
            raise LedgerError(f"there is no ledger at {path}; add pages with: wortlaut add FILE… --ledger {path}")
        engine = create_engine(f"sqlite:///{Path(path)}", connect_args={"timeout": 10})
        event.listen(engine, "connect", _prepare)
        directory = Directory.open(Path(actors) if actors else Path(path).parent / "actors.toml")
        ledger = cls(engine, Path(path), maker or _installed(), directory)
        try:
            with ledger.writing() as connection:
                migrate(connection)
        except LedgerError:
            engine.dispose()
            raise
        return ledger

    def close(self) -> None:
        """Close the ledger's files."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold a connection for one transaction; what goes wrong is undone and told as a LedgerError."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError as error:
            if "locked" in str(error):
                raise LedgerBusy("another program holds the ledger; try again when it has finished") from error
            raise LedgerError(f"the ledger cannot be opened or written: {error.orig}") from error
        except DatabaseError as error:
            raise LedgerError(f"this file is no ledger: {error.orig}") from error

    def add(self, page: Page, reading: Reading) -> Added:
        """Add a page with its Reading; a page that is there already, by bytes and URL, changes nothing."""
        with self.writing() as connection:
            new = store(connection, page, reading, self._directory)
        return Added(page=reading.article.id, new=new, statements=len(reading.statements))

    def index(self, progress: Callable[[int, int], None] | None = None) -> bool:
        """Make the vectors that are missing, so that the next question need not; return False if there is no model.

        `progress` is told how many there are and how many there will be. Whoever stops it loses the last few at most.
        """
        vectors = self.vectors
        if vectors is None:
            return False
        while True:
            with self.writing() as connection:
                done, total = fill(connection, vectors)
            if progress and done < total:
                progress(done, total)
            if done == total:
                return True

    @property
    def vectors(self) -> VectorFile | None:
        """The vectors beside the ledger, or None without a model."""
        if self._file is None and self._maker is not None:
            self._file = VectorFile(self._path.with_name(self._path.name + ".vectors"), self._maker())
        return self._file

    def count(self) -> tuple[int, int]:
        """Return the numbers of pages and statements."""
        with self.writing() as connection:
            pages = connection.execute(text("SELECT count(*) FROM page")).scalar_one()
            statements = connection.execute(text("SELECT count(*) FROM statement")).scalar_one()
        return int(pages), int(statements)

    def statements(self, *, everything: bool = False) -> tuple[Answer, ...]:
        """Return all statements in time order; those not sure enough, and headlines that repeat, only with `everything`."""
        with self.writing() as connection:
            return select_answers(connection, "", {}, everything=everything)

    def who(self, name: str | int, *, limit: int | None = None, everything: bool = False) -> tuple[Answer, ...]:
        """Return what somebody said, or what was said on their behalf, in time order.

        A last name or an alias finds its full names; a number is an actor's id.
        """
        found = {actor.id for actor in self.actors(str(name).strip())}
        where = f"WHERE statement.speaker IN ({_list(found)}) OR statement.principal IN ({_list(found)})"
        with self.writing() as connection:
            return select_answers(connection, where, {}, everything=everything)[:limit]

    def actors(self, name: str | None = None) -> tuple[Actor, ...]:
        """Return the actors of a name, alias, last name or id, with offices and pages; all that have statements without one."""
        with self.writing() as connection:
            return tuple(find_actors(connection, name, self._directory))

    def actor(self, number: int) -> Actor | None:
        """Return the actor of a number, or the one it was merged into."""
        with self.writing() as connection:
            return actor_at(connection, number, self._directory)

    def judgements(self) -> tuple[Judgement, ...]:
        """Return the journal of merges, splits and what was taken back, in the order they were made."""
        with self.writing() as connection:
            return journal(connection)

    def merge(self, actor: int, other: int) -> int:
        """Judge that `actor` is `other`, and return the judgement's number; raise LedgerError if they cannot be one."""
        with self.writing() as connection:
            return merge(connection, actor, other)

    def split(self, actor: int, pages: tuple[str, ...]) -> tuple[int, tuple[int, ...]]:
        """Judge that on `pages` (ids, sources or URLs) it is somebody else; return the new actor and the judgements."""
        with self.writing() as connection:
            return split(connection, actor, pages)

    def undo(self, judgement: int) -> int:
        """Take a judgement back, by a judgement of its own whose number is returned."""
        with self.writing() as connection:
            return undo(connection, judgement)

    def review(self, page: str, statement: str, verdict: Opinion) -> int:
        """Accept or reject a statement, or take that back; return the judgement's number."""
        with self.writing() as connection:
            return review(connection, page, statement, verdict)

    def reviews(self, page: str | None = None) -> tuple[Review, ...]:
        """Return the journal of what was accepted, rejected and taken back; of one page, if it is named."""
        with self.writing() as connection:
            return reviews(connection, page)

    def search(self, query: str, *, limit: int | None = 20, everything: bool = False) -> tuple[Answer, ...]:
        """Return statements that hold the words of `query`, in any inflection, best first."""
        words = [w for w in ("".join(c if c.isalnum() else " " for c in query)).split() if w]
        if not words:
            return ()
        match = " AND ".join(f'("{w}" OR "{lemma_of(w).casefold()}")' for w in words)
        where = "JOIN statement_words w ON w.page = statement.page AND w.id = statement.id WHERE statement_words MATCH :match"
        with self.writing() as connection:
            return select_answers(connection, where, {"match": match}, everything=everything, order="w.rank")[:limit]

    def whatif(self, event: str, *, limit: int | None = 20, everything: bool = False) -> tuple[Answer, ...]:
        """Return what each party said it will do if `event` happens, best first; empty if nothing is about it.

        `why` of each says where the event was found, how near its meaning is, and whether the condition goes the other way.
        """
        self.index()
        with self.writing() as connection:
            return find_whatif(connection, self.vectors, event, limit=limit, everything=everything)

    def changes(
        self, name: str | None = None, *, since: str | None = None, limit: int | None = None, everything: bool = False
    ) -> tuple[Change, ...]:
        """Return changes of position, newest first; of the principals whose name holds `name`, from the day `since` on."""
        self.index()
        with self.writing() as connection:
            principals = None if name is None else _actors(connection, name)
            found = find_changes(connection, self.vectors, principals, since=since, everything=everything)
        return found[:limit]


def _actors(connection: Connection, name: str) -> list[int]:
    query = text("SELECT id FROM actor WHERE instr(lower(name), lower(:name)) > 0")
    return [row[0] for row in connection.execute(query, {"name": name.strip()})]


def _prepare(connection: Any, _record: object) -> None:
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "busy_timeout = 10000"):
        connection.execute(f"PRAGMA {pragma}")


def _installed() -> Callable[[], Vectoriser] | None:
    name = find_model()
    return partial(open_encoder, name) if name else None


def _list(ids: set[int]) -> str:
    return ", ".join(str(i) for i in sorted(ids))
