"""The HTTP API: the ledger's questions as JSON, in the contract's form, in parts with cursors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from pydantic import BaseModel

from wortlaut.codec import to_json
from wortlaut.ledger import Actor, Answer, Change
from wortlaut.ledger.browsing import Issue, Place, Somebody, everybody, issues, newest, statement_at
from wortlaut.model import Act, EntityKind, Reading
from wortlaut.web.cursors import FURTHEST, from_cursor, to_cursor
from wortlaut.web.pages import shelf_of


class Fault(BaseModel):
    """What is wrong with a request."""

    detail: str | list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """A part of a list of statements; `next` is the cursor of the part after it."""

    items: tuple[Answer, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Changes of position, newest first."""

    items: tuple[Change, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """A part of the list of everybody."""

    items: tuple[Somebody, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A part of the list of pages."""

    items: tuple[Issue, ...]
    next: str | None = None


_FAULTS: dict[int | str, dict[str, Any]] = {
    404: {"model": Fault, "description": "There is none of this name."},
    422: {"model": Fault, "description": "A parameter cannot be used."},
    429: {"model": Fault, "description": "Too many requests; try again after the seconds in Retry-After."},
    503: {"model": Fault, "description": "Still comparing; try again after the seconds in Retry-After."},
}
router = APIRouter(tags=["ledger"], responses=_FAULTS)
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]
Cursor = Annotated[str, Query(max_length=300, description="`next` of the part before.")]
Everything = Annotated[bool, Query(alias="all", description="What is not sure enough, too.")]
_NOT = False
_LARGEST = 2**53
Number = Annotated[int, Query(ge=1, le=_LARGEST, description="An actor.")]
Named = Annotated[int, Path(ge=1, le=_LARGEST, description="An actor.")]


def _json(record: object) -> Response:
    return Response(to_json(record), media_type="application/json")


@router.get("/statements", response_model=Statements)
def statements(
    request: Request, act: Act | None = None, actor: Number | None = None, limit: Limit = 20, cursor: Cursor = "", everything: Everything = _NOT,
) -> Response:  # fmt: skip
    """Return statements, newest first: of one act, of one actor."""
    with shelf_of(request).ledger.reading() as connection:
        place = from_cursor(cursor, int)
        after = Place(*place) if place else None
        found, more = newest(connection, limit=limit, act=act, actor=actor, after=after, everything=everything)
    return _json(Statements(items=found, next=to_cursor(more) or None))


@router.get("/statements/{page}/{statement}", response_model=Answer)
def one_statement(request: Request, page: str, statement: str) -> Response:
    """Return one statement."""
    with shelf_of(request).ledger.reading() as connection:
        found, _ = statement_at(connection, page, statement)
    return _json(_there(found))


@router.get("/search", response_model=Statements)
def search(
    request: Request, q: Annotated[str, Query(max_length=300)], limit: Limit = 20, cursor: Cursor = "", everything: Everything = _NOT,
) -> Response:  # fmt: skip
    """Return statements by their words, best first."""
    start = _start(cursor)
    found = shelf_of(request).ledger.search(q, limit=limit + 1, skip=start, everything=everything)
    more = to_cursor(("", start + limit)) if len(found) > limit and start + limit <= FURTHEST else None
    return _json(Statements(items=found[:limit], next=more))


@router.get("/whatif", response_model=Statements)
def whatif(
    request: Request, event: Annotated[str, Query(max_length=300, pattern=r"[^\W_]", description="An event, as a sentence.")], limit: Limit = 20, cursor: Cursor = "", everything: Everything = _NOT,
) -> Response:  # fmt: skip
    """Return what each party said it will do if an event happens, best first."""
    start = _start(cursor)
    found = shelf_of(request).ledger.whatif(event, limit=start + limit + 1, everything=everything)
    return _json(Statements(items=found[start : start + limit], next=_after(found, start + limit)))


@router.get("/changes", response_model=Changes)
def changes(request: Request, actor: Number | None = None, limit: Limit = 20, cursor: Cursor = "") -> Response:
    """Return changes of position, newest first."""
    start, found = _start(cursor), shelf_of(request).changes()
    if found is None:
        raise HTTPException(503, "still comparing", {"Retry-After": "5"})
    own = tuple(c for c in found if actor is None or actor in (c.after.principal_actor, c.after.speaker_actor))
    return _json(Changes(items=own[start : start + limit], next=_after(own, start + limit)))


@router.get("/actors", response_model=Actors)
def actors(
    request: Request,
    name: Annotated[str, Query(max_length=300)] = "",
    kind: EntityKind | None = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> Response:
    """Return those who say something, by name."""
    after = from_cursor(cursor, int)
    with shelf_of(request).ledger.reading() as connection:
        found = everybody(connection, limit=limit + 1, name=name.strip(), kind=kind, after=after)
    more = to_cursor((found[limit - 1].name.lower(), found[limit - 1].id)) if len(found) > limit else None
    return _json(Actors(items=found[:limit], next=more))


@router.get("/actors/{number}", response_model=Actor)
def one_actor(request: Request, number: Named) -> Response:
    """Return one actor with offices, other names and pages."""
    return _json(_there(next(iter(shelf_of(request).ledger.actors(str(number))), None)))


@router.get("/pages", response_model=Pages)
def all_pages(request: Request, limit: Limit = 20, cursor: Cursor = "") -> Response:
    """Return pages, newest first."""
    after = from_cursor(cursor, str)
    with shelf_of(request).ledger.reading() as connection:
        found = issues(connection, limit=limit + 1, after=after)
    more = to_cursor((found[limit - 1].published or "", found[limit - 1].id)) if len(found) > limit else None
    return _json(Pages(items=found[:limit], next=more))


@router.get("/pages/{page}", response_model=Reading)
def one_page(request: Request, page: str) -> Response:
    """Return everything learned from a page: one Reading."""
    return _json(_there(shelf_of(request).reading(page)))


def _start(cursor: str) -> int:
    """Return where a part of a ranked list begins."""
    place = from_cursor(cursor, int)
    if place is not None and place[1] > FURTHEST:
        raise HTTPException(422, f"only the first {FURTHEST} can be paged through")
    return place[1] if place else 0


def _after(found: Sequence[object], end: int) -> str | None:
    return to_cursor(("", end)) if len(found) > end and end <= FURTHEST else None


def _there(found: object) -> object:
    if found is None:
        raise HTTPException(404, "there is none of this name")
    return found
