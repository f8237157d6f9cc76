"""`watch`: a ledger filled from feeds, through edits, kills and Ctrl-C."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.server import Server, answer
from wortlaut.archive.fetching import Fetcher
from wortlaut.archive.watchlist import read_watchlist
from wortlaut.cli.options import Format
from wortlaut.cli.reading import reader_by
from wortlaut.cli.watch import run
from wortlaut.ledger import Ledger
from wortlaut.model import Engine

SAID = "Die Ministerin Änne Östberg sagte am Montag, sie werde die Brücke {} nicht öffnen, falls der Fluss steige."


def article(number: int, said: str = SAID, frame: str = "") -> bytes:
    body = f"<h1>Brücke {number} bleibt zu</h1><p>{said.format(number)}</p><p>Der Verband der Fuhrleute drohte mit einer Klage.</p>"
    html = f"<html><body><nav>{frame}</nav><article>{body}</article></body></html>"
    return answer(html.encode(), Content_Type="text/html; charset=utf-8")


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    items = "".join(f"<item><link>/{number}</link></item>" for number in range(6))
    running.paths = {"/rss": answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())}
    running.paths |= {f"/{number}": article(number) for number in range(6)}
    yield running
    running.close()


@pytest.fixture
def feeds(server: Server, tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(
        f'delay = "0s"\nrecheck = ["0s", "0s", "0s", "0s"]\n[[feed]]\nurl = "{server.url("/rss")}"\npublisher = "Bote"\n'
    )
    return path


def _watch(server: Server, feeds: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Watch once and return each look's result with the path that was looked at."""
    with Fetcher(delay=0.0, permit=server.permit) as fetcher, Ledger.open(feeds.parent / "news.ledger") as store:
        reader, state = reader_by(Engine.RULES, 0.0), str(feeds.parent / "state")
        assert not run(read_watchlist(str(feeds)), store, reader, fetcher, state, once=True, format_=Format.TABLE)
    return sorted(line.split()[0] + line.split()[1].rpartition("/")[2] for line in capsys.readouterr().out.splitlines())


def test_edits_are_editions_and_frames_are_not(server: Server, feeds: Path, capsys) -> None:
    assert _watch(server, feeds, capsys) == [*(f"added{n}" for n in range(6)), "polledrss"]
    server.paths["/1"] = article(1, frame="Heute: 7 Grad")
    server.paths["/2"] = article(2, SAID.replace("nicht öffnen", "vielleicht öffnen"))
    server.paths["/3"] = answer(b"<html><body><nav>Start", Content_Type="text/html")
    assert _watch(server, feeds, capsys) == ["edited2", "rejected3"]
    with Ledger.open(feeds.parent / "news.ledger", create=False) as store:
        assert [edition.publisher for edition in store.editions()] == ["Bote"] * 7
        assert {edit.url for edit in store.edits()} == {server.url("/2")}
        assert len(store.editions(server.url("/1"))) == 1


def test_what_was_forgotten_stays_so(server: Server, feeds: Path, capsys) -> None:
    """A page is not had again, and that somebody was blackened is no edit of the page."""
    _watch(server, feeds, capsys)
    with Ledger.open(feeds.parent / "news.ledger") as store:
        store.forget(server.url("/1"))
        store.forget("Änne Östberg")
    assert _watch(server, feeds, capsys) == ["refused1"]
    with Ledger.open(feeds.parent / "news.ledger") as store:
        assert len(store.editions()) == 5
    server.paths["/2"] = article(
        2,
        "Der Verband der Reeder sagte am Dienstag, die Brücke {} werde nicht mehr geöffnet, falls der Fluss weiter steige.",
    )
    assert _watch(server, feeds, capsys) == ["edited2"]


_CHILD = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler) # a job in the background inherits that it is ignored
from wortlaut.archive.fetching import Fetcher
from wortlaut.archive.addresses import is_public
from wortlaut.archive.watchlist import read_watchlist
from wortlaut.cli.options import Format, clear_errors
from wortlaut.cli.reading import reader_by
from wortlaut.cli.watch import run
from wortlaut.ledger import Ledger
import typer
feeds, port = sys.argv[1], int(sys.argv[2])
sys.excepthook = lambda kind, error, trace: sys.exit(error.exit_code) if kind is typer.Exit else sys.__excepthook__(kind, error, trace)
with clear_errors(), Fetcher(delay=0.0, permit=lambda a, p: is_public(a, p) or (str(a), p) == ("127.0.0.1", port)) as fetcher:
    with Ledger.open("news.ledger") as store:
        run(read_watchlist(feeds), store, reader_by("rules", 0.0), fetcher, "state", once=False, format_=Format.TABLE)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_killed_it_goes_on_where_it_was(server: Server, feeds: Path, capsys, how: signal.Signals) -> None:
    feeds.write_text(feeds.read_text().replace('["0s", "0s", "0s", "0s"]', '["1d"]'))
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(feeds), str(server.port)],
        cwd=feeds.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout
    told = [child.stdout.readline() for _ in range(3)]
    child.send_signal(how)
    rest, errors = child.communicate(timeout=60)
    assert errors == (b"wortlaut: stopped; what was finished is kept\n" if how is signal.SIGINT else b"")
    before = [*told, *rest.splitlines()]
    after = _watch(server, feeds, capsys)
    assert len(after) <= 7 - 3
    with Ledger.open(feeds.parent / "news.ledger", create=False) as store:
        assert sorted(edition.source for edition in store.editions()) == [
            server.url(f"/{number}") for number in range(6)
        ]
        assert not store.edits()
    asked = [len(server.asked(f"/{number}")) for number in range(6)]
    assert sum(asked) <= 7, "at most the page that was being kept is asked for again"
    assert len(before) + len(after) >= 7 - 1


def test_wrong_lists_and_places_are_told(wortlaut, feeds: Path) -> None:
    assert wortlaut("watch").returncode == 2
    done = wortlaut("watch", "none.toml")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    done = wortlaut("watch", "feeds.toml", "--once", "--engine", "rules", "--ledger", "news.ledger")
    assert (done.returncode, done.stdout.split()[0]) == (1, "refused"), "the command itself asks nobody on this machine"
    assert "not on the public internet" in done.stdout
    assert (feeds.parent / "news.ledger.watch").exists()
