"""Views for people and other tools: names instead of numbers, one line a page, statement, position, condition or span."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view; `columns` explains those that do not explain themselves."""

    name: str
    comment: str
    columns: dict[str, str]
    sql: str


_NAMED = """FROM statement s JOIN page p ON p.id = s.page LEFT JOIN actor speaker ON speaker.id = s.speaker
    LEFT JOIN actor principal ON principal.id = s.principal LEFT JOIN actor addressee ON addressee.id = s.addressee"""

_PAGES = "SELECT id, url, source, publisher, published, title, fetched_at, added_at, sha256, current FROM page"

_STATEMENTS = f"""SELECT s.number, NULLIF(s.at, '') AS at, principal.name AS principal, speaker.name AS speaker, addressee.name AS addressee,
    s.act, s.polarity, s.words, s.proposition, s.due, s.likelihood, s.low, s.high, s.source, s.quote_kind, s.confidence, s.repeats,
    p.publisher, p.published, p.title, p.url, p.current, s.page, s.id {_NAMED}"""

_POSITIONS = f"""SELECT s.number, NULLIF(s.at, '') AS at, principal.name AS principal, principal.kind AS kind, s.act, s.polarity, s.words,
    s.proposition, s.due, s.confidence, p.publisher, p.published, p.url {_NAMED}
    WHERE s.principal IS NOT NULL AND s.act <> 'assert' AND s.repeats = 0 AND p.current = 1"""

_CONDITIONS = """SELECT c.statement, c.number, c.kind, c.words AS condition, s.act, a.name AS principal, s.words, NULLIF(s.at, '') AS at
    FROM condition c JOIN statement s ON s.number = c.statement LEFT JOIN actor a ON a.id = s.principal"""

_PARTS = ("content", "speaker_span", "act_cue", "proposition")
_INNER = (("condition", "conditions", "spans"), ("report", "reported_by", "evidence"))
_PLACE = "CAST(x.value ->> 0 AS INTEGER) AS begins, CAST(x.value ->> 1 AS INTEGER) AS ends FROM statement s"
_SPANS = (
    *(f"SELECT s.number AS statement, '{part}' AS part, x.key AS number, {_PLACE}, [s.record {part}] x" for part in _PARTS),
    f"SELECT s.number, 'likelihood', x.key, {_PLACE}, [s.record likelihood.spans] x",
    *(f"SELECT s.number, '{name}', i.key, {_PLACE}, [s.record {part}] i, [i.value {inner}] x" for name, part, inner in _INNER),
)  # fmt: skip
"""[VALUE PATH] stands for the elements of an array in JSON, each with its key."""
_ELEMENTS = {
    "sqlite": "json_each({value}, '$.{path}')",
    "postgresql": """LATERAL (SELECT n - 1 AS key, value
        FROM jsonb_path_query({value}::jsonb, 'strict $.{path}[*]', '{{}}', true) WITH ORDINALITY e(value, n))""",
}
_CURRENT = {"current": "0 if there is a later edition of the page"}
VIEWS = (
    View(name="pages", comment="Pages without their bytes.", columns=_CURRENT, sql=_PAGES),
    View(
        name="statements",
        comment="All statements, with names.",
        columns=_CURRENT | {"at": "when it was said, else published", "repeats": "1 if a headline repeats the body"},
        sql=_STATEMENTS,
    ),
    View(
        name="positions",
        comment="What each principal declared that is more than an assertion, once, from the newest editions.",
        columns={"kind": "of the principal"},
        sql=_POSITIONS,
    ),
    View(
        name="conditions",
        comment="Conditions with the statements that hold on them.",
        columns={"statement": "number of the statement", "number": "0 for the first of a statement"},
        sql=_CONDITIONS,
    ),
    View(
        name="spans",
        comment="Every span of a statement; places are code points of the article's text.",
        columns={
            "statement": "number of the statement",
            "part": f"{', '.join(_PARTS)}, likelihood, condition or report",
            "number": "of the span in its part; for condition and report which of them",
            "begins": "first code point",
            "ends": "code point after the last",
        },
        sql=" UNION ALL ".join(_SPANS),
    ),
)


def create(connection: Connection) -> None:
    """Make the views of a ledger that has its tables."""
    elements = _ELEMENTS[connection.dialect.name]
    for view in VIEWS:
        sql = re.sub(r"\[(\S+) (\S+)\]", lambda found: elements.format(value=found[1], path=found[2]), view.sql)
        connection.exec_driver_sql(f"CREATE VIEW {view.name} AS {sql}")
