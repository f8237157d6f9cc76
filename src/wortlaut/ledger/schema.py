"""The ledger's tables: plain, documented in their comments, readable by any tool that opens SQLite."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

VERSION = 2
metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

page = Table(
    "page",
    metadata,
    Column("id", String, primary_key=True, comment="the article's id: hash of bytes and URL"),
    Column("source", Text, nullable=False),
    Column("url", Text, index=True),
    Column("sha256", String, nullable=False),
    Column("fetched_at", String),
    Column("publisher", Text),
    Column("published", String, comment="ISO 8601"),
    Column("title", Text),
    Column("content", LargeBinary, nullable=False, comment="the page's bytes, zlib"),
    Column("reading", Text, nullable=False, comment="wortlaut.reading/1"),
    Column("told", Integer, index=True, comment="what the page is about"),
)

actor = Table(
    "actor",
    metadata,
    Column("id", Integer, primary_key=True, comment="the ledger's own, persistent"),
    Column("name", Text, nullable=False),
    Column("kind", String, nullable=False),
    Index("actor_name", "name", "kind", unique=True),
)

statement = Table(
    "statement",
    metadata,
    Column("page", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("at", String, comment="when it was said, else published; ISO 8601"),
    Column("act", String, nullable=False),
    Column("polarity", String, nullable=False),
    Column("speaker", Integer, index=True, comment="actor"),
    Column("principal", Integer, index=True, comment="actor"),
    Column("confidence", Float, nullable=False),
    Column("repeats", Integer, nullable=False, comment="1 if a headline repeats the body"),
    Column("words", Text, nullable=False),
    Column("proposition", Text, nullable=False),
    Column("record", Text, nullable=False, comment="the statement as in the contract"),
    Column("told", Integer, index=True, comment="the proposition in its sentence"),
    Column("families", Text, comment="families of its own words"),
    ForeignKeyConstraint(["page"], ["page.id"], ondelete="CASCADE"),
    ForeignKeyConstraint(["speaker"], ["actor.id"]),
    ForeignKeyConstraint(["principal"], ["actor.id"]),
)

condition = Table(
    "condition",
    metadata,
    Column("page", String, primary_key=True),
    Column("statement", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("told", Integer, index=True, comment="the event"),
    ForeignKeyConstraint(["page", "statement"], ["statement.page", "statement.id"], ondelete="CASCADE"),
)

told = Table(
    "told",
    metadata,
    Column("id", Integer, primary_key=True, comment="its row in the file of vectors"),
    Column("key", BigInteger, nullable=False, unique=True, comment="hash of kind and words"),
    Column("kind", Integer, nullable=False, comment="0 page, 1 condition, 2 proposition"),
    Column("words", Text, nullable=False),
    Column("families", Text, nullable=False, comment="families of its words, of a page those of all its text"),
    sqlite_autoincrement=True,
)

FULL_TEXT = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS statement_words USING fts5(page UNINDEXED, id UNINDEXED, words, lemmas, tokenize='unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS told_words USING fts5(families, content='told', content_rowid='id', detail=none)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS told_count USING fts5vocab('told_words', 'row')",
)
