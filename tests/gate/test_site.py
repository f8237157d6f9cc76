"""The gate in front of real frameworks: what is rewritten, what passes, what headers say, what a form may do."""

import re

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse

from tests.gate.sites import PAGE, POLICY, VIDEO, Sync, client, flask_app, starlette_app, wsgi
from wortlaut.gate import GateMiddleware, GateWSGI, Policy


@pytest.fixture(params=["flask", "django", "django-asgi", "starlette", "fastapi"])
def site(request):
    return client(request.param)


@pytest.fixture
def flask():
    return client("flask")


SAME = {"Sec-Fetch-Site": "same-origin"}


def test_pages_are_gated_and_kept_at_home(site):
    answer = site.get("/seite")
    assert answer.status_code == 200
    assert answer.text.count("<wortlaut-gate ") == 2
    assert "<iframe" not in answer.text
    assert "Grüße" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "youtube" not in answer.headers["content-security-policy"]
    assert "default-src 'self' bote.example *.bote.example cdn.example" in answer.headers["content-security-policy"]
    assert "cookie" in answer.headers["vary"].lower()


def test_its_files_and_the_revoke_page_are_served(site):
    page = site.get("/seite").text
    for address in re.findall(r"(?:src|href)=\"(/wortlaut-gate/[^\"]*)\"", page):
        answer = site.get(address)
        assert answer.status_code == 200, address
        assert len(answer.content) == int(answer.headers["content-length"])
    assert site.get("/wortlaut-gate/nichts").status_code == 404
    assert site.get("/wortlaut-gate/consent").status_code == 405


def test_an_embed_is_cut_out_under_a_policy_of_its_own(site):
    address = re.search(r"data-frame=\"([^\"]*)\"", site.get("/seite?a=1").text)[1].replace("&amp;", "&")
    answer = site.get(address)
    assert '<iframe src="https://www.youtube.com/embed/abcdefghijk"' in answer.text
    assert "Grüße" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "youtube.com" in policy
    assert "vimeo" not in policy
    assert "frame-ancestors 'self'" in policy
    assert "x-frame-options" not in answer.headers
    assert site.get("/seite?wortlaut-gate=nichts").status_code == 404


def test_a_form_from_here_keeps_a_consent_and_leads_back(site):
    embed = re.search(r"id=\"wortlaut-(\w+)\"", site.get("/seite").text)[1]
    answer = site.post("/wortlaut-gate/consent", data={"show": f"{embed} youtube", "back": "/seite?a=1"}, headers=SAME)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/seite?a=1#wortlaut-{embed}"
    assert re.search(r"Path=/; Max-Age=155\d{5}; SameSite=Lax; Secure$", answer.headers["set-cookie"])
    cookie = {"Cookie": answer.headers["set-cookie"].partition(";")[0]}
    page = site.get("/seite", headers=cookie).text
    assert page.count('<iframe src="/seite?wortlaut-gate=') == 1
    answer = site.post("/wortlaut-gate/consent", data={"hide": f"{embed} youtube"}, headers={**SAME, **cookie})
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert answer.headers["location"].startswith("/wortlaut-gate/")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://boese.example"},
        {"Origin": "null"},
        {"Referer": "https://boese.example/www.bote.example"},
        {},
    ],
)
def test_a_form_from_elsewhere_is_refused(site, headers):
    answer = site.post("/wortlaut-gate/consent", data={"allow": "*"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "back",
    [
        "https://boese.example/",
        "//boese.example/",
        "/\\boese.example",
        "/\t/boese.example",
        "javascript:alert(1)",
        "",
        "/a\r\nX: y",
        "\\\\boese.example",
    ],
)
def test_a_form_leads_nowhere_else(flask, back):
    answer = flask.post(
        "/wortlaut-gate/consent", data={"allow": "*", "back": back}, headers={"Origin": "https://www.bote.example"}
    )
    assert answer.headers["location"] == "/wortlaut-gate/"


def test_a_policy_that_is_there_is_kept_and_merged(flask):
    answer = flask.get("/kopf/csp")
    theirs, ours = answer.headers.get_list("content-security-policy")
    assert theirs == "script-src 'nonce-abc'; frame-src https://www.youtube.com 'self'; frame-ancestors 'none'"
    assert "youtube" not in ours
    assert 'gate.js" nonce="abc"' in answer.text


def test_hints_to_others_leave_the_headers(flask):
    assert flask.get("/kopf/hint").headers["link"] == "</a.css>; rel=preload"


def test_validators_change_with_the_policy(flask):
    first = flask.get("/kopf/etag")
    assert re.fullmatch(r'"v1-wg\w+"', first.headers["etag"])
    assert "last-modified" not in first.headers
    assert first.headers["vary"] == "Accept, Cookie"
    again = flask.get("/kopf/etag", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-security-policy" not in again.headers
    other = wsgi(GateWSGI(flask_app().wsgi_app.app, Policy(own_hosts=("anderswo.example",))))
    assert other.get("/kopf/etag", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_compressed_pages_are_gated_and_compressed_again(flask):
    answer = flask.get("/kopf/gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text.count("<wortlaut-gate ") == 2


def test_what_cannot_be_read_passes_under_the_policy(flask):
    for name in ("br", "broken"):
        with flask.stream("GET", f"/kopf/{name}") as answer:
            assert b"".join(answer.iter_raw()) == PAGE.encode()
            assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_the_servers_charset_counts(flask):
    answer = flask.get("/kopf/latin")
    assert "Grüße".encode("latin-1") in answer.content


def test_heads_parts_and_other_kinds_pass(flask):
    head = flask.head("/seite")
    assert head.content == b""
    assert "content-length" not in head.headers
    assert "default-src" in head.headers["content-security-policy"]
    part = flask.get("/teil")
    assert part.content == PAGE[:40].encode()
    assert "default-src" in part.headers["content-security-policy"]
    data = flask.get("/daten")
    assert data.text == VIDEO
    assert data.headers["etag"] == '"d"'
    assert "content-security-policy" not in data.headers
    assert flask.post("/seite", data={"a": "b"}).text == "b"


def test_the_application_sees_only_encodings_that_can_be_read():
    seen = []

    async def app(scope, _receive, send):
        seen.append(dict(scope["headers"]))
        await PlainTextResponse("x")(scope, _receive, send)

    Sync(GateMiddleware(app, POLICY)).get("/x", headers={"Accept-Encoding": "br, gzip, zstd"})
    Sync(GateMiddleware(app, POLICY)).get("/x", headers={"Accept-Encoding": "br"})
    assert [one[b"accept-encoding"] for one in seen] == [b"gzip", b"identity"]


@pytest.mark.parametrize("kind", ["asgi", "wsgi"])
def test_a_page_beyond_the_limit_passes_under_the_policy(kind):
    long = PAGE + "x" * 1000

    def wsgi_app(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])
        return [long[:500].encode(), long[500:].encode()]

    async def asgi_app(scope, receive, send):
        await HTMLResponse(long)(scope, receive, send)

    asked = (
        wsgi(GateWSGI(wsgi_app, POLICY, limit=600))
        if kind == "wsgi"
        else Sync(GateMiddleware(asgi_app, POLICY, limit=600))
    )
    answer = asked.get("/")
    assert answer.text == long
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_below_a_mount_addresses_hold():
    from starlette.routing import Mount

    app = Starlette(routes=[Mount("/zeitung", GateMiddleware(starlette_app(), POLICY))])
    page = Sync(app).get("/zeitung/seite").text
    assert 'src="/zeitung/wortlaut-gate/gate.js"' in page
    address = re.search(r"data-frame=\"([^\"]*)\"", page)[1]
    assert address.startswith("/zeitung/seite?")
    assert "youtube.com/embed" in Sync(app).get(address).text
    assert Sync(app).get("/zeitung/wortlaut-gate/gate.js").status_code == 200


@pytest.mark.parametrize("name", ["svg", "xml", "none"])
def test_whatever_browsers_show_as_a_document_is_kept_at_home(flask, name):
    answer = flask.get(f"/kopf/{name}")
    assert answer.text == PAGE
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_a_refresh_to_others_leaves_the_headers(flask):
    assert "refresh" not in flask.get("/kopf/refresh").headers


def test_what_is_own_to_the_finder_is_own_to_the_policy():
    app = flask_app()
    app.wsgi_app = GateWSGI(app.wsgi_app.app)
    app.add_url_rule("/eigen", view_func=lambda: '<iframe src="https://grafik.www.bote.example/"></iframe>')
    answer = wsgi(app).get("/eigen")
    assert "<iframe" in answer.text
    assert "www.bote.example *.www.bote.example" in answer.headers["content-security-policy"]


def test_validators_change_with_consent(flask):
    first = flask.get("/kopf/etag").headers["etag"]
    embed = re.search(r'id="wortlaut-(\w+)"', flask.get("/seite").text)[1]
    answer = flask.post("/wortlaut-gate/consent", data={"show": f"{embed} youtube"}, headers=SAME)
    cookie = {"Cookie": answer.headers["set-cookie"].partition(";")[0], "If-None-Match": first}
    again = flask.get("/kopf/etag", headers=cookie)
    assert again.status_code == 200
    assert again.headers["etag"] != first


def test_slashes_in_front_name_no_host():
    def app(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])
        return [PAGE.encode()]

    taken = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "//a.example/x", "HTTP_HOST": "www.bote.example"}
    page = b"".join(GateWSGI(app, POLICY)(environ, lambda *start: taken.append(start))).decode()
    assert 'data-frame="/a.example/x?' in page
    assert 'name="back" value="/a.example/x"' in page


def test_hiding_takes_back_what_is_always_shown(flask):
    embed = re.search(r'id="wortlaut-(\w+)"', flask.get("/seite").text)[1]
    cookie = ""
    for form in ({"show": f"{embed} youtube"}, {"hide": f"{embed} youtube", f"always-{embed}": "on"}):
        answer = flask.post("/wortlaut-gate/consent", data=form, headers={**SAME, "Cookie": cookie})
        cookie = answer.headers["set-cookie"].partition(";")[0]
    assert cookie == "wortlaut-gate="
