"""Names and nominal phrases that may be somebody, each with what its own words tell.

German writes names and nouns alike in capitals, so a run of capitalised words is read from its parts: an office, a given
name, a body's head noun, a state, letters. What is none of these is a name only if no dictionary knows it and somebody
acts or speaks there.
"""

from collections.abc import Iterator

from wortlaut.entities.bodies import find_body, find_state
from wortlaut.entities.gazetteer import Gender, given_names, office_in
from wortlaut.entities.known import Known, gather
from wortlaut.entities.naming import Mention
from wortlaut.entities.persons import find_office, find_person, find_titled, name_end
from wortlaut.language import Sentence, Tag, Token
from wortlaut.model import EntityKind


def find_mentions(sentences: tuple[Sentence, ...]) -> tuple[Mention, ...]:
    """Return the mentions of all sentences in text order; the surnames of office holders are looked for everywhere."""
    surnames = frozenset(_surnames(sentences))
    first = _in_all(sentences, gather(sentences, surnames))
    held = {m.name.split()[-1] for m in first if m.kind is EntityKind.PERSON and m.name}
    held -= {m.body for m in first if m.body}
    return _in_all(sentences, gather(sentences, surnames | held)) if held - surnames else first


def _in_all(sentences: tuple[Sentence, ...], known: Known) -> tuple[Mention, ...]:
    return tuple(
        mention for number, sentence in enumerate(sentences) for mention in _in_sentence(sentence, number, known)
    )


def _surnames(sentences: tuple[Sentence, ...]) -> Iterator[str]:
    """Yield the last words of full names, so that they are known where they stand alone."""
    for sentence in sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if token.text in given_names():
                end = name_end(tokens, at)
                if end - at > 1:
                    yield tokens[end - 1].text


def _in_sentence(sentence: Sentence, number: int, known: Known) -> Iterator[Mention]:
    tokens = sentence.tokens
    at = 0
    while at < len(tokens):
        found = _mention_at(tokens, at, number, known)
        if found is None:
            yield from _adjective(tokens[at], number, known)
            at += 1
            continue
        yield found
        for token in tokens[at:]:
            if token.end <= found.span.end:
                yield from _adjective(token, number, known)
        at = next((i for i in range(at, len(tokens)) if tokens[i].start >= found.span.end), len(tokens))


def _adjective(token: Token, number: int, known: Known) -> Iterator[Mention]:
    """Name the state behind an adjective ("die britische Ministerin") without taking the phrase from its head."""
    if token.tag is not Tag.NOUN and (state := known.state_of(token.lower)):
        yield Mention(span=token.span, kind=EntityKind.STATE, name=state, sentence=number)


def _mention_at(tokens: tuple[Token, ...], at: int, number: int, known: Known) -> Mention | None:
    token = tokens[at]
    if (token.lower in ("er", "sie", "ihm", "ihn") and token.text != "Sie") or (token.text == "Sie" and at == 0):
        return _pronoun(tokens, at, number)
    noun_next = at + 1 < len(tokens) and tokens[at + 1].tag is Tag.NOUN
    if token.tag is not Tag.NOUN and noun_next and (state := known.state_of(token.lower)):
        if office_in(tokens[at + 1].text):
            return find_office(tokens, at + 1, number, known, body=state, start=at)
        return None
    if token.tag is not Tag.NOUN:
        return None
    return (
        find_state(tokens, at, number, known)
        or find_office(tokens, at, number, known)
        or find_titled(tokens, at, number, known)
        or find_person(tokens, at, number, known)
        or find_body(tokens, at, number, known)
    )


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
