"""What each word of a sentence is: a coarse part of speech, its lemma and, of a finite verb, its mood.

Three sources, in this order: the closed list of function words, the spelling (German writes nouns with a capital), and
the lemma that simplemma's dictionary gives. What only the neighbours can decide, such as *erwartet* (finite or
participle), is settled by `clauses`.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

import simplemma

from wortlaut import lexicon
from wortlaut.language.tokens import MARKS
from wortlaut.text import Span


class Tag(StrEnum):
    """Coarse parts of speech. NOUN is any word in capitals, names included; PREFIX a separated verb prefix."""

    NOUN = "noun"
    VERB = "verb"
    INFINITIVE = "infinitive"
    ZU_INFINITIVE = "zu_infinitive"
    PARTICIPLE = "participle"
    PREFIX = "prefix"
    DETERMINER = "determiner"
    PREPOSITION = "preposition"
    PRONOUN = "pronoun"
    SUBJUNCTION = "subjunction"
    CONJUNCTION = "conjunction"
    ADVERB = "adverb"
    ADJECTIVE = "adjective"
    NUMBER = "number"
    NEGATION = "negation"
    MARK = "mark"
    PUNCTUATION = "punctuation"
    OTHER = "other"


class Mood(StrEnum):
    """Mood of a finite verb; AMBIGUOUS where a form serves both (sollten, wollten, forderten)."""

    INDICATIVE = "indicative"
    SUBJUNCTIVE_1 = "subjunctive_1"
    SUBJUNCTIVE_2 = "subjunctive_2"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word, number or mark. `mood` is set on finite verbs only."""

    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tag: Tag
    mood: Mood | None = None

    @property
    def span(self) -> Span:
        """The token's place."""
        return Span(self.start, self.end)


_CLOSED = (
    ("negation", Tag.NEGATION),
    ("pronoun", Tag.PRONOUN),
    ("determiner", Tag.DETERMINER),
    ("preposition", Tag.PREPOSITION),
    ("subjunction", Tag.SUBJUNCTION),
    ("conjunction", Tag.CONJUNCTION),
    ("adverb", Tag.ADVERB),
)
_NOT_VERBS = frozenset(
    [
        "lauten",
        "eben",
        "neben",
        "zufolge",
        "gegen",
        "oben",
        "unten",
        "innen",
        "außen",
        "hinten",
        "selten",
        "offen",
        "eigen",
        "wegen",
    ]
)


@lru_cache(maxsize=100_000)
def lemma_of(word: str) -> str:
    """Return the dictionary form of a German word as simplemma has it; the word itself if it is unknown."""
    if word in lexicon.load("closed")["lemma"]:
        return str(lexicon.load("closed")["lemma"][word])
    lemma = simplemma.lemmatize(word, lang="de")
    if word.islower() and word.endswith("en") and not lemma.endswith("n") and _conjugates(word):
        return word
    if word == lemma and len(word) > 6 and word.endswith("t") and simplemma.is_known(word[:-1] + "en", lang="de"):
        return word[:-1] + "en"  # the dictionary lists participles such as "marschiert" and "bestreikt" as adjectives
    return lemma


@lru_cache(maxsize=100_000)
def is_known(word: str) -> bool:
    """Tell whether the dictionary has a word, spelled like this."""
    return simplemma.is_known(word, lang="de")


def _conjugates(infinitive: str) -> bool:
    return simplemma.lemmatize(infinitive[:-2] + "te", lang="de") == infinitive


@cache
def _forms(table: str) -> dict[str, str]:
    return {form: verb for verb, forms in lexicon.load("closed")[table].items() for form in forms}


def is_verb(lemma: str) -> bool:
    """Tell whether a lemma looks like a German infinitive."""
    if not lemma.islower() or len(lemma) < 4:
        return False
    if lemma.endswith(("ern", "eln")):
        return simplemma.is_known(lemma[:-1] + "t", lang="de")
    return lemma.endswith(("en", "sein", "tun"))


@lru_cache(maxsize=100_000)
def describe(word: str, *, first: bool) -> tuple[str, Tag, Mood | None]:
    """Return lemma, tag and mood of a word by itself; `first` says that a capital may be the sentence's."""
    lower = word.casefold() if "ß" not in word else word.lower()
    if word in MARKS:
        return word, Tag.MARK, None
    if not any(c.isalnum() for c in word):
        return word, Tag.PUNCTUATION, None
    if word[0].isdigit():
        return word, Tag.NUMBER, None
    capital = word[0].isupper()
    if capital and not first and word != "Sie":
        return lemma_of(word), Tag.NOUN, None
    if verb := _forms("auxiliary").get(lower):
        return verb, Tag.VERB, mood_of(lower, verb)
    for key, tag in _CLOSED:
        if lower in lexicon.words("closed", key):
            return lower, tag, None
    if capital and not _only_lower(word):
        return lemma_of(word), Tag.NOUN, None
    return _open_class(lower)


def _only_lower(word: str) -> bool:
    """Tell whether a sentence's first word would be written small elsewhere."""
    lower = word.lower()
    lemma = lemma_of(word)
    return lemma.islower() and (
        lemma != lower or is_verb(lemma) or lower.endswith(("lich", "ig", "isch", "weise", "ell"))
    )


def _open_class(lower: str) -> tuple[str, Tag, Mood | None]:
    lemma = lemma_of(lower)
    if lower in _NOT_VERBS or not is_verb(lemma):
        return lemma, Tag.ADJECTIVE, None
    if _is_zu_infinitive(lower, lemma):
        return lemma, Tag.ZU_INFINITIVE, None
    if lower == lemma:
        return lemma, Tag.INFINITIVE, None
    if is_participle(lower, lemma):
        return lemma, Tag.PARTICIPLE, None
    if lower.endswith(("ende", "ender", "endes", "enden", "endem", "end")) and lemma[:-1] + "d" in lower:
        return lemma, Tag.ADJECTIVE, None
    if lower.endswith(("ete", "te", "e", "st", "t", "en", "n", "ies")) or not lower.endswith(("er", "es", "em")):
        return lemma, Tag.VERB, mood_of(lower, lemma)
    return lemma, Tag.ADJECTIVE, None


def _is_zu_infinitive(lower: str, lemma: str) -> bool:
    at = lower.find("zu", 2)
    return at > 0 and lower[:at] + lower[at + 2 :] == lemma


def is_participle(lower: str, lemma: str) -> bool:
    """Tell whether a form of a verb may be its past participle: gefordert, ausgeschlossen, verdoppelt, reagiert."""
    if not lower.endswith(("t", "en")) or lower == lemma:
        return False
    for prefix in sorted(lexicon.words("closed", "prefix"), key=len, reverse=True):
        if lower.startswith(prefix + "ge") and lemma.startswith(prefix):
            return True
    if lower.startswith("ge") and not lemma.startswith("ge"):
        return True
    bare = lower.startswith(("be", "ge", "er", "ver", "zer", "ent", "emp", "miss")) or lemma.endswith("ieren")
    split = any(
        lower.startswith(p) and lemma.startswith(p)
        for p in ("über", "unter", "wider", "hinter", "durch", "um", "an", "vor")
    )
    return bare or (split and lower.endswith("t"))


def mood_of(lower: str, lemma: str) -> Mood:
    """Return the mood of a finite form; *sollten* and regular preterites serve both moods."""
    if lower in _forms("subjunctive_1") or lower in _forms("subjunctive_2"):
        return Mood.SUBJUNCTIVE_1 if lower in _forms("subjunctive_1") else Mood.SUBJUNCTIVE_2
    stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
    third = stem + "e" if lemma.endswith("en") else stem.removesuffix("el").removesuffix("er") + lemma[-3] + "e"
    if lower == third or (lemma.endswith(("ern", "eln")) and lower in (stem + "e", stem[:-2] + stem[-1] + "e")):
        return Mood.SUBJUNCTIVE_1
    if lower in (stem + "te", stem + "ten", stem + "ete", stem + "eten"):
        return Mood.AMBIGUOUS
    return Mood.INDICATIVE
