"""What each party said it will do if an event happens.

Statements near the event are ranked by how near their condition, their sentence and their page are to it, in meaning and
in words. What is not sure is left to `--all`, and marked there: a condition that goes the other way ("wenn die Angriffe enden" asked of
"die Angriffe gehen weiter"), a sentence that only sounds conditional, a page that is only about the same.
"""

import math
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from wortlaut.ledger.answers import Answer
from wortlaut.ledger.candidates import Candidate, find_candidates, sentences_of
from wortlaut.ledger.changes import mark_superseded
from wortlaut.ledger.events import event_of, may_be_conditional, opposed
from wortlaut.ledger.matching import words_of_event
from wortlaut.ledger.rows import SURE, answers_at
from wortlaut.ledger.vectors import VectorFile
from wortlaut.model import Act

_LOOKED_AT = 80
"""So many of the nearest, of those that are less sure so many more, are read closely; nobody reads more answers."""
_SPREAD = 2.0
_LEAST = 0.25
"""What a condition's own words have to say at least: being on the right page is not enough."""
_WHOLE = 0.6
"""How much of the event a position without a condition has to hold."""
_POSITIONS = frozenset((Act.COMMIT, Act.REFUSE, Act.THREATEN, Act.DEMAND, Act.PREDICT, Act.ENDORSE, Act.DENY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each nearness counts, and the sum at which an answer is as likely right as wrong."""

    condition_cosine: float
    sentence_cosine: float
    page_cosine: float
    condition_share: float
    sentence_share: float
    page_share: float
    conditional: float
    maybe: float
    opposed: float
    even: float


BY_MEANING = Weights(
    condition_cosine=7.8, sentence_cosine=7.9, page_cosine=8.5, condition_share=0.2, sentence_share=1.1, page_share=6.7,
    conditional=3.3, maybe=2.9, opposed=-0.6, even=14.0,
)  # fmt: skip
"""Fitted on the development half of the questions in evaluation/whatif and on pages of our own."""
BY_WORDS = Weights(
    condition_cosine=0.0, sentence_cosine=0.0, page_cosine=0.0, condition_share=4.1, sentence_share=5.3, page_share=8.8,
    conditional=5.2, maybe=2.7, opposed=-1.2, even=10.0,
)  # fmt: skip
"""The same where there is no model."""


def find_whatif(
    connection: Connection, vectors: VectorFile | None, event: str, *, limit: int | None, less_sure: int | None = 0
) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Return the answers to an event and those that are less sure, of each as many as asked for, best first.

    `why` says where the event was found and how near; of the less sure, that they are not `sure`.
    """
    weights = BY_MEANING if vectors is not None else BY_WORDS
    near = find_candidates(connection, vectors, event, everything=less_sure != 0)
    ordered = sorted(near, key=lambda c: (-nearness(c, weights), c.page, c.id))
    first = [one for plain in (True, False) for one in [c for c in ordered if c.plain == plain][:_LOOKED_AT]]
    answers, sentences = answers_at(connection, [c.number for c in first]), sentences_of(connection, first)
    judged = ((judge(event, c, sentences[c.sentence], answers[c.number], weights), c.number) for c in first)
    found = sorted(judged, key=_best)
    sure = [item for item in found if "sure" not in item[0].why][:limit]
    others = [item for item in found if "sure" in item[0].why][:less_sure]
    both = [*sure, *others]
    marked = mark_superseded(connection, vectors, [answer for answer, _ in both], [number for _, number in both])
    return marked[: len(sure)], marked[len(sure) :]


def _best(item: tuple[Answer, int]) -> tuple[float, str, str]:
    answer, _ = item
    return -answer.score, answer.page.published or "", answer.statement.id


def nearness(candidate: Candidate, weights: Weights) -> float:
    """Return the weighted sum of what the vectors and words say."""
    names = ("condition_cosine", "sentence_cosine", "page_cosine", "condition_share", "sentence_share", "page_share")
    total: float = sum(getattr(weights, name) * getattr(candidate, name) for name in names)
    return total + (weights.conditional if candidate.condition is not None else 0.0)


def judge(event: str, candidate: Candidate, sentence: str, answer: Answer, weights: Weights) -> Answer:
    """Return an answer with its score and the reason for it; one that is not to be shown by default says so."""
    total = nearness(candidate, weights)
    condition = answer.condition_words[candidate.condition] if candidate.condition is not None else None
    told = event_of(condition) if condition else answer.words
    shared = words_of_event(event) & words_of_event(told)
    against = condition is not None and opposed(event, told, shared)
    total += weights.opposed * against + weights.maybe * (condition is None and may_be_conditional(sentence))
    score = 1 / (1 + math.exp((weights.even - total) / _SPREAD))
    why = {
        "in": "condition" if condition else "proposition",
        "words": condition or answer.words,
        "shared": ", ".join(sorted(shared)),
    }
    if candidate.page_cosine:
        meaning = candidate.condition_cosine if condition else candidate.sentence_cosine
        why["meaning"] = f"{meaning:.2f}"
    if against:
        why["direction"] = "opposite"
    if against or not _is_shown(candidate, answer, score):
        why["sure"] = "no"
    return replace(answer, score=round(score, 3), why=why)


def _is_shown(candidate: Candidate, answer: Answer, score: float) -> bool:
    if not candidate.plain:
        return False
    if candidate.condition is not None:
        near = max(candidate.condition_cosine, candidate.condition_share)
        return score >= SURE and near >= _LEAST
    return (
        answer.statement.act in _POSITIONS
        and candidate.sentence_share >= _WHOLE
        and (candidate.sentence_cosine or 1.0) >= _WHOLE
    )
