"""A page into the ledger's rows."""

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from wortlaut.codec import to_json
from wortlaut.ledger import schema
from wortlaut.ledger.actors import Directory, assign
from wortlaut.ledger.matching import words_of_event
from wortlaut.ledger.reviews import renew
from wortlaut.ledger.stems import stems_of
from wortlaut.ledger.told import Told, sentences_of, tell_page, tell_statement
from wortlaut.ledger.wording import sketch_of
from wortlaut.model import Page, Reading, Statement
from wortlaut.text import words_at


def store(
    connection: Connection, page: Page, reading: Reading, directory: Directory, known: Mapping[str, int] | None = None
) -> bool:
    """Add a page with all it says; return False if the ledger had exactly this page already.

    `known` are actors of the page's entities, where they are known from before.
    """
    article = reading.article
    if connection.scalar(select(schema.page.c.id).where(schema.page.c.id == article.id)):
        return False
    keep_page(connection, page, reading, now())
    enter(connection, reading, directory, known)
    if url := reading.page.url or article.url:
        mark_editions(connection, url)
    return True


def keep_page(connection: Connection, page: Page, reading: Reading, added_at: str) -> None:
    """Keep a page's bytes and what is told of it."""
    article = reading.article
    connection.execute(insert(schema.page).values(
        id=article.id, source=reading.page.source, url=reading.page.url or article.url, sha256=reading.page.sha256,
        fetched_at=reading.page.fetched_at, added_at=added_at, publisher=article.publisher, published=article.published,
        title=article.title, given=given_of(page), content=zlib.compress(page.content),
    ))  # fmt: skip


def keep_reading(connection: Connection, reading: Reading, at: str) -> int:
    """Keep a reading of a page that is stored, and return its number."""
    made = reading.made_by
    return _new(connection, schema.reading, [{
        "page": reading.article.id, "at": at, "program": made and made.program, "model": made and made.model,
        "lexicon": made and made.lexicon, "record": zlib.compress(to_json(reading).encode()),
    }], "id")[0]  # fmt: skip


def enter(
    connection: Connection,
    reading: Reading,
    directory: Directory,
    known: Mapping[str, int] | None = None,
    at: str | None = None,
) -> None:
    """Keep a reading of a page that is stored, and all rows that follow from it; `known` are actors of its entities."""
    article = reading.article
    number = keep_reading(connection, reading, at or now())
    actors = assign(connection, reading, needed(reading), directory, known or {})
    sentences = sentences_of(article)
    about, tells = tell_page(reading), [tell_statement(article, sentences, said) for said in reading.statements]
    rows = _rows_of(connection, [(about, article.id), *((told, "") for tell in tells for told in tell)])
    connection.execute(
        update(schema.page).where(schema.page.c.id == article.id).values(told=rows[about.key(article.id)])
    )
    add_statements(connection, reading, number, actors, [[rows[told.key()] for told in tell] for tell in tells])
    renew(connection, article.id)


def add_statements(
    connection: Connection, reading: Reading, number: int, actors: Mapping[str, int], told: list[list[int]]
) -> None:
    """Add the statements of a reading, its number known; `told` has a statement's row of `told`, then its conditions'."""
    if not reading.statements:
        return
    kinds = {quote.id: quote.kind.value for quote in reading.quotes}
    common = {"page": reading.article.id, "reading": number}
    rows = [
        common | _statement(reading, said, kinds, actors) | {"told": own[0]}
        for said, own in zip(reading.statements, told, strict=True)
    ]
    numbers = _new(connection, schema.statement, rows, "number")
    text = reading.article.text
    conditions = [
        {"statement": number, "number": place, "kind": condition.kind.value, "words": words_at(text, condition.spans), "told": row}
        for number, said, own in zip(numbers, reading.statements, told, strict=True)
        for place, (condition, row) in enumerate(zip(said.conditions, own[1:], strict=True))
    ]  # fmt: skip
    if conditions:
        connection.execute(insert(schema.condition), conditions)


def _statement(
    reading: Reading, said: Statement, kinds: Mapping[str, str], actors: Mapping[str, int]
) -> dict[str, Any]:
    text, words = reading.article.text, words_at(reading.article.text, said.content)
    conditions = " … ".join(words_at(text, condition.spans) for condition in said.conditions)
    chance = said.likelihood
    return {
        "id": said.id, "at": _moment(said, reading.article.published), "source": said.source.value, "quote_kind": kinds.get(said.quote or ""),
        "act": said.act.value, "polarity": said.polarity.value,
        **{role: actors.get(getattr(said, role) or "") for role in ("speaker", "principal", "addressee")},
        **{f"{role}_entity": getattr(said, role) for role in ("speaker", "principal", "addressee")},
        "confidence": said.confidence, "repeats": int(said.same_as is not None), "due": said.due.value if said.due else None,
        "likelihood": chance and chance.term, "low": chance and chance.low, "high": chance and chance.high,
        "words": words, "proposition": words_at(text, said.proposition), "stems": " ".join(stems_of(words)),
        "condition_stems": " ".join(stems_of(conditions)), "families": " ".join(sorted(words_of_event(words))),
        "sketch": sketch_of(words), "record": to_json(said),
    }  # fmt: skip


def mark_editions(connection: Connection, url: str) -> None:
    """Set which of a URL's pages is the current one: the one fetched last."""
    page = schema.page.c
    fetched = func.coalesce(page.fetched_at, page.added_at)
    newest = (
        select(page.id).where(page.url == url).order_by(fetched.desc(), page.added_at.desc(), page.id.desc()).limit(1)
    )
    last = connection.scalar(newest)
    connection.execute(update(schema.page).where(page.url == url, page.id != last).values(current=0))
    connection.execute(update(schema.page).where(page.id == last).values(current=1))


def needed(reading: Reading) -> set[str]:
    """Return the entities of a page that speak, are bound or are spoken to."""
    return {e for s in reading.statements for e in (s.speaker, s.principal, s.addressee) if e}


def now() -> str:
    """Return the moment, ISO 8601 with its zone."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def given_of(page: Page) -> str:
    """Return what was told of a page from outside, as it is kept."""
    return json.dumps({
        "published": page.published, "publisher": page.publisher, "form": page.form.value, "encoding": page.encoding
    }, ensure_ascii=False)  # fmt: skip


def _rows_of(connection: Connection, tells: Iterable[tuple[Told, str]]) -> dict[int, int]:
    """Return the row of each that is told, by its key; new ones if nobody has told them in these words."""
    wanted = {told.key(page): told for told, page in tells}
    known = select(schema.told.c.key, schema.told.c.id).where(schema.told.c.key.in_(wanted))
    found = {row[0]: row[1] for row in connection.execute(known)}
    new = [
        {"key": key, "kind": told.kind.value, "words": told.words, "families": " ".join(sorted(told.families))}
        for key, told in wanted.items()
        if key not in found
    ]
    rows = _new(connection, schema.told, new, "id") if new else []
    return found | {row["key"]: id_ for row, id_ in zip(new, rows, strict=True)}


def _new(connection: Connection, table: Any, rows: list[dict[str, Any]], key: str) -> list[int]:
    """Insert rows and return their numbers, in the rows' order."""
    adding = insert(table).returning(table.c[key], sort_by_parameter_order=True)
    return [int(number) for number in connection.execute(adding, rows).scalars()]


def _moment(statement: Statement, published: str | None) -> str:
    said = statement.said.value if statement.said else None
    return said if said and said[:4].isdigit() else published or ""
