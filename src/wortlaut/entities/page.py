"""What the page itself tells of names, gathered before mentions are read: a name met in full is known where it stands alone.

Surnames come from full names; states that no list has, from the adjective a page makes of them ("Brennland",
"brennländisch"); short names of companies, from their full ones ("Velorin" of "Velorin Stahl AG").
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from wortlaut import lexicon
from wortlaut.entities.gazetteer import (
    adjectives,
    body_in,
    capitals,
    given_names,
    is_acronym,
    office_in,
    state_names,
    unknown,
)
from wortlaut.entities.morphology import is_word, nominative, strong_adjective
from wortlaut.language import MARKS, Sentence, Tag, Token
from wortlaut.model import EntityKind

_ADJECTIVE = re.compile(r"(\w{3,}?)isch(?:e[nrsm]?)?")
_STATE_ENDINGS = (
    "en",
    "e",
    "ien",
    "ia",
    "a",
    "o",
    "ei",
    "an",
    "is",
    "us",
    "y",
    "er",
    "",
)  # "" last: veskisch is of Veskien, whose capital is Vesk
_FOLD = str.maketrans("äöü", "aou")
_NAME = frozenset((Tag.NOUN, Tag.CONJUNCTION, Tag.ADJECTIVE, Tag.DETERMINER, Tag.PREPOSITION))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Names of one page.

    `surnames` are last words of full names; `states` spellings to names; `adjectives` uninflected adjectives to states;
    `companies` a short name to the whole one; `acronyms` letters to a body's name and head noun; `pairs` two nouns that
    stand side by side again and again; `alone` words of no dictionary that stand without article and without another noun;
    `articled` those with one; `told` names that only a speaker's place vouches for, by their first word.
    """

    surnames: frozenset[str]
    states: dict[str, str]
    adjectives: dict[str, str]
    companies: dict[str, str]
    acronyms: dict[str, tuple[str, str]]
    pairs: frozenset[tuple[str, str]]
    alone: frozenset[str]
    articled: frozenset[str]
    told: dict[str, tuple[tuple[str, ...], EntityKind]]

    def state(self, word: str) -> str | None:
        """Return the name of the state that a word is, in any case."""
        return state_names().get(word) or self.states.get(word) or self.states.get(word.removesuffix("s"))

    def spelled_out(self, name: str) -> str:
        """Return the name that letters stand for on this page."""
        return self.acronyms.get(name, (name, ""))[0]

    def state_of(self, adjective: str) -> str | None:
        """Return the state behind an adjective in any inflection: "russischen", "brennländische"."""
        lower = adjective.lower()
        if "isch" not in lower:
            return None
        stem = lower[: lower.rindex("isch") + 4]
        return adjectives().get(stem) or self.adjectives.get(stem)


def gather(
    sentences: tuple[Sentence, ...],
    surnames: frozenset[str],
    told: dict[str, tuple[tuple[str, ...], EntityKind]] | None = None,
) -> Page:
    """Read the names of a page off its sentences; `surnames` and names `told` are known already."""
    nouns = {t.text for s in sentences for t in s.tokens if t.tag is Tag.NOUN and unknown(t.text)}
    own = dict(_states(sentences, nouns - surnames))
    companies = {short: full for s in sentences for short, full in _companies(s.tokens, surnames)}
    pairs = Counter(
        (a.text, b.text)
        for s in sentences
        for a, b in zip(s.tokens, s.tokens[1:], strict=False)
        if a.tag is b.tag is Tag.NOUN
    )
    return Page(
        surnames=surnames,
        states={
            name: name for name in (*own.values(), *_governed(sentences, surnames), *_named_states(sentences, surnames))
        },
        adjectives=own,
        acronyms={letters: body for s in sentences for letters, body in _acronyms(s.tokens)},
        companies={short: full for short, full in companies.items() if short not in surnames},
        pairs=frozenset(pair for pair, count in pairs.items() if count > 1),
        alone=frozenset(word for s in sentences for word in _alone(s.tokens)),
        articled=frozenset(
            b.text
            for s in sentences
            for a, b in zip(s.tokens, s.tokens[1:], strict=False)
            if b.tag is Tag.NOUN and a.lower in ("der", "die", "das", "dem", "den", "des", "bei", "beim")
        ),
        told=told or {},
    )


def _states(sentences: tuple[Sentence, ...], nouns: set[str]) -> Iterator[tuple[str, str]]:
    folded = {name.lower().translate(_FOLD): name for name in sorted(nouns) if name not in given_names()}
    for sentence in sentences:
        for token in sentence.tokens:
            match = _ADJECTIVE.fullmatch(token.lower) if "isch" in token.lower else None
            if not match or token.tag is Tag.NOUN or is_word(token.lower):
                continue
            stem = match[1].translate(_FOLD)
            name = next((folded[stem + e] for e in _STATE_ENDINGS if stem + e in folded), None)
            if name:
                yield match[1] + "isch", name


def _named_states(sentences: tuple[Sentence, ...], surnames: frozenset[str]) -> Iterator[str]:
    """Yield unknown names that end like a state's, or stand behind what a state is called: "der Nachbarstaat Brelland"."""
    endings, kinds = tuple(lexicon.load("states")["endings"]), lexicon.words("states", "kinds")
    for sentence in sentences:
        for before, token in zip((None, *sentence.tokens), sentence.tokens, strict=False):
            if (
                token.tag is not Tag.NOUN
                or is_word(token.text)
                or token.text in given_names()
                or token.text in surnames
                or "-" in token.text
            ):
                continue
            behind = before is not None and before.text in kinds
            stem = token.text.removesuffix("s")
            plain = (
                before is None or before.tag not in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.NOUN) or before.text in kinds
            )
            if behind or (
                plain and stem.endswith(endings) and len(stem) > 5 and not body_in(stem) and not is_word(stem)
            ):
                yield stem


def _governed(sentences: tuple[Sentence, ...], surnames: frozenset[str]) -> Iterator[str]:
    """Yield names that a state's office stands beside: "Veskiens Außenminister", "Kanzler Jan Berg aus Harvien"."""
    of_states = tuple(lexicon.load("offices")["of_states"])
    for sentence in sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            office = office_in(token.text) if token.tag is Tag.NOUN else None
            if office is None or not office.listed or not office.title.casefold().endswith(of_states):
                continue
            before = tokens[at - 1].text if at and tokens[at - 1].tag is Tag.NOUN else ""
            near = range(at + 1, min(at + 4, len(tokens) - 1))
            behind = next(
                (i for i in near if tokens[i].lower == "aus" or (i == at + 1 and tokens[i].lower == "von")), None
            )
            after = tokens[behind + 1].text if behind and tokens[behind + 1].tag is Tag.NOUN else ""
            for word in (before.removesuffix("s") if before.endswith("s") else "", after):
                if (
                    word
                    and unknown(word)
                    and word not in surnames
                    and word not in given_names()
                    and not is_acronym(word)
                ):
                    yield word


def _companies(tokens: tuple[Token, ...], surnames: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield short names of bodies: before a legal form, behind a head noun, before a hyphen and an office."""
    forms = lexicon.words("organisations", "legal_forms")
    for at, token in enumerate(tokens):
        if token.tag is not Tag.NOUN:
            continue
        office = office_in(token.text) if "-" in token.text else None
        if (
            office
            and office.prefix
            and unknown(office.prefix)
            and not is_acronym(office.prefix)
            and office.prefix not in state_names()
        ):
            yield office.prefix, office.prefix
        before = tokens[at - 1] if at else None
        labelled = (
            before is not None
            and before.tag is Tag.NOUN
            and body_in(before.text) in lexicon.words("organisations", "labels")
        )
        if not _proper(token.text, surnames, labelled=labelled):
            continue
        end = at + 1
        while end < len(tokens) and tokens[end].tag is Tag.NOUN and end - at < 4 and tokens[end - 1].text not in forms:
            end += 1
        if tokens[end - 1].text in forms and end - at > 1:
            yield token.text, " ".join(t.text for t in tokens[at:end])
        if labelled and (at + 1 >= len(tokens) or tokens[at + 1].tag is not Tag.NOUN):
            yield token.text, token.text


def _alone(tokens: tuple[Token, ...]) -> Iterator[str]:
    for at, token in enumerate(tokens):
        if (
            token.tag is not Tag.NOUN
            or not unknown(token.text)
            or (at and tokens[at - 1].tag in (Tag.NOUN, Tag.DETERMINER, Tag.ADJECTIVE, Tag.PREPOSITION))
        ):
            continue
        if at + 1 >= len(tokens) or tokens[at + 1].tag is not Tag.NOUN:
            yield token.text


def _proper(word: str, surnames: frozenset[str], *, labelled: bool) -> bool:
    """Tell whether a word may be the name of a company: in no dictionary, no state, no person, no body's noun unless a label stands before it."""
    named = word in given_names() or word in surnames or word in state_names() or word in capitals()
    return not (named or is_acronym(word) or is_word(word) or office_in(word) or (body_in(word) and not labelled))


def _acronyms(tokens: tuple[Token, ...]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield letters in brackets behind the body they stand for, or before it: "die Gewerkschaft See und Hafen (GSH)"."""
    for at, token in enumerate(tokens):
        closed = at + 2 < len(tokens) and token.text == "(" and tokens[at + 2].text == ")"
        if not closed or not is_acronym(tokens[at + 1].text):
            continue
        first, found = at, _headed(tokens, at, tokens[at + 1].text)
        while found is None and first and at - first < 8 and tokens[first - 1].tag in _NAME:
            first -= 1
            if tokens[first].tag is Tag.NOUN and _covers(tokens[first:at], tokens[at + 1].text):
                found = first
                break
        if found is None and (marked := _in_marks(tokens, at)):
            yield tokens[at + 1].text, (marked, "Organisation")
        if found is not None:
            head = next((h for t in tokens[found:at] if t.tag is Tag.NOUN and (h := body_in(t.text))), None)
            yield tokens[at + 1].text, (nominal([t.text for t in tokens[found:at]]), head or "Organisation")


def _in_marks(tokens: tuple[Token, ...], at: int) -> str | None:
    """Return the name between marks before letters in brackets: "die Helfer „Lehrer ohne Grenzen“ (LoG)"."""
    if at < 2 or tokens[at - 1].text not in MARKS:
        return None
    opened = next((i for i in range(at - 2, max(-1, at - 9), -1) if tokens[i].text in MARKS), None)
    return None if opened is None else " ".join(t.text for t in tokens[opened + 1 : at - 1])


def _headed(tokens: tuple[Token, ...], at: int, letters: str) -> int | None:
    """Return where "[Interamerikanische Entwicklungsbank] (IADB)" begins: a body's noun with an adjective of that letter."""
    if at < 2 or tokens[at - 1].tag is not Tag.NOUN or tokens[at - 2].tag not in (Tag.NOUN, Tag.ADJECTIVE):
        return None
    if body_in(tokens[at - 1].text) is None and not (
        tokens[at - 2].text[0].isupper() and is_word(tokens[at - 2].lower)
    ):
        return None
    return (
        at - 2
        if tokens[at - 2].text[0] == letters[0] and tokens[at - 2].lower.endswith(("e", "en", "er", "es"))
        else None
    )


def _covers(words: tuple[Token, ...], letters: str) -> bool:
    """Tell whether letters are the capitals of a name, its compounds' parts included: "Deutscher Fußballbund" (DFB)."""
    first, text = letters[0].upper(), "".join(t.text for t in words).casefold()
    if not words[0].text.upper().startswith(first):
        return False
    at = 0
    for letter in letters.casefold():
        at = text.find(letter, at) + 1
        if at == 0:
            return False
    return len([t for t in words if t.tag is Tag.NOUN]) > 1 or len(words[0].text) > 2 * len(letters)


def nominal(words: list[str]) -> str:
    """Put a name of adjectives and a head into the nominative without article."""
    head = next((h for w in words if (h := body_in(w))), None)
    at = next((i for i, w in enumerate(words) if body_in(w)), 0)
    if (
        head is None
        or at == 0
        or not all(w[0].isupper() and w.lower().endswith(("e", "en", "er", "es", "em")) for w in words[:at])
    ):
        return " ".join(words)
    return " ".join([*(strong_adjective(w, head) for w in words[:at]), nominative(words[at]), *words[at + 1 :]])
