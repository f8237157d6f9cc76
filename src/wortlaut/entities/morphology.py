"""What a German noun tells by its form: whether it means a person, of which gender, and how it looks in the nominative.

A noun means a person if the dictionary has its other gender: *Unternehmer* has *Unternehmerin*, *Fehler* has no *Fehlerin*.
Compounds mean what their last part means ("Kartellrechtler", "Handelsexpertin"; Duden, Die Grammatik, "Wortbildung").
"""

from functools import cache, lru_cache
from typing import Literal

import simplemma

from wortlaut import lexicon

Gender = Literal["m", "f", "n"]
_LINKS = ("", "s", "n", "en", "es", "er", "-")
_BY_ENDING: tuple[tuple[str, Gender], ...] = (
    ("ung", "f"), ("schaft", "f"), ("heit", "f"), ("keit", "f"), ("ion", "f"), ("tät", "f"), ("ei", "f"), ("ie", "f"), ("ik", "f"), ("ur", "f"), ("enz", "f"), ("itut", "n"),
    ("ium", "n"), ("ment", "n"), ("chen", "n"), ("werk", "n"), ("amt", "n"), ("er", "m"), ("ist", "m"), ("or", "m"), ("e", "f"),
)  # fmt: skip


@lru_cache(maxsize=100_000)
def is_word(word: str) -> bool:
    """Tell whether the dictionary has a word form."""
    return bool(word) and simplemma.is_known(word, lang="de")


@lru_cache(maxsize=50_000)
def person_noun(word: str) -> Gender | None:
    """Return the gender of a noun for a person, in any case of the singular; None if it means none."""
    if len(word) < 4 or not word[0].isupper() or word.endswith("innen") or word.lower().endswith(_no_persons()):
        return None
    if word.endswith("in") and len(word) > 5:
        return "f" if _simple_feminine(word) or _compound(word) == "f" else None
    lemma = simplemma.lemmatize(word, lang="de")
    if any(is_word(form + "nen") for base in {word, lemma} if base[:1].isupper() for form in _feminines(base)):
        return "m"
    return _compound(word)


@cache
def _no_persons() -> tuple[str, ...]:
    return tuple(lexicon.load("offices")["no_persons"])


def _simple_feminine(word: str) -> bool:
    """Tell whether a word in -in has the plural that only women have: *Juristinnen*, never *Terminnen*."""
    return is_word(word + "nen")


def _feminines(word: str) -> tuple[str, ...]:
    return (word + "in", word[:-1] + "in") if word.endswith("e") else (word + "in",)


@lru_cache(maxsize=50_000)
def _compound(word: str) -> Gender | None:
    for cut in range(3, len(word) - 4):
        tail = word[cut:].lstrip("-")
        if len(tail) < 5 or not (tail[0].islower() or word[cut] == "-" or word[cut - 1] == "-"):
            continue
        head = tail[0].upper() + tail[1:]
        if not is_word(head) or not _stands_alone(word[:cut]):
            continue
        if head.endswith("in") and _simple_feminine(head):
            return "f"
        if any(is_word(form + "nen") for form in _feminines(simplemma.lemmatize(head, lang="de"))):
            return "m"
    return None


@lru_cache(maxsize=20_000)
def is_compound(word: str) -> bool:
    """Tell whether an unknown word is two that the dictionary knows: "Ergebnisauswertung", never "Oranier-Orden"."""
    cuts = () if "-" in word else range(4, len(word) - 3)
    return any(is_word(word[c:].capitalize()) and _stands_alone(word[:c]) for c in cuts)


def _stands_alone(part: str) -> bool:
    return part.endswith("-") or any(is_word(part.removesuffix(link)) for link in _LINKS if part.endswith(link))


@lru_cache(maxsize=20_000)
def gender_of(head: str) -> Gender | None:
    """Return the grammatical gender of a body's head noun."""
    genders = lexicon.load("organisations")["gender"]
    for gender in ("m", "f", "n"):
        if head in genders[gender]:
            found: Gender = gender
            return found
    return next((gender for ending, gender in _BY_ENDING if head.casefold().endswith(ending)), None)


def nominative(word: str) -> str:
    """Strip the genitive of a common noun: "Wetterdienstes" → "Wetterdienst", never of one that ends so itself."""
    if word.endswith("nisses"):
        return word[:-3]
    for ending in ("es", "s"):
        stem = word.removesuffix(ending)
        if (
            stem != word
            and not word.endswith(("ss", "us", "is"))
            and (is_word(stem) or not is_word(word))
            and len(stem) > 2
        ):
            lemma = simplemma.lemmatize(word, lang="de")
            return lemma if lemma in (stem, stem + "e") and lemma[0].isupper() else stem
    return word


def strong_adjective(adjective: str, head: str) -> str:
    """Return a name's adjective as it stands without article: "Deutschen" before *Fußballbund* → "Deutscher"."""
    bent = ("en", "em", "es", "e", *(("er",) if is_word(adjective.lower()) and person_noun(adjective) is None else ()))
    for ending in bent:
        stem = adjective.removesuffix(ending)
        if stem != adjective:
            return stem + {"m": "er", "f": "e", "n": "es"}.get(gender_of(head) or "", adjective[len(stem) :])
    return adjective
