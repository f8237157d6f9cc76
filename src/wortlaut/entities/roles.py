"""Offices in time and ties between entities, as the page states them.

"Jens Muster ist seit Oktober 2014 Generalsekretär der Nordallianz" gives a role with its beginning; "Nordallianz-Mitglied
Karpanien" a membership.
"""

import re

from wortlaut.entities.bodies import body_name
from wortlaut.entities.coreference import Somebody
from wortlaut.entities.gazetteer import office_in, state_names
from wortlaut.language import Sentence, Tag
from wortlaut.model import Role
from wortlaut.text import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner",
            "februar feber",
            "märz",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "dezember",
        ),
        1,
    )
    for name in names.split()
}
_SINCE = re.compile(r"\bseit\s+(?:(?:dem\s+)?(?:\d{1,2}\.\s*)?(?P<month>[A-Z][a-zä]+)\s+)?(?P<year>\d{4})\b")


def find_roles(body: Somebody, sentences: tuple[Sentence, ...], text: str) -> tuple[Role, ...]:
    """Return the offices of one person, one a title and organisation, with every place that names it."""
    found: dict[tuple[str, str | None], list[Span]] = {}
    since: dict[tuple[str, str | None], str] = {}
    for mention in body.mentions:
        if mention.office:
            found.setdefault((mention.office.title, mention.body), []).append(mention.span)
        for title, organisation, span, start in _predicated(sentences[mention.sentence], mention.span, text):
            found.setdefault((title, organisation), []).append(span)
            if start:
                since[title, organisation] = start
    titled = {title for title, organisation in found if organisation}
    return tuple(
        Role(
            title=title,
            organisation=organisation,
            since=since.get((title, organisation)),
            evidence=tuple(sorted(set(spans))),
        )
        for (title, organisation), spans in found.items()
        if organisation or title not in titled
    )


def _predicated(sentence: Sentence, person: Span, text: str) -> list[tuple[str, str | None, Span, str | None]]:
    """Read "X ist/war … Office der Body" and the apposition "X, Office der Body," behind a person."""
    tokens = sentence.tokens
    start = next((i for i, t in enumerate(tokens) if t.start >= person.end), len(tokens))
    if start >= len(tokens) or not (tokens[start].text == "," or tokens[start].lemma == "sein"):
        return []
    for at in range(start + 1, min(start + 9, len(tokens))):
        office = office_in(tokens[at].text) if tokens[at].tag is Tag.NOUN else None
        if tokens[at].tag is Tag.VERB:
            return []
        if office is None:
            continue
        end, organisation = at + 1, office.prefix
        if end + 1 < len(tokens) and tokens[end].lower in ("der", "des", "von", "vom", "beim", "bei"):
            stop = end + 1
            while stop < len(tokens) and tokens[stop].tag is Tag.NOUN and stop - end < 4:
                stop += 1
            if stop > end + 1:
                organisation = body_name([t.text for t in tokens[end + 1 : stop]])
                end = stop
        span = Span(
            tokens[start + 1].start if tokens[start].lemma != "sein" else tokens[start].start, tokens[end - 1].end
        )
        return [(office.title, state_names().get(organisation or "", organisation), span, _since(span.of(text)))]
    return []


def _since(words: str) -> str | None:
    match = _SINCE.search(words)
    if not match:
        return None
    month = _MONTHS.get((match["month"] or "").casefold())
    return f"{match['year']}-{month:02d}" if month else match["year"]
