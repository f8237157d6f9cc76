"""A page into the ledger's rows."""

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from wortlaut.codec import to_json
from wortlaut.ledger import schema
from wortlaut.ledger.actors import Directory, assign
from wortlaut.ledger.inserting import add_rows, take_numbers
from wortlaut.ledger.stems import stems_with
from wortlaut.ledger.told import Told, look_at, sentences_of, tell_page, tell_statement
from wortlaut.ledger.wording import sketch_of
from wortlaut.model import Page, Reading, Statement
from wortlaut.text import Span, words_at

_page, _told = schema.page.c, schema.told.c
_THERE = select(_page.id).where(_page.id == bindparam("page"))
_KNOWN = select(_told.key, _told.id).where(_told.key.in_(bindparam("keys", expanding=True)))
_ABOUT = update(schema.page).where(_page.id == bindparam("page")).values(told=bindparam("row"))
_EDITIONS = (
    select(_page.id, _page.current)
    .where(_page.url == bindparam("url"))
    .order_by(func.coalesce(_page.fetched_at, _page.added_at).desc(), _page.added_at.desc(), _page.id.desc())
)
"""Made once: to put a query together costs more than to ask it."""


def store(
    connection: Connection, page: Page, reading: Reading, directory: Directory, known: Mapping[str, int] | None = None
) -> bool:
    """Add a page with all it says; return False if the ledger had exactly this page already.

    `known` are actors of the page's entities, where they are known from before.
    """
    article = reading.article
    if connection.scalar(_THERE, {"page": article.id}):
        return False
    keep_page(connection, page, reading, now())
    enter(connection, reading, directory, known)
    if url := reading.page.url or article.url:
        mark_editions(connection, url)
    return True


def keep_page(connection: Connection, page: Page, reading: Reading, added_at: str) -> None:
    """Keep a page's bytes and what is told of it."""
    article = reading.article
    add_rows(connection, schema.page, [{
        "id": article.id, "source": reading.page.source, "url": reading.page.url or article.url, "sha256": reading.page.sha256,
        "fetched_at": reading.page.fetched_at, "added_at": added_at, "publisher": article.publisher, "published": article.published,
        "title": article.title, "given": given_of(page), "content": zlib.compress(page.content),
    }])  # fmt: skip


def keep_reading(connection: Connection, reading: Reading, at: str) -> int:
    """Keep a reading of a page that is stored, and return its number."""
    made = reading.made_by
    (number,) = take_numbers(connection, schema.reading.c.id, 1)
    add_rows(connection, schema.reading, [{
        "id": number, "page": reading.article.id, "at": at, "program": made and made.program, "model": made and made.model,
        "lexicon": made and made.lexicon, "record": zlib.compress(to_json(reading).encode()),
    }])  # fmt: skip
    return number


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
    connection.execute(_ABOUT, {"page": article.id, "row": rows[about.key(article.id)]})
    told = [[rows[told.key()] for told in tell] for tell in tells]
    add_statements(connection, reading, number, sentences, actors, told)


def add_statements(
    connection: Connection,
    reading: Reading,
    number: int,
    sentences: tuple[Span, ...],
    actors: Mapping[str, int],
    told: list[list[int]],
) -> None:
    """Add the statements of a reading, its number known; `told` has a statement's row of `told`, then its conditions'."""
    numbers = take_numbers(connection, schema.statement.c.number, len(reading.statements))
    each = [*zip(numbers, reading.statements, told, strict=True)]
    add_rows(connection, schema.statement, [
        {"number": row, "page": reading.article.id, "reading": number, "told": own[0], **_row_of(reading, said, sentences, actors)}
        for row, said, own in each
    ])  # fmt: skip
    text = reading.article.text
    add_rows(connection, schema.condition, [
        {"statement": row, "number": place, "kind": condition.kind.value, "words": words_at(text, condition.spans), "told": event}
        for row, said, own in each
        for place, (condition, event) in enumerate(zip(said.conditions, own[1:], strict=True))
    ])  # fmt: skip


def _row_of(
    reading: Reading, said: Statement, sentences: tuple[Span, ...], actors: Mapping[str, int]
) -> dict[str, Any]:
    text, words = reading.article.text, words_at(reading.article.text, said.content)
    conditions = " … ".join(words_at(text, condition.spans) for condition in said.conditions)
    look = look_at(text, sentences, said.content)
    given = look_at(text, sentences, tuple(span for condition in said.conditions for span in condition.spans))
    chance, wording = said.likelihood, reading.wording(said)
    return {
        "id": said.id, "at": _moment(said, reading.article.published), "source": said.source.value, "quote_kind": wording.value if wording else None,
        "act": said.act.value, "polarity": said.polarity.value,
        **{role: actors.get(getattr(said, role) or "") for role in ("speaker", "principal", "addressee")},
        **{f"{role}_entity": getattr(said, role) for role in ("speaker", "principal", "addressee")},
        "confidence": said.confidence, "repeats": int(said.same_as is not None), "due": said.due.value if said.due else None,
        "likelihood": chance and chance.term, "low": chance and chance.low, "high": chance and chance.high,
        "words": words, "proposition": words_at(text, said.proposition), "stems": " ".join(stems_with(words, look.verbs)),
        "condition_stems": " ".join(stems_with(conditions, given.verbs)), "families": " ".join(sorted(look.families)),
        "sketch": sketch_of(words), "record": to_json(said),
    }  # fmt: skip


def mark_editions(connection: Connection, url: str) -> None:
    """Set which of a URL's pages is the current one: the one fetched last."""
    for place, (id_, current) in enumerate(connection.execute(_EDITIONS, {"url": url}).all()):
        newest = int(place == 0)
        if current != newest:
            connection.execute(update(schema.page).where(_page.id == id_).values(current=newest))


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
    found = {row.key: row.id for row in connection.execute(_KNOWN, {"keys": [*wanted]})}
    new = [key for key in wanted if key not in found]
    made = dict(zip(new, take_numbers(connection, _told.id, len(new)), strict=True))
    add_rows(connection, schema.told, [
        {"id": row, "key": key, "kind": wanted[key].kind.value, "words": wanted[key].words, "families": " ".join(sorted(wanted[key].families))}
        for key, row in made.items()
    ])  # fmt: skip
    return found | made


def _moment(statement: Statement, published: str | None) -> str:
    said = statement.said.value if statement.said else None
    return said if said and said[:4].isdigit() else published or ""
