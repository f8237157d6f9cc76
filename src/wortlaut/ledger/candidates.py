"""Which statements may answer to an event, and how near each is to it, in meaning and in words."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from wortlaut.ledger.matching import words_of_event
from wortlaut.ledger.told import Kind
from wortlaut.ledger.vectors import VectorFile

_NEAREST: dict[int, int] = {Kind.PAGE: 40, Kind.CONDITION: 300, Kind.PROPOSITION: 200}
_BY_WORDS = 600
_MOST = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A statement, its sentence, the condition of it that is nearest to the event, and how near they and the page are.

    Cosines are 0 where there are no vectors; shares are fractions of the event's words, weighted by rarity.
    """

    page: str
    id: str
    principal: int | None
    sentence: str
    condition: int | None
    condition_cosine: float
    sentence_cosine: float
    page_cosine: float
    condition_share: float
    sentence_share: float
    page_share: float


Row = tuple[str, str, int | None, str, int, int, tuple[int, ...]]
_STATEMENTS = """WITH hit(page, id) AS (
    SELECT page, id FROM statement WHERE told IN (SELECT value FROM json_each(:told))
    UNION SELECT page, statement FROM condition WHERE told IN (SELECT value FROM json_each(:told))
    UNION SELECT s.page, s.id FROM page p JOIN statement s ON s.page = p.id WHERE p.told IN (SELECT value FROM json_each(:told)))
    SELECT s.page, s.id, s.principal, t.words, p.told, s.told,
        (SELECT json_group_array(c.told) FROM condition c WHERE c.page = s.page AND c.statement = s.id)
    FROM hit JOIN statement s ON s.page = hit.page AND s.id = hit.id JOIN page p ON p.id = hit.page
        JOIN told t ON t.id = s.told
    WHERE :everything OR (s.confidence >= :sure AND NOT s.repeats) LIMIT :most"""


def find_candidates(
    connection: Connection, vectors: VectorFile | None, event: str, *, sure: float, everything: bool
) -> tuple[Candidate, ...]:
    """Return statements near an event: by the vectors of what is told, if there are any, and by words in common."""
    asked = words_of_event(event)
    weights = _weights(connection, asked)
    query = vectors.vectors([event])[0] if vectors is not None else None
    near = vectors.nearest(query, _NEAREST) if vectors is not None and query is not None else ()
    rows: dict[str, Row] = {}
    for found in (near, _by_words(connection, weights)):
        values = {"told": json.dumps(found), "everything": everything, "sure": sure, "most": _MOST}
        for page, id_, *others, conditions in connection.execute(text(_STATEMENTS), values).all():
            rows[id_] = (page, id_, *others, tuple(json.loads(conditions)))
    told = sorted({t for *_, about, around, conditions in rows.values() for t in (about, around, *conditions) if t})
    cosines = vectors.cosines(query, told) if vectors is not None and query is not None else {}
    shares = _shares(connection, told, weights)
    return tuple(_candidate(*row, cosines, shares) for row in rows.values())


def _candidate(
    page: str,
    id_: str,
    principal: int | None,
    sentence: str,
    about: int,
    around: int,
    conditions: tuple[int, ...],
    cosines: dict[int, float],
    shares: dict[int, float],
) -> Candidate:
    best = max(range(len(conditions)), key=lambda n: _near(conditions[n], cosines, shares), default=None)
    own = conditions[best] if best is not None else 0
    return Candidate(
        page=page,
        id=id_,
        principal=principal,
        sentence=sentence,
        condition=best,
        condition_cosine=cosines.get(own, 0.0),
        sentence_cosine=cosines.get(around, 0.0),
        page_cosine=cosines.get(about, 0.0),
        condition_share=shares.get(own, 0.0),
        sentence_share=shares.get(around, 0.0),
        page_share=shares.get(about, 0.0),
    )


def _near(told: int, cosines: dict[int, float], shares: dict[int, float]) -> float:
    return cosines.get(told, 0.0) + shares.get(told, 0.0)


def _weights(connection: Connection, asked: Iterable[str]) -> dict[str, tuple[float, int]]:
    """Return for each word how rare it is (inverse document frequency) and how many rows hold it."""
    total = connection.execute(text("SELECT max(id) FROM told")).scalar() or 0
    counts = {
        word: connection.execute(text("SELECT doc FROM told_count WHERE term = :w"), {"w": word}).scalar() or 0
        for word in asked
    }
    return {word: (math.log(1 + total / (0.5 + count)), count) for word, count in counts.items()}


def _by_words(connection: Connection, weights: dict[str, tuple[float, int]]) -> list[int]:
    """Return rows that hold the event's rarest words; what half of all say says little."""
    found: list[int] = []
    query = text("SELECT rowid FROM told_words WHERE told_words MATCH :word LIMIT :most")
    for word, (_, count) in sorted(weights.items(), key=lambda item: item[1][1]):
        if count and len(found) < _BY_WORDS:
            found.extend(
                r[0] for r in connection.execute(query, {"word": f'"{word}"', "most": _BY_WORDS - len(found)}).all()
            )
    return found


def _shares(connection: Connection, told: list[int], weights: dict[str, tuple[float, int]]) -> dict[int, float]:
    mass = sum(weight for weight, _ in weights.values())
    if not mass:
        return {}
    query = text("SELECT id, families FROM told WHERE id IN (SELECT value FROM json_each(:told))")
    return {
        id_: sum(weights[w][0] for w in weights.keys() & families.split()) / mass
        for id_, families in connection.execute(query, {"told": json.dumps(told)}).all()
    }
