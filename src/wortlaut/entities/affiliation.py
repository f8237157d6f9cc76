"""Which body an office belongs to, by its name as the page gives it in full, or where only the rest of the page says so.

"KSV-Geschäftsführerin" is of the KSV Fulda; "Präsidentin Roloff" of the office that the paragraph began with. Sure only if
exactly one body fits; otherwise the office stays without one.
"""

from dataclasses import replace

from wortlaut import lexicon
from wortlaut.entities.coreference import Somebody, same_office
from wortlaut.entities.gazetteer import body_in, lands
from wortlaut.entities.known import canonical
from wortlaut.entities.mention import Held, Mention
from wortlaut.model import EntityKind

_REACH = 4
"""How many sentences back a colleague in office may stand."""
_BODIES = frozenset((EntityKind.ORGANISATION, EntityKind.STATE))


def affiliate(person: Somebody, known: list[Somebody]) -> list[Held]:
    """Return the offices of a person with their bodies by full name; an office without one gets the only one that fits."""
    held = [replace(h, body=full_name(h.body, known)) if h.body else h for h in person.offices()]
    given = [h for h in held if h.body and h.until is None and h.office.kind != "Mitglied"]
    if given:
        return [
            h if h.body else replace(h, body=next((g.body for g in given if same_office(h, g)), None)) for h in held
        ]
    mentions = [m for m in person.mentions if m.held]
    for mention in mentions:
        for office in mention.held:
            home = _home(office, mention, known)
            if home:
                return [replace(h, body=home) if h.office == office.office and not h.body else h for h in held]
    return held


def full_name(name: str | None, known: list[Somebody]) -> str | None:
    """Return the name under which the page's only body of that name, part of a name or place is known."""
    if name is None:
        return None
    bodies = [b for b in known if b.name and b.kind in _BODIES]
    name = canonical(name)
    if any(b.name == name for b in bodies):
        return name
    low = name.casefold()
    called = [(b.name, {(m.name or "").casefold() for m in b.mentions}, b.name.casefold()) for b in bodies if b.name]
    for fitting in (
        {own for own, names, _ in called if low in names},
        {own for own, _, lower in called if low in lower.split()},
        {own for own, _, lower in called if lower.endswith(low) and len(low) > 4},
    ):
        if len(fitting) == 1:
            return fitting.pop()
    persons = [b.name for b in known if b.kind is EntityKind.PERSON and b.name and low in b.name.casefold().split()]
    return persons[0] if len(persons) == 1 else name


def _home(held: Held, mention: Mention, known: list[Somebody]) -> str | None:
    office = held.office
    if office.kind in lexicon.words("offices", "for_persons"):
        accused = [
            b
            for b in known
            if b.kind is EntityKind.PERSON and b.name and any(h.office.kind == "Angeklagter" for h in b.offices())
        ]
        return (
            accused[0].name
            if len(accused) == 1 and accused[0].mentions[0] is not mention and "erteidiger" in office.title
            else None
        )
    bodies = [b for b in known if b.kind in _BODIES and b.name and not _lacks(b, office.title)]
    if kinds := _kinds(office.title, office.kind):
        fitting = [b for b in bodies if any(m.head in kinds for m in b.mentions) and not _of_others(b)]
        sole = fitting[0].name if len({b.name for b in fitting}) == 1 else None
        told = sole and (mention.owned or _named_by(office.title, fitting) or _spoken_of(fitting, mention))
        return sole if told else _actor_before(fitting, mention)
    if held.until or not (mention.bare or mention.owned or mention.name is None):
        return None
    if not (office.speaks or office.kind in lexicon.words("offices", "of_bodies")):
        return None
    if office.title.casefold().endswith(_OF_STATES):
        bodies = [b for b in bodies if b.kind is EntityKind.STATE]
        return _actor_before(bodies, mention) or _actor_behind(bodies, mention) or _colleague(bodies, mention, known)
    return _actor_before([b for b in bodies if b.kind is EntityKind.ORGANISATION], mention)


_OF_STATES = ("minister", "ministerin", "kanzler", "kanzlerin", "premier", "staatssekretär", "staatssekretärin", "ministerpräsident", "ministerpräsidentin", "regierungschef", "regierungschefin", "staatschef", "staatschefin", "staatspräsident", "staatspräsidentin")  # fmt: skip


_LEADING = ("chef", "chefin", "vorsitzender", "vorsitzende", "vorsitzenden", "sprecher", "sprecherin", "führer", "führerin", "präsident", "präsidentin")  # fmt: skip


def _kinds(title: str, kind: str) -> frozenset[str]:
    """Return the heads of bodies that an office may belong to, by what its title begins with."""
    table = lexicon.load("organisations")
    listed = next((frozenset(k["heads"]) for k in table["home"] if title.startswith(tuple(k["titles"]))), None)
    prefix = _prefix_head(title, kind)
    if listed or prefix is None:
        return listed or frozenset()
    return frozenset({prefix}).union(*(h["heads"] for h in table["hypernym"] if prefix in h["words"]))


def _lacks(body: Somebody, title: str) -> bool:
    """Tell whether a body of this kind has no such office: no city has a "Geschäftsführerin"."""
    heads = {m.head for m in body.mentions}
    return any(heads & set(row["heads"]) for row in _without() if title.startswith(tuple(row["titles"])))


def _without() -> list[dict[str, list[str]]]:
    rows: list[dict[str, list[str]]] = lexicon.load("organisations")["without"]
    return rows


def _of_others(body: Somebody) -> bool:
    """Tell whether a body is called another one than that spoken of: "die Nachbargemeinde Untertal"."""
    return any((m.name or "").startswith(tuple(lexicon.words("organisations", "others"))) for m in body.mentions)


def _named_by(title: str, fitting: list[Somebody]) -> bool:
    """Tell whether the title begins with what the body is called: "Betriebsratschefin" of "der Betriebsrat"."""
    called = ((m.head, m.name) for b in fitting for m in b.mentions if m.head)
    return any(title.startswith(head) and (name is None or head in name) for head, name in called)


def _spoken_of(fitting: list[Somebody], mention: Mention) -> bool:
    """Tell whether the body came in before its office holder did; one that only follows may be anybody's."""
    return any(m.span.start < mention.span.start for b in fitting for m in b.mentions)


def _prefix_head(title: str, kind: str) -> str | None:
    """Return the head noun that a compound title begins with: "Konzernchefin" → Konzern, "Polizeisprecher" → Polizei."""
    first = title[: len(title) - len(kind)] if len(title) > len(kind) + 2 else ""
    if not first and title.casefold().endswith(_LEADING):  # "Gewerkschaftschefin", an office of its own in the lexicon
        heads = (h for h in lexicon.words("organisations", "heads") if title.startswith(h) and len(title) > len(h) + 3)
        return max(heads, key=len, default=None)
    return next(
        (
            h
            for form in (first, first.removesuffix("s"), first.removesuffix("en"))
            if len(form) > 2 and (h := body_in(form))
        ),
        None,
    )


def _actor_before(bodies: list[Somebody], mention: Mention) -> str | None:
    """Return the body that acted last before an office holder comes in: in the paragraph's sentences before, else in this one.

    Of *deren* and *ihr* it is the body of the sentence before, across paragraphs.
    """
    organs = lexicon.words("organisations", "organs")
    acted = [
        (m.sentence < mention.sentence, m.span.start, b.name)
        for b in bodies
        for m in b.mentions
        if m.subject and not m.quoted and m.span.start < mention.span.start and m.head not in organs
        and (m.block == mention.block or (mention.owned and mention.sentence - m.sentence == 1))
    ]  # fmt: skip
    return max(acted)[2] if acted else None


def _actor_behind(bodies: list[Somebody], mention: Mention) -> str | None:
    """Return the only state or land that acts in the rest of the paragraph; a land rather than its state."""
    acted = {
        b.name
        for b in bodies
        for m in b.mentions
        if m.subject and m.block == mention.block and m.span.start > mention.span.end
    }
    own = {name for name in acted if name in lands()} or acted
    return own.pop() if len(own) == 1 else None


def _colleague(states: list[Somebody], mention: Mention, known: list[Somebody]) -> str | None:
    """Return the only state of the sentence if somebody spoken of just before holds an office of it.

    "Die britische Ministerin … Premierminister Jan Berg will die britischen Truppen verdoppeln."
    """
    named = {b.name for b in states for m in b.mentions if m.sentence == mention.sentence}
    before = (m for b in known for m in b.mentions if 0 < mention.sentence - m.sentence <= _REACH)
    offices = {h.body for m in before for h in m.held}
    return named.pop() if len(named) == 1 and named <= offices else None
