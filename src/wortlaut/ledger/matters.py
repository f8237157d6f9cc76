"""What a position is about, word by word, and how far two positions agree on it.

Sentences on one plan with another thing in it ("Zölle auf Wein", "Zölle auf Stahl") have vectors that are near; what tells
them from other wordings of one matter is that each holds a noun that nothing in the other stands for. Words of stance
("ablehnen", "unverzüglich", "Verbot") and of time say what somebody thinks of a matter and when, not which it is.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache

from wortlaut import lexicon
from wortlaut.language import Sentence, Tag, Token, parse
from wortlaut.ledger.events import carriers, listed
from wortlaut.ledger.matching import CONTENT, EMPTY, compound_parts, family, plain
from wortlaut.ledger.stance import is_stance

_HALF, _FIRST, _BEGUN = 0.6, 0.7, 0.5
"""How far a compound agrees with one of its halves, with another compound of the same first half, a word with its beginning."""
_FOUND = 0.3
"""Agreement from which a word stands for another."""
_ENDINGS = ("", "s", "es", "n", "en", "e")
_MOST = 3
"""Things and lonely nouns that count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A word that says what a position is about: its key, those of a compound's halves, and its families in the ledger."""

    key: str
    halves: tuple[str, ...]
    families: frozenset[str]
    noun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two positions agree: the share of things that are in both, how many these are, and nouns that stand alone.

    Share and number are those of the position that has more of its things in the other, `apart` of the one that has fewer
    nouns alone; all are fractions of 1.
    """

    share: float
    number: float
    apart: float


NOTHING = Agreement(share=0.0, number=0.0, apart=1 / _MOST)
"""The agreement of positions of which one says nothing of its matter."""


def agreement(one: str, other: str, known: AbstractSet[str]) -> Agreement:
    """Compare the sentences of two positions of one principal by the words whose families are known to belong to either.

    A word that one position holds may stand outside the other's content, in the same sentence.
    """
    first, second = ([t for t in things_of(words) if not known.isdisjoint(t.families)] for words in (one, other))
    if not first or not second:
        return NOTHING
    found = [[max(_nearness(t, u) for u in theirs) for t in own] for own, theirs in ((first, second), (second, first))]
    alone = [
        sum(t.noun and near < _FOUND for t, near in zip(own, nearest, strict=True))
        for own, nearest in zip((first, second), found, strict=True)
    ]
    return Agreement(
        share=max(sum(nearest) / len(nearest) for nearest in found),
        number=min(_MOST, max(map(sum, found))) / _MOST,
        apart=min(_MOST, *alone) / _MOST,
    )


@lru_cache(maxsize=20_000)
def things_of(words: str) -> tuple[Thing, ...]:
    """Return the things of a wording, in order; of a separated verb the whole."""
    return tuple(thing for sentence in parse(words) for thing in _things(sentence))


def _things(sentence: Sentence) -> Iterator[Thing]:
    joined = {c.verb: c.predicate for c in sentence.clauses if c.verb is not None and c.predicate}
    spelled = {token.lemma for token in sentence.tokens}
    for index, token in enumerate(sentence.tokens):
        lemma = joined.get(index) or token.lemma
        helps = lemma != token.lemma and lemma in spelled  # "wird … verkauft": the participle says it
        if token.tag in CONTENT and token.tag is not Tag.ADJECTIVE and not helps and not _is_aside(token, lemma):
            noun = token.tag is Tag.NOUN
            halves = _halves(token) if noun else ()
            split = halves if "-" in token.text else (lemma,)
            families = frozenset(plain(family(word)) for word in split)
            yield Thing(key=_key(lemma), halves=tuple(map(_key, halves)), families=families, noun=noun)


def _is_aside(token: Token, lemma: str) -> bool:
    """Tell whether a word is of stance or time, or means nothing by itself."""
    forms = {lemma.casefold(), token.lemma.casefold()}
    if len(token.text) < 3 or not forms.isdisjoint(EMPTY) or not forms.isdisjoint(_times()):
        return True
    stances = (carriers(), _heralds(), listed("ending"), listed("attitude"))
    return any(not forms.isdisjoint(words) for words in stances) or is_stance(token.lower) or is_stance(lemma.lower())


def _halves(token: Token) -> tuple[str, ...]:
    if "-" in token.text:
        return tuple(part for part in re.split("-+", token.lower) if part)
    return compound_parts(token.lemma.casefold()) or compound_parts(token.lower)


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    low = word.casefold()
    forms = (low.removesuffix(ending) for ending in _ENDINGS)
    return next((_same()[form] for form in forms if form in _same()), None) or plain(family(low))


def _nearness(one: Thing, other: Thing) -> float:
    if one.key == other.key:
        return 1.0
    if one.halves and other.halves:
        if one.halves[0] == other.halves[0]:
            return 1.0 if one.halves[-1] == other.halves[-1] else _FIRST
        crossed = one.halves[0] == other.halves[-1] or one.halves[-1] == other.halves[0]
        return _BEGUN if crossed else 0.0  # "Windpark" and "Solarpark" have the same head, and are two things
    if other.key in one.halves or one.key in other.halves:
        return _HALF
    short, long = sorted((one.key, other.key), key=len)
    return _BEGUN if len(short) >= 5 and long.startswith(short) else 0.0


@cache
def _same() -> dict[str, str]:
    groups = (group.split() for group in lexicon.load("matters")["same"])
    return {word: plain(group[0]) for group in reversed([*groups]) for word in group}


@cache
def _times() -> frozenset[str]:
    return frozenset(lexicon.load("matters")["times"].split())


@cache
def _heralds() -> frozenset[str]:
    """Return nouns that announce an act: "Forderung", "Absage"."""
    return frozenset(noun.casefold() for nouns in lexicon.load("acts")["nouns"].values() for noun in nouns)
