"""What is refused: other hosts, other sites' forms, who shows no token, too much and too many; and what is told of it."""

import json

import pytest

from tests.web.conftest import client_of
from wortlaut import Ledger
from wortlaut.web import Rules

LOCKED = Rules(token="geheim")  # noqa: S106 - it guards an empty ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("guard") / "empty.ledger") as store:
        yield store


def key_of(client) -> str:
    return client.get("/").text.partition('name="key" value="')[2].partition('"')[0]


@pytest.mark.parametrize("host", ["wortlaut.example", "127.0.0.1.example", "10.0.0.3:8765", ""])
def test_without_a_token_only_this_machine_is_answered(ledger, host) -> None:
    with client_of(ledger) as client:
        assert client.get("/", headers={"host": host}).status_code == 421
        assert client.get("/", headers={"host": "localhost:8765"}).status_code == 200


def test_with_a_token_nobody_is_answered_who_does_not_show_it(ledger) -> None:
    with client_of(ledger, LOCKED) as client:
        refused = client.get("/", headers={"host": "wortlaut.example"})
        assert refused.status_code == 401
        assert 'href="/enter"' in refused.text
        assert client.get("/api/v1/statements").status_code == 401
        assert client.get("/api/v1/statements", headers={"authorization": "Bearer falsch"}).status_code == 401
        assert client.get("/api/v1/statements", headers={"authorization": "Bearer geheim"}).status_code == 200


def test_the_token_is_entered_once_and_kept_where_no_script_reads_it(ledger) -> None:
    with client_of(ledger, LOCKED) as client:
        key = client.get("/enter").text.partition('name="key" value="')[2].partition('"')[0]
        assert client.post("/enter", data={"key": key, "token": "falsch"}).status_code == 403
        assert client.get("/").status_code == 401
        entered = client.post("/enter", data={"key": key, "token": "geheim"}, follow_redirects=False)
        assert {"HttpOnly", "SameSite=strict"} <= set(entered.headers["set-cookie"].split("; "))
        assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://anderswo.example"}, {"origin": "null"}],
)  # fmt: skip
def test_a_form_of_another_site_is_refused_even_with_our_key(ledger, headers) -> None:
    with client_of(ledger) as client:
        form = {"key": key_of(client), "to": "en"}
        assert client.post("/language", data=form, headers=headers).status_code == 403
        assert client.post("/language", data=form, follow_redirects=False).status_code == 303


FORMS = ["/add", "/judge/statement", "/judge/merge", "/judge/split", "/judge/undo", "/language", "/enter"]
FIELDS = {"actor": 1, "other": "x", "source": "x", "judgement": 1, "number": "x", "statement": "x", "verdict": "accept", "to": "de", "token": "x", "words": "x"}  # fmt: skip


@pytest.mark.parametrize("path", FORMS)
def test_a_form_without_our_key_is_refused(ledger, path) -> None:
    with client_of(ledger) as client:
        assert client.post(path, data={**FIELDS, "key": "x"}).status_code == 403


@pytest.mark.parametrize("path", FORMS)
def test_no_form_is_taken_from_another_site(ledger, path) -> None:
    with client_of(ledger) as client:
        form = {**FIELDS, "key": key_of(client)}
        assert client.post(path, data=form, headers={"origin": "https://anderswo.example"}).status_code == 403
    assert not ledger.judgements()
    assert not ledger.reviews()
    assert not ledger.editions()


def test_a_form_leads_to_our_own_pages_only(ledger) -> None:
    with client_of(ledger) as client:
        for back in ("https://anderswo.example/", "//anderswo.example/", "/\\anderswo.example"):
            form = {"key": key_of(client), "to": "en", "back": back}
            assert client.post("/language", data=form, follow_redirects=False).headers["location"] == "/"


def test_too_much_is_refused_whether_its_length_is_told_or_not(ledger) -> None:
    with client_of(ledger, Rules(upload=5000)) as client:
        form = {"key": key_of(client), "words": "x" * 6000}
        told = client.post("/add", data=form)
        assert told.status_code == 413
        assert "10 MB" in told.text

        def untold():
            yield f"key={form['key']}&words=".encode()
            for _ in range(6000):
                yield b"x"

        headers = {"content-type": "application/x-www-form-urlencoded"}
        assert client.post("/add", content=untold(), headers=headers).status_code == 413
        assert client.get("/").status_code == 200


def test_too_many_requests_are_told_to_wait(ledger) -> None:
    with client_of(ledger, Rules(rate=0.001, burst=3)) as client:
        states = [client.get("/method").status_code for _ in range(5)]
        assert states == [200, 200, 200, 429, 429]
        last = client.get("/api/v1/pages")
        assert last.status_code == 429
        assert last.json()["detail"]
        assert int(last.headers["retry-after"]) > 0


def test_writing_is_rarer_than_looking(ledger) -> None:
    with client_of(ledger, Rules(writes=2)) as client:
        form = {"key": key_of(client), "to": "en"}
        states = [client.post("/language", data=form, follow_redirects=False).status_code for _ in range(3)]
        assert states == [303, 303, 429]
        assert client.get("/").status_code == 200


def test_what_browsers_report_is_counted_and_shown(ledger) -> None:
    with client_of(ledger) as client:
        assert "no browser reported" in client.get("/method", headers={"accept-language": "en"}).text
        report = {"csp-report": {"document-uri": "http://127.0.0.1/", "blocked-uri": "https://leck.example/x.gif", "effective-directive": "img-src"}}  # fmt: skip
        sent = client.post("/csp-report", content=json.dumps(report), headers={"content-type": "application/csp-report", "origin": "null"})  # fmt: skip
        assert sent.status_code == 204
        assert client.post("/csp-report", content=b"\xff{").status_code == 204
        shown = client.get("/method", headers={"accept-language": "en"}).text
        assert "leck.example (1)" in shown


def test_every_answer_forbids_frames_and_guessing_of_types(ledger) -> None:
    with client_of(ledger) as client:
        for path in ("/", "/nothing", "/api/v1/pages", "/static/wortlaut.css"):
            headers = client.get(path).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "unsafe-" not in headers["content-security-policy"]
            assert "server" not in headers


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/debug"])
def test_there_are_no_pages_for_developers(ledger, path) -> None:
    with client_of(ledger) as client:
        assert client.get(path).status_code == 404
