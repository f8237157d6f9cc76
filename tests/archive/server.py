"""A web server of the tests' own, on loopback, that behaves and misbehaves as it is told."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address

from wortlaut.archive.addresses import is_public

Handler = Callable[[socket.socket, "Request"], None]


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]


def answer(body: bytes = b"", *, status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """Return a whole answer; underscores in header names become hyphens, `length` overrides what is true."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def page(words: str = "Die Brücke", **headers: str) -> bytes:
    return answer(
        f"<html><body><p>{words}</p></body></html>".encode(), Content_Type="text/html; charset=utf-8", **headers
    )


@dataclass
class Server:
    """Answers each path with bytes, or lets a handler do with the connection what it likes; 404 for the rest."""

    paths: dict[str, bytes | Handler] = field(default_factory=dict)
    seen: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.stopped = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def url(self, path: str = "/", host: str = "localhost") -> str:
        return f"http://{host}:{self.port}{path}"

    def permit(self, address: IPv4Address | IPv6Address, port: int) -> bool:
        """Allow what is always allowed, and this server."""
        return is_public(address, port) or (str(address) == "127.0.0.1" and port == self.port)

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.seen if request.path == path]

    def close(self) -> None:
        self.stopped.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _run(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                request = _read(connection)
                self.seen.append(request)
                found = self.paths.get(request.path.partition("?")[0], answer(status="404 Not Found"))
                if isinstance(found, bytes):
                    connection.sendall(found)
                else:
                    found(connection, request)
            except OSError:
                return


def _read(connection: socket.socket) -> Request:
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(65536)
        if not part:
            raise ConnectionError
        head += part
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(path=first.split(" ")[1], headers=headers)
