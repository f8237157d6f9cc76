"""The pages that only look: start, what if, who, article, statement, changes, search, method."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BeforeValidator

from wortlaut.encoder import find_model
from wortlaut.ledger import Answer, Change, ChangeKind
from wortlaut.ledger.browsing import (
    Place,
    Somebody,
    answer_at,
    bodies_on,
    confidences,
    everybody,
    issues,
    newest,
    quoted_by,
    statement_at,
    titles,
    voices,
)
from wortlaut.ledger.events import event_of
from wortlaut.ledger.rows import SURE
from wortlaut.model import Act, EntityKind
from wortlaut.web.article import around, lay_out
from wortlaut.web.card import find_card
from wortlaut.web.cursors import FURTHEST, from_cursor, to_cursor
from wortlaut.web.due import due_now
from wortlaut.web.guard import POLICY
from wortlaut.web.shelf import Shelf
from wortlaut.web.timeline import plots
from wortlaut.web.views import Views, place_of

router = APIRouter()
Words = Annotated[str, Query(max_length=300)]
UNSET = BeforeValidator(lambda value: value or None)
"""A choice left open, as forms send it: `act=`."""
Everything = Annotated[bool, Query(alias="all")]
Reworded = Annotated[bool, Query()]
_NOT = False
Cursor = Annotated[str, Query(max_length=300)]
PART = 20
_PLOTTED = 100
_ANSWERS, _UNSURE = 60, 12
_SPLITS = 60
"""Of so many pages, the last of them, somebody can be judged to be somebody else."""
_KINDS = (
    EntityKind.STATE, EntityKind.ORGANISATION, EntityKind.GROUP, EntityKind.PERSON, EntityKind.PLACE, EntityKind.DOCUMENT, EntityKind.OTHER,
)  # fmt: skip


def shelf_of(request: Request) -> Shelf:
    """Return the shelf of the application."""
    found: Shelf = request.app.state.shelf
    return found


def page(request: Request, name: str, status: int = 200, *, whole: bool = True, **context: Any) -> Response:
    """Render a page; what is not yet `whole` is to be asked for again."""
    views: Views = request.app.state.views
    response = views.page(request, name, status, **context)
    if not whole:
        response.headers["cache-control"] = "no-store"
    return response


@router.get("/")
def start(request: Request) -> Response:
    """Show what is new, what changed and what is due."""
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        latest = [a for a in newest(connection, limit=16)[0] if a.principal or a.speaker][:8]
        recent = issues(connection, limit=5)
    changes = shelf.changes()
    turned = None if changes is None else [c for c in changes if c.change is not ChangeKind.REWORDED][:3]
    upcoming, past = due_now(shelf.dated(), _today(shelf))
    return page(
        request, "start.html", latest=latest, issues=recent, changes=turned, due=upcoming[:5], past=past[:3] if not upcoming else [],
        counts=shelf.counts(), events=_events(shelf), whole=changes is not None,
    )  # fmt: skip


@router.get("/whatif")
def whatif(request: Request, event: Words = "", everything: Everything = _NOT) -> Response:
    """Show by principal what each said it will or will not do."""
    shelf = shelf_of(request)
    asked = any(c.isalnum() for c in event)
    answers, withheld = _answers(shelf, event, everything=everything) if asked else ((), ())
    return page(
        request, "whatif.html", event=event, asked=asked, answers=answers, events=_events(shelf), everything=everything,
        withheld=withheld, newer=_newer(shelf, [*answers, *withheld]), model=find_model(), silent=_silent(shelf, answers, withheld),
    )  # fmt: skip


def _answers(shelf: Shelf, event: str, *, everything: bool) -> tuple[Sequence[Answer], Sequence[Answer]]:
    if everything:
        return shelf.ledger.whatif(event, limit=_ANSWERS, everything=True), ()
    return shelf.ledger.whatif_apart(event, limit=_ANSWERS, less_sure=_UNSURE)


def _newer(shelf: Shelf, answers: Sequence[Answer]) -> dict[str, Answer]:
    """Return the statements that supersede some of these, by their places."""
    places = {by for a in answers if (by := a.why.get("superseded_by"))}
    with shelf.ledger.reading() as connection:
        found = {place: answer_at(connection, *place.split("/")) for place in sorted(places)}
    return {place: answer for place, answer in found.items() if answer}


def _silent(shelf: Shelf, answers: Sequence[Answer], withheld: Sequence[Answer]) -> list[Somebody]:
    """Return states and organisations that speak on the pages of the answers, and of whom there is none, not even a less sure one."""
    heard = {one for a in (*answers, *withheld) for one in (a.principal_actor, a.speaker_actor)}
    with shelf.ledger.reading() as connection:
        found = bodies_on(connection, {a.page.id for a in answers})
    return [one for one in found if one.id not in heard]


def _events(shelf: Shelf) -> list[str]:
    """Return events to ask of: conditions of the ledger without their conjunctions.

    Those that end in a verb ("Truppen die Grenze überschreiten") follow "what if …"; nouns ("einem Angriff") do not. Of those that
    end alike the longest is enough.
    """
    found = dict.fromkeys(event_of(words).strip(" ,.") for words in shelf.events())
    asked = [words for words in found if len(words) > 8 and words.split()[-1][0].islower()]
    return [words for words in asked if not any(words != other and other.endswith(words) for other in asked)][:6]


@router.get("/search")
def search(
    request: Request,
    q: Words = "",
    who: Words = "",
    act: Annotated[Act | None, UNSET] = None,
    since: Words = "",
    after: Cursor = "",
) -> Response:
    """Show statements by their words, or simply all of them, newest first."""
    shelf = shelf_of(request)
    answers: Sequence[Answer]
    people: Sequence[Somebody] = ()
    record: list[tuple[Somebody, Sequence[Answer]]] = []
    if q.strip() or who.strip() or _day(since):
        skip = _skipped(after)
        answers, more = _found(shelf, q, who.strip(), act, _day(since), skip), ""
        if len(answers) > PART:
            answers, more = answers[:PART], to_cursor(("", skip + PART))
        with shelf.ledger.reading() as connection:
            people = everybody(connection, limit=6, name=q.strip()) if q.strip() and not skip else ()
            if not answers:
                record = [(one, newest(connection, limit=5, act=act, actor=one.id)[0]) for one in people]
    else:
        with shelf.ledger.reading() as connection:
            answers, place = newest(connection, limit=PART, act=act, after=_place(after))
        more = to_cursor(place)
    record = [(one, said) for one, said in record if said]
    return page(
        request,
        "search.html",
        q=q,
        who=who,
        act=act,
        since=since,
        answers=answers,
        more=more,
        people=people,
        record=record,
    )


def _found(shelf: Shelf, words: str, who: str, act: Act | None, since: str | None, skip: int) -> Sequence[Answer]:
    """Return a part of the statements, and one more, by their words, that somebody makes or is bound by, of an act, since a day."""
    acts = () if act is None else (act,)
    return shelf.ledger.search(words, who=who or None, acts=acts, since=since, limit=PART + 1, skip=skip)


def _skipped(cursor: str) -> int:
    place = from_cursor(cursor, int)
    return min(place[1], FURTHEST) if place else 0


def _place(cursor: str) -> Place | None:
    place = from_cursor(cursor, int)
    return Place(*place) if place else None


@router.get("/who")
def who(
    request: Request, q: Words = "", kind: Annotated[EntityKind | None, UNSET] = None, after: Cursor = ""
) -> Response:
    """Show everybody who says something."""
    with shelf_of(request).ledger.reading() as connection:
        found = everybody(connection, limit=61, name=q.strip(), kind=kind, after=from_cursor(after, int))
    more = to_cursor((found[59].name.lower(), found[59].id)) if len(found) > 60 else ""
    return page(
        request,
        "who.html",
        q=q,
        kind=kind,
        people=_by_kind(found) if not (after or more) else [("", found[:60])],
        more=more,
    )


def _by_kind(people: Sequence[Somebody]) -> list[tuple[str, list[Somebody]]]:
    """Return a list that is short enough to be read whole by kind, persons by their last names."""
    ordered = sorted(people, key=lambda one: one.name.rpartition(" ")[2].casefold() if one.kind == EntityKind.PERSON else one.name.casefold())  # fmt: skip
    found = ((kind, [one for one in ordered if one.kind == kind]) for kind in _KINDS)
    return [(kind, own) for kind, own in found if own]


@router.get("/who/{number}")
def actor(request: Request, number: int, after: Cursor = "") -> Response:
    """Show one person or organisation: offices, record, plot, who quotes them."""
    shelf = shelf_of(request)
    found = next(iter(shelf.ledger.actors(str(number))), None)
    if found is None:
        raise HTTPException(404)
    with shelf.ledger.reading() as connection:
        answers, place = newest(connection, limit=PART, actor=found.id, after=_place(after))
        many, older = newest(connection, limit=_PLOTTED, actor=found.id)
        papers = quoted_by(connection, found.id)
        spoken = voices(connection, found.id)
        bound = voices(connection, found.id, by=True)
        some = found.pages[-_SPLITS:] if len(found.pages) > 1 else ()
        named = titles(connection, some)
    turns = shelf.changes()
    own = [c for c in turns or () if found.id in (c.after.principal_actor, c.after.speaker_actor)]
    changes = [c for c in own if c.change is not ChangeKind.REWORDED]
    splits = [(source, named.get(source, source)) for source in some]
    return page(
        request, "actor.html", actor=found, answers=answers, more=to_cursor(place), first=not after, plots=plots(many), plotted=len(many) if older else 0, papers=papers, changes=changes, voices=spoken, bound=bound,
        splits=splits,
        whole=turns is not None,
        judgements=[j for j in shelf.ledger.judgements() if found.id in (j.actor, j.other)],
    )  # fmt: skip


@router.get("/pages")
def all_pages(request: Request, after: Cursor = "") -> Response:
    """Show all pages of the ledger."""
    with shelf_of(request).ledger.reading() as connection:
        found = issues(connection, limit=31, after=from_cursor(after, str))
    more = to_cursor((found[29].published or "", found[29].id)) if len(found) > 30 else ""
    return page(request, "pages.html", issues=found[:30], more=more)


@router.get("/page/{number}")
def article(request: Request, number: str) -> Response:
    """Show an article as its typed blocks, quotes marked, statements in the margin."""
    shelf = shelf_of(request)
    reading = shelf.reading(number)
    if reading is None:
        raise HTTPException(404)
    return page(request, "article.html", **lay_out(shelf, reading))


@router.get("/page/{number}/{statement}")
def statement(request: Request, number: str, statement: str) -> Response:
    """Show one statement with all that is known of it."""
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        found, papers = statement_at(connection, number, statement)
        sure = confidences(connection, number).get(statement, 0) >= SURE
    reading = shelf.reading(number)
    if found is None or reading is None:
        raise HTTPException(404)
    turns = shelf.changes()
    changes = [c for c in turns or () if statement in (c.before.statement.id, c.after.statement.id)]
    quote = next((q for q in reading.quotes if q.id == found.statement.quote), None)
    return page(
        request,
        "statement.html",
        answer=found,
        quote=quote,
        context=around(reading, found.statement),
        text=reading.article.text,
        papers=papers,
        sure=sure,
        changes=changes,
        whole=turns is not None,
    )


@router.get("/changes")
def changes(
    request: Request, q: Words = "", since: str = "", reworded: Reworded = _NOT, everything: Everything = _NOT,
) -> Response:  # fmt: skip
    """Show who changed their position, two wordings side by side; with `all` also what is less sure to be of one matter."""
    sure = shelf_of(request).changes()
    found = shelf_of(request).changes(everything=True) if everything and sure is not None else sure
    whole, known = found is not None, {_pair(one) for one in sure or ()}
    if found is not None:
        wanted = q.strip().casefold()
        day = _day(since)
        found = tuple(
            c for c in found
            if (reworded or c.change is not ChangeKind.REWORDED)
            and (not wanted or wanted in f"{c.after.principal} {c.after.speaker}".casefold())
            and (day is None or (c.after.page.published or "") >= day)
        )  # fmt: skip
    return page(
        request, "changes.html", changes=found, sure=known, pair=_pair, q=q, since=since, reworded=reworded,
        everything=everything, whole=whole,
    )  # fmt: skip


def _pair(change: Change) -> tuple[str, str]:
    return place_of(change.before), place_of(change.after)


def _day(words: str) -> str | None:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return None


@router.get("/due")
def due(request: Request) -> Response:
    """Show what was announced for a day or a time."""
    shelf = shelf_of(request)
    today = _today(shelf)
    upcoming, past = due_now(shelf.dated(), today)
    return page(request, "due.html", due=upcoming, past=past, today=today.isoformat())


def _today(shelf: Shelf) -> date:
    """Return the day to count from: the clock's, or that of the newest page, where that is later, as in invented ledgers."""
    clock = datetime.now(UTC).date()
    newest_day = _day(shelf.newest_day())
    return max(clock, date.fromisoformat(newest_day)) if newest_day else clock


@router.get("/method")
def method(request: Request) -> Response:
    """Show how it works, its limits, the model's card, and what was measured of this server."""
    shelf = shelf_of(request)
    response = page(
        request, "method.html", counts=shelf.counts(), model=find_model(), card=find_card(), policy=POLICY,
        reports=request.app.state.views.reports.most_common(),
    )  # fmt: skip
    response.headers["cache-control"] = "no-store"
    return response


@router.get("/judgements")
def judgements(request: Request) -> Response:
    """Show the journals of judgements."""
    ledger = shelf_of(request).ledger
    return page(
        request, "judgements.html", judgements=ledger.judgements()[::-1][:200], reviews=ledger.reviews()[::-1][:200]
    )
