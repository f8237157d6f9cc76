"""Which words a search finds: German stems (https://snowballstem.org/algorithms/german/stemmer.html) in plain letters.

The stemmer folds umlauts, their spelling with *e* and ß, so that "Grenzuebertritt" and "Strasse" find "Grenzübertritt" and
"Straße". It knows no strong verbs and no compounds: the dictionary's form of a word ("schloss": schließen), a separated
verb put together ("lehnt … ab": ablehnen) and a compound's two halves are indexed beside it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

from wortlaut.language import Tag, is_known, lemma_of, parse
from wortlaut.ledger.matching import compound_parts, sentences_in, verbs_in
from wortlaut.text import Span

_WORD = re.compile(r"[^\W_]+")
_SPELLED = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß"))
_FUNCTION = frozenset((Tag.DETERMINER, Tag.PREPOSITION, Tag.PRONOUN, Tag.CONJUNCTION, Tag.SUBJUNCTION))


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("german")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of one word, letters without marks and digits only; empty if nothing is left of it."""
    bare = _stemmer().stemWord(unicodedata.normalize("NFC", word).lower().replace("ß", "ss"))
    letters = unicodedata.normalize("NFKD", bare)
    return "".join(c for c in letters if c.isalnum() and not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def _forms(word: str) -> tuple[str, ...]:
    """Return the stems of a word and of its dictionary form."""
    return tuple(dict.fromkeys(s for s in (stem(word), stem(lemma_of(word))) if s))


@lru_cache(maxsize=200_000)
def _halves(word: str) -> tuple[str, ...]:
    """Return the stems of a compound's halves; a word in plain letters is tried with its umlauts and ß, too."""
    spellings = [word.lower()]
    for plain, proper in _SPELLED:
        spellings += [s.replace(plain, proper) for s in spellings if plain in s]
    known = next((s for s in spellings if is_known(s.capitalize())), None)
    parts = next(filter(None, map(compound_parts, [known] if known else spellings)), ())
    return tuple(s for part in parts if (s := stem(lemma_of(part.capitalize()))))


def stems_of(text: str) -> tuple[str, ...]:
    """Return every stem under which a text is found, each once, sorted."""
    return stems_with(text, (verb for sentence in sentences_in(text) for verb in verbs_in(sentence).values()))


def stems_with(text: str, verbs: Iterable[str]) -> tuple[str, ...]:
    """Return every stem of a text of which the verbs, put together, are known."""
    found = {stem(verb) for verb in verbs}.union(*map(_every, _WORD.findall(text)))
    return tuple(sorted(found - {""}))


@lru_cache(maxsize=200_000)
def _every(word: str) -> tuple[str, ...]:
    return (*_forms(word), *_halves(word))


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of a query: any of `ways` finds it, each of which asks for all of its stems."""

    word: str
    ways: tuple[tuple[str, ...], ...]


def terms_of(query: str) -> tuple[Term, ...]:
    """Return the words of a query, without *der*, *und*, *mit* if it has others.

    A compound is found by both its halves as well: "Grenzübertritt" by "Übertritt der Grenze".
    """
    tokens = {t.text: t.tag for sentence in parse(query) for t in sentence.tokens}
    words = list(dict.fromkeys(_WORD.findall(query)))
    bearing = [word for word in words if tokens.get(word) not in _FUNCTION]
    terms = (Term(word=word, ways=_ways(word)) for word in bearing or words)
    return tuple(term for term in terms if term.ways)


def _ways(word: str) -> tuple[tuple[str, ...], ...]:
    halves = _halves(word)
    return (*((form,) for form in _forms(word)), *([halves] if halves else ()))


def find_hits(text: str, query: str) -> tuple[Span, ...]:
    """Return the words of a text that a query found, for marking them; in order."""
    asked = {s for term in terms_of(query) for way in term.ways for s in way}
    joined = {
        sentence.tokens[clause.verb].span
        for sentence in parse(text)
        for clause in sentence.clauses
        if clause.verb is not None and clause.predicate and stem(clause.predicate) in asked
    }
    words = (Span(*match.span()) for match in _WORD.finditer(text))
    return tuple(w for w in words if w in joined or not asked.isdisjoint(_every(w.of(text))))
