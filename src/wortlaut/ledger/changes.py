"""Who changed their position: positions of one principal on the same matter, in time, compared in pairs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from wortlaut.ledger.answers import Answer, Change, ChangeKind
from wortlaut.ledger.events import goes_opposite
from wortlaut.ledger.positions import POSSIBLE, SURE, Pair, Position, newest, same_matters
from wortlaut.ledger.rows import answers_at
from wortlaut.ledger.stance import Stance, stance_of
from wortlaut.ledger.steps import AGAINST, FOR, STEP, open_steps, signs_of
from wortlaut.ledger.vectors import VectorFile
from wortlaut.model import Act


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
    typed = _types(pairs, answers, vectors)
    found = [
        Change(
            change=kind, before=answers[pair.before.number], after=answers[pair.after.number], score=round(pair.likeness, 3),
            shared=tuple(sorted(pair.before.families & pair.after.families)),
        )
        for pair, kind in zip(pairs, typed, strict=True)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda c: (c.after.page.published or "", c.score), reverse=True))


def _types(pairs: Sequence[Pair], answers: dict[int, Answer], vectors: VectorFile | None) -> Iterator[ChangeKind]:
    """Yield the type of each step: the trained one, if the model brings it, else that of the rules."""
    steps = open_steps(vectors.folder) if vectors is not None and vectors.folder else None
    for pair in pairs:
        old, new = (_stance(p, answers[p.number]) for p in (pair.before, pair.after))
        shared = pair.before.families & pair.after.families
        ruled = type_step(old, new, shared)
        if vectors is None or steps is None:
            yield ruled
        else:
            before, after = vectors.rows([pair.before.told, pair.after.told])
            yield steps.type(signs_of(old, new, shared, ruled), ruled, before, after)


def _stance(position: Position, answer: Answer) -> Stance:
    return stance_of(answer.statement, position.sentence, answer.condition_words)


def type_step(before: Stance, after: Stance, shared: frozenset[str]) -> ChangeKind:
    """Type the step from one stance to another on the same matter by rules; words of ending that both hold decide nothing."""
    if before.chance and after.chance and before.chance != after.chance:
        return ChangeKind.LIKELIHOOD_SHIFTED
    both_deny = (
        before.act is after.act is Act.DENY
    )  # "wies Berichte zurück" and "kein Cent sei geflossen" deny one thing
    opposite = not both_deny and goes_opposite(before.turns, after.turns, shared)
    if opposite and {before.act in AGAINST, after.act in AGAINST} == {True, False} and {before.act, after.act} & FOR:
        # from one to the other somebody turns round, whatever the condition; else a condition counts more than a denial
        return ChangeKind.REVERSED
    if before.conditional != after.conditional:
        return ChangeKind.CONDITION_ADDED if after.conditional else ChangeKind.CONDITION_DROPPED
    stronger = abs(after.strength - before.strength) >= STEP
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
