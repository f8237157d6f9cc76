"""Who changed their position: positions of one principal on the same matter, in time, compared in pairs."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from wortlaut.ledger.answers import Answer, Change, ChangeKind
from wortlaut.ledger.events import goes_opposite
from wortlaut.ledger.positions import POSSIBLE, SURE, Pair, Position, newest, same_matters
from wortlaut.ledger.rows import answers_at
from wortlaut.ledger.stance import Stance, stance_of
from wortlaut.ledger.vectors import VectorFile
from wortlaut.model import Act

_AGAINST = frozenset((Act.REFUSE, Act.DENY))
_FOR = frozenset((Act.COMMIT, Act.ENDORSE, Act.THREATEN))
"""From one to the other somebody turns round, whatever the condition; else a condition counts more than a denial."""
_STEP = 2
"""Steps of strength (lexicon/strength.toml) that make a position harder or softer."""


def find_changes(
    connection: Connection,
    vectors: VectorFile | None,
    principals: Iterable[int] | None,
    *,
    since: str | None,
    everything: bool,
) -> tuple[Change, ...]:
    """Return the changes between statements of different days, newest first; those that are not sure only with `everything`."""
    least = POSSIBLE if everything else SURE
    pairs = [*same_matters(connection, vectors, principals, since=since, least=least, everything=everything)]
    answers = answers_at(connection, [p.number for pair in pairs for p in (pair.before, pair.after)])
    found = [_change(pair, answers[pair.before.number], answers[pair.after.number]) for pair in pairs]
    return tuple(sorted(found, key=lambda c: (c.after.page.published or "", c.score), reverse=True))


def _change(pair: Pair, before: Answer, after: Answer) -> Change:
    shared = pair.before.families & pair.after.families
    old = stance_of(before.statement, pair.before.sentence, before.condition_words)
    new = stance_of(after.statement, pair.after.sentence, after.condition_words)
    return Change(
        change=type_step(old, new, shared), before=before, after=after, score=round(pair.likeness, 3), shared=tuple(sorted(shared))
    )  # fmt: skip


def type_step(before: Stance, after: Stance, shared: frozenset[str]) -> ChangeKind:
    """Type the step from one stance to another on the same matter; words of ending that both hold decide nothing."""
    if before.chance and after.chance and before.chance != after.chance:
        return ChangeKind.LIKELIHOOD_SHIFTED
    both_deny = (
        before.act is after.act is Act.DENY
    )  # "wies Berichte zurück" and "kein Cent sei geflossen" deny one thing
    opposite = not both_deny and goes_opposite(before.turns, after.turns, shared)
    if opposite and {before.act in _AGAINST, after.act in _AGAINST} == {True, False} and {before.act, after.act} & _FOR:
        return ChangeKind.REVERSED
    if before.conditional != after.conditional:
        return ChangeKind.CONDITION_ADDED if after.conditional else ChangeKind.CONDITION_DROPPED
    stronger = abs(after.strength - before.strength) >= _STEP
    if opposite and not (
        stronger and min(before.strength, after.strength) < 0
    ):  # who weighs a thing has not turned round
        return ChangeKind.REVERSED
    if stronger:
        return ChangeKind.HARDENED if after.strength > before.strength else ChangeKind.SOFTENED
    return ChangeKind.REWORDED


def mark_superseded(
    connection: Connection, vectors: VectorFile | None, answers: Sequence[Answer], numbers: Sequence[int]
) -> tuple[Answer, ...]:
    """Note in `why` of each answer (its number in `numbers`) the newest position of its principal on the same matter: its day and words, page and id."""
    latest = newest(connection, vectors, numbers)
    return tuple(
        replace(a, why={**a.why, **_superseded(latest[n])}) if n in latest else a
        for a, n in zip(answers, numbers, strict=True)
    )


def _superseded(newer: Position) -> dict[str, str]:
    return {"superseded": f"{newer.day}: {newer.words}", "superseded_by": f"{newer.page}/{newer.id}"}
