"""Personal names: given name and surname, initials, particles, names of foreign order, and where each name ends.

A word in capitals is a name if a list knows it as a given name with another word behind it, if the page has met it in a
full name, if an office or title stands before it, or if no dictionary knows it and it speaks.
"""

import re
from dataclasses import dataclass

from wortlaut import lexicon
from wortlaut.entities.bodies import Tokens
from wortlaut.entities.gazetteer import (
    body_in,
    capitals,
    given_names,
    is_acronym,
    is_numeral,
    office_in,
    unknown,
)
from wortlaut.entities.mention import bare, times
from wortlaut.entities.morphology import Gender
from wortlaut.entities.page import Page
from wortlaut.language import Tag, Token

_PARTICLES = frozenset(
    [
        "von",
        "van",
        "de",
        "del",
        "della",
        "di",
        "da",
        "al",
        "bin",
        "ibn",
        "zu",
        "dos",
        "der",
        "den",
        "la",
        "le",
        "ter",
        "ten",
    ]
)
_JOINED = re.compile(r"(?:[Aa]l|[Ee]l|[Aa][dsnrt]|[Aa]sh|d|o)[-’'][A-ZÀ-Þ]\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A personal name: the index behind it, its words without titles, and the gender that its parts tell."""

    end: int
    name: str
    gender: Gender | None = None


def read_name(tokens: Tokens, at: int, page: Page, *, cued: bool, sure: bool = False) -> Named | None:
    """Read the personal name that begins at `at`; `cued` says that an office or a title stands right before it.

    `sure` says that what stands there can be nothing else, so that a word of the dictionary is a surname: "Präsident Koch".
    """
    gender: Gender | None = None
    while at < len(tokens) and tokens[at].text in lexicon.words("offices", "titles"):
        gender = {"Herr": "m", "Herrn": "m", "Frau": "f"}.get(tokens[at].text, gender)  # type: ignore[assignment]
        cued = sure = cued or gender is not None or tokens[at].text in ("Dr", "Prof")
        at += 1 + (at + 1 < len(tokens) and tokens[at + 1].text == ".")
    if at >= len(tokens) or not _may_be_name(tokens[at], page, cued=cued):
        return None
    given = given_names().get(tokens[at].text, "?")
    if given != "?":
        return _after_given(tokens, at, page, gender or given, cued=cued)  # type: ignore[arg-type]
    return _without_given(tokens, at, page, gender, cued=cued, sure=sure)


def _may_be_name(token: Token, page: Page, *, cued: bool) -> bool:
    word = token.text
    if _JOINED.fullmatch(word) or (cued and token.lower in ("van", "de", "al")):
        return True
    if (token.tag is not Tag.NOUN and not (word[0].isupper() and word in page.surnames)) or token.lower in times():
        return False
    if word in given_names() or bare(word, page.surnames) in page.surnames:
        return True
    return not (is_acronym(word) or page.state(word) or word in capitals() or word in page.companies)


def _after_given(tokens: Tokens, at: int, page: Page, gender: Gender | None, *, cued: bool) -> Named | None:
    end = at + 1
    while end < len(tokens):
        if tokens[end].text in given_names() and _noun(tokens, end):
            end += 1
        elif (
            len(tokens[end].text) == 1
            and tokens[end].text.isupper()
            and tokens[end + 1 : end + 2]
            and tokens[end + 1].text == "."
        ):
            end += 2
        else:
            break
    givens = end - at
    end = end + 1 if end < len(tokens) and is_numeral(tokens[end].text) else _surname(tokens, end, page)
    if end - at == 1 and not cued and tokens[at].text not in page.surnames:
        return None
    if (
        end - at == givens
        and givens > 1
        and tokens[end - 1].text in given_names()
        and cued is False
        and tokens[at].text in page.surnames
    ):
        return None
    alone = end - at == 1
    return Named(end=end, name=_words(tokens, at, end, page), gender=None if alone and not cued else gender)


def _surname(tokens: Tokens, end: int, page: Page) -> int:
    """Return the index behind a surname at `end`, particles and unknown further parts included; `end` if there is none."""
    at = end
    while at < len(tokens) and tokens[at].lower in _PARTICLES and tokens[at].text.islower():
        at += 1
    if at < len(tokens) and _JOINED.fullmatch(tokens[at].text):
        return at + 1
    if at >= len(tokens) or not _noun(tokens, at) or (at > end and at - end > 3):
        return end
    if is_acronym(tokens[at].text) or (at == end and tokens[at].text in ("Uhr", "Jahre")):
        return end
    if "-" in tokens[at].text and body_in(tokens[at].text):
        return end  # "das Robert Kern-Institut"
    if at > end and not (
        unknown(tokens[at].text) or tokens[at].text in page.surnames or at - end > 1 or tokens[end].lower != "von"
    ):
        return end
    at += 1
    while at < len(tokens) and (
        _JOINED.fullmatch(tokens[at].text)
        or (_noun(tokens, at) and unknown(tokens[at].text) and not _other(tokens[at].text, page))
    ):
        at += 1
    return at


def _noun(tokens: Tokens, at: int) -> bool:
    return tokens[at].tag is Tag.NOUN and tokens[at].lower not in times()


def _other(word: str, page: Page, *, cued: bool = False) -> bool:
    """Tell whether a word is surely no part of a personal name; behind an office "Fischer" may be one, "Präsident" not."""
    office = office_in(word)
    lettered = office is not None and is_acronym(office.prefix or "")  # "ein 26-Jähriger [BWL-Student]"
    held = office is not None and (lettered or (office.speaks if cued else office.listed))
    return bool(
        is_acronym(word) or page.state(word) or word in capitals() or word in page.companies or body_in(word) or held
    )


def _without_given(
    tokens: Tokens, at: int, page: Page, gender: Gender | None, *, cued: bool, sure: bool
) -> Named | None:
    """Read a name whose first word no list knows: two unknown words side by side, or one that the page or a title vouches for."""
    first, word = at, tokens[at].text
    start = at
    while at < len(tokens) and tokens[at].lower in _PARTICLES and tokens[at].text.islower():
        at += 1
    if at >= len(tokens) or not (
        _noun(tokens, at) or tokens[at].text in page.surnames or _JOINED.fullmatch(tokens[at].text)
    ):
        return None
    titled = at == start and at + 2 < len(tokens) and office_in(word) is None
    if titled and tokens[at + 1].text in given_names() and tokens[at + 2].tag is Tag.NOUN:
        return read_name(tokens, at + 1, page, cued=cued, sure=sure)  # "Commander Randy Henderson"
    word = tokens[at].text
    known = bare(word, page.surnames) in page.surnames
    behind = at + 1 < len(tokens) and _noun(tokens, at + 1) and not _other(tokens[at + 1].text, page, cued=cued)
    particle = at + 1 < len(tokens) and tokens[at + 1].lower in _PARTICLES and tokens[at + 1].text.islower()
    end = _surname(tokens, at + 1, page) if (behind or (particle and unknown(word))) and start == at else at + 1
    full = end > at + 1 and (unknown(tokens[end - 1].text) or (cued and not known)) and not _other(word, page)
    if full and particle and not behind and not cued:
        full = False
    if full and (
        cued
        or (unknown(word) and (_acting(tokens, first, end) or _introduced(tokens, end, page)))
        or page.told.get(word, ((), None))[0] == tuple(t.text for t in tokens[first:end])
    ):
        return Named(end=end, name=_words(tokens, first, end, page), gender=gender)
    if known or (cued and (unknown(word) or sure) and not _other(word, page)):
        return Named(end=at + 1, name=_words(tokens, first, at + 1, page), gender=gender)
    if unknown(word) and not _other(word, page) and first == at and _acting(tokens, at, at + 1):
        return Named(end=at + 1, name=word, gender=gender)
    return None


def _words(tokens: Tokens, at: int, end: int, page: Page) -> str:
    words = [t.text for t in tokens[at:end]]
    last = bare(words[-1], page.surnames)
    genitive = (
        last == words[-1] and last.endswith("s") and end < len(tokens) and tokens[end].tag is Tag.NOUN and unknown(last)
    )
    words[-1] = last[:-1] if genitive and len(words) > 1 and not last.endswith("ss") else last
    return " ".join(words).replace(" .", ".")


def _acting(tokens: Tokens, at: int, end: int) -> bool:
    """Tell whether a name is the subject of a verb of saying beside it, or a party stands behind it in brackets."""
    if at and tokens[at - 1].tag in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.PREPOSITION, Tag.NOUN):
        return False
    near = [t for t in (*tokens[max(0, at - 1) : at], *tokens[end : end + 1]) if t.tag is Tag.VERB]
    member = end - at > 1 and end < len(tokens) and tokens[end].text == "("
    return member or any(t.lemma in lexicon.words("names", "saying") for t in near)


def _introduced(tokens: Tokens, end: int, page: Page) -> bool:
    """Tell whether two unknown words are a person: the last stands alone elsewhere, or an apposition with an office follows."""
    if tokens[end - 1].text in page.alone:
        return True
    if (
        end + 1 < len(tokens)
        and tokens[end].text == "("
        and (tokens[end + 1].tag is Tag.NUMBER or is_acronym(tokens[end + 1].text))
    ):
        return True
    behind = tokens[end + 1 : end + 4] if end < len(tokens) and tokens[end].text == "," else ()
    return any(t.tag is Tag.NOUN and office_in(t.text) for t in behind)
