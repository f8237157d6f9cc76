"""The gate in front of a WSGI application: Flask, Django, Pyramid, Bottle."""

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Any

from wortlaut.gate.policy import Policy
from wortlaut.gate.site import FORM_LIMIT, Answer, Headers, Request, Site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_Fault = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None


class GateWSGI:
    """WSGI middleware: `app.wsgi_app = GateWSGI(app.wsgi_app, Policy(...))`.

    HTML is gathered up to `limit` bytes and gated; a longer page passes as it is, under the policy that keeps it from
    loading third parties. All else passes chunk by chunk.
    """

    def __init__(self, app: "WSGIApplication", policy: Policy | None = None, limit: int = 5_000_000) -> None:
        self.app = app
        self.site = Site(policy or Policy())
        self.limit = limit

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer for the gate's own addresses, and gate what the application answers."""
        request = _request(environ)
        if self.site.takes(request):
            length = environ.get("CONTENT_LENGTH") or "0"
            body = environ["wsgi.input"].read(min(int(length) if length.isdecimal() else 0, FORM_LIMIT))
            return _start(start_response, self.site.consent(request, body))
        if answer := self.site.own(request):
            return _start(start_response, answer, head=request.method == "HEAD")
        return self._gated(self._seen(environ, request), start_response, request)

    def _seen(self, environ: "WSGIEnvironment", request: Request) -> "WSGIEnvironment":
        seen = {**environ, "QUERY_STRING": request.page_query} if request.asked else dict(environ)
        for key in [key for key in seen if key.startswith("HTTP_")]:
            value = self.site.request_header(key[5:].replace("_", "-"), seen[key], request)
            if value is None:
                del seen[key]
            else:
                seen[key] = value
        seen.pop("wsgi.file_wrapper", None)  # a server would send the file past us
        return seen

    def _gated(self, environ: "WSGIEnvironment", start_response: "StartResponse", request: Request) -> Iterable[bytes]:
        begun: list[tuple[str, Headers, _Fault]] = []
        written: list[bytes] = []

        def start(status: str, headers: Headers, fault: _Fault = None, /) -> Callable[[bytes], Any]:
            begun[:] = [(status, list(headers), fault)]
            return written.append

        chunks = self.app(environ, start)
        return _Body(self._chunks(iter(chunks), begun, written, start_response, request), chunks)

    def _chunks(
        self,
        chunks: Iterator[bytes],
        begun: list[tuple[str, Headers, _Fault]],
        written: list[bytes],
        start_response: "StartResponse",
        request: Request,
    ) -> Iterator[bytes]:
        first = next((chunk for chunk in chunks if chunk or begun), b"")
        status, headers, fault = begun[0]
        code = int(status.split(" ", 1)[0])
        body = bytearray(b"".join(written) + first)
        if self.site.is_gated(code, headers, request):
            for chunk in chunks:
                body += chunk
                if len(body) > self.limit:
                    break
            else:
                answer = self.site.rewrite(code, headers, bytes(body), request)
                start_response(status if answer.status == code else _phrase(answer.status), answer.headers, fault)
                yield answer.body
                return
        start_response(status, self.site.policed(code, headers, request), fault)
        yield bytes(body)
        yield from chunks


class _Body:
    """An iterator of chunks that closes what the application gave."""

    def __init__(self, chunks: Iterator[bytes], source: Iterable[bytes]) -> None:
        self.chunks, self.source = chunks, source

    def __iter__(self) -> Iterator[bytes]:
        return self.chunks

    def close(self) -> None:
        if close := getattr(self.source, "close", None):
            close()


def _request(environ: "WSGIEnvironment") -> Request:
    headers = {key[5:].replace("_", "-").lower(): value for key, value in environ.items() if key.startswith("HTTP_")}
    return Request(
        method=environ["REQUEST_METHOD"],
        path=_text(environ.get("PATH_INFO", "")),
        query=environ.get("QUERY_STRING", ""),
        root=_text(environ.get("SCRIPT_NAME", "")).rstrip("/"),
        scheme=environ.get("wsgi.url_scheme", "http"),
        headers=headers,
    )


def _text(native: str) -> str:
    return native.encode("latin-1", "replace").decode("utf-8", "replace")


def _phrase(status: int) -> str:
    return f"{status} {HTTPStatus(status).phrase}"


def _start(start_response: "StartResponse", answer: Answer, *, head: bool = False) -> Iterable[bytes]:
    start_response(_phrase(answer.status), answer.headers)
    return [] if head else [answer.body]
