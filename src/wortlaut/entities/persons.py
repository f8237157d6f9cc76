"""Persons: offices and the names beside them, names behind nouns for persons, names alone.

German news introduces people as *office (body) name* or *name, office (of body)*; both are read here into one mention.
"""

import re
from dataclasses import dataclass, replace

from wortlaut import lexicon
from wortlaut.entities.bodies import Tokens, body_in, find_state, is_subject, read_body
from wortlaut.entities.gazetteer import Office, capitals, demonym, given_names, is_acronym, office_in, unknown
from wortlaut.entities.mention import DEFINITE, INDEFINITE, POSSESSIVE, Held, Mention, bare, gender_by_article, times
from wortlaut.entities.morphology import Gender
from wortlaut.entities.page import Page
from wortlaut.language import MARKS, Tag, Token
from wortlaut.model import EntityKind
from wortlaut.text import Span

_PARTICLES = frozenset(("von", "van", "de", "del", "della", "di", "da", "al", "bin", "ibn", "zu", "dos", "der", "den", "la", "le", "ter", "ten"))
_JOINED = re.compile(r"(?:al|el|ad|as|an|ar|at|ash|d|o)[-’'][A-ZÀ-Þ]\w+")
_SAYING = frozenset(("sagen", "erklären", "betonen", "fordern", "warnen", "meinen", "kritisieren", "ankündigen", "berichten", "erläutern", "ergänzen", "versichern", "sprechen", "verlangen", "drohen", "loben", "begrüßen", "bestätigen", "zurückweisen", "bezeichnen", "nennen", "schreiben", "antworten", "hinzufügen", "äußern", "fragen", "bekräftigen"))  # fmt: skip


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
    if token.tag is not Tag.NOUN or token.lower in times():
        return False
    if word in given_names() or bare(word, page.surnames) in page.surnames:
        return True
    return not (is_acronym(word) or page.state(word) or word in capitals() or word in page.companies)


def _after_given(tokens: Tokens, at: int, page: Page, gender: Gender | None, *, cued: bool) -> Named | None:
    end = at + 1
    while end < len(tokens):
        if tokens[end].text in given_names() and _noun(tokens, end):
            end += 1
        elif len(tokens[end].text) == 1 and tokens[end].text.isupper() and tokens[end + 1 : end + 2] and tokens[end + 1].text == ".":
            end += 2
        else:
            break
    givens = end - at
    end = _surname(tokens, end, page)
    if end - at == 1 and not cued and tokens[at].text not in page.surnames:
        return None
    if end - at == givens and givens > 1 and tokens[end - 1].text in given_names() and cued is False and tokens[at].text in page.surnames:
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
    if at == end and (is_acronym(tokens[at].text) or tokens[at].text in ("Uhr", "Jahre")):
        return end
    if at > end and not (unknown(tokens[at].text) or tokens[at].text in page.surnames or at - end > 1 or tokens[end].lower != "von"):
        return end
    at += 1
    while at < len(tokens) and (_JOINED.fullmatch(tokens[at].text) or (_noun(tokens, at) and unknown(tokens[at].text) and not _other(tokens[at].text, page))):
        at += 1
    return at


def _noun(tokens: Tokens, at: int) -> bool:
    return tokens[at].tag is Tag.NOUN and tokens[at].lower not in times()


def _other(word: str, page: Page, *, cued: bool = False) -> bool:
    """Tell whether a word is surely no part of a personal name; behind an office "Fischer" may be one, "Präsident" not."""
    office = office_in(word)
    held = office is not None and (office.speaks if cued else office.listed)
    return bool(is_acronym(word) or page.state(word) or word in capitals() or word in page.companies or body_in(word) or held)


def _without_given(
    tokens: Tokens, at: int, page: Page, gender: Gender | None, *, cued: bool, sure: bool
) -> Named | None:
    """Read a name whose first word no list knows: two unknown words side by side, or one that the page or a title vouches for."""
    first, word = at, tokens[at].text
    start = at
    while at < len(tokens) and tokens[at].lower in _PARTICLES and tokens[at].text.islower():
        at += 1
    if at >= len(tokens) or not (_noun(tokens, at) or _JOINED.fullmatch(tokens[at].text)):
        return None
    if at == start and at + 2 < len(tokens) and tokens[at + 1].text in given_names() and tokens[at + 2].tag is Tag.NOUN:
        return read_name(tokens, at + 1, page, cued=cued, sure=sure)  # "Commander Randy Henderson"
    word = tokens[at].text
    known = bare(word, page.surnames) in page.surnames
    behind = at + 1 < len(tokens) and _noun(tokens, at + 1) and not _other(tokens[at + 1].text, page, cued=cued)
    particle = at + 1 < len(tokens) and tokens[at + 1].lower in _PARTICLES and tokens[at + 1].text.islower()
    end = _surname(tokens, at + 1, page) if (behind or (particle and unknown(word))) and start == at else at + 1
    full = end > at + 1 and (unknown(tokens[end - 1].text) or (cued and not known)) and not _other(word, page)
    if full and particle and not behind and not cued:
        full = False
    if full and (cued or (unknown(word) and (_acting(tokens, first, end) or _introduced(tokens, first, end, page)))):
        return Named(end=end, name=_words(tokens, first, end, page), gender=gender)
    if known or (cued and (unknown(word) or sure) and not _other(word, page)):
        return Named(end=at + 1, name=_words(tokens, first, at + 1, page), gender=gender)
    if unknown(word) and not _other(word, page) and first == at and _acting(tokens, at, at + 1):
        return Named(end=at + 1, name=word, gender=gender)
    return None


def _words(tokens: Tokens, at: int, end: int, page: Page) -> str:
    words = [t.text for t in tokens[at:end]]
    last = bare(words[-1], page.surnames)
    genitive = last == words[-1] and last.endswith("s") and end < len(tokens) and tokens[end].tag is Tag.NOUN and unknown(last)
    words[-1] = last[:-1] if genitive and len(words) > 1 and not last.endswith("ss") else last
    return " ".join(words).replace(" .", ".")


def _acting(tokens: Tokens, at: int, end: int) -> bool:
    """Tell whether a name is the subject of a verb of saying beside it, or a party stands behind it in brackets."""
    if at and tokens[at - 1].tag in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.PREPOSITION, Tag.NOUN):
        return False
    near = [t for t in (*tokens[max(0, at - 1) : at], *tokens[end : end + 1]) if t.tag is Tag.VERB]
    member = end - at > 1 and end < len(tokens) and tokens[end].text == "("
    return member or any(t.lemma in _SAYING for t in near)


def _introduced(tokens: Tokens, at: int, end: int, page: Page) -> bool:
    """Tell whether two unknown words are a person: the last stands alone elsewhere, or an apposition with an office follows."""
    if tokens[end - 1].text in page.alone:
        return True
    if end + 1 < len(tokens) and tokens[end].text == "(" and (tokens[end + 1].tag is Tag.NUMBER or is_acronym(tokens[end + 1].text)):
        return True
    return end < len(tokens) and tokens[end].text == "," and bool(apposition(tokens, end + 1, page))


def find_person(tokens: Tokens, at: int, number: int, page: Page) -> Mention | None:
    """Read a person that begins at the noun `at`: an office with or without its name, or a name with what follows it."""
    office = office_in(tokens[at].text) if tokens[at].tag is Tag.NOUN else None
    if office is not None and tokens[at].text not in given_names() and (mention := _with_office(tokens, at, office, number, page)):
        return mention
    cued = tokens[at].text in ("Herr", "Herrn", "Frau")
    named = read_name(tokens, at, page, cued=False)
    if named is None or (cued and named.end == at + 1):
        return None
    return _behind(tokens, Mention(
        span=Span(tokens[at].start, tokens[named.end - 1].end), kind=EntityKind.PERSON, name=named.name, gender=named.gender,
        subject=is_subject(tokens, at), sentence=number,
    ), named.end, page)  # fmt: skip


def _with_office(tokens: Tokens, at: int, office: Office, number: int, page: Page) -> Mention | None:
    first = _phrase_start(tokens, at)
    offices = [_own(tokens, at, first, office, page)]
    end = at + 1
    while end < len(tokens) and tokens[end].tag is Tag.NOUN and tokens[end].text not in given_names() and (more := office_in(tokens[end].text)) and more.listed:
        if bare(tokens[end].text, page.surnames) in page.surnames:
            break
        offices.insert(0, _own(tokens, end, end, more, page))  # "der Vorsitzende Richter"
        end += 1
    if at == 0 and not office.listed and end < len(tokens) and tokens[end].tag is not Tag.NOUN:
        return None
    body_end, body, party = _body_behind(tokens, end, page)
    if not office.listed and end < len(tokens) and tokens[end].tag is Tag.NOUN and read_name(tokens, end, page, cued=True) is None and tokens[at].text.endswith("er"):
        return None  # "die Wiener Linien"
    sure = office.listed and not (first and tokens[first - 1].tag is Tag.DETERMINER)
    named, end = _name_beside(tokens, end, body_end, page, sure=sure)
    if not office.listed and named is None and not _means_somebody(tokens, at, first):
        return None
    determined = first < at or (first and tokens[first - 1].tag is Tag.DETERMINER)
    alone = not (office.prefix or body or offices[0].body or _heads_sentence(tokens, first, end))
    if named is None and not determined and (_inflected(tokens[at].text, office) or alone):
        return None
    if named is None and body_in(tokens[at].text) and tokens[at].text == body_in(tokens[at].text) and not body:
        return None  # "der Vorstand", "der Rat": a body as long as nobody is named
    begin = first - 1 if first and tokens[first - 1].tag is Tag.DETERMINER else first
    span = Span(tokens[begin].start, tokens[end - 1].end)
    offices[0] = replace(offices[0], body=offices[0].body or body or party)
    gender = (named.gender if named else None) or office.gender or gender_by_article(tokens, at)
    held = tuple(replace(h, span=span, office=_titled(h.office, gender)) for h in offices)
    article = tokens[begin].lower
    if named is None and office.gender == "m" and article == "der" and begin and tokens[begin - 1].tag in (Tag.NOUN, Tag.PREPOSITION):
        return None  # "der Verband der Anleger": the genitive of several
    if named is None and office.gender == "m" and (article in _PLURAL or (article == "den" and tokens[at].text.endswith(("ern", "eln")))):
        return None
    mention = Mention(
        span=span, kind=EntityKind.PERSON, name=named.name if named else None, gender=gender, held=held,
        state=next((h.body for h in offices if not h.office.listed and h.body), None) or demonym(tokens[at].text, tuple(page.adjectives.items())),
        definite=article not in INDEFINITE and not (article in POSSESSIVE and not office.speaks), owned=article in POSSESSIVE, bare=begin == at, subject=is_subject(tokens, begin), sentence=number,
    )  # fmt: skip
    return _behind(tokens, mention, end, page) if named else mention


def _titled(office: Office, gender: Gender | None) -> Office:
    """Give a title that bends like an adjective its own form: "der Vorsitzende" is a Vorsitzender."""
    weak = office.gender is None and office.title.endswith("e") and gender == "m"
    return replace(office, title=office.title + "r") if weak else office


def _heads_sentence(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether a phrase without article begins a headline or a part of one: "Staatsanwalt will sechs Jahre Haft"."""
    starts = first == 0 or tokens[first - 1].tag is Tag.PUNCTUATION
    verb = tokens[end] if end < len(tokens) and tokens[end].tag is Tag.VERB else None
    return starts and verb is not None and (verb.lower == "will" or not verb.lower.endswith("en"))


_PLURAL = frozenset(("die", "ihre", "seine", "viele", "beide", "deren", "dessen"))


def _inflected(word: str, office: Office) -> bool:
    """Tell whether a noun without article is no nominative singular, so that it means several: "Soldaten"."""
    return office.gender == "m" and not word.casefold().endswith(office.title.casefold())


def _phrase_start(tokens: Tokens, at: int) -> int:
    """Return the index of the first attribute before a noun: "der [frühere vardanische] Minister", "der [Wallburger] Bischof"."""
    first = at
    while first and at - first < 4:
        before = tokens[first - 1]
        place = before.tag is Tag.NOUN and before.lower.endswith("er") and not before.lower.endswith(("ischer", "licher", "iger")) and first == at and not office_in(before.text) and first > 1 and tokens[first - 2].tag is Tag.DETERMINER
        number = re.fullmatch(r"\d+-jährige\w?", before.lower)
        between = before.text.islower() and before.tag not in (Tag.PREPOSITION, Tag.DETERMINER, Tag.CONJUNCTION, Tag.VERB) and first > 1 and tokens[first - 2].tag is Tag.DETERMINER
        if not (before.tag in (Tag.ADJECTIVE, Tag.PARTICIPLE) or place or number or between) and not (before.text[0].isupper() and before.lower.rstrip("nr").endswith("ische")):
            break
        first -= 1
    return first


def _own(tokens: Tokens, at: int, first: int, office: Office, page: Page) -> Held:
    """Read what stands before an office: a hyphened body, a state's adjective, a genitive, *frühere*."""
    words = [t.lower for t in tokens[first:at]]
    stems = {w.rstrip("nrms") for w in words}
    past = bool(stems & lexicon.words("offices", "former")) or tokens[at].text.startswith("Ex-")
    future = bool(stems & lexicon.words("offices", "future"))
    body = page.state(office.prefix) or page.spelled_out(bare(office.prefix)) if office.prefix else None
    body = body or next((s for t in tokens[first:at] if (s := page.state_of(t.text))), None)
    body = body or _genitive_before(tokens, first, page)
    if body is None and office.title.startswith("Bundes") and office.listed:
        body = _federal(page)
    if body is None and first < at and tokens[at - 1].tag is Tag.NOUN:
        body = tokens[at - 1].text.removesuffix("er")  # "der Wallburger Bischof": affiliation finds the body of that place
    until = "PAST_REF" if past else None
    return Held(office=office, body=body, until=until, since="FUTURE_REF" if future else None, span=tokens[at].span)


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


def _body_behind(tokens: Tokens, end: int, page: Page) -> tuple[int, str | None, str | None]:
    """Read the body behind an office: "der Nato", "des Konzerns Velorin", "von der Bank", "(SPD)"; where it ends, body, party."""
    if end + 1 < len(tokens) and tokens[end].text == "(" and is_acronym(tokens[end + 1].text):
        return end, None, None
    if end < len(tokens) and tokens[end].tag is Tag.NOUN and tokens[end].text.endswith("s") and (state := find_state(tokens, end, page)):
        return state[0], (state[1] if state[2] is EntityKind.STATE else None), None
    if end + 1 < len(tokens) and tokens[end].lower == "zu" and (named := read_name(tokens, end, page, cued=False)):
        return named.end, named.name, None
    if end + 1 >= len(tokens) or tokens[end].lower not in ("der", "des", "von", "vom", "bei", "beim", "im", "in", "für", "am", "aus"):
        return end, None, None
    at = end + 1
    if tokens[at].tag is Tag.DETERMINER:
        at += 1
    while at < len(tokens) - 1 and (tokens[at].tag in (Tag.ADJECTIVE, Tag.PARTICIPLE) or tokens[at].tag is Tag.DETERMINER):
        at += 1
    if at >= len(tokens) or tokens[at].tag is not Tag.NOUN:
        return end, None, None
    opener = tokens[end].lower
    if state := find_state(tokens, at, page):
        return state[0], (state[1] if opener not in ("in", "aus") or state[2] is EntityKind.STATE else None), None
    if opener in ("der", "des", "von", "vom", "bei", "beim", "im", "am") and (body := read_body(tokens, at, page)):
        return body.end, body.name, None
    if opener in ("der", "des", "von", "vom", "bei", "beim"):
        stop = at + 1
        if tokens[at].text in given_names() or (tokens[at].text in page.surnames and tokens[end].lower == "von"):
            named = read_name(tokens, at, page, cued=False)
            return end, named.name if named else None, None
        if stop < len(tokens) and tokens[stop].lower == "für" and stop + 1 < len(tokens):
            stop += 2
        proper = unknown(tokens[at].text) and tokens[end].lower != "des" and not office_in(tokens[at].text)
        return stop, (tokens[at].text if proper else None), None
    stop = at + 1
    while stop + 1 < len(tokens) and tokens[stop].lower in ("und", ",") and tokens[stop + 1].tag is Tag.NOUN and opener == "für" and tokens[stop].lower == "und":
        stop += 2
    return stop, None, None


def _name_beside(tokens: Tokens, end: int, body_end: int, page: Page, *, sure: bool) -> tuple[Named | None, int]:
    """Read the name of an office holder, right behind the office or behind its attributes; return it and where the phrase ends."""
    if named := read_name(tokens, end, page, cued=True, sure=sure):
        return named, named.end
    if body_end > end and body_end < len(tokens) and (named := read_name(tokens, body_end, page, cued=False)) and " " in named.name:
        return named, named.end
    at = body_end
    while at < len(tokens) and at - end < 16 and (tokens[at].tag in _ATTRIBUTE or tokens[at].text in MARKS or tokens[at].text in "()"):
        at += 1
    if at + 1 < len(tokens) and tokens[at].text == ",":
        start = at + 1
        if tokens[start].tag is Tag.DETERMINER and start + 2 < len(tokens) and tokens[start + 1].tag is Tag.NOUN and office_in(tokens[start + 1].text):
            start += 2  # "deren Leiterin, die Biochemikerin Chiara Bontempelli, …"
        named = read_name(tokens, start, page, cued=True)
        if named and " " in named.name and _closed(tokens, named.end):
            return named, named.end
    return None, body_end


_ATTRIBUTE = frozenset((Tag.NOUN, Tag.CONJUNCTION, Tag.DETERMINER, Tag.ADJECTIVE, Tag.PARTICIPLE, Tag.PREPOSITION, Tag.NUMBER))


def _closed(tokens: Tokens, end: int) -> bool:
    return end >= len(tokens) or tokens[end].tag in (Tag.PUNCTUATION, Tag.MARK, Tag.PREPOSITION)


def _means_somebody(tokens: Tokens, at: int, first: int) -> bool:
    """Tell whether a mere noun for a person is a phrase of its own: an article stands before it."""
    before = tokens[first - 1].lower if first else ""
    return before in DEFINITE | INDEFINITE | POSSESSIVE and before not in ("im", "kein", "keine", "jeder", "jede")


def _behind(tokens: Tokens, mention: Mention, end: int, page: Page) -> Mention:
    """Read what follows a name: "(SPD)", "aus Brennland", "von der Privatbank Rüter", ", Sprecherin der Initiative"."""
    held, stop = list(mention.held), end
    state = mention.state
    if end + 2 < len(tokens) and tokens[end].text == "(":
        word, close = tokens[end + 1].text, next((i for i in range(end + 1, min(end + 5, len(tokens))) if tokens[i].text == ")"), None)
        party = word if is_acronym(word) or (body_in(word) and word not in times()) else None
        if close and party:
            held.append(Held(office=_MEMBER, body=page.spelled_out(party), span=Span(tokens[end].start, tokens[close].end)))
        end = close + 1 if close else end
    if end + 1 < len(tokens) and tokens[end].lower in ("aus", "von", "vom"):
        body_end, body, _ = _body_behind(tokens, end, page)
        if body and held and held[0].body is None and (tokens[end].lower != "aus" or page.state(body)):
            held[0] = replace(held[0], body=body)
            stop = body_end
        elif body and tokens[end].lower != "aus" and not held:
            held.append(Held(office=_OF, body=body, span=Span(tokens[end].start, tokens[body_end - 1].end)))
            stop = body_end
    if end < len(tokens) and tokens[end].text == ",":
        more = apposition(tokens, end + 1, page)
        held.extend(more)
        stop = next((i for i in range(end, len(tokens)) if more and tokens[i].end >= more[-1].span.end), stop - 1) + 1
    span = Span(mention.span.start, max(mention.span.end, tokens[stop - 1].end))
    return replace(mention, span=span, held=tuple(held), state=state)


_MEMBER = Office(title="Mitglied", kind="Mitglied", gender=None)
_OF = Office(title="", kind="", gender=None, listed=False)


def apposition(tokens: Tokens, at: int, page: Page) -> list[Held]:
    """Read the offices in an apposition: "Jan Berg, seit 2019 Chef der Bank und früher Minister, …"."""
    found: list[Held] = []
    start = at
    while at < len(tokens) and at - start < 12:
        token = tokens[at]
        if token.tag is Tag.VERB or (token.tag is Tag.PRONOUN and at == start) or token.text in (",", ";", ".") or (token.lower in ("der", "die", "das", "dem", "den") and at == start and at + 1 < len(tokens) and tokens[at + 1].tag not in (Tag.NOUN, Tag.ADJECTIVE)):
            break
        office = office_in(token.text) if token.tag is Tag.NOUN and token.text not in given_names() else None
        if office is None or (at + 1 < len(tokens) and tokens[at + 1].text in given_names()):
            if token.tag is Tag.NOUN and token.lower not in times() and bare(token.text, page.surnames) == token.text:
                break
            at += 1
            continue
        end, body, _ = _body_behind(tokens, at + 1, page)
        own = _own(tokens, at, _phrase_start(tokens, at), office, page)
        since, until = period(tokens[start : max(end, at + 1)])
        found.append(replace(own, body=own.body or body, since=since or own.since, until=until or own.until, span=Span(tokens[start].start, tokens[max(end, at + 1) - 1].end)))
        at = max(end, at + 1)
    return found


_MONTHS = {name: n for n, names in enumerate(("januar jänner", "februar feber", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"), 1) for name in names.split()}  # fmt: skip


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
        elif not (token.tag is Tag.NUMBER or token.text == "." or token.lower in ("dem", "jahr", "ende", "anfang", "mitte")):
            return None
    return None
