"""A stand-in for every foreign host: it answers with what a provider's frame or script would be, and notes who was asked.

Even a connection without a request is noted, by the name in its TLS greeting, so that no preconnect goes unseen.
"""

import contextlib
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

_SCRIPT = """
const widget = document.createElement("iframe");
widget.src = new URL("/widget/frame", document.currentScript.src);
widget.height = 180;
(document.querySelector("blockquote, div") ?? document.body).append(widget);
new Image().src = new URL("/widget/pixel.gif", document.currentScript.src);
"""
_PAGE = """<!doctype html><meta charset="utf-8"><title>Stand-in</title>
<style>html { height: 100%% } body { height: 100%%; margin: 0; display: grid; place-content: center; background: #dfe7ec; color: #123; font: 1rem sans-serif }</style>
<p>Inhalt von %s</p><img src="/inside.gif" alt="" width="1" height="1">"""


class StandIn:
    """The server; `asked` are the hosts of requests, `greeted` those of mere connections, too, in their order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.greeted: list[str] = []
        self.server = _Server(("127.0.0.1", 0), _handler(self.asked))
        self.server.context = self._context()
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("stand-in.example").configure_cert(context)
        context.sni_callback = lambda _socket, name, _context: self.greeted.append(name or "?")
        return context

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    context: ssl.SSLContext

    def finish_request(self, request, client_address):
        with contextlib.suppress(OSError):
            if request.recv(1, 2) != b"\x16":  # no TLS greeting; looked at, not taken
                super().finish_request(request, client_address)
                return
            with self.context.wrap_socket(request, server_side=True) as secured:
                super().finish_request(secured, client_address)

    def handle_error(self, request, client_address):
        """Browsers drop connections; that is no fault."""


def _handler(asked: list[str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers.get("host", "?").partition(":")[0]
            asked.append(host)
            path = self.path.partition("?")[0]
            if path.endswith(".js"):
                kind, body = "text/javascript", _SCRIPT
            elif path.endswith((".gif", ".jpg", ".png")):
                kind, body = "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="270"/>'
            else:
                kind, body = "text/html; charset=utf-8", _PAGE % host
            data = body.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args: object) -> None:
            pass

    return Handler
