"""What readers change: pages added, people merged and split, statements accepted and rejected, the language of the interface."""

import hmac
import json
from collections import Counter
from contextlib import suppress
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from wortlaut.archive import check_date
from wortlaut.errors import ConfigurationError
from wortlaut.ledger import Opinion
from wortlaut.model import Page
from wortlaut.web.adding import ENDS, Desk, Step
from wortlaut.web.guard import TOKEN_COOKIE
from wortlaut.web.pages import page, shelf_of
from wortlaut.web.wording import COOKIE, LANGUAGES

Field = Annotated[str, Form(max_length=2000)]
_YEAR = 31_536_000
_HOSTS = 50
"""So many hosts of reports are remembered."""


def checked(request: Request, key: Annotated[str, Form(max_length=100)] = "") -> None:
    """Refuse a form that does not carry the key of our own pages."""
    if key != request.app.state.views.form_key:
        raise HTTPException(403, "key")


router = APIRouter()
_FORM = [Depends(checked)]


def see(address: str) -> Response:
    """Lead to a page after a form was taken; only to our own."""
    local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return RedirectResponse(address if local else "/", 303)


@router.get("/add")
def form(request: Request) -> Response:
    """Show the form for pages."""
    return page(request, "add.html", problem="", given={"words": "", "date": "", "url": "", "publisher": ""})


@router.post("/add", dependencies=_FORM)
def add(
    request: Request,
    words: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
    date: Field = "",
    url: Field = "",
    publisher: Field = "",
) -> Response:
    """Take a page by upload or paste."""
    given = {"words": words, "date": date, "url": url, "publisher": publisher}
    content = file.file.read() if file is not None and file.filename else words.encode()
    if not content.strip():
        return page(request, "add.html", 422, problem="empty", given=given)
    try:
        day = check_date(date.strip()) if date.strip() else None
    except ConfigurationError:
        return page(request, "add.html", 422, problem="date", given=given)
    if url.strip() and not url.strip().startswith(("https://", "http://")):
        return page(request, "add.html", 422, problem="url", given=given)
    source = (file.filename if file is not None else None) or url.strip() or "pasted"
    desk: Desk = request.app.state.desk
    job = desk.take(
        Page(
            source=source, content=content, url=url.strip() or None, published=day, publisher=publisher.strip() or None
        )
    )
    return see(f"/add/{job.id}")


@router.get("/add/{number}")
def progress(request: Request, number: str) -> Response:
    """Show how far a page is."""
    desk: Desk = request.app.state.desk
    job = desk.job(number)
    if job is None:
        raise HTTPException(404)
    part = request.headers.get("hx-request") == "true"
    response = page(
        request, "progress_part.html" if part else "progress.html", job=job, ended=job.step in ENDS, Step=Step
    )
    response.headers["cache-control"] = "no-store"
    return response


@router.post("/judge/statement", dependencies=_FORM)
def judge(request: Request, number: Field, statement: Field, verdict: Annotated[Opinion, Form()]) -> Response:
    """Accept or reject a statement, or take that back."""
    shelf_of(request).ledger.review(number, statement, verdict)
    return see(f"/page/{number}/{statement}")


@router.post("/judge/merge", dependencies=_FORM)
def merge(request: Request, actor: Annotated[int, Form()], other: Field) -> Response:
    """Judge that an actor is another one, named by number or name."""
    ledger = shelf_of(request).ledger
    found = [a.id for a in ledger.actors(other.strip()) if a.id != actor] if other.strip() else []
    if len(found) != 1:
        raise HTTPException(409, "nobody" if not found else "several")
    ledger.merge(actor, found[0])
    return see(f"/who/{found[0]}")


@router.post("/judge/split", dependencies=_FORM)
def split(request: Request, actor: Annotated[int, Form()], source: Annotated[list[str], Form()]) -> Response:
    """Judge that on some pages it is somebody else."""
    fresh, _ = shelf_of(request).ledger.split(actor, tuple(source))
    return see(f"/who/{fresh}")


@router.post("/judge/undo", dependencies=_FORM)
def undo(request: Request, judgement: Annotated[int, Form()], back: Field = "/judgements") -> Response:
    """Take a judgement about people back."""
    shelf_of(request).ledger.undo(judgement)
    return see(back)


@router.post("/language", dependencies=_FORM)
def language(to: Field, back: Field = "/") -> Response:
    """Keep the language of the interface, in the only cookie that everybody may get."""
    response = see(back)
    if to in LANGUAGES:
        response.set_cookie(COOKIE, to, max_age=_YEAR, httponly=True, samesite="strict")
    return response


@router.get("/enter")
def door(request: Request) -> Response:
    """Show the form for the token."""
    return page(request, "enter.html", wrong=False)


@router.post("/enter", dependencies=_FORM)
def enter(request: Request, token: Field) -> Response:
    """Keep the token in a cookie, if it is the right one."""
    if not hmac.compare_digest(token.encode(), str(request.app.state.rules.token).encode()):
        return page(request, "enter.html", 403, wrong=True)
    response = see("/")
    response.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


@router.post("/csp-report")
async def report(request: Request) -> Response:
    """Count, by host, what browsers report to have kept from others."""
    with suppress(KeyError, TypeError, ValueError, AttributeError):  # what is no report is not counted
        blocked = str(json.loads(await request.body())["csp-report"]["blocked-uri"])
        reports: Counter[str] = request.app.state.views.reports
        host = (urlsplit(blocked).hostname or blocked)[:100]
        if host in reports or len(reports) < _HOSTS:
            reports[host] += 1
    return Response(status_code=204)
