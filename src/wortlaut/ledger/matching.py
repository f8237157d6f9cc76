"""Which words mean the same event: lemmas, joined verbs, stems of word families, synonyms and the states' adjectives."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from wortlaut import lexicon
from wortlaut.language import Sentence, Tag, find_sentences, is_known, parse
from wortlaut.text import Span

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 8
"""Nouns of so many letters are not taken apart."""

CONTENT = frozenset((Tag.NOUN, Tag.VERB, Tag.INFINITIVE, Tag.ZU_INFINITIVE, Tag.PARTICIPLE, Tag.ADJECTIVE))
EMPTY = frozenset(["sein", "haben", "werden", "können", "sollen", "wollen", "müssen", "dürfen", "lassen", "geben", "kommen", "fall", "falle", "machen", "gehen", "stehen", "halten", "es", "zu", "bedingung", "voraussetzung", "neu", "weit", "weiter", "erneut", "ganz", "groß"])  # fmt: skip
_ENDINGS = (
    "ischen",
    "ischer",
    "isches",
    "ischem",
    "ische",
    "isch",
    "ungen",
    "ung",
    "ien",
    "ieren",
    "ierung",
    "tion",
    "en",
    "er",
    "es",
    "e",
    "s",
    "n",
)


@cache
def _synonyms() -> dict[str, str]:
    return {word: group.split()[0] for group in lexicon.load("synonyms")["groups"] for word in group.split()}


@cache
def _states() -> dict[str, str]:
    table = {}
    for state in lexicon.load("states")["state"]:
        name = state["name"].casefold()
        table[name] = table[state["adjective"]] = name
        if "capital" in state:
            table[state["capital"].casefold()] = name
    return table


@lru_cache(maxsize=50_000)
def family(lemma: str) -> str:
    """Return a key that words of one family share: "Einmarsch", "einmarschieren", "Invasion"; "russisch", "Russland"."""
    word = lemma.casefold()
    if word in _states():
        return _states()[word]
    for form in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("n")):
        if form in _synonyms():
            return _synonyms()[form]
    tail = next((word[cut:] for cut in range(3, len(word) - 4) if word[cut:] in _synonyms()), None)
    if tail and len(tail) > 5:
        return _synonyms()[tail]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return _umlaut(word[: -len(ending)])
    return _umlaut(word)


def _umlaut(word: str) -> str:
    return word.replace("ä", "a").replace("ö", "o").replace("ü", "u").replace("ß", "ss")


@lru_cache(maxsize=2_000)
def sentences_in(text: str) -> tuple[Sentence, ...]:
    """Return the analysis of a text that several questions are asked of, one after the other."""
    return parse(text)


@lru_cache(maxsize=100_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """Return the two halves of a compound whose halves the dictionary knows: "Vertrauensfrage" → vertrauen, frage."""
    best: tuple[int, tuple[str, ...]] = (0, ())
    for cut in range(4, len(word) - 3):
        head, tail = word[:cut], word[cut:]
        if min(cut, len(tail)) <= best[0] or not _is_noun(tail):
            continue
        known = next((form for form in _without_joint(head) if len(form) > 3 and _is_noun(form)), None)
        if known:
            best = min(cut, len(tail)), (known, tail)
    return best[1]


def _is_noun(word: str) -> bool:
    return is_known(word.capitalize())


def _without_joint(head: str) -> tuple[str, ...]:
    return (
        head,
        head.removesuffix("s"),
        head.removesuffix("es"),
        head.removesuffix("n"),
        head.removesuffix("en"),
        head + "e",
    )


@lru_cache(maxsize=50_000)
def words_of_event(text: str) -> frozenset[str]:
    """Return the families of the words that carry meaning and of their compounds' parts, in plain letters for an index.

    Sentences are looked at one by one, and remembered: a page's are asked for again, each with what it tells.
    """
    return frozenset().union(*(_of_sentence(span.of(text)) for span in find_sentences(text, Span(0, len(text)))))


@lru_cache(maxsize=20_000)
def _of_sentence(text: str) -> frozenset[str]:
    return frozenset().union(*(word.families for word in words_in(text)))


class Word(NamedTuple):
    """A word that says something: its place, the full verb if it is a finite one, and the families of it and its parts."""

    start: int
    verb: str | None
    families: frozenset[str]


@lru_cache(maxsize=20_000)
def words_in(text: str) -> tuple[Word, ...]:
    """Return the words of a text that say something; separated verbs are joined ("marschiert … ein")."""
    found = []
    for sentence in sentences_in(text):
        joined = verbs_in(sentence)
        for index, token in enumerate(sentence.tokens):
            verb = joined.get(index)
            families = _families(token.text, verb or token.lemma, token.tag)
            if verb or families:
                found.append(Word(token.start, verb, families))
    return tuple(found)


@lru_cache(maxsize=100_000)
def _families(word: str, lemma: str, tag: Tag) -> frozenset[str]:
    long = (t.casefold() for t in _WORD.findall(word) if t[0].isupper() and len(t) > _SHORT)
    parts = (family(part) for compound in long for part in compound_parts(compound))
    return frozenset(w for w in map(plain, (*_content(word, lemma, tag), *parts)) if w)


def verbs_in(sentence: Sentence) -> dict[int, str]:
    """Return the full verb that a finite one makes with what is parted from it ("marschiert … ein"), by its place."""
    return {c.verb: c.predicate for c in sentence.clauses if c.verb is not None and c.predicate}


def _content(word: str, lemma: str, tag: Tag) -> tuple[str, ...]:
    if tag not in CONTENT or len(word) < 2:
        return ()
    parts = word.split("-") if tag is Tag.NOUN and "-" in word else [lemma]
    return tuple(family(part) for part in parts if part.casefold() not in EMPTY and len(part) > 2)


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Return a word in small letters without marks."""
    letters = unicodedata.normalize("NFKD", word.replace("ß", "ss").casefold())
    return "".join(c for c in letters if c.isalnum() and not unicodedata.combining(c))
