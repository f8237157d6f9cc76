"""A real browser, our site behind the gate, and a stand-in for the rest of the world."""

import os
import shutil
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from flask import Flask, Response, abort

from tests.browser.standin import StandIn
from wortlaut.gate import GateWSGI, Policy

PAGES = Path(__file__).parents[1] / "golden" / "gate"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
_BROWSERS_OWN = (
    "accounts.google.com",
    "*.clients.google.com",
    "clients*.google.com",
    "*.gvt1.com",
    "update.googleapis.com",
)
_BROWSERS_OWN += (
    "optimizationguide-pa.googleapis.com",
    "content-autofill.googleapis.com",
    "safebrowsing.googleapis.com",
)
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 38rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; font: 1.125rem/1.55 "Liberation Serif", Georgia, serif; }
h1 { font-size: 2.25rem; line-height: 1.15; margin: 0.5em 0; }
img, video { max-width: 100%; height: auto; }
figure { margin: 1.5em 0; } figcaption { font: 0.875rem/1.4 "Liberation Sans", sans-serif; }
"""
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200"><rect width="640" height="200" fill="#b9cbd6"/>'
    '<path d="M0 150h640v50H0z" fill="#5d7f93"/><path d="M150 150l30 30h290l40-45H150z" fill="#f4f1ea"/>'
    '<path d="M220 135v-45h180v45z" fill="#fff"/><path d="M330 90V55h28v35z" fill="#a3402e"/></svg>'
)
_BOX = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Kasten</title>
<style>.film { position: relative; height: 0; padding-bottom: 56.25%; overflow: hidden; }
.film iframe { position: absolute; top: 0; left: 0; width: 100%; height: 100%; }</style></head>
<body style="width: 640px"><div class="film"><iframe src="https://www.youtube.com/embed/kasten" title="Film"></iframe></div></body></html>"""
_OWN = {
    "kasten": ("text/html", _BOX),
    "bote.css": ("text/css", _STYLE),
    "bote.js": ("text/javascript", ""),
    "bild/faehre.svg": ("image/svg+xml", _PICTURE),
}


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


def serve(app, port: int = 0):
    """Serve a WSGI application in a thread; return the server."""
    server = make_server("127.0.0.1", port, app, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def newspaper() -> Flask:
    """A site of a newspaper that has never heard of the gate."""
    app = Flask(__name__)

    @app.get("/<path:name>")
    def page(name: str) -> Response:
        if name in _OWN:
            kind, body = _OWN[name]
            return Response(body, mimetype=kind)
        path = PAGES / f"{name}.html"
        if not path.is_file():
            abort(404)
        return Response(path.read_bytes(), mimetype="text/html")

    return app


@pytest.fixture(scope="session")
def world():
    standin = StandIn()
    yield standin
    standin.close()


@pytest.fixture(scope="session")
def site():
    app = newspaper()
    app.wsgi_app = GateWSGI(app.wsgi_app, Policy(privacy_url="/datenschutz"))
    server = serve(app)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")  # no longer: Playwright keeps an event loop running, which others would stumble over
def browser(world):
    if not Path(BROWSER).exists():
        missing = "no Chromium here: apt-get install chromium"
        pytest.fail(missing) if os.environ.get("WORTLAUT_NO_SKIPS") else pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    home = "".join(f"MAP {host} ~NOTFOUND, " for host in _BROWSERS_OWN)  # what Chromium itself asks now and then
    flags = (
        f"--host-resolver-rules={home}MAP * 127.0.0.1:{world.port}, EXCLUDE 127.0.0.1",
        *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
        *("--disable-component-update", "--disable-sync", "--ignore-certificate-errors"),
    )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=list(flags))
        yield chromium
        chromium.close()


class Reader:
    """Somebody at a browser: a page, and what it asked of others."""

    def __init__(self, page, world: StandIn) -> None:
        self.page, self.world = page, world
        self.greeted: list[str] = []
        self.requests = self.connections = 0
        self.foreign()

    def foreign(self) -> list[str]:
        """Return the foreign hosts that were asked or merely connected to since the last look, after some time to do so."""
        return [host for host in (*self.asked(), *self.greeted) if not host.endswith("bote.example")]

    def asked(self, *, awaited: bool = False) -> list[str]:
        """Return the foreign hosts that were sent a request since the last look, once all is quiet.

        Where a request is `awaited`, a busy machine is given more time to send it, and a browser to ask or connect once more.
        """
        quiet, known = 0, -1
        for _ in range(150):
            self.page.wait_for_timeout(100)
            count = len(self.world.asked) + len(self.world.greeted)
            quiet, known = (quiet + 1 if count == known else 0), count
            if quiet >= (12 if awaited else 4) and (not awaited or len(self.world.asked) > self.requests):
                break
        asked, self.greeted = self.world.asked[self.requests :], self.world.greeted[self.connections :]
        self.requests, self.connections = len(self.world.asked), len(self.world.greeted)
        return asked


@pytest.fixture
def reader(browser, world, request):
    options = getattr(request, "param", {})
    context = browser.new_context(ignore_https_errors=True, **options)
    context.set_default_timeout(60_000)  # a busy machine
    yield Reader(context.new_page(), world)
    context.close()
