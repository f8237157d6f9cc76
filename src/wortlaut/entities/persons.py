"""Persons: offices and the names beside them, names behind common nouns, names alone."""

from wortlaut.entities.bodies import body_after
from wortlaut.entities.gazetteer import Gender, body_in, given_names, is_acronym, is_listed, office_in, state_names
from wortlaut.entities.known import Known
from wortlaut.entities.naming import DEFINITE, Mention, bare, is_subject, times, unknown
from wortlaut.language import Tag, Token
from wortlaut.model import EntityKind
from wortlaut.text import Span

_PARTICLES = frozenset(["von", "van", "de", "del", "di", "da", "al", "bin", "ibn", "zu", "dos"])
_DETERMINED = DEFINITE | {
    "ein",
    "eine",
    "einem",
    "einer",
    "sein",
    "seine",
    "seiner",
    "seinem",
    "ihr",
    "ihre",
    "ihrer",
    "ihrem",
}


def find_office(
    tokens: tuple[Token, ...],
    at: int,
    number: int,
    known: Known,
    body: str | None = None,
    start: int | None = None,
) -> Mention | None:
    """Read an office with the name and the body beside it: "Nato-Generalsekretär Jan Berg", "die Chefin der Bank"."""
    office = office_in(tokens[at].text)
    if office is None:
        return None
    first = at if start is None else start
    end, name = at + 1, None
    body = (
        body
        or (known.spelled_out(bare(office.prefix)) if office.prefix else None)
        or _genitive_before(tokens, first, known)
    )
    gap = body_after(tokens, end)
    if gap and gap[0] < len(tokens):
        after, named = gap
        if after < len(tokens) and tokens[after].tag is Tag.NOUN and tokens[after].text in given_names():
            end, body = after, body or named
        else:
            body = body or named
    start_of_name, stop = _name_behind(tokens, end, gap[0] if gap else end, known)
    if stop:
        name = " ".join(t.text for t in tokens[start_of_name:stop])
        end = stop
    if name and (home := _home_behind(tokens, end, known)):
        end, body = home[0], body or home[1]
    if name is None and body_in(tokens[at].text) and not is_listed(tokens[at].text):
        return None
    if name is None and not (first and tokens[first - 1].lower in _DETERMINED) and office.prefix is None:
        return None
    begin = tokens[first].start
    if first and tokens[first - 1].lower in DEFINITE:
        begin = tokens[first - 1].start
    gender = office.gender
    return Mention(
        span=Span(begin, tokens[end - 1].end),
        kind=EntityKind.PERSON,
        name=name,
        gender=gender,
        office=office,
        body=body,
        subject=is_subject(tokens, first),
        sentence=number,
    )


def _home_behind(tokens: tuple[Token, ...], end: int, known: Known) -> tuple[int, str] | None:
    """Read the state behind an office holder's name: "Verteidigungsminister Cord Wiebeling aus Brennland"."""
    if end + 1 >= len(tokens) or tokens[end].lower != "aus" or tokens[end + 1].tag is not Tag.NOUN:
        return None
    word = tokens[end + 1].text
    state = state_names().get(word) or known.state(word)
    return (end + 2, state) if state else None


def _genitive_before(tokens: tuple[Token, ...], at: int, known: Known) -> str | None:
    """Return the body or state whose genitive stands before an office: "Norrlands Außenminister"; never a person's."""
    word = tokens[at - 1].text if at else ""
    stem = word.removesuffix("s")
    if at == 0 or tokens[at - 1].tag is not Tag.NOUN or stem == word or stem in known.surnames or stem in given_names():
        return None
    if state := state_names().get(stem) or known.state(stem):
        return state
    return stem if is_acronym(stem) or unknown(word) else None


def _name_behind(tokens: tuple[Token, ...], end: int, after: int, known: Known) -> tuple[int, int]:
    """Return where the name of an office holder begins and ends: right behind it, or as an apposition; (0, 0) if nowhere.

    Fires: "Ministerin Eva Lund", "Die Chefin der Bank, Eva Lund, …". Not: "der Minister, Lehrer und Eltern".
    """
    if _side_by_side(tokens, end):
        return end, max(name_end(tokens, end), end + 2)
    if end < len(tokens) and _is_name(tokens[end], known):
        full = tokens[end].text in given_names() or _two_names(tokens, end)
        return end, max(name_end(tokens, end), end + 2) if full else end + 1
    while after < len(tokens) and after - end < 10 and tokens[after].tag in _ATTRIBUTE:
        after += 1
    if after + 2 < len(tokens) and tokens[after].text == "," and _is_name(tokens[after + 1], known):
        stop = max(name_end(tokens, after + 1), after + 3) if _two_names(tokens, after + 1) else after + 2
        closed = stop >= len(tokens) or tokens[stop].tag in (Tag.PUNCTUATION, Tag.MARK, Tag.PREPOSITION)
        if stop - after > 2 and closed:
            return after + 1, stop
    return 0, 0


_ATTRIBUTE = frozenset((Tag.NOUN, Tag.CONJUNCTION, Tag.DETERMINER, Tag.ADJECTIVE, Tag.PREPOSITION, Tag.NUMBER))


def _side_by_side(tokens: tuple[Token, ...], at: int) -> bool:
    """Tell whether a first and a last name stand here: two nouns side by side that are no time ("Ende März")."""
    if at + 1 >= len(tokens) or tokens[at].tag is not Tag.NOUN or tokens[at].lower in times():
        return False
    first = tokens[at].text
    proper = not (is_acronym(first) or first in state_names() or body_in(first) or office_in(first))
    return proper and tokens[at + 1].lower not in times() and _two_names(tokens, at)


def find_titled(tokens: tuple[Token, ...], at: int, number: int, known: Known) -> Mention | None:
    """Read a name behind a common noun that no list knows as an office: "die Meteorologin Undine Rothacker".

    Three nouns in a row of which the last is in no dictionary; never "dem Verband Lea Rot" or "Fraktion Neue Mitte".
    """
    token = tokens[at]
    common = not (
        body_in(token.text) or is_acronym(token.text) or token.text in state_names() or token.lower in times()
    )
    if not common or token.text in given_names() or token.text in known.surnames or not _side_by_side(tokens, at + 1):
        return None
    stop = max(name_end(tokens, at + 1), at + 3)
    if not unknown(tokens[stop - 1].text) and tokens[at + 1].text not in given_names():
        return None
    first = at - 1 if at and tokens[at - 1].lower in DEFINITE else at
    article = tokens[first].lower
    gender: Gender | None = "f" if token.lower.endswith("in") or article == "die" else "m" if article == "der" else None
    if token.lower.endswith(("er", "or", "ist", "ent")):
        gender = "m"
    name = " ".join(t.text for t in tokens[at + 1 : stop])
    return Mention(
        span=Span(tokens[first].start, tokens[stop - 1].end), kind=EntityKind.PERSON, name=name,
        gender=given_names().get(tokens[at + 1].text, gender), subject=is_subject(tokens, first), sentence=number,
    )  # fmt: skip


def _is_name(token: Token, known: Known) -> bool:
    if token.tag is not Tag.NOUN or is_acronym(token.text) or token.text in state_names():
        return False
    return token.text in given_names() or token.text in known.surnames or unknown(token.text)


def _two_names(tokens: tuple[Token, ...], at: int) -> bool:
    """Tell whether two nouns stand side by side as first name and last name; common nouns never do."""
    if at + 1 >= len(tokens) or tokens[at + 1].tag is not Tag.NOUN:
        return False
    last = tokens[at + 1].text
    return not (is_acronym(last) or office_in(last) or last in state_names() or body_in(last))


def find_person(tokens: tuple[Token, ...], at: int, number: int, known: Known) -> Mention | None:
    """Read a personal name: with a given name, two unknown words that act, or a surname the page knows."""
    token = tokens[at]
    if token.text in known.companies or known.state(token.text):
        return None
    if token.text in given_names():
        end = name_end(tokens, at)
        if end - at == 1:
            return None
        words = [t.text for t in tokens[at:end]]
        name = " ".join([*words[:-1], bare(words[-1], known.surnames)])
        return Mention(
            span=Span(token.start, tokens[end - 1].end), kind=EntityKind.PERSON, name=name,
            gender=given_names()[token.text], subject=is_subject(tokens, at), sentence=number,
        )  # fmt: skip
    if unknown(token.text) and _side_by_side(tokens, at) and _acts(tokens, at, at + 2):
        stop = max(name_end(tokens, at), at + 2)
        name = " ".join(t.text for t in tokens[at:stop])
        return Mention(
            span=Span(token.start, tokens[stop - 1].end), kind=EntityKind.PERSON, name=name,
            subject=is_subject(tokens, at), sentence=number,
        )  # fmt: skip
    stem = bare(token.text, known.surnames)
    if stem in known.surnames or (
        unknown(token.text) and _acts(tokens, at, at + 1) and not is_acronym(token.text) and not body_in(token.text)
    ):
        return Mention(
            span=token.span, kind=EntityKind.PERSON, name=stem, subject=is_subject(tokens, at), sentence=number
        )
    return None


def _acts(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """Tell whether an unknown name is the subject of a verb of saying beside it, or a party stands behind it in brackets."""
    if at and tokens[at - 1].tag in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.PREPOSITION, Tag.NOUN):
        return False
    near = [t for t in (*tokens[max(0, at - 1) : at], *tokens[end : end + 1]) if t.tag is Tag.VERB]
    member = end - at > 1 and end < len(tokens) and tokens[end].text == "("
    return member or any(t.lemma in _SAYING for t in near)


_SAYING = frozenset(
    [
        "sagen",
        "erklären",
        "betonen",
        "fordern",
        "warnen",
        "meinen",
        "kritisieren",
        "ankündigen",
        "berichten",
        "erläutern",
        "ergänzen",
        "versichern",
        "sprechen",
        "verlangen",
        "drohen",
        "loben",
        "begrüßen",
        "bestätigen",
        "zurückweisen",
        "bezeichnen",
        "nennen",
        "schreiben",
        "antworten",
        "hinzufügen",
    ]
)


def name_end(tokens: tuple[Token, ...], at: int) -> int:
    """Return the index behind the personal name that starts at `at`."""
    end = at + 1
    while end < len(tokens) and end - at < 5:
        if tokens[end].tag is Tag.NOUN and not office_in(tokens[end].text):
            end += 1
        elif (
            tokens[end].lower in _PARTICLES
            and end + 1 < len(tokens)
            and tokens[end + 1].tag is Tag.NOUN
            and unknown(tokens[end + 1].text)
        ):
            end += 2
        else:
            break
        if tokens[end - 1].text not in given_names() and not (end < len(tokens) and tokens[end].lower in _PARTICLES):
            break
    return end
