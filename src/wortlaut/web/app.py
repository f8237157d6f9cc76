"""The application: pages and API over one ledger, inside the layers that keep it safe."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as NotServed
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import cookie_parser

from wortlaut import __version__
from wortlaut.errors import WortlautError
from wortlaut.gate import GateMiddleware, Policy
from wortlaut.ledger import Ledger
from wortlaut.web import api, changing, pages, static
from wortlaut.web.adding import Desk
from wortlaut.web.guard import App, Guard, Message, Receive, Rules, Sealed, Send
from wortlaut.web.kept import Kept
from wortlaut.web.shelf import Shelf
from wortlaut.web.views import Views
from wortlaut.web.wording import COOKIE, LANGUAGES, choose

_AT_ONCE = 4
"""So many pages are made at once: more would only wait for one another, and each longer."""
_GATED = re.compile(r"/page/|/wortlaut-gate/")


def make_app(ledger: Ledger, rules: Rules | None = None) -> App:
    """Return the ASGI application that shows a ledger. It answers on this machine only, unless the rules name a token."""
    rules = rules or Rules()
    shelf, desk = Shelf(ledger), Desk(ledger)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
        yield
        desk.close()
        shelf.close()

    app = FastAPI(
        title="Wortlaut", version=__version__, openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None,
        summary="Who said what, to whom, in which words, on what condition.", lifespan=life,
    )  # fmt: skip
    app.state.shelf, app.state.desk, app.state.rules = shelf, desk, rules
    app.state.views = views = Views(shelf)
    app.include_router(api.router, prefix="/api/v1")
    for router in (pages.router, changing.router, static.router):
        app.include_router(router, include_in_schema=False)
    app.add_exception_handler(NotServed, _not_served)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(WortlautError, _not_done)
    app.add_exception_handler(Exception, _broken)
    inner = Sealed(Kept(app, shelf.stamp, language_of))
    return Guard(GZipMiddleware(_Gated(inner), minimum_size=600), rules, views.refusal)


class _Gated:
    """Puts the gate before article pages, in the reader's language; nothing else holds embeds."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.gates = {one: GateMiddleware(app, Policy(language=one)) for one in LANGUAGES}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request through the gate or past it."""
        gated = scope["type"] == "http" and _GATED.match(scope["path"])
        await (self.gates[language_of(scope)] if gated else self.app)(scope, receive, send)


def language_of(scope: Message) -> str:
    """Return the language of the interface for a request."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    return choose(cookie_parser(headers.get(b"cookie", "")).get(COOKIE), headers.get(b"accept-language", ""))


async def _not_served(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException | NotServed)  # noqa: S101 - for the type checker
    return _error(request, error.status_code, str(error.detail), dict(error.headers or {}))


async def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - for the type checker
    faults = [
        {"loc": [str(part) for part in one["loc"]], "msg": one["msg"], "type": one["type"]} for one in error.errors()
    ]
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": faults}, 422)
    return _error(request, 422, "")


async def _not_done(request: Request, error: Exception) -> Response:
    return _error(request, 409, str(error))


async def _broken(request: Request, _fault: Exception) -> Response:
    return _error(request, 500, "")


def _error(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    kind, body = request.app.state.views.refusal(request.scope, status, detail)
    return Response(body, status, headers={**(headers or {}), "cache-control": "no-store"}, media_type=kind)
