"""Which mentions speak of the same somebody. Not sure means left out: a wrong person is worse than nobody.

Names join by their last word, nominal phrases by office or head noun to the latest that fits, pronouns to the latest
person of that gender who was a subject in this sentence or the one before (recency and parallel function; Lappin & Leass
1994).
"""

from dataclasses import dataclass, field, replace

from wortlaut import lexicon
from wortlaut.entities.gazetteer import Gender, Office
from wortlaut.entities.naming import Mention, bare
from wortlaut.model import EntityKind


@dataclass(slots=True)
class Somebody:
    """Mentions gathered so far; mutable while a page is read, never handed on."""

    kind: EntityKind
    name: str | None
    gender: Gender | None = None
    mentions: list[Mention] = field(default_factory=list)

    def offices(self) -> list[Office]:
        """Return the offices named with this person."""
        return [m.office for m in self.mentions if m.office]

    def add(self, mention: Mention) -> None:
        """Take a mention in, and the fuller name it may bring."""
        self.mentions.append(mention)
        self.gender = self.gender or mention.gender
        if mention.name and (self.name is None or len(mention.name.split()) > len(self.name.split())):
            self.name = mention.name


def resolve(mentions: tuple[Mention, ...]) -> list[Somebody]:
    """Group mentions; those that cannot be resolved are left out. Names come first, so that later phrases find them."""
    known: list[Somebody] = []
    for mention in sorted(mentions, key=lambda m: (m.name is None, m.span)):
        if mention.name is not None:
            _by_name(known, mention)
    for mention in sorted(mentions, key=lambda m: m.span):
        if mention.name is None:
            _by_description(known, mention)
    return [body for body in known if body.name is not None or len(body.mentions) > 0]


def _by_name(known: list[Somebody], mention: Mention) -> None:
    name = mention.name or ""
    for body in known:
        if body.kind is mention.kind and body.name and _same_name(body.name, name, mention.kind):
            if body.gender and mention.gender and body.gender != mention.gender and len(name.split()) > 1:
                continue
            body.add(mention)
            return
    fresh = Somebody(kind=mention.kind, name=name, gender=mention.gender)
    fresh.mentions.append(mention)
    known.append(fresh)


def _same_name(one: str, other: str, kind: EntityKind) -> bool:
    if one.casefold() == other.casefold():
        return True
    if kind is EntityKind.PERSON:
        a, b = one.split(), other.split()
        short, long = (a, b) if len(a) <= len(b) else (b, a)
        if len(short) == 1:
            return bare(short[0], frozenset(long[-1:])) == long[-1]
        return False
    return False


def _by_description(known: list[Somebody], mention: Mention) -> None:
    before = [
        (m.span.start, body)
        for body in known
        if body.kind is mention.kind
        for m in body.mentions
        if m.span.start < mention.span.start
    ]
    before.sort(key=lambda pair: pair[0], reverse=True)
    if mention.pronoun:
        _pronoun(before, mention)
    elif mention.office:
        _office(known, before, mention)
    elif mention.head:
        _head(known, before, mention)


def _pronoun(before: list[tuple[int, Somebody]], mention: Mention) -> None:
    for _, body in before:
        latest = max((m for m in body.mentions if m.span.start < mention.span.start), key=lambda m: m.span.start)
        if mention.sentence - latest.sentence > 2:
            return
        if body.kind is EntityKind.PERSON and latest.subject and body.gender in (mention.gender, None):
            if body.gender == mention.gender:
                body.add(mention)
            return


def _office(known: list[Somebody], before: list[tuple[int, Somebody]], mention: Mention) -> None:
    office = mention.office
    if office is None:
        return
    everywhere = [b for b in known if b.kind is EntityKind.PERSON and any(_fits(o, office) for o in b.offices())]
    for _, body in before:
        if (
            body in everywhere
            and body.gender in (office.gender, None)
            and (not mention.body or mention.body in {m.body for m in body.mentions})
        ):
            body.add(mention)
            return
    fitting = [b for b in everywhere if not mention.body or mention.body in {m.body for m in b.mentions}]
    if len(fitting) == 1:
        fitting[0].add(mention)
        return
    if mention.body or office.speaks:
        held = replace(mention, body=mention.body or _spoken_for(known, mention, office))
        known.append(Somebody(kind=EntityKind.PERSON, name=None, gender=office.gender, mentions=[held]))


def _spoken_for(known: list[Somebody], mention: Mention, office: Office) -> str | None:
    """Return the body that "eine Sprecherin" speaks for: the page's company, or the body that acted just before."""
    companies = [b for b in known if is_company(b)]
    words = lexicon.words("organisations", "company_words")
    if any(office.title.startswith(word) for word in words):
        return companies[0].name if len(companies) == 1 else None
    acted = [
        (m.span.start, body.name)
        for body in known
        if body.kind in (EntityKind.ORGANISATION, EntityKind.STATE) and body.name
        for m in body.mentions
        if m.subject and m.span.start < mention.span.start and mention.sentence - m.sentence <= 1
    ]
    return max(acted)[1] if acted else None


def _of_its_kind(known: list[Somebody], head: str) -> list[Somebody]:
    """Return the bodies that a general noun may mean: "das Unternehmen", "das Bündnis"."""
    if head in lexicon.words("organisations", "company_words"):
        return [b for b in known if is_company(b)]
    if head in lexicon.words("organisations", "alliance_words"):
        alliances = lexicon.words("organisations", "alliances")
        return [b for b in known if b.name in alliances or any(m.head in alliances for m in b.mentions if m.name)]
    return []


def is_company(body: Somebody) -> bool:
    """Tell whether a somebody is a company, by its head noun or legal form."""
    return body.name is not None and any(m.head in lexicon.words("organisations", "companies") for m in body.mentions)


def _fits(held: Office, named: Office) -> bool:
    """Tell whether "Ministerin" may speak of an "Außenministerin"."""
    return held.title == named.title or held.title.casefold().endswith(named.title.casefold())


def _head(known: list[Somebody], before: list[tuple[int, Somebody]], mention: Mention) -> None:
    for _, body in before:
        if any(m.head == mention.head for m in body.mentions):
            body.add(mention)
            return
    fitting = [
        b for b in known if b.kind is EntityKind.ORGANISATION and any(m.head == mention.head for m in b.mentions)
    ]
    fitting = fitting or _of_its_kind(known, mention.head or "")
    if len(fitting) == 1:
        fitting[0].add(mention)
        return
    if not fitting and mention.head:
        known.append(Somebody(kind=EntityKind.ORGANISATION, name=mention.head, mentions=[mention]))
