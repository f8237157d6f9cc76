"""The ledger's tables: plain, documented in their comments, readable by any tool that opens SQLite."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

VERSION = 4
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
    Column("named", Integer, nullable=False, server_default="1", comment="0 for somebody whom the page gives no name"),
    Column("wikidata", String),
    Index("actor_by_name", "name", "kind"),
)

appearance = Table(
    "appearance",
    metadata,
    Column("page", String, ForeignKey("page.id", ondelete="CASCADE"), primary_key=True),
    Column("entity", String, primary_key=True, comment="the entity's id on that page"),
    Column("name", Text, nullable=False, comment="as on that page"),
    Column("first", Integer, ForeignKey("actor.id"), nullable=False, comment="actor by the pages alone"),
    Column(
        "actor", Integer, ForeignKey("actor.id"), nullable=False, index=True, comment="actor by the judgements in force"
    ),
)

office = Table(
    "office",
    metadata,
    Column("page", String, primary_key=True),
    Column("entity", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("organisation", Text),
    Column("since", String),
    Column("until", String),
    ForeignKeyConstraint(["page", "entity"], ["appearance.page", "appearance.entity"], ondelete="CASCADE"),
)

judgement = Table(
    "judgement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False, comment="ISO 8601"),
    Column("verdict", String, nullable=False, comment="merge, split or undo; rows are only ever added"),
    Column("actor", Integer),
    Column("other", Integer),
    Column("page", String),
    Column("undoes", Integer),
)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False, comment="ISO 8601"),
    Column("verdict", String, nullable=False, comment="accept, reject or undo; rows are only ever added"),
    Column("page", String, nullable=False),
    Column("statement", String, nullable=False),
    Index("review_of_statement", "page", "statement"),
)

statement = Table(
    "statement",
    metadata,
    Column("page", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("at", String, index=True, comment="when it was said, else published; ISO 8601"),
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

FROM_1 = (
    "DROP INDEX IF EXISTS actor_name",
    "ALTER TABLE actor ADD COLUMN named INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE actor ADD COLUMN wikidata VARCHAR",
    "CREATE INDEX actor_by_name ON actor (name, kind)",
)
"""What brings a ledger of version 1 to version 2; the new tables are made from `metadata`, who appears where from the readings."""

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
