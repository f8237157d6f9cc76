"""A database of the Discourse Network Analyzer 3 (Leifeld, https://github.com/leifeld/dna), as that program makes one.

Its "DNA Statement" has a person, an organization, a concept and an agreement: here the speaker, the principal, the
proposition and the polarity. `act`, `conditions` and `likelihood` are variables besides. The coder is called Admin, the
password `wortlaut`. Texts of a concept or a name longer than the 190 characters that DNA allows end with an ellipsis.
"""

import base64
import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from dateutil import parser as dates

from wortlaut.exports.pages import Exported, Wanted, pages_of
from wortlaut.ledger import Answer, Ledger
from wortlaut.model import Polarity
from wortlaut.text import hull, words_at

PASSWORD = "wortlaut"  # noqa: S105 - it opens a file on the user's own disk, and the documentation names it
_VERSION, _RELEASED = "3.0.11", "2022-12-18"
_LONGEST = 190
_VARIABLES = (
    ("person", "short text"),
    ("organization", "short text"),
    ("concept", "short text"),
    ("agreement", "boolean"),
    ("act", "short text"),
    ("conditions", "long text"),
    ("likelihood", "short text"),
)


def write(ledger: Ledger, wanted: Wanted, path: Path) -> int:
    """Write documents and statements; offsets are UTF-16 units, as Java counts."""
    count = 0
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA foreign_keys = ON")
        database.executescript(files("wortlaut.exports").joinpath("dna.sql").read_text(encoding="utf-8"))
        _fill(database)
        for number, exported in enumerate(pages_of(ledger, wanted), start=1):
            _document(database, number, exported)
            for answer in exported.answers:
                count += 1
                _statement(database, count, number, exported, answer)
    return count


def _fill(database: sqlite3.Connection) -> None:
    hashed = password_hash(PASSWORD, hashlib.sha256(b"wortlaut").digest()[:16])
    database.execute("INSERT INTO CODERS (ID, Name, Red, Green, Password) VALUES (1, 'Admin', 255, 255, ?)", (hashed,))
    database.executemany("INSERT INTO SETTINGS VALUES (?, ?)", [("version", _VERSION), ("date", _RELEASED)])
    database.execute("INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 239, 208, 51)")
    for number, (name, kind) in enumerate(_VARIABLES, start=1):
        database.execute("INSERT INTO VARIABLES VALUES (?, ?, ?, 1)", (number, name, kind))
        if kind == "short text":
            database.execute("INSERT INTO ENTITIES (VariableId, Value) VALUES (?, '')", (number,))
            for attribute in ("Type", "Alias", "Notes"):
                database.execute(
                    "INSERT INTO ATTRIBUTEVARIABLES (VariableId, AttributeVariable) VALUES (?, ?)", (number, attribute)
                )


def password_hash(password: str, salt: bytes) -> str:
    """Return what DNA keeps of a password: Jasypt's strong digest, SHA-256 a hundred thousand times over salt and password."""
    digest = salt + password.encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def _document(database: sqlite3.Connection, number: int, exported: Exported) -> None:
    page, article = exported.page, exported.reading.article
    moment = dates.isoparse(page.published) if page.published else datetime.fromtimestamp(0, UTC)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    database.execute(
        "INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Section, Notes, Date) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)",
        (
            number, _short(page.title or page.source), article.text, _short(", ".join(article.authors)),
            _short(page.publisher or ""), _short(article.section or ""), page.url or page.source, int(moment.timestamp()),
        ),
    )  # fmt: skip


def _statement(database: sqlite3.Connection, number: int, document: int, exported: Exported, answer: Answer) -> None:
    said, text = answer.statement, exported.reading.article.text
    whole = hull(said.content)
    start, stop = (len(text[:place].encode("utf-16-le", "surrogatepass")) // 2 for place in whole)
    database.execute("INSERT INTO STATEMENTS VALUES (?, 1, ?, ?, ?, 1)", (number, document, start, stop))
    values = {
        "person": answer.speaker or "",
        "organization": answer.principal or "",
        "concept": words_at(text, said.proposition) or answer.words,
        "agreement": said.polarity is Polarity.POSITIVE,
        "act": said.act.value,
        "conditions": " | ".join(answer.condition_words),
        "likelihood": said.likelihood.term if said.likelihood else "",
    }
    for variable, (name, kind) in enumerate(_VARIABLES, start=1):
        if kind == "short text":
            value: object = _entity(database, variable, _short(str(values[name])))
        else:
            value = values[name]
        database.execute(
            f"INSERT INTO DATA{kind.replace(' ', '').upper()} VALUES (NULL, ?, ?, ?)",  # noqa: S608 - our own table names
            (number, variable, value),
        )


def _entity(database: sqlite3.Connection, variable: int, value: str) -> int:
    database.execute("INSERT OR IGNORE INTO ENTITIES (VariableId, Value) VALUES (?, ?)", (variable, value))
    row = database.execute("SELECT ID FROM ENTITIES WHERE VariableId = ? AND Value = ?", (variable, value)).fetchone()
    return int(row[0])


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
