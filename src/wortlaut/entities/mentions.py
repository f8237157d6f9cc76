"""Names and nominal phrases that may be somebody, each with what its own words tell.

German writes names and nouns alike in capitals, so a run of capitalised words is read from its parts: an office, a given
name, a body's head noun, a state, letters. What is none of these is a name only if no dictionary knows it and somebody
acts or speaks there.
"""

from collections.abc import Iterator
from dataclasses import replace

from wortlaut import lexicon
from wortlaut.entities.bodies import Tokens, body_mention, find_state, in_marks
from wortlaut.entities.gazetteer import body_in, capitals, given_names, office_in
from wortlaut.entities.groups import find_document, find_group, find_source
from wortlaut.entities.mention import DEFINITE, Mention, bare, is_subject
from wortlaut.entities.morphology import Gender, gender_of
from wortlaut.entities.names import read_name
from wortlaut.entities.page import Page, gather
from wortlaut.entities.persons import find_person
from wortlaut.entities.speakers import find_vouched
from wortlaut.language import Sentence, Tag, Token
from wortlaut.model import EntityKind
from wortlaut.text import Span, Spans


def find_mentions(sentences: tuple[Sentence, ...], voices: Spans = ()) -> tuple[tuple[Mention, ...], Page]:
    """Return the mentions of all sentences in text order, and the names of the page; `voices` are where speakers stand.

    Read twice: the surnames that the first pass finds in full names, and the names that a speaker's place vouches for, are
    looked for everywhere in the second.
    """
    page = gather(sentences, _no_genitives(set(_surnames(sentences))))
    first = _in_all(sentences, page)
    held = {
        word
        for m in first
        if m.kind is EntityKind.PERSON and m.name and _vouched(m)
        for word in _short_names(m.name, page)
    }
    held -= {h.body for m in first for h in m.held if h.body}
    told = {v.words[0]: (v.words, v.kind) for v in find_vouched(sentences, voices, first, page)}
    held |= {words[-1] for words, kind in told.values() if kind is EntityKind.PERSON}
    if held <= page.surnames and not told:
        return first, page
    page = gather(sentences, _no_genitives(page.surnames | held), told)
    return _in_all(sentences, page), page


def _no_genitives(names: set[str] | frozenset[str]) -> frozenset[str]:
    kept = {n for n in names if not (n.endswith("s") and n[:-1] in names)}
    return frozenset(kept | {n[0].upper() + n[1:] for n in kept if n[0].islower()})  # "Al-Rashidi" begins a sentence


def _short_names(name: str, page: Page) -> Iterator[str]:
    """Yield the words that a person may be called by alone: all but given names, the first one if it stands alone somewhere."""
    first, *rest = name.split()
    yield name.rsplit(maxsplit=1)[-1]
    yield from (w for w in rest if (w[0].isupper() or "-" in w) and len(w) > 2 and w not in given_names())
    if first in page.alone and first not in given_names():
        yield first


def _vouched(mention: Mention) -> bool:
    return " " in (mention.name or "") or bool(mention.held) or mention.gender is not None


def _in_all(sentences: tuple[Sentence, ...], page: Page) -> tuple[Mention, ...]:
    found: list[Mention] = []
    opened, block = False, -1
    for number, sentence in enumerate(sentences):
        opened, block = (opened and sentence.block == block), sentence.block
        quoted, opened = _quoted(sentence.tokens, opened=opened)
        own = list(_in_sentence(sentence, number, page))
        found.extend(
            replace(m, block=sentence.block, quoted=any(s.contains(m.span) for s in quoted))
            for m in _with_one_subject(sentence, own)
        )
    return tuple(found)


def _quoted(tokens: Tokens, *, opened: bool) -> tuple[list[Span], bool]:
    """Return the stretches between quotation marks, and whether one is still open at the end."""
    start = tokens[0].start if opened and tokens else None
    spans = []
    for token in tokens:
        if token.text not in '„“”"»«':
            continue
        if start is None or token.text == "„":
            start = token.end
        else:
            spans.append(Span(start, token.start))
            start = None
    if start is not None and tokens:
        spans.append(Span(start, tokens[-1].end))
    return spans, start is not None


def _with_one_subject(sentence: Sentence, mentions: list[Mention]) -> Iterator[Mention]:
    """Leave a clause one subject: the first phrase that may be one, and what is joined to it by *und*."""
    taken: dict[int, Span] = {}
    for mention in mentions:
        clause = next((i for i, c in enumerate(sentence.clauses) if c.start <= mention.span.start < c.end), -1)
        before = taken.get(clause)
        if (
            mention.subject
            and before is not None
            and not (mention.span.start - before.end < 6 or before.contains(mention.span))
        ):
            yield replace(mention, subject=False)
            continue
        if mention.subject:
            taken[clause] = mention.span
        yield mention


def _surnames(sentences: tuple[Sentence, ...]) -> Iterator[str]:
    """Yield the last words of full names with a given name, so that they are known where they stand alone."""
    empty = gather((), frozenset())
    for sentence in sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if (
                token.text in given_names()
                and token.tag is Tag.NOUN
                and (named := read_name(tokens, at, empty, cued=False))
            ):
                yield from _short_names(named.name, empty)


def _in_sentence(sentence: Sentence, number: int, page: Page) -> Iterator[Mention]:
    tokens = sentence.tokens
    at = 0
    while at < len(tokens):
        found = _mention_at(sentence, at, number, page)
        if found is None:
            yield from _adjective(tokens[at], number, page)
            at += 1
            continue
        yield found
        end = next((i for i in range(at, len(tokens)) if tokens[i].start >= found.span.end), len(tokens))
        yield from _inside(tokens, at, end, found, number, page)
        at = max(end, at + 1)


def _inside(tokens: Tokens, at: int, end: int, outer: Mention, number: int, page: Page) -> Iterator[Mention]:
    """Yield the bodies and states within a longer phrase: "Chef [der Nordbank]", "der [russische] Präsident", "[Nato]-Chef"."""
    while at < end:
        token = tokens[at]
        yield from _adjective(token, number, page)
        if outer.kind is EntityKind.PERSON and token.tag is Tag.NOUN:
            if state := find_state(tokens, at, page):
                span = Span(token.start, tokens[state[0] - 1].end)
                yield Mention(span=span, kind=state[2], name=state[1], sentence=number)
                at = state[0]
                continue
            if (name := bare(token.text, page.surnames)) != token.text and token.start == outer.span.start:
                yield Mention(span=token.span, kind=EntityKind.PERSON, name=name, sentence=number)
            body = body_mention(tokens, at, number, page) if not office_in(token.text) else None
            if body is not None and outer.span.contains(body.span) and body.kind is EntityKind.ORGANISATION:
                yield replace(body, subject=False)
                at = next((i for i in range(at, end) if tokens[i].start >= body.span.end), end)
                continue
        at += 1


def _adjective(token: Token, number: int, page: Page) -> Iterator[Mention]:
    """Name the state behind an adjective ("die britische Ministerin") without taking the phrase from its head."""
    if token.tag is not Tag.NOUN and (state := page.state_of(token.text)):
        yield Mention(span=token.span, kind=EntityKind.STATE, name=state, sentence=number)


def _mention_at(sentence: Sentence, at: int, number: int, page: Page) -> Mention | None:
    tokens, token = sentence.tokens, sentence.tokens[at]
    if token.lower in _PRONOUNS and not (token.text[0].isupper() and at > 0 and tokens[at - 1].text not in _OPENERS):
        return _pronoun(sentence, at, number, page)
    if token.lower == "dieser" and at + 1 < len(tokens) and tokens[at + 1].tag is Tag.VERB:
        return Mention(
            span=token.span,
            kind=EntityKind.PERSON,
            gender="m",
            pronoun=True,
            latter=True,
            subject=True,
            sentence=number,
        )
    if token.text in _PARTICLES and (begun := _with_particle(tokens, at, number, page)):
        return begun
    if whose := _whose_words(tokens, at, number):
        return whose
    if marked := _marked(tokens, at, number):
        return marked
    named = (token.text[0].isupper() and token.text in page.surnames) or token.text in page.told
    aged = token.tag is Tag.NUMBER and office_in(token.text) is not None
    if token.tag is not Tag.NOUN and not named and not aged:
        return None
    newspaper = token.text in capitals() and at + 1 < len(tokens) and body_in(tokens[at + 1].text)  # "die Bangkok Post"
    return (
        (body_mention(tokens, at, number, page) if newspaper else _state(tokens, at, number, page))
        or _kin(tokens, at, number, page)
        or find_person(tokens, at, number, page)
        or body_mention(tokens, at, number, page)
        or find_source(tokens, at, number, page)
        or find_document(tokens, at, number)
        or find_group(tokens, at, number, page)
    )


def _with_particle(tokens: Tokens, at: int, number: int, page: Page) -> Mention | None:
    """Read a known surname whose particle begins the sentence: "[Von der Leyen] sagte"."""
    end = at + 1
    while end < len(tokens) and tokens[end].lower in ("der", "den", "dem", "la"):
        end += 1
    if end >= len(tokens) or tokens[end].text not in page.surnames:
        return None
    found = find_person(tokens, end, number, page)
    return found and replace(found, span=Span(tokens[at].start, found.span.end), subject=True)


def _marked(tokens: Tokens, at: int, number: int) -> Mention | None:
    """Read a body that only an article and marks make one: "die »Kampagne für Regen«"."""
    if tokens[at].text not in _OPENERS or not at or tokens[at - 1].lower not in DEFINITE:
        return None
    name = in_marks(tokens, at)
    return name and Mention(
        span=Span(tokens[at - 1].start, tokens[name[0] - 1].end), kind=EntityKind.ORGANISATION, name=name[1],
        subject=is_subject(tokens, at - 1), sentence=number,
    )  # fmt: skip


def _state(tokens: Tokens, at: int, number: int, page: Page) -> Mention | None:
    """Read a state by name, adjective ("die russische Seite") or metonym; its genitive before an office is the holder's phrase."""
    begin, token = at, tokens[at]
    if token.text in ("Staat", "Seite") and at and (name := page.state_of(tokens[at - 1].text)):
        return Mention(
            span=Span(tokens[at - 1].start, token.end), kind=EntityKind.STATE, name=name,
            subject=is_subject(tokens, max(0, at - 2)), sentence=number,
        )  # fmt: skip
    state = find_state(tokens, at, page)
    if state is None:
        return None
    if state[0] < len(tokens) and token.text.endswith("s"):
        holder = find_person(tokens, state[0], number, page)
        if holder and holder.held:
            return replace(holder, span=Span(token.start, holder.span.end), subject=is_subject(tokens, at))
        if tokens[state[0]].text in lexicon.words("organisations", "leaderships"):
            head = tokens[state[0]]  # "[Veskiens Regierung] lehnte ab"
            return Mention(
                span=Span(token.start, head.end), kind=EntityKind.ORGANISATION, name=f"{token.text} {head.text}",
                head=head.text, body=state[1], gender=gender_of(head.text), subject=is_subject(tokens, at), sentence=number,
            )  # fmt: skip
    begin = at - 1 if at and tokens[at - 1].lower in DEFINITE else at
    return Mention(
        span=Span(tokens[begin].start, tokens[state[0] - 1].end), kind=state[2], name=state[1],
        subject=is_subject(tokens, begin), sentence=number,
    )  # fmt: skip


def _kin(tokens: Tokens, at: int, number: int, page: Page) -> Mention | None:
    """Read a phrase that begins with a name in the genitive: "Demjanjuks Sohn", "Brügges Anwältin"."""
    name = bare(tokens[at].text, page.surnames)
    if (
        name == tokens[at].text
        or name not in page.surnames
        or at + 1 >= len(tokens)
        or office_in(tokens[at + 1].text) is None
    ):
        return None
    holder = find_person(tokens, at + 1, number, page)
    if holder is None or not holder.held:
        return None
    return replace(holder, span=Span(tokens[at].start, holder.span.end), subject=is_subject(tokens, at))


_PRONOUNS: dict[str, Gender] = {"er": "m", "sie": "f", "ihm": "m", "ihn": "m", "ihr": "f", "es": "n"}
_MANY = ("en", "sind", "eien", "ern", "eln")
_PARTICLES = frozenset(("Von", "Van", "Zu", "De"))
_OPENERS = frozenset('„“”"»«–—-:')


def _whose_words(tokens: Tokens, at: int, number: int) -> Mention | None:
    """Read "seiner Meinung", "ihren Angaben", "eigenen Worten" as a pronoun: it names who is behind what is said."""
    lower = tokens[at].lower
    stem = next((s for s in ("sein", "ihr", "eigen", "dess") if lower.startswith(s)), None)
    if stem is None or at + 1 >= len(tokens) or tokens[at + 1].lower not in lexicon.words("organisations", "sources"):
        return None
    genders: dict[str, Gender | None] = {"sein": "m", "dess": "m", "ihr": "f", "eigen": None}
    return Mention(
        span=Span(tokens[at].start, tokens[at + 1].end), kind=EntityKind.PERSON, gender=genders[stem], pronoun=True, sentence=number,
    )  # fmt: skip


def _pronoun(sentence: Sentence, at: int, number: int, page: Page) -> Mention | None:
    tokens, token = sentence.tokens, sentence.tokens[at]
    clause = next((c for c in sentence.clauses if c.start <= token.start < c.end and c.verb is not None), None)
    if token.lower == "ihr" and (at + 1 >= len(tokens) or tokens[at + 1].tag in (Tag.NOUN, Tag.ADJECTIVE)):
        return None
    if token.lower == "es" and (clause is None or clause.predicate not in lexicon.words("names", "saying")):
        return None
    if token.lower == "sie" and (clause is None or _several(tokens, at, clause.verb or 0)):
        return None
    return Mention(
        span=token.span, kind=EntityKind.PERSON, name=_apposed(tokens, at, page), gender=_PRONOUNS[token.lower], pronoun=True,
        subject=token.lower in ("er", "sie", "es"), sentence=number,
    )  # fmt: skip


def _apposed(tokens: Tokens, at: int, page: Page) -> str | None:
    """Return the name between commas behind a pronoun: "sehe er, [Lund], keinen Grund"."""
    if (
        at + 3 >= len(tokens)
        or tokens[at + 1].text != ","
        or tokens[at + 2].text not in page.surnames | given_names().keys()
    ):
        return None
    named = read_name(tokens, at + 2, page, cued=True)
    return named.name if named and named.end < len(tokens) and tokens[named.end].text == "," else None


def _several(tokens: Tokens, at: int, verb: int) -> bool:
    """Tell whether *sie* has a verb in the plural, its clause's or the one right before it: "…, erklärten [sie]"."""
    before = (t for t in tokens[max(0, at - 1) : at] if t.tag in (Tag.VERB, Tag.PARTICIPLE))
    return any(t.lower.endswith(_MANY) for t in (tokens[verb], *before))
