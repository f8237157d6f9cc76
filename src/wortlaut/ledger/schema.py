"""The ledger's tables: plain, explained by their comments, the same on SQLite and PostgreSQL.

The comments are the reference: docs/reference/tables.md is made from them. What people read with other tools are the views
(`views.py`); what finds words stands in `fulltext.py`.
"""

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
    UniqueConstraint,
)

metadata = MetaData()
Code = String().with_variant(String(collation="C"), "postgresql")
"""Ids and days: compared byte by byte, whatever the server's language is."""

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True, comment="schema_version; id, which no other ledger has"),
    Column("value", String, nullable=False),
    comment="What the file is.",
)

migration = Table(
    "migration",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False, comment="of the schema, after this step"),
    Column("name", Text, nullable=False, comment="what the step did"),
    Column("at", Code, nullable=False, comment="ISO 8601"),
    Column("program", String, nullable=False, comment="version of wortlaut that took the step"),
    comment="How the schema came to be what it is; a row a step, each taken as a whole or not at all.",
)

page = Table(
    "page",
    metadata,
    Column("id", Code, primary_key=True, comment="the article's id: hash of bytes and URL"),
    Column("source", Text, nullable=False, index=True, comment="path, URL or archive record as it was given"),
    Column("url", Text, index=True, comment="as given, else the page's own; pages of one URL are its editions"),
    Column("sha256", Code, nullable=False, comment="of the page's bytes"),
    Column("fetched_at", Code, comment="ISO 8601"),
    Column("added_at", Code, nullable=False, comment="ISO 8601"),
    Column("publisher", Text, index=True),
    Column("published", Code, comment="ISO 8601"),
    Column("title", Text),
    Column(
        "given",
        Text,
        nullable=False,
        comment="what was told from outside as it was added: published, publisher, form, encoding; JSON",
    ),
    Column("current", Integer, nullable=False, server_default="1", comment="0 if there is a later edition"),
    Column("told", Integer, index=True, comment="row of `told`: what the page is about"),
    Column(
        "content",
        LargeBinary,
        nullable=False,
        comment="the page's bytes, compressed by zlib; last, so that nobody has to read past it",
    ),
    comment="Pages as they were fetched.",
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page", Code, ForeignKey("page.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Code, nullable=False, comment="when it was put into the ledger; ISO 8601"),
    Column("program", String, comment="version of wortlaut that read the page"),
    Column("model", String, comment="what found the quotes: a model with its version, or rules"),
    Column("lexicon", String, comment="digest of the lexicon"),
    Column("record", LargeBinary, nullable=False, comment="wortlaut.reading/1 as JSON, compressed by zlib"),
    comment="Everything learned from a page, and what learned it. The newest of a page gave its statements.",
)

actor = Table(
    "actor",
    metadata,
    Column("id", Integer, primary_key=True, comment="the ledger's own, persistent"),
    Column("name", Text, nullable=False),
    Column("kind", String, nullable=False, comment="person, organisation, state, place, group, document or other"),
    Column("named", Integer, nullable=False, server_default="1", comment="0 for somebody whom the page gives no name"),
    Column("wikidata", String),
    Column("became", Integer, comment="the actor that this one is by the judgements in force"),
    Index("actor_by_name", "name", "kind"),
    comment="Somebody across pages.",
)

appearance = Table(
    "appearance",
    metadata,
    Column("page", Code, ForeignKey("page.id", ondelete="CASCADE"), primary_key=True),
    Column("entity", Code, primary_key=True, comment="the entity's id on that page"),
    Column("name", Text, nullable=False, comment="as on that page"),
    Column("first", Integer, ForeignKey("actor.id"), nullable=False, comment="actor by the pages alone"),
    Column("actor", Integer, ForeignKey("actor.id"), nullable=False, comment="actor by the judgements in force"),
    Index("appearance_by_first", "first"),
    Index("appearance_by_actor", "actor", "name"),
    Index("appearance_by_name", "name", "actor"),
    comment="Who is who on which page.",
)

office = Table(
    "office",
    metadata,
    Column("page", Code, primary_key=True),
    Column("entity", Code, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("organisation", Text),
    Column("since", Code),
    Column("until", Code),
    ForeignKeyConstraint(["page", "entity"], ["appearance.page", "appearance.entity"], ondelete="CASCADE"),
    comment="Offices and memberships that pages give to somebody.",
)

role = Table(
    "role",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("actor", Integer, ForeignKey("actor.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("organisation", Text),
    Column("since", Code),
    Column("until", Code),
    comment="Each office of an actor once, however many pages give it; made from `office`.",
)

called = Table(
    "called",
    metadata,
    Column("ending", Text, primary_key=True, comment="a name or its last words, in small letters"),
    Column("name", Text, primary_key=True, comment="as in `appearance`"),
    comment="Names by their last words: who asks for Holm finds Jana Holm.",
)

judgement = Table(
    "judgement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Code, nullable=False, comment="ISO 8601"),
    Column("verdict", String, nullable=False, comment="merge, split or undo"),
    Column("actor", Integer),
    Column("other", Integer, comment="merge: what `actor` is; split: what it is on `page`"),
    Column("page", Code),
    Column("undoes", Integer, comment="the judgement that is taken back"),
    comment="Who is who, as people judged it; rows are only ever added.",
)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Code, nullable=False, comment="ISO 8601"),
    Column("verdict", String, nullable=False, comment="accept, reject or undo"),
    Column("page", Code, nullable=False),
    Column("statement", Code, nullable=False, comment="its id on that page"),
    Index("review_of_statement", "page", "statement"),
    comment="Which statements are right, as people judged it; rows are only ever added.",
)

statement = Table(
    "statement",
    metadata,
    Column("number", Integer, primary_key=True, comment="the ledger's own; higher means added later"),
    Column("page", Code, ForeignKey("page.id", ondelete="CASCADE"), nullable=False),
    Column("id", Code, nullable=False, comment="hash of page, place and words; the same in every ledger"),
    Column(
        "reading", Integer, ForeignKey("reading.id", ondelete="CASCADE"), nullable=False, comment="what made this entry"
    ),
    Column("at", Code, nullable=False, comment="when it was said, else published; ISO 8601; empty if neither is known"),
    Column("source", String, nullable=False, comment="quote, narration, headline or document"),
    Column("quote_kind", String, comment="direct, indirect, reported, free_indirect or indirect_free_indirect"),
    Column("act", String, nullable=False, comment="what is done by saying it: commit, refuse, demand …"),
    Column("polarity", String, nullable=False, comment="of the proposition: positive or negative"),
    Column("speaker", Integer, ForeignKey("actor.id"), comment="actor"),
    Column("principal", Integer, ForeignKey("actor.id"), comment="actor whose commitment it is"),
    Column("addressee", Integer, ForeignKey("actor.id"), comment="actor to whom it is said"),
    Column("speaker_entity", Code, comment="the speaker's entity on the page, see `appearance`"),
    Column("principal_entity", Code),
    Column("addressee_entity", Code),
    Column("confidence", Float, nullable=False, comment="0 to 1"),
    Column("repeats", Integer, nullable=False, comment="1 if a headline repeats the body"),
    Column("due", Code, comment="until when, where a date is set; ISO 8601"),
    Column("likelihood", String, comment="the term of likelihood"),
    Column("low", Float, comment="its least probability, 0 to 1"),
    Column("high", Float, comment="its greatest"),
    Column("words", Text, nullable=False, comment="the content"),
    Column("proposition", Text, nullable=False, comment="the deed or fact in it"),
    Column("stems", Text, nullable=False, comment="what its words are found by"),
    Column("condition_stems", Text, nullable=False, comment="what its conditions' words are found by"),
    Column("families", Text, nullable=False, comment="word families of its content"),
    Column("sketch", BigInteger, nullable=False, comment="equal for equal words, mostly equal for nearly equal ones"),
    Column("told", Integer, comment="row of `told`: the proposition in its sentence"),
    Column("record", Text, nullable=False, comment="the statement as JSON, with every span"),
    UniqueConstraint("page", "id"),
    Index("statement_by_speaker", "speaker", "at", "number"),
    Index("statement_by_principal", "principal", "at", "number", "told"),
    Index("statement_by_day", "at", "number"),
    Index("statement_by_due", "due"),
    Index("statement_by_sketch", "sketch"),
    Index("statement_by_told", "told"),
    Index("statement_by_reading", "reading"),
    comment="Declared positions and assertions: who, on whose behalf, when, doing what.",
)

condition = Table(
    "condition",
    metadata,
    Column(
        "statement", Integer, ForeignKey("statement.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="0 for the first of a statement"),
    Column("kind", String, nullable=False, comment="if, even_if, unless, only_if, until or as_long_as"),
    Column("words", Text, nullable=False),
    Column("told", Integer, index=True, comment="row of `told`: the event"),
    comment="On which conditions a statement holds.",
)

told = Table(
    "told",
    metadata,
    Column("id", Integer, primary_key=True, comment="its row in the file of vectors"),
    Column("key", BigInteger, nullable=False, unique=True, comment="hash of kind and words"),
    Column("kind", Integer, nullable=False, comment="0 page, 1 condition, 2 proposition"),
    Column("words", Text, nullable=False),
    Column("families", Text, nullable=False, comment="word families, of a page those of all its text"),
    comment="What is told of, for finding it by meaning; equal words once.",
    sqlite_autoincrement=True,
)

tombstone = Table(
    "tombstone",
    metadata,
    Column("hash", Code, primary_key=True, comment="of what was forgotten; nothing of it can be read off"),
    Column("kind", String, nullable=False, comment="page, url or entity"),
    Column("at", Code, nullable=False, comment="ISO 8601"),
    comment="What was forgotten on request and is not to come back.",
)
