"""What stands between the reader and whoever asks: hosts, tokens, rates, sizes, forms of other sites, and the policy of each page.

Two layers of ASGI: `Guard` outside of everything refuses, `Sealed` inside gives each answer its policy. Between them is the gate,
whose frames have a policy of their own.
"""

import hmac
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Refusal = Callable[[Message, int, str], "tuple[str, bytes]"]
"""Makes the body of an error: content type and bytes."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /csp-report"
)
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))
_OPEN = ("/enter", "/static/")
TOKEN_COOKIE = "wortlaut-token"  # noqa: S105 - its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is allowed.

    token: what everybody must show who is not on this machine alone; None where the server listens to the loopback only
    upload: bytes of a request's body
    rate, burst: requests a second of one address, and how many at once
    writes: requests a minute of one address that change something
    """

    token: str | None = None
    upload: int = 10_000_000
    rate: float = 100.0
    burst: int = 400
    writes: int = 60


@dataclass(slots=True)
class _Bucket:
    """Allows `rate` a second and `burst` at once, each address by itself; remembers the last thousand addresses."""

    rate: float
    burst: float
    left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def takes(self, address: str) -> bool:
        now = time.monotonic()
        there, before = self.left.pop(address, (self.burst, now))
        there = min(self.burst, there + (now - before) * self.rate)
        self.left[address] = (max(0.0, there - 1), now)
        if len(self.left) > 1000:
            self.left.popitem(last=False)
        return there >= 1


class Guard:
    """Refuses what nobody should ask, with a page that says what to do; passes everything else."""

    def __init__(self, app: App, rules: Rules, refusal: Refusal) -> None:
        self.app, self.rules, self.refusal = app, rules, refusal
        self.asking = _Bucket(rules.rate, rules.burst)
        self.changing = _Bucket(rules.writes / 60, rules.writes)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse or pass a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        fault = self.fault(scope, headers)
        if fault is not None:
            await self.refuse(scope, send, *fault)
            return
        limited = _Limited(receive, self.rules.upload)
        await self.app(scope, limited, _Finished(send, limited))
        if limited.over:
            await self.refuse(scope, send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")

    def fault(self, scope: Message, headers: dict[str, str]) -> tuple[int, str] | None:
        """Return the status and the reason to refuse a request, or None."""
        address = scope["client"][0] if scope.get("client") else ""
        if self.rules.token is None and re.sub(r":\d+$", "", headers.get("host", "")).lower() not in _LOOPBACK:
            return HTTPStatus.MISDIRECTED_REQUEST, "host"
        if not self.asking.takes(address):
            return HTTPStatus.TOO_MANY_REQUESTS, "rate"
        if scope["method"] not in {"GET", "HEAD", "OPTIONS"} and scope["path"] != "/csp-report":
            if not _from_here(headers):
                return HTTPStatus.FORBIDDEN, "origin"
            if not self.changing.takes(address):
                return HTTPStatus.TOO_MANY_REQUESTS, "rate"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.rules.upload:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size"
        if (
            self.rules.token is not None
            and not scope["path"].startswith(_OPEN)
            and not _shows(headers, self.rules.token)
        ):
            return HTTPStatus.UNAUTHORIZED, "token"
        return None

    async def refuse(self, scope: Message, send: Send, status: int, reason: str) -> None:
        """Send an error."""
        kind, body = self.refusal(scope, status, reason)
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        headers += [(b"content-security-policy", POLICY.encode()), (b"cache-control", b"no-store"), *_HEADERS.items()]
        headers += [(b"retry-after", b"2")] if status == HTTPStatus.TOO_MANY_REQUESTS else []
        headers += [(b"www-authenticate", b"Bearer")] if status == HTTPStatus.UNAUTHORIZED else []
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


class _Limited:
    """Counts the bytes of a body whose length nobody told, and breaks off when they are too many."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self.receive, self.left = receive, limit

    @property
    def over(self) -> bool:
        """Whether there were too many."""
        return self.left < 0

    async def __call__(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.over else message


class _Finished:
    """Completes headers; of two policies of a page only ours, which is the stricter, is sent. Nothing is sent of what was broken off."""

    def __init__(self, send: Send, limited: _Limited) -> None:
        self.send, self.limited = send, limited

    async def __call__(self, message: Message) -> None:
        if self.limited.over:
            return
        if message["type"] == "http.response.start":
            headers: list[tuple[bytes, bytes]] = list(message["headers"])
            ours = [h for h in headers if h == (b"content-security-policy", _ours(h[1]))]
            if ours:
                headers = [h for h in headers if h[0].lower() != b"content-security-policy"] + ours[:1]
            present = {name.lower() for name, _ in headers}
            message["headers"] = headers + [h for h in _HEADERS.items() if h[0] not in present]
        await self.send(message)


def _ours(policy: bytes) -> bytes:
    return policy if policy.startswith(b"default-src 'none'") else b""


class Sealed:
    """Gives each answer the policy of the reader's own pages."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request, and seal the answer."""

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"], (b"content-security-policy", POLICY.encode()), (b"x-frame-options", b"DENY")
                ]  # fmt: skip
            await send(message)

        await self.app(scope, receive, sealed)


def _from_here(headers: dict[str, str]) -> bool:
    """Tell whether one of our own pages sent a form: browsers say so, and scripts elsewhere cannot forge it."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin", "")
    return not origin or origin.partition("://")[2] == headers.get("host", "-")


def _shows(headers: dict[str, str], token: str) -> bool:
    cookie = SimpleCookie(headers.get("cookie", "")).get(TOKEN_COOKIE)
    shown = (headers.get("authorization", "").removeprefix("Bearer ").strip(), cookie.value if cookie else "")
    return any(hmac.compare_digest(one.encode(), token.encode()) for one in shown)
