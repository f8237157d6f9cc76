"""Small sites of five frameworks with the gate in front, asked alike."""

import asyncio
import gzip

import django
import httpx
from django.conf import settings as django_settings
from fastapi import FastAPI
from flask import Flask, Response, request
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from wortlaut.gate import GateMiddleware, GateWSGI, Policy

VIDEO = '<iframe src="https://www.youtube.com/embed/abcdefghijk" title="Ein Film"></iframe>'
PAGE = f'<!doctype html><html lang="de"><head><title>T</title></head><body><p>Grüße</p>{VIDEO}{VIDEO}</body></html>'
POLICY = Policy(own_hosts=("bote.example",), trusted_hosts=("cdn.example",), privacy_url="/datenschutz")


def starlette_app():
    async def page(_request):
        return HTMLResponse(PAGE)

    return Starlette(routes=[Route("/seite", page)])


def fastapi_app():
    app = FastAPI()

    @app.get("/seite", response_class=HTMLResponse)
    def page() -> str:
        return PAGE

    app.add_middleware(GateMiddleware, policy=POLICY)
    return app


def flask_app():
    app = Flask(__name__)

    @app.get("/seite")
    def page() -> str:
        return PAGE

    @app.get("/kopf/<name>")
    def headers(name: str) -> Response:
        response = Response(PAGE, mimetype="text/html")
        response.headers.update(
            {
                "csp": {
                    "Content-Security-Policy": "script-src 'nonce-abc'; frame-src https://www.youtube.com; frame-ancestors 'none'"
                },
                "hint": {
                    "Link": "<https://www.youtube.com>; rel=preconnect, </a.css>; rel=preload",
                    "X-Frame-Options": "DENY",
                },
                "etag": {"ETag": '"v1"', "Last-Modified": "Mon, 03 Mar 2031 10:00:00 GMT", "Vary": "Accept"},
                "gzip": {"Content-Encoding": "gzip"},
                "br": {"Content-Encoding": "br"},
                "broken": {"Content-Encoding": "gzip"},
                "svg": {"Content-Type": "image/svg+xml"},
                "xml": {"Content-Type": "application/xml"},
                "none": {"Content-Type": ""},
                "refresh": {"Refresh": '0;"https://a.example/x'},
                "latin": {"Content-Type": "text/html; charset=iso-8859-1"},
            }[name]
        )
        if name == "gzip":
            response.data = gzip.compress(PAGE.encode())
        if name == "latin":
            response.data = PAGE.encode("latin-1")
        if name == "etag" and request.headers.get("If-None-Match") == '"v1"':
            return Response(status=304, headers={"ETag": '"v1"', "Content-Security-Policy": "default-src *"})
        return response

    @app.get("/teil")
    def part() -> Response:
        return Response(PAGE[:40], status=206, mimetype="text/html", headers={"Content-Range": "bytes 0-39/400"})

    @app.get("/daten")
    def data() -> Response:
        return Response(VIDEO, mimetype="application/json", headers={"ETag": '"d"'})

    @app.post("/seite")
    def own_form() -> str:
        return request.form["a"]

    app.wsgi_app = GateWSGI(app.wsgi_app, POLICY)
    return app


def django_page(_request):
    from django.http import HttpResponse

    return HttpResponse(PAGE)


def django_urls() -> None:
    if not django_settings.configured:
        from django.urls import path

        urls = type("urls", (), {"urlpatterns": [path("seite", django_page)]})
        middleware = [
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ]
        django_settings.configure(
            ROOT_URLCONF=urls,
            ALLOWED_HOSTS=["*"],
            MIDDLEWARE=middleware,
            USE_TZ=True,
            SECRET_KEY="x",  # noqa: S106 - nothing is signed
        )
        django.setup()


def wsgi(app) -> httpx.Client:
    return httpx.Client(transport=httpx.WSGITransport(app=app), base_url="https://www.bote.example")


class Sync:
    """ASGI applications, asked as the others are."""

    def __init__(self, app) -> None:
        self.app = app

    def request(self, method, path, **more):
        async def ask():
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="https://www.bote.example") as client:
                return await client.request(method, path, **more)

        return asyncio.run(ask())

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, **more):
        return self.request("POST", path, **more)


def client(name: str):
    if name == "django":
        django_urls()
        from django.core.handlers.wsgi import WSGIHandler

        return wsgi(GateWSGI(WSGIHandler(), POLICY))
    if name == "django-asgi":
        django_urls()
        from django.core.handlers.asgi import ASGIHandler

        return Sync(GateMiddleware(ASGIHandler(), POLICY))
    if name == "flask":
        return wsgi(flask_app())
    return Sync(fastapi_app() if name == "fastapi" else GateMiddleware(starlette_app(), POLICY))
