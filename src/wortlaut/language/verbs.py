"""Which verb is a clause's finite one, and which verb it makes with its prefix and the verbs that it helps.

Ambiguous forms ("erhalten", "werden") are tagged anew by what is decided.
"""

from dataclasses import replace
from functools import lru_cache

import simplemma

from wortlaut import lexicon
from wortlaut.language.words import Tag, Token, mood_of

_NONFINITE = frozenset((Tag.INFINITIVE, Tag.PARTICIPLE, Tag.ZU_INFINITIVE))
_AUXILIARY = frozenset(lexicon.load("closed")["auxiliary"])


def finite_of(words: list[Token], verbs: list[int]) -> list[int]:
    """Return the finite ones; an auxiliary's infinitive at the end is none where a verb stands apart before it.

    "die Fraktionen [müssten] gehört werden" has its verb second, "die gehört werden [müssen]" last.
    """
    finite = [i for i in verbs if words[i].tag is Tag.VERB]
    while len(finite) > 1 and words[finite[-1]].lower == words[finite[-1]].lemma and finite[-1] - finite[-2] > 2:
        finite.pop()
    return finite


def decide_verb(words: list[Token], start: int, last: int, opener: str | None) -> int | None:
    """Choose the finite verb of a segment and retag what turns out to be finite or not."""
    finite = [i for i in range(start, last) if words[i].tag is Tag.VERB]
    if finite:
        verb = finite[-1] if opener is not None else finite[0]
        for i in finite:
            if (
                i != verb
                and words[i].lemma
                in (
                    "werden",
                    "haben",
                    "sein",
                    "können",
                    "wollen",
                    "sollen",
                    "müssen",
                    "dürfen",
                    "lassen",
                )
                and words[i].lower == words[i].lemma
            ):
                words[i] = replace(words[i], tag=Tag.INFINITIVE, mood=None)
        return verb
    candidates = [
        i for i in range(start, last) if words[i].tag in (Tag.PARTICIPLE, Tag.INFINITIVE) and not is_nonfinite(words, i)
    ]
    if not candidates:
        return None
    verb = candidates[-1] if opener is not None else candidates[0]
    words[verb] = replace(words[verb], tag=Tag.VERB, mood=mood_of(words[verb].lower, words[verb].lemma))
    return verb


def is_nonfinite(words: list[Token], i: int) -> bool:
    """Tell whether a form cannot be finite: after *zu*, a strong participle (ge…en), or as an attribute of a noun."""
    token = words[i]
    if i and words[i - 1].lower == "zu":
        return True
    if token.tag is Tag.PARTICIPLE and (
        "ge" in token.lower[:6] and not token.lemma.startswith(("ge", token.lower[:3]))
    ):
        return True
    return token.tag is Tag.PARTICIPLE and token.lower.endswith("en")


@lru_cache(maxsize=20_000)
def is_known_verb(word: str) -> bool:
    """Tell whether the dictionary has a verb."""
    return simplemma.is_known(word, lang="de")


def mark_prefix(words: list[Token], verb: int, last: int) -> None:
    """Tag the word that ends a clause as the prefix of its verb, if the two make a verb: "schloss … [aus]"."""
    end = last
    while end > verb + 1 and words[end - 1].tag in (Tag.PUNCTUATION, Tag.MARK):
        end -= 1
    token = words[end - 1]
    if (
        end - 1 > verb
        and token.lower in lexicon.words("closed", "prefix")
        and is_known_verb(token.lower + words[verb].lemma)
    ):
        words[end - 1] = replace(token, tag=Tag.PREFIX)


def predicate(words: list[Token], first: int, last: int, verb: int | None) -> str | None:
    """Return the lemma of the full verb: prefix joined, auxiliaries and modals looked through."""
    inner = [t for i, t in enumerate(words[first:last], first) if i != verb and t.tag in _NONFINITE]
    full = [t for t in inner if t.lemma not in _AUXILIARY]
    if verb is None:
        return full[-1].lemma if full else None
    lemma = words[verb].lemma
    if lemma in _AUXILIARY:
        return full[-1].lemma if full else (inner[0].lemma if inner else lemma)
    prefix = next((t.lower for t in words[verb + 1 : last] if t.tag is Tag.PREFIX), "")
    return prefix + lemma
