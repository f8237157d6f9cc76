"""Offices in time as sentences state them, and the roles that come of all that a page says of a person.

"Jens Muster ist seit Oktober 2014 Generalsekretär der Nordallianz" gives a role with its beginning; so does "Eva Lund
leitet den Verband seit 2019".
"""

from collections.abc import Iterator
from dataclasses import replace

from wortlaut import lexicon
from wortlaut.entities.bodies import read_body
from wortlaut.entities.coreference import Somebody
from wortlaut.entities.gazetteer import AGE, Office
from wortlaut.entities.mention import Held
from wortlaut.entities.offices import apposition, period
from wortlaut.entities.page import Page
from wortlaut.language import Clause, Order, Sentence, Tag, Token
from wortlaut.model import Role
from wortlaut.text import Span

_BE = frozenset(("sein", "werden", "bleiben"))


def find_predicated(body: Somebody, sentences: tuple[Sentence, ...], page: Page) -> list[Held]:
    """Return the offices that whole clauses give a person: "X ist/war/bleibt … Chef der Bank", "X leitet die Bank seit …"."""
    found: list[Held] = []
    for mention in body.mentions:
        sentence = sentences[mention.sentence]
        clause = next(
            (c for c in sentence.clauses if c.start <= mention.span.start < c.end and c.verb is not None), None
        )
        if clause is None or not mention.subject or mention.quoted:
            continue
        found.extend(_in_clause(sentence.tokens, clause, mention.span, page))
    return found


def _clause(sentence: Sentence, span: Span) -> Clause | None:
    """Return the clause of a subject; behind "Ida Lund, 54," the verb comes first in the next one."""
    for at, clause in enumerate(sentence.clauses):
        if clause.start <= span.start < clause.end:
            rest = [c for c in sentence.clauses[at:] if c.verb is not None]
            return rest[0] if rest and (rest[0] is clause or rest[0].order is Order.VERB_FIRST) else None
    return None


def _in_clause(tokens: tuple[Token, ...], clause: Clause, subject: Span, page: Page) -> Iterator[Held]:
    verb = tokens[clause.verb or 0]
    last = next((i for i in range(clause.first, clause.last) if tokens[i].start >= clause.end), clause.last)
    if clause.predicate in lexicon.words("offices", "leads"):
        yield from _led(tokens[clause.first : last], verb, subject, page)
        return
    if verb.lemma not in _BE or clause.predicate not in _BE:
        return
    words = tokens[clause.first : last]
    if any(t.tag is Tag.NEGATION for t in words):
        return
    behind = next((i for i in range(clause.first, last) if tokens[i].start >= max(verb.end, subject.end)), last)
    since, until = period(words)
    past = verb.lower in ("war", "waren") and since is None
    for held in apposition(tokens[:last], behind, page):
        yield replace(
            held,
            since=held.since or since,
            until=held.until or until or ("PAST_REF" if past else None),
            span=Span(verb.start, held.span.end),
        )


def _led(words: tuple[Token, ...], verb: Token, subject: Span, page: Page) -> Iterator[Held]:
    """Read what somebody leads: the first body of the clause that is not the subject."""
    since, until = period(words)
    for at, token in enumerate(words):
        if token.tag is not Tag.NOUN or subject.contains(token.span):
            continue
        body = read_body(words, at, page)
        if body is None or not body.named:
            continue
        if at and words[at - 1].tag is Tag.PREPOSITION:
            continue
        office = Office(title=verb.text, kind="Leiter", gender=None, speaks=True)
        yield Held(
            office=office,
            body=body.name,
            since=since,
            until=until,
            span=Span(min(verb.start, token.start), max(verb.end, words[body.end - 1].end)),
        )
        return


def roles_of(held: list[Held]) -> tuple[Role, ...]:
    """Return one role a title and body, with all places that name it; a title without body gives way to one with."""
    found: dict[tuple[str, str | None], list[Held]] = {}
    for one in held:
        if (one.office.title or one.body) and one.office.kind != AGE:
            found.setdefault((one.office.title or "bei", one.body), []).append(one)
    complete, others = {title for title, body in found if body}, {title for title, _ in found}
    return tuple(
        Role(
            title=title, organisation=body, since=next((h.since for h in same if h.since), None),
            until=next((h.until for h in same if h.until), None), evidence=tuple(sorted({h.span for h in same})),
        )
        for (title, body), same in found.items()
        if body or not any(title == t or t.casefold().endswith(title.casefold()) for t in others - {title} | complete)
    )  # fmt: skip
