"""What the page itself tells of names, gathered before mentions are read: a name met in full is known where it stands alone.

Surnames come from full names; states that no list has, from the adjective a page makes of them ("Brennland",
"brennländisch"); short names of companies, from their full ones ("Velorin" of "Velorin Stahl AG").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import simplemma

from wortlaut import lexicon
from wortlaut.entities.gazetteer import adjectives, body_in, given_names, is_acronym, office_in, state_names
from wortlaut.entities.naming import unknown
from wortlaut.language import Sentence, Tag, Token

_ADJECTIVE = re.compile(r"(\w{3,}?)isch(?:e[nrsm]?)?")
_STATE_ENDINGS = ("", "en", "e", "ien", "ia", "a", "o", "ei", "an", "is", "us", "y", "er")
_FOLD = str.maketrans("äöü", "aou")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Names of one page.

    `states` maps a spelling to a name, `adjectives` an uninflected adjective to its state's,
    `companies` a short name to the whole one, `acronyms` letters to the body's name and head noun.
    """

    surnames: frozenset[str]
    states: dict[str, str]
    adjectives: dict[str, str]
    companies: dict[str, str]
    acronyms: dict[str, tuple[str, str]]

    def state(self, word: str) -> str | None:
        """Return the name of the state that a word is, in any case."""
        return self.states.get(word) or self.states.get(word.removesuffix("s"))

    def spelled_out(self, name: str) -> str:
        """Return the name that letters stand for on this page."""
        return self.acronyms.get(name, (name, ""))[0]

    def state_of(self, adjective: str) -> str | None:
        """Return the state behind an adjective in any inflection: "russischen", "brennländische"."""
        for ending in ("en", "er", "em", "es", "e", ""):
            if adjective.endswith(ending):
                stem = adjective.removesuffix(ending)
                if found := adjectives().get(stem) or self.adjectives.get(stem):
                    return found
        return None


def gather(sentences: tuple[Sentence, ...], surnames: frozenset[str]) -> Known:
    """Read the names of a page off its sentences; `surnames` are known already."""
    nouns = {t.text for s in sentences for t in s.tokens if t.tag is Tag.NOUN and unknown(t.text)}
    own = dict(_states(sentences, nouns - surnames))
    companies = {short: full for s in sentences for short, full in _companies(s.tokens)}
    return Known(
        surnames=surnames,
        states={name: name for name in (*own.values(), *_governed(sentences, surnames))},
        adjectives=own,
        acronyms={letters: body for s in sentences for letters, body in _acronyms(s.tokens)},
        companies={short: full for short, full in companies.items() if short not in surnames},
    )


def _states(sentences: tuple[Sentence, ...], nouns: set[str]) -> Iterator[tuple[str, str]]:
    folded = {name.lower().translate(_FOLD): name for name in sorted(nouns) if name not in given_names()}
    for sentence in sentences:
        for token in sentence.tokens:
            match = _ADJECTIVE.fullmatch(token.lower)
            if not match or token.tag is Tag.NOUN or simplemma.is_known(token.lower, lang="de"):
                continue
            stem = match[1].translate(_FOLD)
            for ending in _STATE_ENDINGS:
                if name := folded.get(stem + ending):
                    yield match[1] + "isch", name
                    break


def _governed(sentences: tuple[Sentence, ...], surnames: frozenset[str]) -> Iterator[str]:
    """Yield names that a state's office stands beside: "Veskiens Außenminister", "Kanzler Jan Berg aus Harvien"."""
    for sentence in sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            office = office_in(token.text) if token.tag is Tag.NOUN else None
            if office is None or not office.title.casefold().endswith(tuple(lexicon.load("offices")["of_states"])):
                continue
            before = tokens[at - 1].text if at and tokens[at - 1].tag is Tag.NOUN else ""
            behind = next((i for i in range(at + 1, min(at + 4, len(tokens) - 1)) if tokens[i].lower == "aus"), None)
            after = tokens[behind + 1].text if behind and tokens[behind + 1].tag is Tag.NOUN else ""
            for word in (before.removesuffix("s") if before.endswith("s") else "", after):
                if word and unknown(word) and word not in surnames and word not in given_names():
                    yield word


def _companies(tokens: tuple[Token, ...]) -> Iterator[tuple[str, str]]:
    """Yield the first word of a name with a legal form, or the name behind a head noun, with the whole name."""
    forms = lexicon.words("organisations", "legal_forms")
    for at, token in enumerate(tokens):
        if token.tag is not Tag.NOUN or not unknown(token.text) or is_acronym(token.text) or office_in(token.text):
            continue
        end = at + 1
        while end < len(tokens) and tokens[end].tag is Tag.NOUN and end - at < 4:
            end += 1
            if tokens[end - 1].text in forms:
                yield token.text, " ".join(t.text for t in tokens[at:end])
                break
        before = tokens[at - 1].text if at else ""
        if body_in(before) and token.text not in given_names() and token.text not in state_names():
            follower = tokens[at + 1] if at + 1 < len(tokens) else None
            if follower is None or follower.tag is not Tag.NOUN:
                yield token.text, token.text


def _acronyms(tokens: tuple[Token, ...]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield letters in brackets behind the body they stand for: "die Gewerkschaft See und Hafen (GSH)"."""
    for at, token in enumerate(tokens):
        closed = at + 2 < len(tokens) and token.text == "(" and tokens[at + 2].text == ")"
        if not closed or not is_acronym(tokens[at + 1].text):
            continue
        first = at
        while first and at - first < 7 and tokens[first - 1].tag in _NAME:
            first -= 1
            if (head := body_in(tokens[first].text)) and _covers(tokens[first:at], tokens[at + 1].text):
                yield tokens[at + 1].text, (" ".join(t.text for t in tokens[first:at]), head)
                break


def _covers(words: tuple[Token, ...], letters: str) -> bool:
    """Tell whether the letters begin like the name's first and last word."""
    nouns = [t.text for t in words if t.tag is Tag.NOUN]
    return bool(nouns) and nouns[0][0].upper() == letters[0].upper() and len(nouns) > 1


_NAME = frozenset((Tag.NOUN, Tag.CONJUNCTION, Tag.ADJECTIVE, Tag.DETERMINER, Tag.PREPOSITION))
