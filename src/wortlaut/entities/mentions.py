"""Names and nominal phrases that may be somebody, each with what its own words tell.

German writes names and nouns alike in capitals, so a run of capitalised words is read from its parts: an office, a given
name, a body's head noun, a state, letters. What is none of these is a name only if no dictionary knows it and somebody
acts or speaks there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import simplemma

from wortlaut import lexicon
from wortlaut.entities.gazetteer import (
    Gender,
    Office,
    adjectives,
    body_in,
    given_names,
    is_acronym,
    office_in,
    state_names,
)
from wortlaut.language import Sentence, Tag, Token
from wortlaut.model import EntityKind
from wortlaut.text import Span

_PARTICLES = frozenset(["von", "van", "de", "del", "di", "da", "al", "bin", "ibn", "zu", "dos"])
_DEFINITE = frozenset(["der", "die", "das", "den", "dem", "des", "dieser", "diese", "dieses", "diesem", "diesen"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place that speaks of somebody. `name` is None for nominal phrases and pronouns; `body` the organisation named in it."""

    span: Span
    kind: EntityKind
    name: str | None = None
    gender: Gender | None = None
    office: Office | None = None
    body: str | None = None
    head: str | None = None
    pronoun: bool = False
    subject: bool = False
    sentence: int = 0


def find_mentions(sentences: tuple[Sentence, ...]) -> tuple[Mention, ...]:
    """Return the mentions of all sentences in text order; the surnames of office holders are looked for everywhere."""
    surnames = frozenset(_surnames(sentences))
    first = _in_all(sentences, surnames)
    held = {m.name.split()[-1] for m in first if m.kind is EntityKind.PERSON and m.name}
    held -= {m.body for m in first if m.body}
    return _in_all(sentences, surnames | held) if held - surnames else first


def _in_all(sentences: tuple[Sentence, ...], surnames: frozenset[str]) -> tuple[Mention, ...]:
    return tuple(
        mention for number, sentence in enumerate(sentences) for mention in _in_sentence(sentence, number, surnames)
    )


def _surnames(sentences: tuple[Sentence, ...]) -> Iterator[str]:
    """Yield the last words of full names, so that they are known where they stand alone."""
    for sentence in sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if token.text in given_names():
                end = _name_end(tokens, at)
                if end - at > 1:
                    yield tokens[end - 1].text


def _name_end(tokens: tuple[Token, ...], at: int) -> int:
    """Return the index behind the personal name that starts at `at`."""
    end = at + 1
    while end < len(tokens) and end - at < 5:
        if tokens[end].tag is Tag.NOUN and not office_in(tokens[end].text):
            end += 1
        elif (
            tokens[end].lower in _PARTICLES
            and end + 1 < len(tokens)
            and tokens[end + 1].tag is Tag.NOUN
            and _unknown(tokens[end + 1].text)
        ):
            end += 2
        else:
            break
        if tokens[end - 1].text not in given_names() and not (end < len(tokens) and tokens[end].lower in _PARTICLES):
            break
    return end


def _unknown(word: str) -> bool:
    return not simplemma.is_known(word, lang="de") or word in given_names()


def bare(name: str, known: frozenset[str] = frozenset()) -> str:
    """Strip the genitive of a name: "Merkels" → "Merkel", if the bare form is known or the ending cannot be the name's own."""
    if name.endswith(("’", "'")):
        return name[:-1]
    if (
        name.endswith("s")
        and len(name) > 3
        and (name[:-1] in known or name[:-1] in state_names() or is_acronym(name[:-1]))
    ):
        return name[:-1]
    return name


def _in_sentence(sentence: Sentence, number: int, surnames: frozenset[str]) -> Iterator[Mention]:
    tokens = sentence.tokens
    at = 0
    while at < len(tokens):
        found = _mention_at(tokens, at, number, surnames)
        if found is None:
            at += 1
            continue
        yield found
        at = next((i for i in range(at, len(tokens)) if tokens[i].start >= found.span.end), len(tokens))


def _mention_at(tokens: tuple[Token, ...], at: int, number: int, surnames: frozenset[str]) -> Mention | None:
    token = tokens[at]
    if (token.lower in ("er", "sie", "ihm", "ihn") and token.text != "Sie") or (token.text == "Sie" and at == 0):
        return _pronoun(tokens, at, number)
    if token.lower in adjectives_of(token.lower) and at + 1 < len(tokens) and tokens[at + 1].tag is Tag.NOUN:
        if office_in(tokens[at + 1].text):
            return _office(tokens, at + 1, number, surnames, body=adjectives_of(token.lower)[token.lower], start=at)
        return None
    if token.tag is not Tag.NOUN:
        return None
    return (
        _state(tokens, at, number)
        or _office(tokens, at, number, surnames)
        or _titled(tokens, at, number, surnames)
        or _person(tokens, at, number, surnames)
        or _body(tokens, at, number)
    )


def adjectives_of(word: str) -> dict[str, str]:
    """Return {word: state} if the word is a state's adjective in any inflection, else an empty dict."""
    for ending in ("en", "er", "em", "es", "e", ""):
        if ending and not word.endswith(ending):
            continue
        state = adjectives().get(word[: len(word) - len(ending)] if ending else word)
        if state:
            return {word: state}
    return {}


def _subject(tokens: tuple[Token, ...], at: int) -> bool:
    before = tokens[at - 1] if at else None
    if before is None:
        return True
    return not (before.tag is Tag.PREPOSITION or before.lower in ("den", "dem", "des", "einen", "einem", "eines"))


def _pronoun(tokens: tuple[Token, ...], at: int, number: int) -> Mention | None:
    token = tokens[at]
    if token.lower == "sie":
        near = [t for t in tokens[max(0, at - 2) : at + 3] if t.tag is Tag.VERB]
        if not near or any(t.lower.endswith(("en", "sind", "eien")) for t in near):
            return None
    gender: Gender = "f" if token.lower == "sie" else "m"
    return Mention(
        span=token.span,
        kind=EntityKind.PERSON,
        gender=gender,
        pronoun=True,
        subject=token.lower in ("er", "sie"),
        sentence=number,
    )


def _state(tokens: tuple[Token, ...], at: int, number: int) -> Mention | None:
    for length in (3, 2, 1):
        words = " ".join(t.text for t in tokens[at : at + length])
        name = state_names().get(words)
        if name and len(tokens[at : at + length]) == length:
            span = Span(tokens[at].start, tokens[at + length - 1].end)
            return Mention(span=span, kind=EntityKind.STATE, name=name, subject=_subject(tokens, at), sentence=number)
        for form in (words, words.removesuffix("s")):
            if form in lexicon.load("states")["metonym"] and len(tokens[at : at + length]) == length:
                span = Span(tokens[at].start, tokens[at + length - 1].end)
                return Mention(
                    span=span, kind=EntityKind.ORGANISATION, name=form, subject=_subject(tokens, at), sentence=number
                )
    return None


def _office(
    tokens: tuple[Token, ...],
    at: int,
    number: int,
    surnames: frozenset[str],
    body: str | None = None,
    start: int | None = None,
) -> Mention | None:
    office = office_in(tokens[at].text)
    if office is None:
        return None
    first = at if start is None else start
    end, name = at + 1, None
    body = body or (bare(office.prefix) if office.prefix else None) or _genitive_before(tokens, first, surnames)
    gap = _body_after(tokens, end)
    if gap and gap[0] < len(tokens):
        after, named = gap
        if after < len(tokens) and tokens[after].tag is Tag.NOUN and tokens[after].text in given_names():
            end, body = after, body or named
        else:
            body = body or named
    start_of_name, stop = _name_behind(tokens, end, gap[0] if gap else end, surnames)
    if stop:
        name = " ".join(t.text for t in tokens[start_of_name:stop])
        end = stop
    if (
        name is None
        and not (first and tokens[first - 1].lower in (_DEFINITE | {"ein", "eine", "einem", "einer"}))
        and office.prefix is None
    ):
        return None
    begin = tokens[first].start
    if first and tokens[first - 1].lower in _DEFINITE:
        begin = tokens[first - 1].start
    gender = office.gender
    return Mention(
        span=Span(begin, tokens[end - 1].end),
        kind=EntityKind.PERSON,
        name=name,
        gender=gender,
        office=office,
        body=body,
        subject=_subject(tokens, first),
        sentence=number,
    )


def _genitive_before(tokens: tuple[Token, ...], at: int, surnames: frozenset[str]) -> str | None:
    """Return the body or state whose genitive stands before an office: "Norrlands Außenminister"; never a person's."""
    word = tokens[at - 1].text if at else ""
    stem = word.removesuffix("s")
    if at == 0 or tokens[at - 1].tag is not Tag.NOUN or stem == word or stem in surnames or stem in given_names():
        return None
    if stem in state_names():
        return state_names()[stem]
    return stem if is_acronym(stem) or _unknown(word) else None


def _name_behind(tokens: tuple[Token, ...], end: int, after: int, surnames: frozenset[str]) -> tuple[int, int]:
    """Return where the name of an office holder begins and ends: right behind it, or as an apposition; (0, 0) if nowhere.

    Fires: "Ministerin Eva Lund", "Die Chefin der Bank, Eva Lund, …". Not: "der Minister, Lehrer und Eltern".
    """
    if _side_by_side(tokens, end):
        return end, max(_name_end(tokens, end), end + 2)
    if end < len(tokens) and _is_name(tokens[end], surnames):
        full = tokens[end].text in given_names() or _two_names(tokens, end)
        return end, max(_name_end(tokens, end), end + 2) if full else end + 1
    while after < len(tokens) and after - end < 10 and tokens[after].tag in _ATTRIBUTE:
        after += 1
    if after + 2 < len(tokens) and tokens[after].text == "," and _is_name(tokens[after + 1], surnames):
        stop = max(_name_end(tokens, after + 1), after + 3) if _two_names(tokens, after + 1) else after + 2
        closed = stop >= len(tokens) or tokens[stop].tag in (Tag.PUNCTUATION, Tag.MARK, Tag.PREPOSITION)
        if stop - after > 2 and closed:
            return after + 1, stop
    return 0, 0


_ATTRIBUTE = frozenset((Tag.NOUN, Tag.CONJUNCTION, Tag.DETERMINER, Tag.ADJECTIVE, Tag.PREPOSITION, Tag.NUMBER))


def _side_by_side(tokens: tuple[Token, ...], at: int) -> bool:
    """Tell whether a first and a last name stand here: two nouns side by side that are no time ("Ende März")."""
    if at + 1 >= len(tokens) or tokens[at].tag is not Tag.NOUN or tokens[at].lower in _times():
        return False
    first = tokens[at].text
    proper = not (is_acronym(first) or first in state_names() or body_in(first) or office_in(first))
    return proper and tokens[at + 1].lower not in _times() and _two_names(tokens, at)


@cache
def _times() -> frozenset[str]:
    table = lexicon.load("times")
    words = {
        *table["months"],
        *table["weekdays"],
        *table["parts"],
        *table["seasons"],
        "ende",
        "anfang",
        "mitte",
        "herr",
        "frau",
    }
    return frozenset(words)


def _titled(tokens: tuple[Token, ...], at: int, number: int, surnames: frozenset[str]) -> Mention | None:
    """Read a name behind a common noun that no list knows as an office: "die Meteorologin Undine Rothacker".

    Three nouns in a row of which the last is in no dictionary; never "dem Verband Lea Rot" or "Fraktion Neue Mitte".
    """
    token = tokens[at]
    common = not (
        body_in(token.text) or is_acronym(token.text) or token.text in state_names() or token.lower in _times()
    )
    if not common or token.text in given_names() or token.text in surnames or not _side_by_side(tokens, at + 1):
        return None
    stop = max(_name_end(tokens, at + 1), at + 3)
    if not _unknown(tokens[stop - 1].text) and tokens[at + 1].text not in given_names():
        return None
    first = at - 1 if at and tokens[at - 1].lower in _DEFINITE else at
    article = tokens[first].lower
    gender: Gender | None = "f" if token.lower.endswith("in") or article == "die" else "m" if article == "der" else None
    if token.lower.endswith(("er", "or", "ist", "ent")):
        gender = "m"
    name = " ".join(t.text for t in tokens[at + 1 : stop])
    return Mention(
        span=Span(tokens[first].start, tokens[stop - 1].end), kind=EntityKind.PERSON, name=name,
        gender=given_names().get(tokens[at + 1].text, gender), subject=_subject(tokens, first), sentence=number,
    )  # fmt: skip


def _is_name(token: Token, surnames: frozenset[str]) -> bool:
    if token.tag is not Tag.NOUN or is_acronym(token.text) or token.text in state_names():
        return False
    return token.text in given_names() or token.text in surnames or _unknown(token.text)


def _two_names(tokens: tuple[Token, ...], at: int) -> bool:
    """Tell whether two nouns stand side by side as first name and last name; common nouns never do."""
    if at + 1 >= len(tokens) or tokens[at + 1].tag is not Tag.NOUN:
        return False
    last = tokens[at + 1].text
    return not (is_acronym(last) or office_in(last) or last in state_names() or body_in(last))


def _body_after(tokens: tuple[Token, ...], at: int) -> tuple[int, str] | None:
    """Read the body behind an office: "der Nato", "des Konzerns Velorin", "von Norrland"; return where it ends and its name."""
    if at >= len(tokens) or tokens[at].lower not in ("der", "des", "von", "vom", "bei", "beim"):
        return None
    end = at + 1
    while end < len(tokens) and tokens[end].tag in (Tag.ADJECTIVE, Tag.DETERMINER):
        end += 1
    start = end
    while (
        end < len(tokens) and tokens[end].tag is Tag.NOUN and end - start < 4 and tokens[end].text not in given_names()
    ):
        end += 1
    if end == start:
        return None
    words = [t.text for t in tokens[start:end]]
    name = body_name(words)
    return end, name


def body_name(words: list[str]) -> str:
    """Return the name of a body without a mere head noun before it ("Konzerns Velorin" → "Velorin")."""
    if len(words) > 1 and body_in(words[0]) == words[0].removesuffix("s"):
        words = words[1:]
    last = bare(words[-1])
    for ending in ("es", "s"):
        if last.endswith(ending) and simplemma.lemmatize(last, lang="de") in (last, last.removesuffix(ending)):
            head = body_in(last.removesuffix(ending))
            last = last.removesuffix(ending) if head and last.removesuffix(ending).endswith(head.lower()) else last
    name = " ".join([*words[:-1], last])
    return state_names().get(name, name)


def _person(tokens: tuple[Token, ...], at: int, number: int, surnames: frozenset[str]) -> Mention | None:
    token = tokens[at]
    if token.text in given_names():
        end = _name_end(tokens, at)
        if end - at == 1:
            return None
        words = [t.text for t in tokens[at:end]]
        name = " ".join([*words[:-1], bare(words[-1], surnames)])
        return Mention(
            span=Span(token.start, tokens[end - 1].end), kind=EntityKind.PERSON, name=name,
            gender=given_names()[token.text], subject=_subject(tokens, at), sentence=number,
        )  # fmt: skip
    if _unknown(token.text) and _side_by_side(tokens, at) and _acts(tokens, at, at + 2):
        stop = max(_name_end(tokens, at), at + 2)
        name = " ".join(t.text for t in tokens[at:stop])
        return Mention(
            span=Span(token.start, tokens[stop - 1].end), kind=EntityKind.PERSON, name=name,
            subject=_subject(tokens, at), sentence=number,
        )  # fmt: skip
    stem = bare(token.text, surnames)
    if stem in surnames or (
        _unknown(token.text) and _acts(tokens, at, at + 1) and not is_acronym(token.text) and not body_in(token.text)
    ):
        return Mention(
            span=token.span, kind=EntityKind.PERSON, name=stem, subject=_subject(tokens, at), sentence=number
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


def _body(tokens: tuple[Token, ...], at: int, number: int) -> Mention | None:
    token = tokens[at]
    determined = bool(at) and tokens[at - 1].lower in _DEFINITE
    begin = tokens[at - 1].start if determined else token.start
    subject = _subject(tokens, at)
    stem = bare(token.text)
    if is_acronym(stem):
        return Mention(span=token.span, kind=EntityKind.ORGANISATION, name=stem, subject=subject, sentence=number)
    end = at + 1
    while (
        end < len(tokens)
        and tokens[end].tag is Tag.NOUN
        and end - at < 4
        and not office_in(tokens[end].text)
        and tokens[end].text not in given_names()
    ):
        end += 1
    words = [t.text for t in tokens[at:end]]
    if words[-1] in lexicon.words("organisations", "legal_forms") and len(words) > 1:
        return Mention(
            span=Span(token.start, tokens[end - 1].end),
            kind=EntityKind.ORGANISATION,
            name=" ".join(words),
            subject=subject,
            sentence=number,
        )
    head = body_in(token.text)
    if head:
        proper = [w for w in words[1:] if _unknown(w) or is_acronym(w)]
        if proper:
            return Mention(
                span=Span(begin, tokens[at + len(proper)].end),
                kind=EntityKind.ORGANISATION,
                name=body_name([*proper]),
                head=head,
                subject=subject,
                sentence=number,
            )
        compound = token.text if token.text not in (head, head + "s", head + "es") else None
        if compound and (_unknown(token.text) or "-" in compound):
            return Mention(
                span=Span(begin, token.end),
                kind=EntityKind.ORGANISATION,
                name=body_name([compound]),
                head=head,
                subject=subject,
                sentence=number,
            )
        if determined:
            return Mention(
                span=Span(begin, token.end),
                kind=EntityKind.ORGANISATION,
                name=body_name([compound]) if compound else None,
                head=head,
                subject=subject,
                sentence=number,
            )
        return None
    if stem in lexicon.words("organisations", "documents") and determined:
        return Mention(
            span=Span(begin, token.end), kind=EntityKind.DOCUMENT, name=stem, subject=subject, sentence=number
        )
    if token.text in lexicon.words("organisations", "groups"):
        return Mention(
            span=Span(begin, token.end), kind=EntityKind.GROUP, name=token.text, subject=subject, sentence=number
        )
    return None
