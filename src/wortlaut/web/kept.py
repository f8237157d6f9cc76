"""Pages that were made once are sent again as long as the ledger stays the same, and not at all to whom has them (ETag)."""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime

from anyio import CapacityLimiter, to_thread

from wortlaut.web.guard import App, Message, Receive, Send

_FRESH = ("/add", "/static", "/language", "/enter", "/csp-report")
_ROOM = 30_000_000


class Kept:
    """Remembers whole answers by address, language and the ledger's stamp; the oldest go when there is no more room.

    Who looks whether an answer is still right does not wait behind those whose answers are being made.
    """

    def __init__(self, app: App, stamp: Callable[[], str], language: Callable[[Message], str]) -> None:
        self.app, self.stamp, self.language = app, stamp, language
        self.boot = secrets.token_hex(4)
        self.room = _ROOM
        self.looks = CapacityLimiter(2)
        self.answers: OrderedDict[str, tuple[list[tuple[bytes, bytes]], bytes]] = OrderedDict()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer from memory, or remember the answer."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or scope["path"].startswith(_FRESH):
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        tag = await self._tag(scope, headers)
        if tag in headers.get(b"if-none-match", b"").decode("latin-1"):
            await _send(send, 304, [(b"etag", tag.encode()), (b"cache-control", b"no-cache")], b"")
            return
        if tag not in self.answers:
            await self.app(
                {**scope, "method": "GET"}, receive, _Memory(self, tag, send, head=scope["method"] == "HEAD")
            )
            return
        self.answers.move_to_end(tag)
        kept, body = self.answers[tag]
        await _send(send, 200, kept, b"" if scope["method"] == "HEAD" else body)

    async def _tag(self, scope: Message, headers: dict[bytes, bytes]) -> str:
        state = await to_thread.run_sync(self.stamp, limiter=self.looks)
        part = headers.get(b"hx-request", b"").decode("latin-1")
        words = (self.boot, state, scope["path"], scope["query_string"].decode("latin-1"), self.language(scope), part)
        digest = hashlib.sha256("\x1f".join((*words, datetime.now(UTC).date().isoformat())).encode()).hexdigest()
        return f'W/"{digest[:20]}"'

    def keep(self, tag: str, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        """Remember an answer."""
        self.answers[tag] = (headers, body)
        self.room -= len(body)
        while self.room < 0 and self.answers:
            _, (_, oldest) = self.answers.popitem(last=False)
            self.room += len(oldest)


class _Memory:
    """Passes an answer on and gives it to `Kept`, if it is whole, good and not one of the moment (`no-store`)."""

    def __init__(self, kept: Kept, tag: str, send: Send, *, head: bool) -> None:
        self.kept, self.tag, self.send, self.head = kept, tag, send, head
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""
        self.good = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            names = {name.lower(): value for name, value in message["headers"]}
            self.good = message["status"] == 200 and b"cache-control" not in names
            if self.good:
                self.headers = [
                    *message["headers"], (b"etag", self.tag.encode()), (b"cache-control", b"no-cache"),
                    (b"vary", b"Accept-Language, Cookie, HX-Request"),
                ]  # fmt: skip
                message = {**message, "headers": self.headers}
        elif self.good:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                self.kept.keep(self.tag, self.headers, self.body)
        await self.send({**message, "body": b""} if self.head and "body" in message else message)


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
