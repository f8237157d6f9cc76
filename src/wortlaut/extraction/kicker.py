"""Where a kicker ends that a crawler left on the headline's line: "Streit um die Maut Koalition vertagt Entscheidung".

German names and nouns do not stand side by side unless they belong together, and what belongs together is said together
elsewhere on the page. So a line is cut between two nouns that the rest of the page uses, but never side by side, or before
a function word in capitals ("Krise im Norden Der Rat tagt").
"""

import itertools
import re
from collections.abc import Sequence

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
    if cut := _before_colon(tokens, verb):
        return cut
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


def _before_colon(tokens: Sequence[Token], verb: int) -> int | None:
    """Cut behind one common noun and a colon, if it is nobody who could have said the rest: "Maut: Rat vertagt sich"."""
    if len(tokens) < 4 or tokens[1].text != ":" or verb < 2 or tokens[2].text[:1] in '„»"“«':
        return None
    noun = tokens[0]
    common = simplemma.is_known(noun.text, lang="de") and noun.tag is Tag.NOUN
    speaks = (
        _heads(noun.text)
        or _given(noun.text)
        or noun.lower.endswith(("er", "chef", "chefin", "rat", "amt", "bund", "verband"))
    )
    return tokens[2].start if common and not speaks else None


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
    return together is None and all(_named(word, rest) for word in (one, other))


def _named(word: str, rest: str) -> bool:
    """Tell whether a word, or a part of it on either side of a hyphen, stands elsewhere."""
    parts = (word, *(p for p in word.split("-") if "-" in word and len(p) > 3))
    return any(re.search(rf"\b{re.escape(part)}(?:s|n|en|es)?\b", rest) for part in parts)
