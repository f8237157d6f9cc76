"""Offices as phrases: what stands before one, the body behind it, and offices that an apposition names, with their time."""

import re
from dataclasses import replace

from wortlaut import lexicon
from wortlaut.entities.bodies import Tokens, find_state, read_body
from wortlaut.entities.gazetteer import Office, given_names, is_acronym, office_in, unknown
from wortlaut.entities.mention import Held, bare, times
from wortlaut.entities.names import read_name
from wortlaut.entities.page import Page
from wortlaut.language import Tag
from wortlaut.model import EntityKind
from wortlaut.text import Span


def phrase_start(tokens: Tokens, at: int) -> int:
    """Return the index of the first attribute before a noun: "der [frühere vardanische] Minister", "der [Wallburger] Bischof".

    Attributes need an article before them, or be a state's: *berichteten* in "Gestern berichteten Anwohner" is none.
    """
    first = at
    while first and at - first < 4 and _attribute(tokens, first - 1, next_to=first == at):
        first -= 1
    if first and tokens[first - 1].tag is not Tag.DETERMINER:
        while first < at and not (
            tokens[first].lower.rstrip("nrs").endswith("ische") or tokens[first].lower.endswith("-jährige")
        ):
            first += 1
    return first


def _attribute(tokens: Tokens, at: int, *, next_to: bool) -> bool:
    token, before = tokens[at], tokens[at - 1] if at else None
    behind_article = before is not None and before.tag is Tag.DETERMINER
    if token.tag in (Tag.ADJECTIVE, Tag.PARTICIPLE) or re.fullmatch(r"\d+-jährige\w?", token.lower):
        return True
    if token.tag is Tag.NOUN:
        place = (
            token.lower.endswith("er")
            and not token.lower.endswith(("ischer", "licher", "iger"))
            and not office_in(token.text)
        )
        return token.lower.rstrip("nr").endswith("ische") or (place and next_to and behind_article)
    bent = token.lower.endswith(("e", "en")) and token.tag not in (Tag.PREPOSITION, Tag.DETERMINER, Tag.CONJUNCTION)
    return bent and behind_article and before is not None and before.lower != "das"


def read_office(tokens: Tokens, at: int, first: int, office: Office, page: Page) -> Held:
    """Read what stands before an office: a hyphened body, a state's adjective, a genitive, *frühere*."""
    words = [t.lower for t in tokens[first:at]]
    stems = {w.rstrip("nrms") for w in words}
    past = bool(stems & lexicon.words("offices", "former")) or tokens[at].text.startswith("Ex-")
    future = bool(stems & lexicon.words("offices", "future"))
    body = page.state(office.prefix) or page.spelled_out(bare(office.prefix)) if office.prefix else None
    place = Span(tokens[at].start, tokens[at].start + len(office.prefix)) if office.prefix else None
    if body is None and (adjective := next((t for t in tokens[first:at] if page.state_of(t.text)), None)):
        body, place = page.state_of(adjective.text), adjective.span
    body = body or _genitive_before(tokens, first, page)
    if body is None and office.title.startswith("Bundes") and office.listed:
        body, place = _federal(page), Span(tokens[at].start, tokens[at].start + len("Bundes"))
    if body is None and first < at and tokens[at - 1].tag is Tag.NOUN:
        body = tokens[at - 1].text.removesuffix(
            "er"
        )  # "der Wallburger Bischof": affiliation finds the body of that place
    return Held(
        office=office,
        body=body,
        until="PAST_REF" if past else None,
        since="FUTURE_REF" if future else None,
        span=tokens[at].span,
        place=place,
    )


def _federal(page: Page) -> str:
    return next((n for n in ("Österreich", "Schweiz") if n in page.states), "Deutschland")


def _genitive_before(tokens: Tokens, first: int, page: Page) -> str | None:
    """Return whose office it is where the genitive stands before it: "Norrlands Außenminister", "Brügges Anwältin"."""
    if first == 0 or tokens[first - 1].tag is not Tag.NOUN:
        return None
    word = tokens[first - 1].text
    stem = word[:-1] if word.endswith(("s", "’")) else word
    if stem == word:
        return None
    if state := page.state(stem):
        return state
    if stem in page.surnames or is_acronym(stem):
        return page.spelled_out(stem)
    if first > 1 and tokens[first - 2].tag in (Tag.DETERMINER, Tag.PREPOSITION, Tag.ADJECTIVE):
        return None
    return stem if unknown(word) or stem in page.companies else None


_OPENERS = frozenset(["der", "des", "von", "vom", "bei", "beim", "im", "in", "für", "am", "aus"])


def body_behind(tokens: Tokens, end: int, page: Page) -> tuple[int, str | None]:
    """Read the body behind an office: "der Nato", "des Konzerns Velorin", "von der Bank", "Thailands"; where it ends, its name.

    What stands behind an office and is no body ("für Inneres", "aus Aldstad") is stepped over and has no name.
    """
    if end + 1 >= len(tokens):
        return end, None
    opener = tokens[end].lower
    if tokens[end].tag is Tag.NOUN and opener.endswith("s") and (state := find_state(tokens, end, page)):
        return state[0], state[1] if state[2] is EntityKind.STATE else None
    if opener == "zu" and (named := read_name(tokens, end, page, cued=False)):
        return named.end, named.name
    at = end + 1
    while at < len(tokens) - 1 and tokens[at].tag in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.PARTICIPLE):
        at += 1
    if opener not in _OPENERS or tokens[at].tag is not Tag.NOUN:
        return end, None
    if state := find_state(tokens, at, page):
        return state[0], state[1] if opener not in ("in", "aus") or state[2] is EntityKind.STATE else None
    if opener not in ("in", "für", "aus") and (body := read_body(tokens, at, page)):
        return body.end, body.name
    return _no_body(tokens, end, at, page)


def _no_body(tokens: Tokens, end: int, at: int, page: Page) -> tuple[int, str | None]:
    """Step over a person, an unknown place or common nouns behind an office."""
    opener, word = tokens[end].lower, tokens[at].text
    if word in given_names() or (opener == "von" and word in page.surnames):
        named = read_name(tokens, at, page, cued=False)
        return end, named.name if named else None
    stop = at + 1
    while stop + 1 < len(tokens) and tokens[stop].lower in ("und", "für") and tokens[stop + 1].tag is Tag.NOUN:
        stop += 2
    place = unknown(word) and opener in ("der", "von", "vom", "bei", "beim") and not office_in(word)
    return stop, word if place else None


MEMBER = Office(title="Mitglied", kind="Mitglied", gender=None)
AT = Office(title="", kind="", gender=None, listed=False)


def apposition(tokens: Tokens, at: int, page: Page) -> list[Held]:
    """Read the offices in an apposition: "Jan Berg, seit 2019 Chef der Bank und früher Minister, …"."""
    found: list[Held] = []
    start = at
    while at < len(tokens) and at - start < 12:
        token = tokens[at]
        if (
            token.tag is Tag.VERB
            or (token.tag is Tag.PRONOUN and at == start)
            or token.text in (",", ";", ".")
            or (
                token.lower in ("der", "die", "das", "dem", "den")
                and at == start
                and at + 1 < len(tokens)
                and tokens[at + 1].tag not in (Tag.NOUN, Tag.ADJECTIVE)
            )
        ):
            break
        office = office_in(token.text) if token.tag is Tag.NOUN and token.text not in given_names() else None
        if office is None or (at + 1 < len(tokens) and tokens[at + 1].text in given_names()):
            if token.tag is Tag.NOUN and token.lower not in times() and bare(token.text, page.surnames) == token.text:
                break
            at += 1
            continue
        end, body = body_behind(tokens, at + 1, page)
        own = read_office(tokens, at, phrase_start(tokens, at), office, page)
        since, until = period(tokens[start : max(end, at + 1)])
        found.append(
            replace(
                own,
                body=own.body or body,
                since=since or own.since,
                until=until or own.until,
                span=Span(tokens[start].start, tokens[max(end, at + 1) - 1].end),
            )
        )
        at = max(end, at + 1)
    return found


_MONTHS = {name: n for n, names in enumerate((
    "januar jänner", "februar feber", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember",
), 1) for name in names.split()}  # fmt: skip


def period(tokens: Tokens) -> tuple[str | None, str | None]:
    """Return since and until as TIMEX3 values: "seit Oktober 2014", "bis 2019", "von 2010 bis 2014", "früher"."""
    since = until = None
    for at, token in enumerate(tokens):
        if token.lower in ("seit", "ab", "bis", "von"):
            value = _date(tokens[at + 1 : at + 6])
            if value and token.lower == "bis":
                until = value
            elif value:
                since = value
        elif token.lower in ("früher", "zuvor", "einst", "ehemals", "ex"):
            until = until or "PAST_REF"
    return since, until


def _date(tokens: Tokens) -> str | None:
    month = None
    for token in tokens:
        if token.lower in _MONTHS:
            month = _MONTHS[token.lower]
        elif re.fullmatch(r"(?:19|20)\d\d", token.text):
            return f"{token.text}-{month:02d}" if month else token.text
        elif not (
            token.tag is Tag.NUMBER or token.text == "." or token.lower in ("dem", "jahr", "ende", "anfang", "mitte")
        ):
            return None
    return None
