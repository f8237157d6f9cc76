"""A page into the ledger's rows."""

import hashlib
import zlib

from sqlalchemy import Connection, insert, select, text, update

from wortlaut.codec import to_json
from wortlaut.language import lemma_of
from wortlaut.ledger import schema
from wortlaut.ledger.actors import Directory, assign
from wortlaut.ledger.matching import content_words, words_of_event
from wortlaut.ledger.told import Kind, Told, sentences_of, tell_page, tell_statement
from wortlaut.model import Page, Reading, Statement
from wortlaut.text import words_at


def store(connection: Connection, page: Page, reading: Reading, directory: Directory) -> bool:
    """Add a page with all it says; return False if the ledger had exactly this page already."""
    article = reading.article
    if connection.scalar(select(schema.page.c.id).where(schema.page.c.id == article.id)):
        return False
    connection.execute(insert(schema.page).values(
        id=article.id, source=reading.page.source, url=reading.page.url, sha256=reading.page.sha256,
        fetched_at=reading.page.fetched_at, publisher=article.publisher, published=article.published, title=article.title,
        content=zlib.compress(page.content), reading=to_json(reading),
    ))  # fmt: skip
    actors = assign(connection, reading, needed(reading), directory)
    for statement in reading.statements:
        _add_statement(connection, reading, statement, actors)
    tell(connection, reading)
    return True


def tell(connection: Connection, reading: Reading) -> None:
    """Note what a page that is stored tells, and which of its rows tell it."""
    article = reading.article
    about = _told(connection, tell_page(reading), article.id)
    connection.execute(update(schema.page).where(schema.page.c.id == article.id).values(told=about))
    sentences = sentences_of(article)
    statement, condition = schema.statement.c, schema.condition.c
    for said in reading.statements:
        proposition, *conditions = (_told(connection, t) for t in tell_statement(article, sentences, said))
        own = (statement.page == article.id) & (statement.id == said.id)
        families = " ".join(sorted(words_of_event(words_at(article.text, said.content))))
        connection.execute(update(schema.statement).where(own).values(told=proposition, families=families))
        for number, told in enumerate(conditions):
            at = (condition.page == article.id) & (condition.statement == said.id) & (condition.number == number)
            connection.execute(update(schema.condition).where(at).values(told=told))


def needed(reading: Reading) -> set[str]:
    """Return the entities of a page that speak, are bound or are spoken to."""
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
    bare = (word.strip(".,;:!?»«„“") for word in words.split())
    lemmas = " ".join(sorted(content_words(words) | {lemma_of(word).casefold() for word in bare if word}))
    connection.execute(
        text("INSERT INTO statement_words (page, id, words, lemmas) VALUES (:page, :id, :words, :lemmas)"),
        {"page": article.id, "id": statement.id, "words": words, "lemmas": lemmas},
    )


def _told(connection: Connection, told: Told, page: str = "") -> int:
    """Return the row of what is told; a new one if nobody has told it in these words. Each page has its own."""
    mark = "\x1f".join((str(told.kind.value), page if told.kind is Kind.PAGE else "", told.words))
    key = int.from_bytes(hashlib.sha256(mark.encode("utf-8", "surrogatepass")).digest()[:8], "big", signed=True)
    known = connection.scalar(select(schema.told.c.id).where(schema.told.c.key == key))
    if known is not None:
        return int(known)
    families = " ".join(sorted(told.families))
    new = insert(schema.told).values(key=key, kind=told.kind.value, words=told.words, families=families)
    result = connection.execute(new)
    number = int(result.inserted_primary_key[0]) if result.inserted_primary_key else 0
    connection.execute(text("INSERT INTO told_words (rowid, families) VALUES (:id, :f)"), {"id": number, "f": families})
    return number


def _moment(statement: Statement, published: str | None) -> str | None:
    said = statement.said.value if statement.said else None
    return said if said and said[:4].isdigit() else published
