"""The gate in front of an ASGI application: Starlette, FastAPI, Django, Quart, Litestar."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from wortlaut.gate.policy import Policy
from wortlaut.gate.site import FORM_LIMIT, Answer, Headers, Request, Site

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
_BYPASSES = ("http.response.pathsend", "http.response.zerocopysend")


class GateMiddleware:
    """ASGI middleware: `app.add_middleware(GateMiddleware, policy=Policy(...))`, or wrapped around any application.

    HTML is gathered up to `limit` bytes and gated; a longer page passes as it is, under the policy that keeps it from
    loading third parties. All else passes chunk by chunk.
    """

    def __init__(self, app: App, policy: Policy | None = None, limit: int = 5_000_000) -> None:
        self.app = app
        self.site = Site(policy or Policy())
        self.limit = limit

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer for the gate's own addresses, and gate what the application answers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = _request(scope)
        if self.site.takes(request):
            await _send(send, self.site.consent(request, await _body(receive)))
        elif answer := self.site.own(request):
            await _send(send, answer, head=request.method == "HEAD")
        else:
            gated = _Gated(self.site, request, send, self.limit)
            await self.app(self._seen(scope, request), receive, gated)

    def _seen(self, scope: Message, request: Request) -> Message:
        headers = []
        for name, value in scope["headers"]:
            seen = self.site.request_header(name.decode("latin-1"), value.decode("latin-1"), request)
            if seen is not None:
                headers.append((name, seen.encode("latin-1")))
        extensions = {key: one for key, one in (scope.get("extensions") or {}).items() if key not in _BYPASSES}
        query = request.page_query.encode("latin-1") if request.asked else scope.get("query_string", b"")
        return {**scope, "headers": headers, "extensions": extensions, "query_string": query}


class _Gated:
    """The sending side of one response: holds HTML back until it is whole."""

    def __init__(self, site: Site, request: Request, send: Send, limit: int) -> None:
        self.site, self.request, self.send, self.limit = site, request, send, limit
        self.start: Message | None = None
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._started(message)
        elif message["type"] == "http.response.body" and self.start is not None:
            await self._held(message)
        else:
            await self.send(message)

    async def _started(self, message: Message) -> None:
        headers = _decoded(message.get("headers", ()))
        if self.site.is_gated(message["status"], headers, self.request):
            self.start = message
            return
        policed = self.site.policed(message["status"], headers, self.request)
        await self.send(message if policed == headers else {**message, "headers": _encoded(policed)})

    async def _held(self, message: Message) -> None:
        assert self.start is not None  # noqa: S101 - the caller has looked
        self.body += message.get("body", b"")
        status, headers = self.start["status"], _decoded(self.start.get("headers", ()))
        if len(self.body) > self.limit:
            policed = self.site.policed(status, headers, self.request)
            await self.send({**self.start, "headers": _encoded(policed)})
            self.start = None
            await self.send({**message, "body": bytes(self.body)})
        elif not message.get("more_body", False):
            answer = self.site.rewrite(status, headers, bytes(self.body), self.request)
            await self.send({**self.start, "status": answer.status, "headers": _encoded(answer.headers)})
            await self.send({"type": "http.response.body", "body": answer.body})


def _request(scope: Message) -> Request:
    root = scope.get("root_path", "").rstrip("/")
    return Request(
        method=scope["method"],
        path=scope["path"].removeprefix(root) if root else scope["path"],
        query=scope.get("query_string", b"").decode("latin-1"),
        root=root,
        scheme=scope.get("scheme", "http"),
        headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
    )


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    while len(body) <= FORM_LIMIT:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body", False):
            break
    return bytes(body[:FORM_LIMIT])


async def _send(send: Send, answer: Answer, *, head: bool = False) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": _encoded(answer.headers)})
    await send({"type": "http.response.body", "body": b"" if head else answer.body})


def _decoded(headers: Any) -> Headers:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]


def _encoded(headers: Headers) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
