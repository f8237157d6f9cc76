"""Persons: offices and the names beside them, names behind nouns for persons, names alone.

German news introduces people as *office (body) name* or *name, office (of body)*; both are read here into one mention.
"""

from dataclasses import replace

from wortlaut.entities.bodies import Tokens
from wortlaut.entities.gazetteer import Office, body_in, demonym, given_names, is_acronym, is_party, office_in
from wortlaut.entities.mention import (
    DEFINITE,
    INDEFINITE,
    POSSESSIVE,
    Held,
    Mention,
    bare,
    gender_by_article,
    is_subject,
    times,
)
from wortlaut.entities.morphology import Gender
from wortlaut.entities.names import Named, read_name
from wortlaut.entities.offices import AT, MEMBER, apposition, body_behind, phrase_start, read_office
from wortlaut.entities.page import Page
from wortlaut.language import MARKS, Tag
from wortlaut.model import EntityKind
from wortlaut.text import Span


def find_person(tokens: Tokens, at: int, number: int, page: Page) -> Mention | None:
    """Read a person that begins at the noun `at`: an office with or without its name, or a name with what follows it."""
    office = office_in(tokens[at].text) if tokens[at].tag in (Tag.NOUN, Tag.NUMBER) else None
    if (
        office is not None
        and tokens[at].text not in given_names()
        and tokens[at].text not in page.told
        and (mention := _with_office(tokens, at, office, number, page))
    ):
        return mention
    cued = tokens[at].text in ("Herr", "Herrn", "Frau")
    named = read_name(tokens, at, page, cued=False)
    if named is None or (cued and named.end == at + 1):
        return None
    return _behind(tokens, Mention(
        span=Span(tokens[at].start, tokens[named.end - 1].end), kind=EntityKind.PERSON, name=named.name, gender=named.gender,
        subject=is_subject(tokens, at) or _relative(tokens, at), sentence=number,
    ), named.end, page)  # fmt: skip


def _relative(tokens: Tokens, at: int) -> bool:
    """Tell whether a relative pronoun stands before a name, which is the subject then: "der Brief, den [Lund] schrieb"."""
    return at > 1 and tokens[at - 1].lower in ("den", "dem") and tokens[at - 2].text == ","


def _with_office(tokens: Tokens, at: int, office: Office, number: int, page: Page) -> Mention | None:
    first = phrase_start(tokens, at)
    begin = first - 1 if first and tokens[first - 1].tag is Tag.DETERMINER else first
    if office.gender == "m" and begin and tokens[begin].lower == "der" and tokens[begin - 1].lower in _DATIVE:
        return None  # "an der Oberen Alme"
    offices, end = _offices(tokens, at, first, office, page)
    if (
        not office.listed
        and end < len(tokens)
        and tokens[end].tag is Tag.NOUN
        and read_name(tokens, end, page, cued=True) is None
    ):
        return None  # "die Wiener Linien"
    body_end, body = body_behind(tokens, end, page)
    sure = office.listed and (begin == first or (office.speaks and _before_verb(tokens, end)))
    named, end = _name_beside(tokens, behind := end, body_end, page, sure=sure)
    if named is not None and _owns(tokens, begin, named):
        body, named, end = named.name if office.listed else None, None, behind
    offices[0] = replace(offices[0], body=offices[0].body or body)
    if named is None and not _is_phrase(tokens, at, first, end, offices[0]):
        return None
    span = Span(tokens[begin].start, tokens[end - 1].end)
    gender = (named.gender if named else None) or office.gender or gender_by_article(tokens, at)
    held = tuple(replace(h, span=span, office=_titled(h.office, gender)) for h in offices)
    article = tokens[begin].lower
    mention = Mention(
        span=span, kind=EntityKind.PERSON, name=named.name if named else None, gender=gender, held=held,
        state=demonym(tokens[at].text, tuple(page.adjectives.items())), owned=article in POSSESSIVE, bare=begin == at,
        definite=article not in INDEFINITE and not (article in POSSESSIVE and not office.speaks),
        subject=is_subject(tokens, begin), sentence=number,
    )  # fmt: skip
    return _behind(tokens, mention, end, page) if named else mention


_DATIVE = frozenset(("an", "auf", "aus", "bei", "hinter", "in", "mit", "nach", "neben", "seit", "von", "zu"))
"""Prepositions behind which *der* is feminine: no Minister stands there."""


def _before_verb(tokens: Tokens, at: int) -> bool:
    """Tell whether one noun stands between here and a verb: "die deutsche Kanzlerin [Koch] sagte"."""
    return at + 1 < len(tokens) and tokens[at].tag is Tag.NOUN and tokens[at + 1].tag is Tag.VERB


def _owns(tokens: Tokens, begin: int, named: Named) -> bool:
    """Tell whether a name in the genitive says whose somebody is: "die Anwältin [Ida Lunds]", never "Präsidentin Lunds Rede"."""
    bent = tokens[named.end - 1].text != named.name.rsplit(maxsplit=1)[-1]
    followed = named.end < len(tokens) and tokens[named.end].tag is Tag.NOUN
    return bent and not followed and tokens[begin].lower != "des"


def _offices(tokens: Tokens, at: int, first: int, office: Office, page: Page) -> tuple[list[Held], int]:
    """Return the offices that stand side by side, the main one first ("der Vorsitzende Richter"), and the index behind them."""
    held = [read_office(tokens, at, first, office, page)]
    end = at + 1
    while end < len(tokens) and tokens[end].tag is Tag.NOUN and tokens[end].text not in given_names():
        more = office_in(tokens[end].text)
        if more is None or not more.listed or bare(tokens[end].text, page.surnames) in page.surnames:
            break
        held.insert(0, read_office(tokens, end, end, more, page))
        end += 1
    if end + 2 < len(tokens) and tokens[end].lower == "und" and tokens[end + 1 : end + 3] and first < at + 1:
        more = office_in(tokens[end + 1].text) if tokens[end + 1].tag is Tag.NOUN else None
        article = tokens[first - 1].lower if first and tokens[first - 1].tag is Tag.DETERMINER else ""
        if more and more.listed and article and read_name(tokens, end + 2, page, cued=True):
            held.append(read_office(tokens, end + 1, end + 1, more, page))  # "der Vizekanzler und [Minister] Jan Berg"
            end += 2
    return held, end


def _is_phrase(tokens: Tokens, at: int, first: int, end: int, held: Held) -> bool:
    """Tell whether an office without a name is one somebody: in the singular, with an article or a body, and no body itself."""
    office, word = held.office, tokens[at].text
    article = tokens[first - 1].lower if first and tokens[first - 1].tag is Tag.DETERMINER else ""
    if not office.listed and (
        article not in DEFINITE | INDEFINITE | POSSESSIVE or article in ("im", "kein", "keine", "jeder", "jede")
    ):
        return False
    if not article and (
        _inflected(word, office) or not (office.prefix or held.body or _heads_sentence(tokens, first, end))
    ):
        return False
    if word == body_in(word) and not held.body:
        return False  # "der Vorstand", "der Rat": a body as long as nobody is named
    if office.gender != "m":
        return True
    before = tokens[first - 2] if first > 1 else None
    genitive_plural = article == "der" and before is not None and before.tag in (Tag.NOUN, Tag.PREPOSITION)
    dative_plural = article == "den" and word.endswith(("ern", "eln"))
    return not (article in _PLURAL or genitive_plural or dative_plural)


def _titled(office: Office, gender: Gender | None) -> Office:
    """Give a title that bends like an adjective its own form: "der Vorsitzende" is a Vorsitzender."""
    weak = office.gender is None and office.title.endswith("e") and gender == "m"
    return replace(office, title=office.title + "r") if weak else office


def _heads_sentence(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether a phrase without article begins a headline or a part of one: "Staatsanwalt will sechs Jahre Haft"."""
    starts = first == 0 or tokens[first - 1].tag is Tag.PUNCTUATION
    verb = tokens[end] if end < len(tokens) and tokens[end].tag is Tag.VERB else None
    return starts and verb is not None and (verb.lower == "will" or not verb.lower.endswith("en"))


_PLURAL = frozenset(
    [
        "die",
        "ihre",
        "seine",
        "viele",
        "vieler",
        "vielen",
        "beide",
        "beider",
        "beiden",
        "deren",
        "dessen",
        "einige",
        "einiger",
        "mehrere",
        "mehrerer",
        "alle",
        "aller",
        "allen",
    ]
)


def _inflected(word: str, office: Office) -> bool:
    """Tell whether a noun without article is no nominative singular, so that it means several: "Soldaten"."""
    return office.gender == "m" and not word.casefold().endswith(office.title.casefold())


def _name_beside(tokens: Tokens, end: int, body_end: int, page: Page, *, sure: bool) -> tuple[Named | None, int]:
    """Read the name of an office holder, right behind the office or behind its attributes; return it and where the phrase ends."""
    if named := read_name(tokens, end, page, cued=True, sure=sure):
        return named, named.end
    if (
        body_end > end
        and body_end < len(tokens)
        and (named := read_name(tokens, body_end, page, cued=False))
        and " " in named.name
    ):
        return named, named.end
    at = body_end
    while (
        at < len(tokens)
        and at - end < 16
        and (tokens[at].tag in _ATTRIBUTE or tokens[at].text in MARKS or tokens[at].text in "()")
    ):
        at += 1
    if at + 1 < len(tokens) and tokens[at].text == ",":
        start = at + 1
        if (
            tokens[start].tag is Tag.DETERMINER
            and start + 2 < len(tokens)
            and tokens[start + 1].tag is Tag.NOUN
            and office_in(tokens[start + 1].text)
        ):
            start += 2  # "deren Leiterin, die Biochemikerin Chiara Bontempelli, …"
        named = read_name(tokens, start, page, cued=True)
        if named and " " in named.name and _closed(tokens, named.end):
            return named, named.end
    return None, body_end


_ATTRIBUTE = frozenset(
    (Tag.NOUN, Tag.CONJUNCTION, Tag.DETERMINER, Tag.ADJECTIVE, Tag.PARTICIPLE, Tag.PREPOSITION, Tag.NUMBER)
)


def _closed(tokens: Tokens, end: int) -> bool:
    return end >= len(tokens) or tokens[end].tag in (Tag.PUNCTUATION, Tag.MARK, Tag.PREPOSITION)


def _behind(tokens: Tokens, mention: Mention, end: int, page: Page) -> Mention:
    """Read what follows a name: "(SPD)", "aus Brennland", "von der Privatbank Rüter", ", Sprecherin der Initiative"."""
    held, stop = list(mention.held), end
    state = mention.state
    if end + 2 < len(tokens) and tokens[end].text == "(":
        word, close = (
            tokens[end + 1].text,
            next((i for i in range(end + 1, min(end + 5, len(tokens))) if tokens[i].text == ")"), None),
        )
        party = word if is_acronym(word) or (body_in(word) and word not in times()) else None
        if close and party:
            held.append(
                Held(office=MEMBER, body=page.spelled_out(party), span=Span(tokens[end].start, tokens[close].end))
            )
        end = close + 1 if close else end
    if end + 1 < len(tokens) and tokens[end].lower in ("aus", "von", "vom"):
        body_end, body = body_behind(tokens, end, page)
        origin = tokens[end].lower == "aus"
        where = Span(tokens[end].start, tokens[body_end - 1].end)
        if body and not origin and is_party(body):
            held.append(Held(office=MEMBER, body=body, span=where))
        elif body and held and held[0].body is None and (not origin or page.state(body)):
            held[0] = replace(held[0], body=body)
        elif body and not origin and not held:
            held.append(Held(office=AT, body=body, span=where))
        else:
            body_end = end
        stop = max(stop, body_end)
    if end < len(tokens) and tokens[end].text == ",":
        more = apposition(tokens, end + 1, page)
        held.extend(more)
        stop = next((i for i in range(end, len(tokens)) if more and tokens[i].end >= more[-1].span.end), stop - 1) + 1
    span = Span(mention.span.start, max(mention.span.end, tokens[stop - 1].end))
    return replace(mention, span=span, held=tuple(held), state=state)
