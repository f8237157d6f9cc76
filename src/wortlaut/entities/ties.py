"""Lasting ties between entities that the page states: who leads, belongs to, or is a partner of whom."""

from collections.abc import Iterator

from wortlaut import lexicon
from wortlaut.entities.coreference import Somebody
from wortlaut.entities.gazetteer import capitals, office_in
from wortlaut.language import Sentence, Tag, Token
from wortlaut.model import EntityKind, Relation, RelationKind, Role
from wortlaut.text import Span

Ids = dict[str, str]
_LEADING = frozenset(
    (
        "Generalsekretär",
        "Präsident",
        "Chef",
        "Kanzler",
        "Premier",
        "Vorsitzender",
        "Vorsitzende",
        "Direktor",
        "Leiter",
        "Staatschef",
        "Intendant",
        "CEO",
    )
)
_TIES = {
    "mitglied": RelationKind.MEMBER_OF,
    "partner": RelationKind.PARTNER_OF,
    "tochter": RelationKind.PART_OF,
    "tochterfirma": RelationKind.PART_OF,
    "beitrittskandidat": RelationKind.PARTNER_OF,
}


def ties_of(
    body: Somebody, roles: tuple[Role, ...], sentences: tuple[Sentence, ...], known: list[Somebody], ids: Ids
) -> tuple[Relation, ...]:
    """Return the relations of one somebody to others of the page; `ids` maps a name to an entity's id."""
    found = [
        *_by_role(roles, ids),
        *_by_metonym(body, ids),
        *_as_part(body, known, ids),
        *_by_word(body, sentences, known, ids),
    ]
    unique = {(r.kind, r.object): r for r in reversed(found) if r.object != ids.get(body.name or "")}
    return tuple(sorted(unique.values(), key=lambda r: (r.kind.value, r.evidence)))


def _by_role(roles: tuple[Role, ...], ids: Ids) -> Iterator[Relation]:
    for role in roles:
        if role.organisation not in ids or role.until == "PAST_REF":
            continue
        office = office_in(role.title)
        if role.title == "Mitglied" or role.title.endswith(("politiker", "politikerin")):
            kind = RelationKind.MEMBER_OF
        elif (office and office.title == role.title and _leads(office.kind, role.title)) or role.title[0].islower():
            kind = RelationKind.LEADS
        else:
            continue
        yield Relation(kind=kind, object=ids[role.organisation or ""], since=role.since, evidence=role.evidence)


def _leads(kind: str, title: str) -> bool:
    return any(kind.casefold().endswith(word.casefold()) for word in _LEADING) and not title.startswith(
        ("Vize", "Fraktions")
    )


def _by_metonym(body: Somebody, ids: Ids) -> Iterator[Relation]:
    """Mark a leadership: "der Kreml", "Moskau", "die veskische Führung" lead their state."""
    first = tuple(sorted(m.span for m in body.mentions))[:1]
    table = lexicon.load("states")["metonym"]
    ruled = {
        table.get(body.name or ""),
        *(m.body for m in body.mentions if m.head in lexicon.words("organisations", "leaderships")),
    }
    if body.kind is EntityKind.ORGANISATION:
        ruled.add(capitals().get(body.name or ""))
    for state in sorted(filter(None, ruled)):
        if state in ids:
            kind = RelationKind.PART_OF if any(m.head == "Ministerium" for m in body.mentions) else RelationKind.LEADS
            yield Relation(kind=kind, object=ids[state], evidence=first)


def _as_part(body: Somebody, known: list[Somebody], ids: Ids) -> Iterator[Relation]:
    """Make "der Vorstand" part of the only company of the page."""
    if (
        not any(m.head in lexicon.words("organisations", "organs") for m in body.mentions)
        or body.kind is not EntityKind.ORGANISATION
    ):
        return
    companies = lexicon.words("organisations", "companies")
    whole = {b.name for b in known if b is not body and b.name and any(m.head in companies for m in b.mentions)}
    if len(whole) == 1:
        yield Relation(
            kind=RelationKind.PART_OF,
            object=ids[whole.pop() or ""],
            evidence=tuple(sorted(m.span for m in body.mentions))[:1],
        )


def _by_word(body: Somebody, sentences: tuple[Sentence, ...], known: list[Somebody], ids: Ids) -> Iterator[Relation]:
    """Read "Nato-Mitglied Karpanien", "Karpanien ist (kein) Mitglied der Nato", "ein Partner wie die Ukraine"."""
    if body.kind not in (EntityKind.STATE, EntityKind.ORGANISATION, EntityKind.GROUP):
        return
    for mention in body.mentions:
        sentence = sentences[mention.sentence]
        tokens = sentence.tokens
        first = next((i for i, t in enumerate(tokens) if t.start >= mention.span.start), 0)
        last = next((i for i, t in enumerate(tokens) if t.end >= mention.span.end), first)
        for at in _near(tokens, first, last):
            kind, whole = _tie(tokens[at].text, tokens, at, sentence, known)
            if kind and whole and whole in ids and not any(t.tag is Tag.NEGATION for t in tokens[max(0, at - 3) : at]):
                yield Relation(
                    kind=kind,
                    object=ids[whole],
                    evidence=(Span(min(mention.span.start, tokens[at].start), max(mention.span.end, tokens[at].end)),),
                )


def _near(tokens: tuple[Token, ...], first: int, last: int) -> Iterator[int]:
    """Yield the indices of words that may tie a mention: itself, right before it, behind *wie* before it, or behind *ist*."""
    yield from range(first, last + 1)
    back = first - 1
    while back >= 0 and tokens[back].tag is Tag.DETERMINER:
        back -= 1
    if back >= 0 and tokens[back].lower == "wie":
        back -= 1
    if back >= 0 and tokens[back].tag is Tag.NOUN:
        yield back
    if last + 1 < len(tokens) and tokens[last + 1].lemma == "sein":
        yield from (i for i in range(last + 2, min(last + 8, len(tokens))) if tokens[i].tag is Tag.NOUN)


def _tie(
    word: str, tokens: tuple[Token, ...], at: int, sentence: Sentence, known: list[Somebody]
) -> tuple[RelationKind | None, str | None]:
    prefix, _, tail = word.rpartition("-")
    stem = (tail or word).casefold()
    kind = next(
        (
            k
            for w, k in _TIES.items()
            if stem
            in (
                w,
                w + "s",
                w + "er",
                w + "ern",
                w + "n",
                w + "land",
                w + "staat",
                w + "staaten",
                w + "sstaaten",
                w + "sland",
                w + "sländer",
            )
        ),
        None,
    )
    if kind is None:
        return None, None
    bodies = [b for b in known if b.kind is EntityKind.ORGANISATION and b.name]
    if prefix:
        return kind, next(
            (b.name for b in bodies if b.name == prefix or any(m.name == prefix for m in b.mentions)), None
        )
    behind = [
        (m.span.start, b.name)
        for b in bodies
        for m in b.mentions
        if tokens[at].end <= m.span.start <= tokens[at].end + 6
    ]
    if behind:
        return kind, min(behind)[1]
    inside = {b.name for b in bodies for m in b.mentions if sentence.span.contains(m.span)}
    inside |= {b.name for b in bodies if any(t.text.startswith(f"{b.name}-") for t in tokens)}
    return kind, inside.pop() if len(inside) == 1 else None
