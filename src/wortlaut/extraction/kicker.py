"""Where a kicker ends that a crawler left on the headline's line: "Streit um die Maut Koalition vertagt Entscheidung".

German names and nouns do not stand side by side unless they belong together, and what belongs together is said together
elsewhere on the page. So a line is cut between two nouns that the rest of the page uses, but never side by side, or before
a function word in capitals ("Krise im Norden Der Rat tagt").
"""

import itertools
import re

import simplemma

from wortlaut import lexicon
from wortlaut.language import Tag, Token, parse

_FUNCTION = ("determiner", "negation", "preposition", "subjunction", "adverb", "pronoun")


def find_kicker(headline: str, rest: str) -> int | None:
    """Return the offset in `headline` where the headline proper begins, or None if the line is one piece.

    `rest` is the text of the page behind it. A cut needs a finite verb behind it. A name behind an office or the head noun
    of a body belongs to it: "Konzern Lindtex schließt Werk", "Ministerin Lund geht".
    """
    sentence = next(iter(parse(headline)), None)
    tokens = sentence.tokens if sentence else ()
    verb = next((i for i, t in enumerate(tokens) if t.tag is Tag.VERB), None)
    if verb is None:
        return None
    for before, token in itertools.pairwise(tokens[:verb]):
        if before.tag is not Tag.NOUN or token.tag is not Tag.NOUN or token.start - before.end != 1:
            continue
        if _function_word(token):
            return token.start
        if _heads(before.text) or _adjective(before) or _given(before.text):
            continue
        if _adjective(token) or _strangers(before.text, token.text, rest):
            return token.start
    return None


def _function_word(token: Token) -> bool:
    return any(token.lower in lexicon.words("closed", key) for key in _FUNCTION)


def _adjective(token: Token) -> bool:
    """Tell whether a capital hides an adjective: "Untreue-Prozess [Früherer] Sparkassenchef muss in Haft"."""
    lemma = simplemma.lemmatize(token.lower, lang="de")
    return token.lower.endswith(("er", "e", "es")) and lemma.islower() and lemma != token.lower


def _given(word: str) -> bool:
    return any(word in lexicon.load("names")[key].split() for key in ("male", "female"))


def _heads(word: str) -> bool:
    """Tell whether a word takes a name behind it: an office, or the head noun of a body."""
    offices = lexicon.load("offices")
    heads = {form for key in ("speaks", "person") for pair in offices[key] for form in pair}
    heads |= lexicon.words("organisations", "heads") | {"Herr", "Frau", "Familie"}
    return word in heads or any(word[cut:].lstrip("-").capitalize() in heads for cut in range(3, len(word) - 3))


def _strangers(one: str, other: str, rest: str) -> bool:
    """Tell whether the page uses both words, each without the other beside it."""
    together = re.search(rf"\b{re.escape(one)}\s+{re.escape(other)}", rest)
    return together is None and all(re.search(rf"\b{re.escape(w)}(?:s|n|en|es)?\b", rest) for w in (one, other))
