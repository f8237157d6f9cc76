"""Fetching: what comes back, what is asked first, and servers that mean no good."""

import gzip
import socket
import time
import zlib

import pytest

from tests.archive.server import Request, Server, answer, page
from wortlaut import read
from wortlaut.archive.fetching import Fetcher, fetch_page
from wortlaut.errors import FetchError, ForbiddenError
from wortlaut.model import Page, Reading, RejectionReason


def test_a_page_and_what_is_known_of_it(server: Server, fetcher: Fetcher) -> None:
    server.paths["/hafen"] = page("Die Brücke", ETag='"1"', Last_Modified="Mon, 03 Mar 2031 08:00:00 GMT")
    fetched = fetcher.fetch(server.url("/hafen#oben"))
    assert "Die Brücke" in fetched.content.decode()
    assert (fetched.media_type, fetched.encoding, fetched.etag) == ("text/html", "utf-8", '"1"')
    assert (fetched.rights.robots, fetched.rights.reserved) == ("absent", None)
    assert fetched.url == server.url("/hafen")
    assert [request.path for request in server.seen] == ["/robots.txt", "/hafen", "/.well-known/tdmrep.json"]
    assert all(request.headers["user-agent"].startswith("wortlaut/") for request in server.seen)


def test_what_is_unchanged_is_not_sent_again(server: Server, fetcher: Fetcher) -> None:
    def conditional(connection: socket.socket, request: Request) -> None:
        same = request.headers.get("if-none-match") == '"1"'
        connection.sendall(answer(status="304 Not Modified") if same else page(ETag='"1"'))

    server.paths["/"] = conditional
    first = fetcher.fetch(server.url())
    again = fetcher.fetch(server.url(), etag=first.etag)
    assert (first.unchanged, again.unchanged, again.content) == (False, True, b"")


def test_robots_are_asked_once_and_obeyed(server: Server, fetcher: Fetcher) -> None:
    server.paths |= {
        "/robots.txt": answer(b"User-agent: wortlaut\nDisallow: /intern\n\nUser-agent: *\nDisallow: /\n"),
        "/offen": page(),
        "/intern/1": page(),
    }
    assert fetcher.fetch(server.url("/offen")).rights.robots == "allowed"
    with pytest.raises(ForbiddenError, match="disallows"):
        fetcher.fetch(server.url("/intern/1"))
    assert len(server.asked("/robots.txt")) == 1
    assert not server.asked("/intern/1")
    refused = fetch_page(fetcher, server.url("/intern/1"), defaults=Page(source="-"))
    assert refused.problem
    assert refused.problem.reason is RejectionReason.NOT_ALLOWED
    assert refused.rights
    assert refused.record().rights == refused.rights
    assert refused.rights.robots == "disallowed"


def test_robots_that_cannot_be_had_forbid_for_now(server: Server, fetcher: Fetcher) -> None:
    server.paths |= {"/robots.txt": answer(status="503 Service Unavailable"), "/": page()}
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(server.url())
    assert caught.value.passing
    assert not server.asked("/")


@pytest.mark.parametrize(
    ("header", "meta", "file", "told_by", "reserved"),
    [
        ("1", None, None, "header", True),
        (None, "1", None, "meta", True),
        (None, None, 1, "file", True),
        ("0", "1", 1, "header", False),
        (None, "0", 1, "meta", False),
        ("vielleicht", None, 1, "file", True),
        (None, None, "0", "file", False),
        (None, None, None, None, None),
    ],
)
def test_reservations(server: Server, fetcher: Fetcher, header, meta, file, told_by, reserved) -> None:
    marked = f'<html><head><META content="{meta}" name="TDM-Reservation"></head><p>Die Brücke'.encode()
    said = {"TDM_Reservation": header, "TDM_Policy": "/terms"} if header else {}
    server.paths["/artikel/1"] = answer(marked if meta else b"<p>", Content_Type="text/html", **said)
    if file is not None:
        flag = f'"{file}"' if isinstance(file, str) else file
        rules = (
            f'[{{"location": "/frei/*", "tdm-reservation": 0}}, {{"location": "/art*/1$", "tdm-reservation": {flag}}}]'
        )
        server.paths["/.well-known/tdmrep.json"] = answer(rules.encode())
    got = fetch_page(fetcher, server.url("/artikel/1"), defaults=Page(source="-"))
    assert got.rights
    assert (got.rights.reserved, got.rights.told_by) == (reserved, told_by)
    assert got.rights.policy == (server.url("/terms") if told_by == "header" else None)
    assert bool(got.content) is not bool(reserved)
    assert bool(got.problem) is bool(reserved)


def test_what_a_redirect_says_of_mining_counts_and_the_file_of_rules_may_have_moved(
    server: Server, fetcher: Fetcher
) -> None:
    server.paths |= {
        "/kurz": answer(status="302 Found", Location="/lang", TDM_Reservation="1", TDM_Policy="/terms"),
        "/frei": answer(status="302 Found", Location="/lang", TDM_Reservation="0"),
        "/lang": page(),
        "/artikel": page(),
        "/.well-known/tdmrep.json": answer(status="301 Moved Permanently", Location="/rechte.json"),
        "/rechte.json": answer(b'[{"location": "/artikel", "tdm-reservation": 1}]'),
    }
    kurz, frei, artikel = (
        fetch_page(fetcher, server.url(path), defaults=Page(source="-")) for path in ("/kurz", "/frei", "/artikel")
    )
    assert kurz.rights
    assert (kurz.rights.reserved, kurz.rights.told_by, kurz.rights.policy) == (True, "header", server.url("/terms"))
    assert frei.content
    assert len(server.asked("/lang")) == 1
    assert artikel.rights
    assert (artikel.content, artikel.rights.told_by) == (b"", "file")


@pytest.mark.parametrize("place", ["/.well-known/tdmrep.json", "http://169.254.169.254/rules", "http://[half"])
def test_a_file_of_rules_that_leads_nowhere_says_nothing(server: Server, fetcher: Fetcher, place: str) -> None:
    server.paths |= {"/": page(), "/.well-known/tdmrep.json": answer(status="302 Found", Location=place)}
    assert fetcher.fetch(server.url()).rights.reserved is None
    assert len(server.asked("/.well-known/tdmrep.json")) <= 4


def test_redirects_end_somewhere_and_are_asked_of_robots(server: Server, fetcher: Fetcher) -> None:
    def to(place: str) -> bytes:
        return answer(status="302 Found", Location=place)

    server.paths |= {
        "/robots.txt": answer(b"User-agent: *\nDisallow: /intern"),
        "/a": to("/b"),
        "/b": to(f"//localhost:{server.port}/c"),
        "/c": page(),
        "/kreis": to("/kreis"),
        "/innen": to("/intern"),
        "/intern": page(),
        "/loop": to(f"http://127.0.0.1:{server.port + 1}/"),
        "/cloud": to("http://169.254.169.254/latest/meta-data"),
        "/datei": to("file:///etc/passwd"),
        "/wer": to("http://user:secret@localhost/"),
        "/kaputt": to("http://[half"),
    }
    assert fetcher.fetch(server.url("/a")).url == server.url("/c")
    with pytest.raises(FetchError, match="more than 3 redirects"):
        fetcher.fetch(server.url("/kreis"))
    for path in ("/innen", "/loop", "/cloud", "/datei", "/wer", "/kaputt"):
        with pytest.raises(ForbiddenError):
            fetcher.fetch(server.url(path))
    assert not server.asked("/intern")


@pytest.mark.parametrize("url", ["ftp://bote.example/", "file:///etc/passwd", "http://", "/etc/passwd", "javascript:1"])
def test_only_the_web_is_fetched(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(ForbiddenError):
        fetcher.fetch(url)


def _stall(connection: socket.socket, _: Request) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    connection.recv(1)


def _trickle(connection: socket.socket, _: Request) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _number in range(100):
        connection.sendall(b"X: y\r\n")
        time.sleep(0.1)


def _endless(connection: socket.socket, _: Request) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for _number in range(10_000):
        connection.sendall(b"<p>" * 1000)


def _drop(connection: socket.socket, _: Request) -> None:
    connection.sendall(answer(b"<p>Die", length=400))


_BOMB = gzip.compress(b"\0" * 50_000_000)
MISDEEDS = {
    "stalls": (_stall, True, "in time"),
    "trickles": (_trickle, True, "in time"),
    "sends without end": (_endless, False, "more than"),
    "drops the connection": (_drop, True, "peer closed"),
    "says nothing": (lambda connection, _: None, True, "disconnected"),
    "talks nonsense": (b"I am no web server\r\n\r\n", True, "status line"),
    "lies about gzip": (answer(b"<p>Die", Content_Encoding="gzip"), False, "not packed"),
    "packs half": (answer(gzip.compress(b"<p>" * 999)[:-9], Content_Encoding="gzip"), False, "in the middle"),
    "packs a bomb": (answer(_BOMB, Content_Encoding="gzip"), False, "more than"),
    "packs a bomb in a bomb": (answer(zlib.compress(_BOMB), Content_Encoding="gzip, deflate"), False, "not asked for"),
    "packs in its own way": (answer(b"x", Content_Encoding="br"), False, "not asked for"),
    "says two lengths": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\n<p>",
        True,
        "Content-Length",
    ),
    "says no length": (b"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\n<p>", True, "Content-Length"),
    "breaks its chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>", True, "chunk"),
    "is busy": (answer(status="503 Busy", Retry_After="120"), True, "503"),
    "has lost it": (answer(status="410 Gone"), False, "410"),
}


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_misdeeds_end_soon_and_are_told(server: Server, fetcher: Fetcher, misdeed: str) -> None:
    server.paths["/"], passing, words = MISDEEDS[misdeed]
    started = time.monotonic()
    with pytest.raises(FetchError, match=words) as caught:
        fetcher.fetch(server.url())
    assert time.monotonic() - started < 2
    assert caught.value.passing is passing
    assert caught.value.wait == (120 if misdeed == "is busy" else None)
    failed = fetch_page(fetcher, server.url(), defaults=Page(source="-"))
    assert failed.problem
    assert failed.problem.reason is RejectionReason.NOT_FETCHED


def test_packed_pages_are_unpacked(server: Server, fetcher: Fetcher) -> None:
    for name, pack in (("gzip", gzip.compress), ("deflate", zlib.compress)):
        server.paths["/"] = answer(pack("Brücke".encode()), Content_Encoding=name)
        assert fetcher.fetch(server.url()).content.decode() == "Brücke"


def test_a_host_is_not_pressed(server: Server) -> None:
    server.paths |= {"/robots.txt": answer(b"User-agent: *\nCrawl-delay: 7"), "/": page()}
    waited = []
    with Fetcher(delay=2.0, permit=server.permit, sleep=waited.append) as fetcher:
        fetcher.fetch(server.url())
        assert 6 < fetcher.ready_in(server.url("/anders")) <= 7
        assert fetcher.ready_in("http://anderer.example/") == 0
    assert [round(seconds) for seconds in waited] == [0, 7, 7]


def test_no_proxy_of_the_environment_is_used(server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.paths["/"] = page()
    assert fetcher.fetch(server.url()).content


@pytest.mark.parametrize("misdeed", ["stalls", "sends without end", "drops the connection", "packs a bomb"])
@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/tdmrep.json"])
def test_misdeeds_with_a_sites_rules(server: Server, fetcher: Fetcher, misdeed: str, path: str) -> None:
    """Rules of fetching that cannot be had forbid it for now; a reservation that cannot be had is none."""
    server.paths |= {path: MISDEEDS[misdeed][0], "/": page()}
    got = fetch_page(fetcher, server.url(), defaults=Page(source="-"))
    if path == "/robots.txt":
        assert got.problem
        assert got.problem.reason is RejectionReason.NOT_FETCHED
        assert not server.asked("/")
    else:
        assert got.problem is None
        assert got.content


def test_a_length_that_is_too_short_cuts_and_harms_nothing_else(server: Server, fetcher: Fetcher) -> None:
    server.paths |= {"/": answer(b"<p>Die Br\xc3\xbccke</p>" * 9, length=11), "/2": page("Danach")}
    assert fetcher.fetch(server.url()).content == b"<p>Die Br\xc3\xbc"
    assert b"Danach" in fetcher.fetch(server.url("/2")).content


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "utf-16", "x-unknown", "utf-7", '"', ""])
@pytest.mark.parametrize("true", ["utf-8", "cp1252"])
def test_lies_about_the_encoding_of_characters(server: Server, fetcher: Fetcher, said: str, true: str) -> None:
    """What a server says is believed only where the bytes allow it."""
    words = "Die Brücke über den Fluß bleibt gesperrt, sagte die Ministerin. " * 4
    body = f"<html><body><article><h1>Brücke gesperrt</h1><p>{words}</p></article></body></html>".encode(true)
    server.paths["/"] = answer(body, Content_Type=f"text/html; charset={said}")
    outcome = read(fetch_page(fetcher, server.url(), defaults=Page(source="-")))
    assert isinstance(outcome, Reading)
    if (said, true) != ("iso-8859-1", "utf-8"):  # there the bytes allow both, and browsers believe the server, too
        assert words.strip() in outcome.article.text
