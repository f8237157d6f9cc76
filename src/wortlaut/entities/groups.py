"""Groups and documents that speak without a name: "Kritiker", "die Karvanier", "dem Bericht zufolge", "Polizeiangaben"."""

import re

from wortlaut import lexicon
from wortlaut.entities.bodies import Tokens
from wortlaut.entities.gazetteer import body_in, demonym, is_acronym, office_in, unknown
from wortlaut.entities.known import is_listed
from wortlaut.entities.mention import DEFINITE, Mention, bare, is_subject
from wortlaut.entities.morphology import gender_of
from wortlaut.entities.page import Page
from wortlaut.language import Tag
from wortlaut.model import EntityKind
from wortlaut.text import Span

SOURCE = re.compile(r"(\w{2,}?)s?-?(?:[Aa]ngaben|[Kk]reisen?)")
_SINGULAR = frozenset(["dem", "des", "ein", "einem", "eines", "das", "zum", "vom", "beim", "im"])
_MANY = frozenset(
    [
        "die",
        "den",
        "viele",
        "vieler",
        "mehrere",
        "mehrerer",
        "einige",
        "einiger",
        "alle",
        "beide",
        "zwei",
        "drei",
        "vier",
        "manche",
    ]
)


def find_source(tokens: Tokens, at: int, number: int, page: Page) -> Mention | None:
    """Read the body behind "Polizeiangaben", "nach Bahnangaben", "Regierungskreisen"; never behind "veskischen Polizeiangaben"."""
    match = SOURCE.fullmatch(tokens[at].text)
    if (
        match is None
        or (at and page.state_of(tokens[at - 1].text))
        or not (match[1] in lexicon.words("organisations", "heads") or is_acronym(match[1]) or is_listed(match[1]))
    ):
        return None
    return Mention(
        span=tokens[at].span, kind=EntityKind.ORGANISATION, name=match[1], head=body_in(match[1]), sentence=number
    )


def find_document(tokens: Tokens, at: int, number: int) -> Mention | None:
    """Read a document behind an article, attribute or preposition: "dem Bericht zufolge", "im Abschlussbericht"."""
    word, before = tokens[at].text, tokens[at - 1] if at else None
    if before is None or before.tag not in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.PREPOSITION):
        return None
    for head in lexicon.words("organisations", "documents"):
        if word in (head, head + "s", head + "es") or (
            word.lower().endswith(head.lower()) and len(word) > len(head) + 3
        ):
            definite = before.lower in DEFINITE
            begin = at - 1 if definite else at
            return Mention(
                span=Span(tokens[begin].start, tokens[at].end), kind=EntityKind.DOCUMENT, head=head, gender=gender_of(head),
                definite=definite, subject=is_subject(tokens, begin), sentence=number,
            )  # fmt: skip
    return None


def find_group(tokens: Tokens, at: int, number: int, page: Page) -> Mention | None:
    """Read persons in the plural: listed words, women's plural, nouns for persons with or without an article of several."""
    begin = _begin(tokens, at)
    if not (_listed_group(tokens, at, page) or _persons(tokens, at, begin, page)):
        return None
    return Mention(
        span=Span(tokens[begin].start, tokens[at].end), kind=EntityKind.GROUP, head=tokens[at].text,
        subject=is_subject(tokens, begin), sentence=number,
    )  # fmt: skip


def _listed_group(tokens: Tokens, at: int, page: Page) -> bool:
    word, before = tokens[at].text, tokens[at - 1].lower if at else ""
    if word.rpartition("-")[2] in lexicon.words("organisations", "groups") or word.endswith("innen"):
        return True
    return before in _MANY and office_in(word) is not None and not _before_noun(tokens, at, page)


def _persons(tokens: Tokens, at: int, begin: int, page: Page) -> bool:
    """Tell whether a noun for a person may be a plural here: no article of one, no singular form without article."""
    word = tokens[at].text
    office = office_in(word)
    if office is None or office.gender != "m" or _before_noun(tokens, at, page):
        return False
    if unknown(word) and not demonym(word, tuple(page.adjectives.items())):
        return False
    if begin == at > 1 and tokens[at - 1].text.islower() and tokens[at - 2].tag is Tag.ADVERB:
        return False  # "die dafür nötigen Fahrer": a phrase whose beginning is not seen
    return tokens[begin].lower not in _SINGULAR and not (
        begin == at and office.listed and not word.endswith(("n", "e", "er"))
    )


def _before_noun(tokens: Tokens, at: int, page: Page) -> bool:
    """Tell whether a noun stands behind that is no name in the genitive: not "Anhänger [Ida Lunds]"."""
    if at + 1 >= len(tokens) or tokens[at + 1].tag is not Tag.NOUN:
        return False
    names = (t.text for t in tokens[at + 1 : at + 3] if t.tag is Tag.NOUN)
    return not any(bare(name, page.surnames) != name for name in names)


def _begin(tokens: Tokens, at: int) -> int:
    """Return where a group's phrase begins, with its article: "[die afghanischen und fremden] Soldaten"."""
    first = at
    while first and tokens[first - 1].tag in (Tag.ADJECTIVE, Tag.PARTICIPLE, Tag.CONJUNCTION):
        first -= 1
    return first - 1 if first and tokens[first - 1].tag is Tag.DETERMINER else at
