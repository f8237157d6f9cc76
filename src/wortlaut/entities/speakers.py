"""Names that their place alone vouches for: in whose mouth words are laid is somebody, even where no list knows the name.

A span that the quotes give as a speaker is read from its front: what it begins with, behind "nach Angaben von" and an
article, is who speaks. An article makes an unknown word a body ("der Oranier-Bund"), none makes it a person ("Tessema").
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wortlaut import lexicon
from wortlaut.entities.bodies import Tokens, in_marks
from wortlaut.entities.gazetteer import body_in, demonym, given_names, office_in, unknown
from wortlaut.entities.groups import SOURCE
from wortlaut.entities.mention import DEFINITE, Mention, times
from wortlaut.entities.morphology import gender_of, is_compound
from wortlaut.entities.page import Page
from wortlaut.language import MARKS, Sentence, Tag, lemma_of
from wortlaut.model import EntityKind
from wortlaut.text import Span, Spans

_STEPPED = frozenset((Tag.ADJECTIVE, Tag.PARTICIPLE, Tag.NUMBER, Tag.PREPOSITION))
_LONGEST = 4
"""How many words a name may have that nothing but its place tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """A name by its words, as they stand where somebody speaks."""

    words: tuple[str, ...]
    kind: EntityKind


def find_vouched(
    sentences: tuple[Sentence, ...], voices: Spans, mentions: tuple[Mention, ...], page: Page
) -> tuple[Vouched, ...]:
    """Return the names at the front of `voices` that no mention covers."""
    found = []
    heads = frozenset(m.head for m in mentions if m.name and m.head)
    for voice in voices:
        sentence = next((s for s in sentences if s.span.contains(voice)), None)
        if sentence is None:
            continue
        inside = [i for i, t in enumerate(sentence.tokens) if voice.start <= t.start < voice.end]
        if not inside:
            continue
        tokens = sentence.tokens[inside[0] : inside[-1] + 1]
        before = sentence.tokens[inside[0] - 1].lower if inside[0] else ""
        near = [m for m in mentions if m.span.overlaps(voice)]
        if (
            len(inside) == 1
            and _one(sentence.tokens, inside[0])
            and (name := _bare(sentences, tokens[0].text, near, page))
        ):
            found.append(name)
            continue
        taken = tuple(m.span for m in near)
        found.extend(_apposed(tokens, taken))
        found.extend(_in_front(tokens, before, taken, page, heads))
    return tuple(dict.fromkeys(found))


def _bare(sentences: tuple[Sentence, ...], word: str, near: list[Mention], page: Page) -> Vouched | None:
    """Read a noun that this page only has without article: for a person it is a surname ("[Köhler] sagte"), else a body."""
    office = office_in(word)
    if word in page.articled or unknown(word) or any(m.kind is not EntityKind.GROUP for m in near):
        return None
    if office is not None:
        return None if office.listed else Vouched(words=(word,), kind=EntityKind.PERSON)
    often = sum(t.text == word for s in sentences for t in s.tokens) > 1
    things = lexicon.words("organisations", "documents")
    common = body_in(word) or word in things or lemma_of(word) != word or near
    return None if common or not often else Vouched(words=(word,), kind=EntityKind.ORGANISATION)


def _one(tokens: Tokens, at: int) -> bool:
    """Tell whether a noun without article has a verb in the singular beside it: "sagte [Köhler]", never "sagten [Köhler]"."""
    if at and tokens[at - 1].tag in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.NUMBER):
        return False
    near = (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])
    return any(t.tag is Tag.VERB and not t.lower.endswith(("en", "ern", "eln", "sind")) for t in near)


def _apposed(tokens: Tokens, taken: Spans) -> Iterator[Vouched]:
    """Yield a person's name behind the last comma: "der zuständige Leiter für Wasser, [Deft Tessema]"."""
    comma = max((i for i, t in enumerate(tokens) if t.text == ","), default=len(tokens))
    words = tokens[comma + 1 :]
    names = 2 <= len(words) <= _LONGEST and all(t.tag is Tag.NOUN for t in words)
    if names and unknown(words[-1].text) and not _covered(words[-1].span, taken):
        yield Vouched(words=tuple(t.text for t in words), kind=EntityKind.PERSON)


def _in_front(tokens: Tokens, before: str, taken: Spans, page: Page, heads: frozenset[str]) -> Iterator[Vouched]:
    at = _front(tokens)
    if at >= len(tokens) or _covered(tokens[at].span, taken):
        return
    article = tokens[at - 1].lower if at else before
    if marked := in_marks(tokens, at):
        yield Vouched(words=tuple(t.text for t in tokens[at + 1 : marked[0] - 1]), kind=EntityKind.ORGANISATION)
        return
    end = at
    while (
        end < len(tokens) and end - at < _LONGEST and tokens[end].tag is Tag.NOUN and tokens[end].lower not in times()
    ):
        end += 1
    words = tuple(t.text for t in tokens[at : max(end, at + 1)])
    if article == "des" and words[-1].endswith("s") and unknown(words[-1]):
        words = (*words[:-1], words[-1].removesuffix("s"))
    if words[0] not in heads and (kind := _kind(words, tokens[at].tag, article, page)):
        yield Vouched(words=(*words, *_of_whom(tokens, end)) if not unknown(words[0]) else words, kind=kind)


def _of_whom(tokens: Tokens, end: int) -> tuple[str, ...]:
    """Return whose a body of common words is: "Presseamt [des Landtags]", "Leitung [von Borussia Aldstad]"."""
    if end >= len(tokens) or tokens[end].lower not in ("des", "der", "von", "in"):
        return ()
    last = end + 1
    while last < len(tokens) and last - end <= 2 and tokens[last].tag is Tag.NOUN:
        last += 1
    return tuple(t.text for t in tokens[end:last]) if last > end + 1 else ()


def _front(tokens: Tokens) -> int:
    """Return where who speaks begins, behind articles, attributes and words for what is said: "nach Angaben der [Zeitung]"."""
    at = 0
    while at < len(tokens) and (
        tokens[at].tag in (Tag.DETERMINER, *_STEPPED) or tokens[at].lower in lexicon.words("organisations", "sources")
    ):
        if tokens[at].tag is Tag.PREPOSITION and at and tokens[at - 1].tag is Tag.DETERMINER:
            behind = (i for i in range(at, len(tokens)) if tokens[i].tag in (Tag.ADJECTIVE, Tag.PARTICIPLE))
            at = next(behind, at)  # "die [in Aldstad erscheinende] Zeitung"
        spelled = tokens[at].tag is Tag.ADJECTIVE and at and tokens[at - 1].tag is Tag.DETERMINER
        if spelled and at + 1 == len(tokens) and unknown(tokens[at].text):
            break  # "die taz"
        at += 1
    return at


def _kind(words: tuple[str, ...], tag: Tag, article: str, page: Page) -> EntityKind | None:
    """Return what a name without a list is, None for common nouns, groups and offices."""
    plain = words[1:] if len(words) > 1 and words[0].endswith("er") and article in DEFINITE else words  # "Aldstader"
    if any(office_in(w) or demonym(w) or page.state(w) or SOURCE.fullmatch(w) for w in plain) or words[0] in MARKS:
        return None
    if words[0] in given_names() and not any(map(body_in, words)):
        return EntityKind.PERSON if len(words) > 1 else None
    definite = article in DEFINITE
    if tag is not Tag.NOUN:
        return EntityKind.ORGANISATION if definite and words[0].isalpha() and unknown(words[0]) else None
    if not any(unknown(w) and not is_compound(w) for w in words):
        return _body(words, definite=definite)
    mixed = "-" in words[0] or any(body_in(w) for w in words) or any(c.isdigit() for c in words[0])
    if definite or (mixed and len(words) == 1) or words[0] in page.articled:
        return EntityKind.ORGANISATION
    return EntityKind.PERSON if all(map(unknown, words)) else None


def _body(words: tuple[str, ...], *, definite: bool) -> EntityKind | None:
    """Return that a noun is a body that speaks in the singular: "Gefängnisdirektion", never "Behörden", "Umfragen"."""
    head = body_in(words[0])
    if len(words) > 1 or head is None or head in lexicon.words("organisations", "company_words"):
        return None
    several = gender_of(head) == "f" and words[0].casefold().endswith((head.casefold() + "n", head.casefold() + "en"))
    return EntityKind.ORGANISATION if not several or definite else None


def _covered(place: Span, taken: Spans) -> bool:
    return any(span.overlaps(place) for span in taken)
