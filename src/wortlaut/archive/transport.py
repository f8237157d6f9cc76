"""One request over HTTP, bounded in time, size and unpacking: the only file that knows httpx and httpcore.

httpx parses and speaks HTTP; what it is given to connect with is ours, so that addresses are judged where the connection is
made. No proxy is taken from the environment: behind one, the address connected to would be another's choice.
"""

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpcore
import httpx

from wortlaut.archive.addresses import ForbiddenAddressError, Permit, resolve
from wortlaut.errors import FetchError, ForbiddenError

__all__ = ["Answer", "Limits", "Transport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost: seconds in all and of silence, bytes of the page unpacked, and redirects."""

    seconds: float = 30.0
    silence: float = 10.0
    size: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered to one request; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Transport:
    """Sends requests and keeps connections; a context manager, for one thread."""

    def __init__(self, *, limits: Limits, permit: Permit, context: ssl.SSLContext | None = None) -> None:
        self._limits = limits
        self._clock = _Clock()
        self._pool = httpcore.ConnectionPool(
            ssl_context=context or httpx.create_ssl_context(trust_env=False),
            network_backend=_Backend(permit, self._clock),
            max_connections=8,
            keepalive_expiry=20,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def send(self, url: str, headers: Mapping[str, str], *, size: int | None = None) -> Answer:
        """Return the answer to GET; raise FetchError if there is none, or if it breaks a limit."""
        self._clock.deadline = time.monotonic() + self._limits.seconds
        silence = httpx.Timeout(self._limits.silence).as_dict()
        try:
            request = httpx.Request("GET", url, headers={**headers, "Accept-Encoding": "gzip, deflate"})
        except httpx.InvalidURL as error:
            raise ForbiddenError(url, f"this is no address of a page ({error})") from error
        asked = httpcore.Request(
            "GET",
            httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            extensions={"timeout": silence},
        )
        try:
            return self._answer(self._pool.handle_request(asked), size or self._limits.size)
        except ForbiddenAddressError as error:
            raise ForbiddenError(url, str(error)) from error
        except httpcore.TimeoutException as error:
            raise FetchError(url, "the server did not answer in time", passing=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            raise FetchError(url, str(error) or type(error).__name__, passing=True) from error
        except _LimitError as error:
            raise FetchError(url, str(error)) from error

    @staticmethod
    def _answer(response: httpcore.Response, size: int) -> Answer:
        try:
            headers = httpx.Headers(response.headers)
            stream = response.stream
            assert isinstance(stream, Iterable)  # noqa: S101 - httpcore's synchronous pool gives no other
            content = b"".join(_unpacked(stream, headers.get("content-encoding", ""), size))
        finally:
            response.close()
        return Answer(status=response.status, headers=dict(headers.items()), content=content)


class _LimitError(Exception):
    """An answer is larger than allowed, or not packed as it says."""


def _unpacked(chunks: Iterable[bytes], encoding: str, size: int) -> Iterator[bytes]:
    """Yield the content of `chunks`, unpacked, at most `size` bytes in all; never more than that is held."""
    names = [name.strip().lower() for name in encoding.split(",") if name.strip().lower() not in {"", "identity"}]
    if len(names) > 1 or (names and names[0] not in {"gzip", "x-gzip", "deflate"}):
        raise _LimitError(f"the server packed the page as {encoding!r}, which it was not asked for")
    wrapping = zlib.decompressobj(wbits=47) if names else None  # 47: gzip or zlib, by their marks
    left, sent = size, 0
    for chunk in chunks:
        sent += len(chunk)
        try:
            part = wrapping.decompress(chunk, left + 1) if wrapping else chunk
        except zlib.error as error:
            raise _LimitError(f"the page is not packed as {encoding!r}, which the server says ({error})") from error
        left -= len(part)
        if left < 0 or sent > size:
            raise _LimitError(f"more than {size // 1_000_000 or size / 1_000_000:g} MB")
        yield part
    if wrapping and sent and not wrapping.eof:
        raise _LimitError("the packed page ends in the middle")


class _Clock:
    """When the request under way must be over, in time.monotonic()."""

    deadline: float = 0.0

    def left(self, most: float | None) -> float:
        """Return the seconds that may be waited; raise ReadTimeout if there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole took too long")
        return left if most is None else min(left, most)


class _Stream(httpcore.NetworkStream):
    """Another stream of httpcore's, under the clock of the whole request: a trickle of bytes ends, too."""

    def __init__(self, stream: httpcore.NetworkStream, clock: _Clock) -> None:
        self._stream, self._clock = stream, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._clock.left(timeout)), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to addresses that are permitted, and to no others."""

    def __init__(self, permit: Permit, clock: _Clock) -> None:
        self._permit, self._clock, self._plain = permit, clock, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectTimeout(f"{host} could not be reached in time")
        for address in resolve(host, port, permit=self._permit):
            try:
                stream = self._plain.connect_tcp(
                    address, port, self._clock.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._clock)
        raise failure
