"""What a position commits somebody to, apart from its matter: which way, how strongly, on a condition, how likely."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from wortlaut import lexicon
from wortlaut.ledger.events import denials
from wortlaut.model import Act, ConditionKind, Statement

_BACK = frozenset(("sonst", "ansonsten", "andernfalls", "notfalls", "im zweifel"))
"""Conditions that only point back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """A statement as far as it can change: `turns` as in `events.denials`; `strength` from -3 to 3; a term of likelihood."""

    act: Act
    turns: tuple[str, ...]
    strength: int
    conditional: bool
    chance: str | None


def stance_of(statement: Statement, sentence: str, conditions: tuple[str, ...]) -> Stance:
    """Return the stance of a statement in its sentence; the words of its conditions say nothing about it."""
    body = sentence
    for condition in conditions:
        body = body.replace(condition, " ")
    kinds = [c.kind for c, words in zip(statement.conditions, conditions, strict=True) if words.lower() not in _BACK]
    given = any(kind is not ConditionKind.AS_LONG_AS for kind in kinds)
    return Stance(
        act=statement.act,
        turns=denials(body),
        strength=strength(body),
        conditional=given or _conditional().search(_idioms().sub(" ", sentence).lower()) is not None,
        chance=_chance(statement, sentence.lower()),
    )


def _chance(statement: Statement, sentence: str) -> str | None:
    """Return the term of likelihood, as range where it has one: "sehr wahrscheinlich" said otherwise is the same."""
    if found := _figures().search(sentence):
        return found.group()
    term = statement.likelihood.term if statement.likelihood else None
    if term is None and (found := _terms().search(sentence)):
        term = found.group()
    return term


@cache
def _terms() -> re.Pattern[str]:
    terms = sorted((t["term"] for t in lexicon.load("likelihood")["term"] if "low" in t), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b")


@cache
def _figures() -> re.Pattern[str]:
    return re.compile(lexicon.load("strength")["chance"]["pattern"])


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(lexicon.load("polarity")["idioms"], re.IGNORECASE)


@lru_cache(maxsize=10_000)
def strength(text: str) -> int:
    """Return how strongly a text puts it: the strongest word, and one step less for what weakens it."""
    found = [step for step, pattern in _levels() if pattern.search(text.lower())]
    return max((s for s in found if s > 0), default=0) + min((s for s in found if s < 0), default=0)


@lru_cache(maxsize=50_000)
def is_stance(word: str) -> bool:
    """Tell whether a word in small letters only says how strongly something is put."""
    return any(pattern.fullmatch(word) for _, pattern in _levels())


@cache
def _levels() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((level["step"], re.compile(level["pattern"])) for level in lexicon.load("strength")["level"])


@cache
def _conditional() -> re.Pattern[str]:
    return re.compile(lexicon.load("strength")["conditional"]["pattern"])
