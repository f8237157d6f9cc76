"""One thing said once, however many papers carry it: its reports, who was first, and how the wording drifts.

Two statements of different pages are one utterance when the same somebody says nearly the same words in the same days,
with the same denials. Reports are independent when they do not come from the same agency, medium or publisher.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, or_, select, union

from wortlaut import lexicon
from wortlaut.codec import from_line
from wortlaut.ledger.answers import AnswerPage
from wortlaut.ledger.rows import shown
from wortlaut.ledger.schema import actor, page, statement
from wortlaut.ledger.wording import differing, nearness, plain_words
from wortlaut.model import Polarity, ReportRole, Statement
from wortlaut.text import Spans

_DAYS = 7
"""Within so many days papers carry the same words; a weekly comes last."""
_NEAR = 0.8
_FEWEST = 4
"""Words that say something of their own; fewer have to be the same, and by the same somebody."""
_MOST = 400
"""Candidates looked at for each statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A page that carries an utterance. `origin` is where it has it from: an agency, a medium, else itself.

    `differs` are stretches of `words` that the first report does not have.
    """

    statement: str
    page: AnswerPage
    words: str
    differs: Spans
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Something said, in the words of the report that was first; `independent` counts the origins of all its reports."""

    words: str
    speaker: str | None
    principal: str | None
    independent: int
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement as far as it decides whether two are one utterance; `named` are its speaker and principal, if they have names."""

    number: int
    page: str
    at: str
    words: str
    polarity: Polarity
    named: frozenset[int]
    sketch: int

    @property
    def day(self) -> date | None:
        """The day it was said, or published, if it is known to the day."""
        try:
            return date.fromisoformat(self.at[:10])
        except ValueError:
            return None


def same_utterance(one: Said, other: Said) -> bool:
    """Tell whether two statements are reports of the same utterance."""
    if one.page == other.page or one.polarity is not other.polarity or _apart(one, other):
        return False
    known = bool(one.named and other.named)
    if known and not one.named & other.named:
        return False
    first, second = plain_words(one.words), plain_words(other.words)
    if min(len(first), len(second)) < _FEWEST:
        return known and first == second
    likeness = nearness(one.words, other.words)
    return likeness >= (_NEAR if known else 1.0) and _denials(first) == _denials(second)


def _apart(one: Said, other: Said) -> bool:
    return bool(one.day and other.day and abs(one.day - other.day) > timedelta(days=_DAYS))


def _denials(words: Sequence[str]) -> Counter[str]:
    return Counter(w for w in words if w in lexicon.words("closed", "negation") or w.startswith("kein"))


def reports_of(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return for each statement the others that report the same utterance, by their numbers, those that have some only."""
    seeds = _said(connection, select(statement.c.number).where(statement.c.number.in_(numbers)))
    if not seeds:
        return {}
    others = _said(connection, union(*(s for seed in seeds for s in _candidates(seed))))
    found = {seed.number: tuple(o.number for o in others if same_utterance(seed, o)) for seed in seeds}
    return {number: own for number, own in found.items() if own}


def _candidates(seed: Said) -> Iterator[Select[Any]]:
    """Yield what picks statements that may be the same: by their sketch, and by who said something in these days."""
    own = statement.c
    first = select(own.number).where(own.sketch == seed.sketch).order_by(own.number).limit(_MOST).subquery()
    yield select(first.c.number)
    if seed.day is None:
        return
    days = (seed.day - timedelta(days=_DAYS)).isoformat(), (seed.day + timedelta(days=_DAYS + 1)).isoformat()
    for who in sorted(seed.named):
        for role in (own.speaker, own.principal):
            near = select(own.number).where(role == who, own.at.between(*days)).order_by(own.at).limit(_MOST).subquery()
            yield select(near.c.number)


def _said(connection: Connection, numbers: Any) -> list[Said]:
    own, speaker, principal = statement.c, actor.alias(), actor.alias()
    query = (
        select(own.number, own.page, own.at, own.words, own.polarity, own.sketch)
        .add_columns(own.speaker, speaker.c.named, own.principal, principal.c.named)
        .join(page, page.c.id == own.page)
        .outerjoin(speaker, speaker.c.id == own.speaker)
        .outerjoin(principal, principal.c.id == own.principal)
        .where(own.number.in_(numbers), page.c.current == 1)
        .order_by(own.number)
    )
    return [_read(*row) for row in connection.execute(query)]


def _read(number: int, page_: str, at: str, words: str, polarity: str, sketch: int, *who: int | None) -> Said:
    speaker, is_named, principal, has_name = who
    named = frozenset(i for i, name in ((speaker, is_named), (principal, has_name)) if i is not None and name)
    return Said(
        number=number, page=page_, at=at, words=words, polarity=Polarity(polarity), named=named, sketch=sketch
    )  # fmt: skip


def find_utterances(
    connection: Connection,
    actors: Iterable[int] | None,
    *,
    since: str | None,
    until: str | None,
    limit: int | None,
    everything: bool,
) -> tuple[Utterance, ...]:
    """Return what more than one page reports, that with most reports first, then the newest."""
    own = statement.c
    query = select(own.number).join(page, page.c.id == own.page).where(shown(everything=everything))
    if actors is not None:
        wanted = [*actors]
        query = query.where(or_(own.speaker.in_(wanted), own.principal.in_(wanted)))
    query = query.where(own.at >= since) if since else query
    query = query.where(own.at < f"{until}~") if until else query
    groups = sorted(_groups(_said(connection, query)), key=lambda g: max(s.at for s in g), reverse=True)
    best = sorted(groups, key=len, reverse=True)[:limit]
    return tuple(_utterance(connection, [s.number for s in group]) for group in best)


def _groups(every: list[Said]) -> list[list[Said]]:
    """Put together what is one utterance; only statements of one sketch or one somebody are compared."""
    head = {said.number: said.number for said in every}

    def root(number: int) -> int:
        while head[number] != number:
            head[number] = head[head[number]]
            number = head[number]
        return number

    for one, other in _neighbours(every):
        if root(one.number) != root(other.number) and same_utterance(one, other):
            head[root(other.number)] = root(one.number)
    groups: dict[int, list[Said]] = defaultdict(list)
    for said in every:
        groups[root(said.number)].append(said)
    return [group for group in groups.values() if len({s.page for s in group}) > 1]


def _neighbours(every: list[Said]) -> Iterator[tuple[Said, Said]]:
    buckets: dict[tuple[str, int], list[Said]] = defaultdict(list)
    for said in every:
        buckets["sketch", said.sketch].append(said)
        for who in said.named:
            buckets["who", who].append(said)
    for (kind, _), own in buckets.items():
        own.sort(key=lambda s: (s.at, s.number))
        for place, one in enumerate(own):
            for other in own[place + 1 :]:
                if kind == "who" and (one.day is None or _apart(one, other)):
                    break
                yield one, other


def _utterance(connection: Connection, numbers: list[int]) -> Utterance:
    own, speaker, principal = statement.c, actor.alias(), actor.alias()
    shown_as = ("id", "source", "url", "title", "publisher", "published")
    query = (
        select(own.id.label("statement"), own.words, own.record, page.c.fetched_at, *(page.c[key] for key in shown_as))
        .add_columns(speaker.c.name.label("speaker"), principal.c.name.label("principal"))
        .join(page, page.c.id == own.page)
        .outerjoin(speaker, speaker.c.id == own.speaker)
        .outerjoin(principal, principal.c.id == own.principal)
        .where(own.number.in_(numbers))
    )
    rows = connection.execute(query).mappings().all()
    rows = sorted(rows, key=lambda r: (r["published"] or "~", r["fetched_at"] or "~", r["source"], r["statement"]))
    rows = list({row["source"]: row for row in reversed(rows)}.values())[::-1]
    first = rows[0]
    reports = tuple(
        Report(
            statement=row["statement"],
            page=AnswerPage(**{key: row[key] for key in shown_as}),
            words=row["words"],
            differs=differing(row["words"], first["words"]),
            origin=_origin(from_line(row["record"], Statement), row),
        )
        for row in rows
    )
    return Utterance(
        words=first["words"],
        speaker=next((row["speaker"] for row in rows if row["speaker"]), None),
        principal=next((row["principal"] for row in rows if row["principal"]), None),
        independent=len({r.origin.casefold() for r in reports}),
        reports=reports,
    )


def _origin(said: Statement, row: Any) -> str:
    """Return where a page has a statement from: the agency it names, else the medium it was told to, else itself."""
    links = {report.role: report.name for report in reversed(said.reported_by)}
    named = links.get(ReportRole.AGENCY) or links.get(ReportRole.MEDIUM) or row["publisher"] or row["source"]
    return str(named)
