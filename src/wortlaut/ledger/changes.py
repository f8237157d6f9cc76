"""Who changed their position: statements of one principal on one proposition, in time, compared in pairs."""

from itertools import combinations

from wortlaut.ledger.answers import Answer, Change, ChangeKind
from wortlaut.ledger.matching import content_words
from wortlaut.model import Act, Polarity, StatementSource

_SAME = 0.6
"""Least share of common content words of one proposition, chosen on the examples."""
_POSITIONS = frozenset((Act.COMMIT, Act.REFUSE, Act.THREATEN, Act.DEMAND, Act.PREDICT, Act.ENDORSE, Act.DENY))
_AGAINST = frozenset((Act.REFUSE, Act.DENY))


def find_changes(answers: tuple[Answer, ...]) -> tuple[Change, ...]:
    """Return the changes between statements of different pages, newest first."""
    positions = [a for a in answers if a.principal and a.statement.act in _POSITIONS and a.page.published]
    by_principal: dict[str, list[Answer]] = {}
    for answer in positions:
        by_principal.setdefault(answer.principal or "", []).append(answer)
    found = [
        Change(change=kind, before=before, after=after)
        for own in by_principal.values()
        for before, after in combinations(sorted(own, key=lambda a: (a.page.published or "", a.statement.content)), 2)
        if (before.page.published or "")[:10] < (after.page.published or "")[:10]
        and (kind := compare(before, after)) is not None
    ]
    latest = _closest(found)
    return tuple(sorted(latest, key=lambda c: c.after.page.published or "", reverse=True))


def _closest(found: list[Change]) -> list[Change]:
    """Keep for each later statement the earlier one that is most like it, somebody's own words before the page's."""

    def rank(change: Change) -> tuple[float, bool]:
        own = change.before.statement.source is StatementSource.QUOTE
        return round(likeness(change.before, change.after), 1), own

    best: dict[str, Change] = {}
    for change in found:
        known = best.get(change.after.statement.id)
        if known is None or rank(change) > rank(known):
            best[change.after.statement.id] = change
    return list(best.values())


def likeness(one: Answer, other: Answer) -> float:
    """Return the share of content words that two propositions have in common, conditions left aside."""
    a, b = (_words(x) for x in (one, other))
    return len(a & b) / max(1, min(len(a), len(b))) if len(a & b) > 1 else 0.0


def _words(answer: Answer) -> frozenset[str]:
    text = answer.words
    for condition in answer.condition_words:
        text = text.replace(condition, " ")
    return content_words(text)


def compare(before: Answer, after: Answer) -> ChangeKind | None:
    """Type the step from one statement to another; None if they are about different matters or nothing changed."""
    if likeness(before, after) < _SAME:
        return None
    if _direction(before) != _direction(after):
        return ChangeKind.REVERSED
    had, has = bool(before.statement.conditions), bool(after.statement.conditions)
    if had != has:
        return ChangeKind.CONDITION_ADDED if has else ChangeKind.CONDITION_DROPPED
    old, new = before.statement.likelihood, after.statement.likelihood
    if old and new and (old.low, old.high) != (new.low, new.high):
        return ChangeKind.LIKELIHOOD_SHIFTED
    if Act.THREATEN in (before.statement.act, after.statement.act) and before.statement.act is not after.statement.act:
        return ChangeKind.HARDENED if after.statement.act is Act.THREATEN else ChangeKind.SOFTENED
    return ChangeKind.REWORDED if before.words != after.words else None


def _direction(answer: Answer) -> bool:
    """Return True for a position in favour of the deed, False against it."""
    act = answer.statement.act
    if act in _AGAINST:
        return False
    return act is Act.ENDORSE or answer.statement.polarity is Polarity.POSITIVE
