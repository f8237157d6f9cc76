"""Who is who on a page: people, bodies, states, with their offices and every place that speaks of them.

By rules over lexicon and morphology; the guideline is DESIGN's: not sure is left out.
"""

from wortlaut.entities.affiliation import affiliate
from wortlaut.entities.coreference import Somebody, by_description, by_name
from wortlaut.entities.mention import Held, Mention
from wortlaut.entities.mentions import find_mentions
from wortlaut.entities.roles import find_predicated, roles_of
from wortlaut.entities.ties import ties_of
from wortlaut.language import Sentence
from wortlaut.model import Article, Entity, EntityKind, Quote, Relation, Role, content_id
from wortlaut.text import Span

__all__ = ["find_entities"]

_ARTICLES = (
    "der",
    "die",
    "das",
    "dem",
    "den",
    "des",
    "ein",
    "eine",
    "einem",
    "einer",
    "eines",
    "im",
    "vom",
    "zum",
    "zur",
    "beim",
)


def find_entities(
    article: Article, sentences: tuple[Sentence, ...], quotes: tuple[Quote, ...] = ()
) -> tuple[Entity, ...]:
    """Return the entities of an article in the order of their first mention; ids depend on that place alone.

    Who speaks in one of `quotes` may have a name that nothing else tells.
    """
    mentions, page = find_mentions(sentences, tuple(span for quote in quotes for span in quote.speaker))
    known = by_name(mentions)
    for body in known:
        if body.kind is EntityKind.PERSON:
            body.held.extend(find_predicated(body, sentences, page))
    by_description(known, mentions)
    held = {id(body): affiliate(body, known) for body in known if body.kind is EntityKind.PERSON}
    offices = [h for own in held.values() for h in own]
    _add_bodies(known, offices)
    places = {body.name: {h.place for h in offices if h.place and h.body == body.name} for body in known if body.name}
    roles = {key: roles_of(own) for key, own in held.items()}
    ids = {id(body): _id(article, body) for body in known}
    by_their_name = {b.name: ids[id(b)] for b in known if b.name and b.kind is not EntityKind.PERSON}
    entities = []
    for body in known:
        own = roles.get(id(body), ())
        relations = ties_of(body, own, sentences, known, by_their_name)
        entities.append(_entity(article, body, ids[id(body)], own, relations, places.get(body.name or "", set())))
    return tuple(sorted(entities, key=lambda entity: entity.mentions[0]))


def _add_bodies(known: list[Somebody], held: list[Held]) -> None:
    """Add organisations that only an office names ("Nordallianz-Generalsekretär")."""
    names = {body.name for body in known}
    for one in held:
        if one.body and one.body not in names:
            mention = Mention(span=one.place or one.span, kind=EntityKind.ORGANISATION, name=one.body)
            known.append(Somebody(kind=EntityKind.ORGANISATION, name=one.body, mentions=[mention]))
            names.add(one.body)


def _id(article: Article, body: Somebody) -> str:
    first = min(m.span for m in body.mentions)
    return content_id(article.id, "entity", body.kind.value, first, first.of(article.text))


def _entity(
    article: Article,
    body: Somebody,
    entity_id: str,
    roles: tuple[Role, ...],
    relations: tuple[Relation, ...],
    places: set[Span],
) -> Entity:
    """Make the entity of a body; `places` are where only an office names it."""
    spans = {m.span for m in body.mentions}
    told = {s for s in spans if s.of(article.text)[0].isupper() or " " in s.of(article.text)} | {
        m.span for m in body.mentions if m.pronoun
    }
    if body.kind is not EntityKind.PERSON:
        told |= {p for p in places if not any(s.contains(p) for s in told)}
    mentions = tuple(sorted(told or spans))  # a state's adjective counts in offices and where nothing else names it
    phrases = [m.span for m in body.mentions if not m.pronoun]
    name = body.name or " ".join(_phrase(phrases, article.text).split())
    return Entity(
        id=entity_id,
        name=name,
        kind=body.kind,
        named=body.name is not None,
        mentions=mentions,
        roles=roles,
        relations=relations,
    )


def _phrase(mentions: list[Span], text: str) -> str:
    """Return the shortest nominal phrase without its article."""
    words = min((m.of(text) for m in mentions), key=len)
    first, _, rest = words.partition(" ")
    return rest if rest and first.casefold() in _ARTICLES else words
