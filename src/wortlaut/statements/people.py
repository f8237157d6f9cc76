"""Whose words and whose commitment: spans to entities, and the party that an office holder binds."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from wortlaut import lexicon
from wortlaut.language import Clause, Sentence, Tag, Token
from wortlaut.model import Entity, EntityKind
from wortlaut.statements.evidence import Party
from wortlaut.text import Span, Spans

_NOMINATIVE = frozenset(("ich", "wir", "man"))
_OBLIQUE = frozenset(("den", "dem", "des", "einen", "einem", "eines", "zum", "zur", "im", "vom", "ihren", "ihrem", "seinen", "seinem", "meinen", "unseren", "diesen", "diesem", "jenen", "jenem", "keinen"))  # fmt: skip
_FORMER = ("frühere", "früherer", "früheren", "ehemalige", "ehemaliger", "ehemaligen", "ex-", "einstige", "einstiger")

_BEHALF = re.compile(
    r"\b(?:[Ii]m Namen|[Nn]amens|[Ii]m Auftrag|[Ss]tellvertretend für) (?:(?:der|des|von|die|das|den|aller) )?"
)
_FOR, _WIDTH = re.compile(r" für (?:die|das|den) "), len(" für die ")
_DEMONYM = re.compile(r"[a-zäöüß-]*(?:isch|deutsch)e[nmrs]?")
_COMPOUND = re.compile(r"\w|[“”«»\"]?-(\w+)")
_AT = ("bei", "mitarbeiter", "mitarbeiterin")
"""Roles without an office in which somebody speaks for a body all the same: "Ida Lund von der Nordbank"."""
_BODIES = frozenset((EntityKind.ORGANISATION, EntityKind.STATE))
_FOR_OTHERS = ("anwalt", "anwältin", "verteidiger", "verteidigerin", "sprecher", "sprecherin", "manager", "managerin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The entities of a page, with the ways to look them up."""

    text: str
    entities: tuple[Entity, ...]
    mentions: tuple[tuple[Span, Entity], ...] = field(init=False, repr=False)
    """All mentions with whom they name, in text order, the longer of two that begin alike first."""

    def __post_init__(self) -> None:
        named = ((mention, entity) for entity in self.entities for mention in entity.mentions)
        ordered = tuple(sorted(named, key=lambda pair: (pair[0].start, -pair[0].end)))
        object.__setattr__(self, "mentions", ordered)

    def at(self, spans: Spans) -> Entity | None:
        """Return the entity whose mention covers most of `spans`; persons win over what their office names.

        Of several spans, a person's is taken; a mention that lies in them whole comes before one that is cut. A mention counts if most of it is covered, or if it holds a whole span: not "Kommissar" of "Kommission" and the like.
        """
        best: tuple[bool, bool, bool, bool, bool, int, bool, int] | None = None
        found = None
        fitting = list(self._covering(spans))
        heads = {mention.end + 1: entity.kind for entity, mention in fitting}
        for entity, mention in fitting:
            owner = heads.get(mention.start) is EntityKind.PERSON and _genitive_of(entity, mention.of(self.text))
            if owner or heads.get(mention.start) is EntityKind.GROUP:
                continue  # "die Anwältin [Ida Lunds]", "Anhänger [Ida Lunds]"
            shared = sum(max(0, min(mention.end, s.end) - max(mention.start, s.start)) for s in spans)
            full = any(s.contains(mention) or mention.contains(s) for s in spans)
            person = entity.kind is EntityKind.PERSON
            whole = person and not _genitive_of(entity, mention.of(self.text))  # not "[Lunds] Sprecher"
            first = whole and entity.named and any(mention.start == s.start for s in spans)
            apposed = whole and entity.named and any(self._apposed(s, mention) for s in spans)
            front = person or not any(_behind_noun(self.text, s, mention) for s in spans)
            rank = (whole and len(spans) > 1, full, apposed, first, front, shared, person, -mention.start)
            if best is None or rank > best:
                best, found = rank, entity
        return found

    def _apposed(self, span: Span, mention: Span) -> bool:
        """Tell whether a full name closes a phrase behind a comma: "der Chef der Bank, [Jan Berg]"."""
        before = self.text[span.start : mention.start]
        return mention.end == span.end and before.endswith(", ") and " " in mention.of(self.text)

    def _covering(self, spans: Spans) -> Iterator[tuple[Entity, Span]]:
        """Yield the mentions that may be who `spans` name, with their entities."""
        begin, end = min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)
        for entity in self.entities:
            for mention in entity.mentions:
                if mention.end <= begin or mention.start >= end or self._attribute(mention):
                    continue
                if all(self._behind_name(mention, s) for s in spans):
                    continue
                shared = sum(max(0, min(mention.end, s.end) - max(mention.start, s.start)) for s in spans)
                whole = any(mention.contains(s) for s in spans) or 2 * shared > mention.end - mention.start
                if shared and whole and not _governed(self.text, spans, entity, mention):
                    yield entity, mention

    def _behind_name(self, mention: Span, span: Span) -> bool:
        """Tell whether a span is only what a mention says of somebody's body: "Jan Berg [von der Nordbank]"."""
        return mention.start < span.start and span.of(self.text).startswith(("von ", "vom ", "bei "))

    def named(self, name: str | None) -> Entity | None:
        """Return the entity of that name that is no person."""
        return (
            next((e for e in self.entities if e.name == name and e.kind is not EntityKind.PERSON), None)
            if name
            else None
        )

    def principal(self, speaker: Entity | None, named: Spans, *, deed: bool = True) -> Party:
        """Return the party that `speaker` binds: the body of a present office, else the speaker, whom `named` names.

        A state that the page names by an adjective alone is bound only by what it will do (`deed`).
        """
        if speaker is not None and speaker.kind is EntityKind.DOCUMENT:
            return self._issuer(speaker, named)
        if speaker is None or speaker.kind is not EntityKind.PERSON:
            return Party(entity=speaker, spans=named, by="a body speaks for itself")
        for role in speaker.roles:
            former = role.until is not None or any(
                word in span.of(self.text).lower() for span in role.evidence for word in _FORMER
            )
            if role.organisation and not former and _speaks(role.title):
                body = self.named(role.organisation) or self._client(role.title, role.organisation)
                if body and self._has_name(body, deed=deed):
                    return Party(entity=body, spans=role.evidence, by=f"office: {role.title}")
        return Party(entity=speaker, spans=named, by="speaks for nobody else")

    def on_behalf(self, sentence: Sentence, content: Spans, voice: Spans) -> Party | None:
        """Return for whom the announcing words say that somebody speaks: "Im Namen [der Bergrettung] …", "… für [das Bistum]"."""
        behind = (
            _FOR.search(self.text, span.start, min(span.end + _WIDTH, sentence.end))
            for span in voice
            if sentence.span.contains(span)
        )
        for start, end in (m.span() for m in (*_BEHALF.finditer(self.text, *sentence.span), *behind) if m):
            if any(span.start <= start < span.end for span in content):
                continue
            for entity in self.entities:
                mention = next((m for m in entity.mentions if m.start <= end < m.end), None)
                if mention and entity.kind is not EntityKind.DOCUMENT:
                    return Party(entity=entity, spans=(Span(start, mention.end),), by="on behalf")
        return None

    def _issuer(self, document: Entity, named: Spans) -> Party:
        """Return the body that the words for a document name: "ein Bericht [der Weltbank]", else the document."""
        bodies = (
            (mention, entity)
            for entity in self.entities
            for mention in entity.mentions
            if entity.kind in _BODIES and any(span.contains(mention) for span in named) and not self._adjective(mention)
        )
        found = min(bodies, default=None, key=lambda pair: pair[0])
        if found is None:
            return Party(entity=document, spans=named, by="a document speaks for itself")
        return Party(entity=found[1], spans=(found[0],), by="issued the document")

    def _has_name(self, body: Entity, *, deed: bool) -> bool:
        """Tell whether the page names a body by more than a part of a word or, but for a deed, an adjective.

        "[Bundes]minister" names no state; "der [norwegische] Minister" does where he says what Norway will do.
        """
        return any(
            not self.text[m.end : m.end + 1].isalpha() and (deed or not self._adjective(m)) for m in body.mentions
        )

    def _adjective(self, mention: Span) -> bool:
        """Tell whether a mention is a state's adjective alone, which names nobody who speaks: "eine [spanische] Studie"."""
        return bool(_DEMONYM.fullmatch(mention.of(self.text)))

    def _attribute(self, mention: Span) -> bool:
        """Tell whether a mention only says of which body or state a noun is: "eine [spanische] Studie", "ein [US]-Forscher"."""
        part = _COMPOUND.match(self.text, mention.end)
        body = part is not None and part[1] in lexicon.words("organisations", "heads")  # "die »Bild«-Zeitung"
        return self._adjective(mention) or (part is not None and not body)

    def _client(self, title: str, name: str) -> Entity | None:
        """Return the person whom a lawyer or spokesman speaks for."""
        people = (e for e in self.entities if e.name == name and e.kind is EntityKind.PERSON)
        return next(people, None) if title.casefold().endswith(_FOR_OTHERS) else None

    def subject(self, sentence: Sentence, clause: Clause) -> Entity | None:
        """Return the entity that is the clause's grammatical subject, as far as articles and prepositions tell."""
        hit = self.subject_mention(sentence, clause)
        return hit[0] if hit else None

    def subject_mention(self, sentence: Sentence, clause: Clause) -> tuple[Entity, Span] | None:
        """Return the subject entity and its mention; where *ich*, *wir* or *man* is the subject, there is none."""
        if any(t.lower in _NOMINATIVE for t in sentence.tokens[clause.first : clause.last]):
            return None
        behind = bisect_left(self.mentions, clause.start, key=lambda pair: pair[0].start)
        for mention, entity in self.mentions[behind:]:
            if mention.start >= clause.end:
                break
            if mention.end > clause.end or self.text[mention.start - 1 : mention.start] == "(":
                continue  # "Der Minister ([ABC]) sagte"
            at = next((i for i, t in enumerate(sentence.tokens) if t.end > mention.start), 0)
            first = sentence.tokens[at]
            before = sentence.tokens[at - 1] if at else None
            if (
                mention.end < first.end
                or first.lower in _OBLIQUE
                or first.tag is Tag.ADJECTIVE
                or _fronted(sentence, clause, first, mention)
            ):
                continue
            if (
                before
                and before.end > clause.start
                and (
                    before.lower in _OBLIQUE
                    or before.tag in (Tag.PREPOSITION, Tag.NOUN)
                    or (
                        before.lower in ("der", "einer", "ihrer", "seiner")
                        and entity.kind is not EntityKind.PERSON
                        and _genitive(sentence, at)
                    )
                )
            ):
                continue
            if (
                before
                and before.tag in (Tag.ADJECTIVE, Tag.PARTICIPLE)
                and at > 1
                and sentence.tokens[at - 2].tag is Tag.PREPOSITION
            ):
                continue
            return entity, mention
        return None


@cache
def _speaking() -> tuple[str, ...]:
    return tuple(form.casefold() for pair in lexicon.load("offices")["speaks"] for form in pair)


def _speaks(title: str) -> bool:
    """Tell whether the holder of an office speaks for its body: a minister does, a member or a biologist does not."""
    low = title.casefold()
    return low in _AT or low.endswith((*_speaking(), *_FOR_OTHERS))


def _fronted(sentence: Sentence, clause: Clause, noun: Token, mention: Span) -> bool:
    """Tell whether a bare plural stands before a verb in the singular: "[Hilfen] stellte die Ministerin in Aussicht"."""
    if clause.verb is None or noun.span != mention or noun.start > sentence.tokens[clause.verb].start:
        return False
    verb = sentence.tokens[clause.verb].lower
    plural = noun.lemma != noun.text and noun.lemma[:1].isupper() and noun.lower.endswith(("en", "n", "er", "e"))
    return plural and not verb.endswith(("en", "ern", "eln", "sind"))


_LISTED = re.compile(r"\w[^,]*\s[A-ZÄÖÜ]\w+s(?:,| und) ")
_NOUN = re.compile(r"(?<!^)\b[A-ZÄÖÜ]\w+")
_IN = r"\b(?:aus|in|im|bei|von|vom|mit|für|an|am)\b"
_INSIDE = re.compile(rf"\w.*(?:{_IN}(?:\s+[A-ZÄÖÜ][\w-]+\s+und)?|\w\s+(?:der|des))\s*$", re.DOTALL)


@cache
def _source() -> re.Pattern[str]:
    """Match the words for what somebody says, with *von* or *aus* behind them: "Angaben von", "einer Meldung der"."""
    told = "|".join(lexicon.words("organisations", "sources") | {"meldung", "bericht"})
    return re.compile(rf"(?:[a-zäöüß]+\s+)*\w*(?:{told})\w*\s+(?:(?:von|vom|aus)\s+)?(?:[a-zäöüß]+\s+)*", re.IGNORECASE)


def _governed(text: str, spans: Spans, entity: Entity, mention: Span) -> bool:
    """Tell whether a mention only belongs to the phrase it stands in: "die Menschen in [Unterau]", "Anhänger [eines Kandidaten]".

    Never what stands behind words for what is said: "Angaben von [Ida Lund]", "Aussagen [eines Zeugen]".
    """
    holder = next((s for s in spans if s.contains(mention)), None)
    before = text[holder.start : mention.start] if holder else ""
    if not before or _source().fullmatch(before):
        return False
    indefinite = mention.of(text).startswith(("eines ", "einer "))
    if entity.kind in (EntityKind.STATE, EntityKind.PLACE) and _LISTED.search(before):
        return True  # "die Minister Veskiens, Brellands und [Harviens]"
    of_place = entity.kind in (EntityKind.STATE, EntityKind.PLACE) and _genitive_of(entity, mention.of(text))
    return indefinite or of_place or bool(_INSIDE.match(before))


def _behind_noun(text: str, span: Span, mention: Span) -> bool:
    """Tell whether a noun stands before a mention in its phrase, so that it says whose that is: "das Amt [der Stadt]"."""
    before = text[span.start : mention.start] if span.contains(mention) else ""
    return bool(before) and not _source().fullmatch(before) and bool(_NOUN.search(before))


def _genitive_of(entity: Entity, words: str) -> bool:
    """Tell whether words are an entity's name in the genitive: "der Rabbiner [Israels]"."""
    return words.endswith("s") and not entity.name.endswith("s")


def _genitive(sentence: Sentence, at: int) -> bool:
    """Tell whether "der X" stands behind a noun or a preposition and so is no subject."""
    return at > 1 and sentence.tokens[at - 2].tag in (Tag.NOUN, Tag.PREPOSITION)
