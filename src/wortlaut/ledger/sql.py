"""The store: adding is idempotent and atomic a page; reading gives answers."""

import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text
from sqlalchemy.exc import DatabaseError, OperationalError

from wortlaut.codec import from_builtins, from_json, to_json
from wortlaut.errors import LedgerBusy, LedgerError, LedgerTooNew
from wortlaut.language import lemma_of
from wortlaut.ledger import schema
from wortlaut.ledger.actors import Actor, Directory, Judgement, assign, find_actors, journal, merge, replay, split, undo
from wortlaut.ledger.answers import Added, Answer, AnswerPage, Change
from wortlaut.ledger.changes import find_changes
from wortlaut.ledger.matching import content_words
from wortlaut.ledger.whatif import find_whatif
from wortlaut.model import Page, Reading, Statement
from wortlaut.text import words_at

SURE = 0.5
"""Confidence an answer has by default; rules are not calibrated yet, so this is a choice on examples, not a probability."""


class Ledger:
    """The record of all pages. Open one with `Ledger.open`; it is a context manager."""

    def __init__(self, engine: Engine, directory: Directory | None = None) -> None:
        self._engine = engine
        self._directory = directory or Directory()

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, create: bool = True, actors: str | os.PathLike[str] | None = None
    ) -> Self:
        """Open the ledger at `path`; make it if `create`. Raise LedgerError if it is none, LedgerTooNew if a newer program wrote it.

        `actors` is a file of aliases and Wikidata ids; by default `actors.toml` in the ledger's folder, if it is there.
        """
        if not create and not Path(path).exists():
            raise LedgerError(f"there is no ledger at {path}; add pages with: wortlaut add FILE… --ledger {path}")
        engine = create_engine(f"sqlite:///{Path(path)}", connect_args={"timeout": 10})
        event.listen(engine, "connect", _prepare)
        ledger = cls(engine, Directory.open(Path(actors) if actors else Path(path).parent / "actors.toml"))
        try:
            with ledger._write() as connection:
                _migrate(connection)
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
    def _write(self) -> Iterator[Connection]:
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
        article = reading.article
        with self._write() as connection:
            if connection.scalar(select(schema.page.c.id).where(schema.page.c.id == article.id)):
                return Added(page=article.id, new=False, statements=len(reading.statements))
            connection.execute(insert(schema.page).values(
                id=article.id, source=reading.page.source, url=reading.page.url, sha256=reading.page.sha256,
                fetched_at=reading.page.fetched_at, publisher=article.publisher, published=article.published,
                title=article.title, content=zlib.compress(page.content), reading=to_json(reading),
            ))  # fmt: skip
            actors = assign(connection, reading, _needed(reading), self._directory)
            for statement in reading.statements:
                _add_statement(connection, reading, statement, actors)
        return Added(page=article.id, new=True, statements=len(reading.statements))

    def count(self) -> tuple[int, int]:
        """Return the numbers of pages and statements."""
        with self._write() as connection:
            pages = connection.execute(text("SELECT count(*) FROM page")).scalar_one()
            statements = connection.execute(text("SELECT count(*) FROM statement")).scalar_one()
        return int(pages), int(statements)

    def statements(self, *, everything: bool = False) -> tuple[Answer, ...]:
        """Return all statements in time order; those not sure enough, and headlines that repeat, only with `everything`."""
        return self._answers("", {}, everything=everything)

    def who(self, name: str | int, *, limit: int | None = None, everything: bool = False) -> tuple[Answer, ...]:
        """Return what somebody said, or what was said on their behalf, in time order.

        A last name or an alias finds its full names; a number is an actor's id.
        """
        found = {actor.id for actor in self.actors(str(name).strip())}
        where = f"WHERE statement.speaker IN ({_list(found)}) OR statement.principal IN ({_list(found)})"
        return self._answers(where, {}, everything=everything)[:limit]

    def actors(self, name: str | None = None) -> tuple[Actor, ...]:
        """Return the actors of a name, alias, last name or id, with offices and pages; all that have statements without one."""
        with self._write() as connection:
            return tuple(find_actors(connection, name, self._directory))

    def judgements(self) -> tuple[Judgement, ...]:
        """Return the journal of merges, splits and what was taken back, in the order they were made."""
        with self._write() as connection:
            return journal(connection)

    def merge(self, actor: int, other: int) -> int:
        """Judge that `actor` is `other`, and return the judgement's number; raise LedgerError if they cannot be one."""
        with self._write() as connection:
            return merge(connection, actor, other)

    def split(self, actor: int, pages: tuple[str, ...]) -> tuple[int, tuple[int, ...]]:
        """Judge that on `pages` (ids, sources or URLs) it is somebody else; return the new actor and the judgements."""
        with self._write() as connection:
            return split(connection, actor, pages)

    def undo(self, judgement: int) -> int:
        """Take a judgement back, by a judgement of its own whose number is returned."""
        with self._write() as connection:
            return undo(connection, judgement)

    def search(self, query: str, *, limit: int | None = 20, everything: bool = False) -> tuple[Answer, ...]:
        """Return statements that hold the words of `query`, in any inflection, best first."""
        words = [w for w in ("".join(c if c.isalnum() else " " for c in query)).split() if w]
        if not words:
            return ()
        match = " AND ".join(f'("{w}" OR "{lemma_of(w).casefold()}")' for w in words)
        where = "JOIN statement_words w ON w.page = statement.page AND w.id = statement.id WHERE statement_words MATCH :match"
        found = self._answers(where, {"match": match}, everything=everything, order="w.rank")
        return found[:limit]

    def whatif(self, event: str, *, limit: int | None = 20, everything: bool = False) -> tuple[Answer, ...]:
        """Return what each party said it will do if `event` happens, best first; empty if nothing is about it."""
        return find_whatif(event, self.statements(everything=everything))[:limit]

    def changes(
        self, name: str | None = None, *, since: str | None = None, limit: int | None = None, everything: bool = False
    ) -> tuple[Change, ...]:
        """Return changes of position, newest first; of one principal if `name` is given."""
        found = find_changes(self.statements(everything=everything))
        wanted = [
            c for c in found
            if (name is None or name.casefold() in (c.after.principal or "").casefold())
            and (since is None or (c.after.page.published or "") >= since)
        ]  # fmt: skip
        return tuple(wanted)[:limit]

    def _answers(
        self,
        where: str,
        values: dict[str, Any],
        *,
        everything: bool,
        order: str = "statement.at, statement.page, statement.rowid",
    ) -> tuple[Answer, ...]:
        query = f"""SELECT statement.record, statement.words, statement.confidence, statement.repeats, s.name AS speaker,
            p.name AS principal, page.source, page.url, page.title, page.publisher, page.published,
            (SELECT json_group_array(c.words) FROM condition c WHERE c.page = statement.page AND c.statement = statement.id) AS conditions
            FROM statement JOIN page ON page.id = statement.page LEFT JOIN actor s ON s.id = statement.speaker
            LEFT JOIN actor p ON p.id = statement.principal {where} ORDER BY {order}"""  # noqa: S608 - no value of a user is in it
        with self._write() as connection:
            rows = connection.execute(text(query), values).mappings().all()
        return tuple(_answer(row) for row in rows if everything or (row["confidence"] >= SURE and not row["repeats"]))


def _prepare(connection: Any, _record: object) -> None:
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "busy_timeout = 10000"):
        connection.execute(f"PRAGMA {pragma}")


def _migrate(connection: Connection) -> None:
    tables = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    if "meta" in tables:
        found = int(connection.execute(text("SELECT value FROM meta WHERE key = 'schema_version'")).scalar() or 0)
        if found > schema.VERSION:
            raise LedgerTooNew(f"this ledger has schema {found}, this program knows {schema.VERSION}: update wortlaut")
        if found == 1:
            _from_1(connection)
        return
    if tables:
        raise LedgerError("this file is a database, but no ledger")
    schema.metadata.create_all(connection)
    connection.execute(text(schema.FULL_TEXT))
    connection.execute(insert(schema.meta).values(key="schema_version", value=str(schema.VERSION)))


def _from_1(connection: Connection) -> None:
    """Bring a ledger of version 1 to version 2: who appears on each page is read off the readings it keeps."""
    for step in schema.FROM_1:
        connection.execute(text(step))
    schema.metadata.create_all(connection)
    for stored in connection.execute(select(schema.page.c.reading)).scalars().all():
        reading = from_json(stored)
        if isinstance(reading, Reading):
            assign(connection, reading, _needed(reading), Directory())
    replay(connection)
    connection.execute(
        text("UPDATE meta SET value = :version WHERE key = 'schema_version'"), {"version": str(schema.VERSION)}
    )


def _list(ids: set[int]) -> str:
    return ", ".join(str(i) for i in sorted(ids))


def _needed(reading: Reading) -> set[str]:
    return {e for s in reading.statements for e in (s.speaker, s.principal, s.addressee) if e}


def _add_statement(connection: Connection, reading: Reading, statement: Statement, actors: dict[str, int]) -> None:
    article = reading.article
    words = words_at(article.text, statement.content)
    connection.execute(insert(schema.statement).values(
        page=article.id, id=statement.id, at=_moment(statement, article.published), act=statement.act.value,
        polarity=statement.polarity.value, speaker=actors.get(statement.speaker or ""), principal=actors.get(statement.principal or ""),
        confidence=statement.confidence, repeats=int(statement.same_as is not None), words=words,
        proposition=words_at(article.text, statement.proposition), record=to_json(statement),
    ))  # fmt: skip
    for number, condition in enumerate(statement.conditions):
        connection.execute(insert(schema.condition).values(
            page=article.id, statement=statement.id, number=number, kind=condition.kind.value, words=words_at(article.text, condition.spans)
        ))  # fmt: skip
    lemmas = " ".join(
        sorted(content_words(words) | {lemma_of(w.strip(".,;:!?»«„“")).casefold() for w in words.split()})
    )
    connection.execute(
        text("INSERT INTO statement_words (page, id, words, lemmas) VALUES (:page, :id, :words, :lemmas)"),
        {"page": article.id, "id": statement.id, "words": words, "lemmas": lemmas},
    )


def _moment(statement: Statement, published: str | None) -> str | None:
    said = statement.said.value if statement.said else None
    return said if said and said[:4].isdigit() else published


def _answer(row: Any) -> Answer:
    return Answer(
        statement=from_builtins(json.loads(row["record"]), Statement),
        words=row["words"],
        condition_words=tuple(json.loads(row["conditions"])),
        speaker=row["speaker"],
        principal=row["principal"],
        page=AnswerPage(**{key: row[key] for key in ("source", "url", "title", "publisher", "published")}),
        score=round(row["confidence"], 3),
        why={},
    )
