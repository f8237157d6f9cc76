"""Who is who on a page: people, bodies, states, with their offices and every place that speaks of them.

By rules over the lexicon; the guideline is DESIGN's: not sure is left out.
"""

from wortlaut import lexicon
from wortlaut.entities.affiliation import affiliate
from wortlaut.entities.coreference import Somebody, resolve
from wortlaut.entities.mentions import find_mentions
from wortlaut.entities.naming import Mention
from wortlaut.entities.roles import find_roles
from wortlaut.language import Sentence
from wortlaut.model import Article, Entity, EntityKind, Relation, RelationKind, Role, content_id
from wortlaut.text import Span

__all__ = ["find_entities"]

_LEADING = (
    "generalsekretär",
    "präsident",
    "chef",
    "kanzler",
    "premier",
    "vorsitzende",
    "direktor",
    "leiter",
    "staatschef",
)


def find_entities(article: Article, sentences: tuple[Sentence, ...]) -> tuple[Entity, ...]:
    """Return the entities of an article in the order of their first mention; ids depend on that place alone."""
    bodies = resolve(find_mentions(sentences))
    people = [body for body in bodies if body.kind is EntityKind.PERSON]
    roles = {id(body): affiliate(find_roles(body, sentences, article.text), bodies) for body in people}
    _found_bodies(bodies, [role for held in roles.values() for role in held])
    ids = {id(body): _id(article, body) for body in bodies}
    by_name = {body.name: ids[id(body)] for body in bodies if body.name and body.kind is not EntityKind.PERSON}
    entities = [_entity(article, body, ids[id(body)], roles.get(id(body), ()), by_name) for body in bodies]
    return tuple(sorted(entities, key=lambda entity: entity.mentions[0]))


def _found_bodies(bodies: list[Somebody], roles: list[Role]) -> None:
    """Add organisations that only an office names ("Nordallianz-Generalsekretär")."""
    known = {body.name for body in bodies}
    for role in roles:
        if role.organisation and role.organisation not in known and role.evidence:
            mention = Mention(span=role.evidence[0], kind=EntityKind.ORGANISATION, name=role.organisation)
            short = [body for body in bodies if body.name == role.organisation.split()[0] and " " in role.organisation]
            if len(short) == 1:
                short[0].add(mention)  # "die Gewerkschaft" of "Vorsitzender der Gewerkschaft See und Hafen"
                known.add(role.organisation)
                continue
            bodies.append(Somebody(kind=EntityKind.ORGANISATION, name=role.organisation, mentions=[mention]))
            known.add(role.organisation)


def _id(article: Article, body: Somebody) -> str:
    first = min(m.span for m in body.mentions)
    return content_id(article.id, "entity", body.kind.value, first, first.of(article.text))


def _entity(
    article: Article, body: Somebody, entity_id: str, roles: tuple[Role, ...], by_name: dict[str, str]
) -> Entity:
    mentions = tuple(sorted({m.span for m in body.mentions}))
    name = body.name or " ".join(_shortest(mentions, article.text).split())
    relations = [
        Relation(kind=RelationKind.LEADS, object=by_name[role.organisation], since=role.since, evidence=role.evidence)
        for role in roles
        if role.organisation in by_name and any(word in role.title.casefold() for word in _LEADING)
    ]
    ruled = {lexicon.load("states")["metonym"].get(body.name or ""), *(m.body for m in body.mentions if not m.office)}
    relations.extend(
        Relation(kind=RelationKind.LEADS, object=by_name[state], evidence=mentions[:1])
        for state in sorted(filter(None, ruled))
        if state in by_name
    )
    return Entity(id=entity_id, name=name, kind=body.kind, mentions=mentions, roles=roles, relations=tuple(relations))


def _shortest(mentions: tuple[Span, ...], text: str) -> str:
    """Return the shortest nominal phrase without its article; a pronoun only if there is nothing else."""
    phrases = [m.of(text) for m in mentions]
    words = min([p for p in phrases if p.casefold() not in _PRONOUNS] or phrases, key=len)
    first, _, rest = words.partition(" ")
    return rest if rest and first.casefold() in ("der", "die", "das", "dem", "den", "des", "ein", "eine") else words


_PRONOUNS = frozenset(("er", "sie", "ihm", "ihn", "ihr"))
