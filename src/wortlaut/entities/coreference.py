"""Which mentions speak of the same somebody. Not sure means left out: a wrong person is worse than nobody.

Names join by their last word, nominal phrases by office or head noun to the latest that fits, pronouns to the latest
person of that gender, a subject before others (recency and parallel function; Lappin & Leass 1994).
"""

from dataclasses import dataclass, field
from functools import cache

from wortlaut import lexicon
from wortlaut.entities.gazetteer import AGE, Office, body_in, given_names, is_acronym
from wortlaut.entities.mention import Held, Mention, bare
from wortlaut.entities.morphology import Gender
from wortlaut.model import EntityKind

_REACH = 3
"""How many sentences back a pronoun or a noun such as *der Manager* may look."""


@dataclass(slots=True, eq=False)
class Somebody:
    """Mentions gathered so far; mutable while a page is read, never handed on."""

    kind: EntityKind
    name: str | None
    gender: Gender | None = None
    mentions: list[Mention] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        """Take a mention in, and the fuller name it may bring."""
        self.mentions.append(mention)
        self.gender = self.gender or mention.gender
        if mention.name and (self.name is None or len(mention.name.split()) > len(self.name.split())):
            self.name = mention.name

    def offices(self) -> list[Held]:
        """Return the offices that the page gives this person."""
        return [*self.held, *(h for m in self.mentions for h in m.held)]

    def before(self, mention: Mention) -> Mention | None:
        """Return the latest mention of this somebody before another."""
        return max(
            (m for m in self.mentions if m.span.start < mention.span.start), key=lambda m: m.span.start, default=None
        )


def by_name(mentions: tuple[Mention, ...]) -> list[Somebody]:
    """Group the mentions that carry a name; longer names first, so that a last name finds its full names."""
    known: list[Somebody] = []
    named = [m for m in mentions if m.name is not None]
    for mention in sorted(named, key=lambda m: (m.kind is EntityKind.PERSON and " " not in (m.name or ""), m.span)):
        fitting = [b for b in known if _same(b, mention)]
        if len(fitting) > 1:
            fitting = _nearest(fitting, mention)
        if len(fitting) == 1:
            fitting[0].add(mention)
        elif not fitting:
            known.append(Somebody(kind=mention.kind, name=mention.name, gender=mention.gender, mentions=[mention]))
    return known


def _same(body: Somebody, mention: Mention) -> bool:
    one, other = body.name or "", mention.name or ""
    if body.kind is not mention.kind:
        return False
    if one.casefold() == other.casefold():
        return True
    if body.kind is not EntityKind.PERSON:
        return (_shortened(one, other) or _part(one, other)) and not _states_differ(body, mention)
    if body.gender and mention.gender and body.gender != mention.gender:
        return False
    a, b = sorted((one.replace("-", " ").split(), other.replace("-", " ").split()), key=len)
    if a == b:
        return True
    if " " not in (one if len(one) < len(other) else other):
        a = [one if len(one) < len(other) else other]
        b = (other if len(one) < len(other) else one).split()
        a, b = [a[0][0].upper() + a[0][1:]], [w[0].upper() + w[1:] for w in b]
        return bare(a[0], frozenset(b)) in (b if b[0] not in given_names() else b[1:] or b)
    return (a[-1] == b[-1] and (a[0] == b[0] or set(a) <= set(b))) or " ".join(b).startswith(" ".join(a) + " ")


def _shortened(one: str, other: str) -> bool:
    """Tell whether a name of a body lacks the adjective before it or the place behind it, or begins with letters for a word.

    "Fußballbund" is the Deutscher Fußballbund, "KSV" the KSV Fulda, "AK Fahrrad" the Arbeitskreis Fahrrad.
    """
    short, long = sorted((one.split(), other.split()), key=lambda words: sum(map(len, words)))
    if len(short) == len(long) > 1:
        return short[1:] == long[1:] and is_acronym(short[0]) and _spells(short[0], long[0])
    if len(short) != 1 or len(long) == 1 or len(short[0]) < 3:
        return False
    behind_adjective = short[0] == long[-1] and long[0][0].isupper() and long[0].endswith(("er", "e", "es"))
    return behind_adjective or short[0] == long[0]


def _spells(letters: str, word: str) -> bool:
    at = 0
    for letter in letters.casefold():
        at = word.casefold().find(letter, at) + 1
        if not at:
            return False
    return True


def _part(one: str, other: str) -> bool:
    """Tell whether one compound is the end of the other: "Kartellamt" of "Bundeskartellamt"; never a head noun alone."""
    short, long = sorted((one, other), key=len)
    if " " in one + other or "-" in long or not long.casefold().endswith(short.casefold()):
        return False
    return len(short) > 7 and short not in lexicon.words("organisations", "heads") and body_in(short) is not None


def _states_differ(body: Somebody, mention: Mention) -> bool:
    return bool(mention.body) and any(m.body and m.body != mention.body for m in body.mentions)


def _nearest(bodies: list[Somebody], mention: Mention) -> list[Somebody]:
    """Return the one of several of that name who was spoken of last; nobody if none was yet."""
    before = [
        (m.span.start, i)
        for i, b in enumerate(bodies)
        if (m := b.before(mention)) is not None and " " in (b.name or "")
    ]
    return [bodies[max(before)[1]]] if before else bodies


def by_description(known: list[Somebody], mentions: tuple[Mention, ...]) -> list[Somebody]:
    """Link nominal phrases and pronouns in text order to those that are known; what stays unnamed is added."""
    for mention in sorted((m for m in mentions if m.name is None), key=lambda m: m.span):
        found = _find(known, mention)
        if found is not None:
            found.add(mention)
        elif not mention.pronoun and (fresh := _unnamed(mention)):
            known.append(fresh)
    return known


def _find(known: list[Somebody], mention: Mention) -> Somebody | None:
    if mention.latter:
        return _latter(known, mention)
    if mention.pronoun and mention.gender is None:
        return _self(known, mention)
    if mention.pronoun:
        return None if mention.quoted else _latest(known, mention, subject_only=False) or _actor(known, mention)
    if not mention.definite:
        return None
    if mention.kind is EntityKind.PERSON:
        return _holder(known, mention) or _described(known, mention)
    if mention.kind is EntityKind.ORGANISATION:
        return _body(known, mention) if not mention.owned else _own_body(known, mention)
    same = [b for b in known if b.kind is mention.kind and any(m.head == mention.head for m in b.mentions)]
    return same[-1] if same else None


def _latter(known: list[Somebody], mention: Mention) -> Somebody | None:
    """Return whom *dieser* means: the last person of that gender spoken of, who is no subject."""
    spoken = [(m.span.start, i, m) for i, b in enumerate(known) if _fits(b, mention) and (m := b.before(mention))]
    _, at, last = max(spoken, default=(0, 0, mention), key=lambda item: item[0])
    near = not last.subject and not last.quoted and mention.sentence - last.sentence <= 1
    return known[at] if near and last is not mention and known[at].gender == mention.gender else None


def _unnamed(mention: Mention) -> Somebody | None:
    if mention.kind is EntityKind.ORGANISATION and not mention.head:
        return None
    name = mention.head if mention.kind is EntityKind.ORGANISATION and not mention.owned else None
    return Somebody(kind=mention.kind, name=name, gender=mention.gender, mentions=[mention])


def _fits(body: Somebody, mention: Mention) -> bool:
    gender = mention.gender if mention.kind is EntityKind.PERSON else None
    return body.kind is EntityKind.PERSON and (body.gender is None or gender is None or body.gender == gender)


def _holder(known: list[Somebody], mention: Mention) -> Somebody | None:
    """Return who holds the office that a phrase names: the latest before it, else the only one of the page."""
    if not mention.held:
        return None
    held = mention.held[0]
    fitting = [b for b in known if _fits(b, mention) and any(same_office(h, held) for h in b.offices())]
    exact = [
        b for b in fitting if any(h.office.title == held.office.title and h.body == held.body for h in b.offices())
    ]
    fitting = exact or fitting
    before = [(m.span.start, i) for i, b in enumerate(fitting) if (m := b.before(mention))]
    if before:
        return fitting[max(before)[1]]
    named = [b for b in fitting if b.name]
    return named[0] if len(named) == 1 and held.office.listed else None


def same_office(one: Held, other: Held) -> bool:
    """Tell whether two phrases may mean one office: "die Ministerin" an Außenministerin, "der Nato-Chef" its Generalsekretär."""
    if other.body and one.body and not _one_body(one.body, other.body):
        return False
    a, b = one.office, other.office
    if not (a.kind and b.kind):
        return False
    if a.title.casefold().endswith(b.title.casefold()) or (
        b.title.casefold().endswith(a.title.casefold()) and not b.listed
    ):
        return True
    return (a.kind == b.kind and not (a.compound and b.compound)) or (
        any({a.kind, b.kind} <= group for group in _groups()) and _plain(b) and _plain(a)
    )


def _plain(office: Office) -> bool:
    """Tell whether a title is but its last part or a body's chief: "Verbandschef", never "Fraktionschef" for a Minister."""
    return not office.compound or office.kind in ("Chef", "Vorsitzender", "Präsident", "Direktor")


@cache
def _groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in lexicon.load("offices")["same"])


def _one_body(one: str, other: str) -> bool:
    a, b = sorted((one.casefold(), other.casefold()), key=len)
    return a in b or b.startswith(a[:4])


def _described(known: list[Somebody], mention: Mention) -> Somebody | None:
    """Return whom a noun says more about: "die Managerin", "der 54-Jährige", "der Norweger"; never an office of its own."""
    office = mention.held[0].office if mention.held else None
    if office is None or (office.listed and office.speaks):
        return None
    if mention.state:
        citizens = [
            b
            for b in known
            if _fits(b, mention) and b.name and any(_of_state(h.body, mention.state) for h in b.offices())
        ]
        if len(citizens) == 1:
            return citizens[0]
    if not mention.subject or (office.listed and office.kind not in lexicon.words("offices", "telling")):
        return None
    found = _latest([b for b in known if b.name], mention, subject_only=True)
    if found is None or office.listed or office.kind == AGE or mention.state or not found.offices():
        return found
    return found if any(h.office.kind == office.kind for h in found.offices()) else None


def _of_state(body: str | None, state: str) -> bool:
    return body is not None and body == state


def _latest(known: list[Somebody], mention: Mention, *, subject_only: bool) -> Somebody | None:
    """Return the person of that gender in the nearest sentence that has one, a subject before others; None if two are alike."""
    found: list[tuple[int, bool, bool, int, Somebody]] = []
    for body in known:
        if not _fits(body, mention):
            continue
        own = [
            m
            for m in body.mentions
            if m.span.start < mention.span.start and not m.quoted and 0 <= mention.sentence - m.sentence <= _REACH
        ]
        if not own:
            continue
        nearest = max(m.sentence for m in own)
        subject = any(m.subject for m in own if m.sentence == nearest)
        last = max(m.span.start for m in own)
        found.append((mention.sentence - nearest, not subject, body.gender is None, -last, body))
    if not found:
        return None
    found.sort(key=lambda item: item[:4])
    best = found[0]
    rivals = [item for item in found[1:] if item[:2] == best[:2] and (item[2] == best[2] or best[2])]
    if not best[1] and not rivals:
        return best[4]
    if rivals and not best[1]:
        return None
    others = [item for item in found[1:] if item[0] - best[0] <= 1]
    return best[4] if not others and (not subject_only or best[0] <= 1) else None


def _self(known: list[Somebody], mention: Mention) -> Somebody | None:
    """Return whose *eigene Angaben* are meant: the only subject of the sentence, before or behind."""
    kinds = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.STATE)
    found = [
        b
        for b in known
        if b.kind in kinds and any(m.subject and not m.pronoun and m.sentence == mention.sentence for m in b.mentions)
    ]
    return found[0] if len(found) == 1 else None


def _actor(known: list[Somebody], mention: Mention) -> Somebody | None:
    """Return the body that a pronoun means where no person of that gender is near: the only subject of the sentence before."""
    near = [
        b
        for b in known
        if b.kind is EntityKind.PERSON
        and any(
            0 <= mention.sentence - m.sentence <= 1 and m.gender == mention.gender and m.span.start < mention.span.start
            for m in b.mentions
        )
    ]
    acted = [
        b
        for b in known
        if b.kind is EntityKind.ORGANISATION
        and any(
            m.subject and m.gender == mention.gender and mention.sentence - m.sentence == 1 and m.block == mention.block
            for m in b.mentions
        )
    ]
    return acted[0] if len(acted) == 1 and not near else None


def _own_body(known: list[Somebody], mention: Mention) -> Somebody | None:
    """Return the body of *ihre Partei*: the only one of the page, or that of the person spoken of last."""
    person = _latest(known, mention, subject_only=False)
    bodies = {h.body for h in person.offices() if h.body} if person else set()
    own = [b for b in known if b.kind is EntityKind.ORGANISATION and b.name in bodies]
    if len(own) == 1:
        return own[0]
    named = [
        b
        for b in known
        if b.kind is EntityKind.ORGANISATION and b.name and any(m.head == mention.head for m in b.mentions)
    ]
    return named[0] if len(named) == 1 and not bodies else None


def _body(known: list[Somebody], mention: Mention) -> Somebody | None:
    """Return the body that a general noun means: one of that head or kind, the latest before it, else the only one."""
    head = mention.head or ""
    kinds = frozenset({head}).union(
        *(h["heads"] for h in lexicon.load("organisations")["hypernym"] if head in h["words"])
    )
    fitting = [
        b
        for b in known
        if b.kind is EntityKind.ORGANISATION
        and any(m.head in kinds or any(w and w.endswith(head.lower()) for w in (m.name, m.head)) for m in b.mentions)
    ]
    exact = [b for b in fitting if any(m.head == head for m in b.mentions)]
    lettered = head in ("Organisation", "Gewerkschaft", "Partei", "Verband", "Gruppe")
    letters = [b for b in known if lettered and any(m.head == m.name for m in b.mentions)]
    for group in (exact, fitting, letters):
        named = [b for b in group if b.name] or group
        if len(named) == 1:
            return named[0]
        before = [
            (m.span.start, i)
            for i, b in enumerate(named)
            if (m := b.before(mention)) and mention.sentence - m.sentence <= _REACH
        ]
        if before:
            return named[max(before)[1]]
        told = [b for b in named if b.before(mention)]
        if len(told) == 1:
            return told[0]
    return None
