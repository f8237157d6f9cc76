"""`wortlaut verify --online`, against a server of the tests' own."""

import json
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.archive.server import Server, answer
from tests.cli.conftest import BRIDGE
from wortlaut import Ledger, Page, read
from wortlaut.archive import fetching
from wortlaut.cli import app


@pytest.fixture
def server():
    opened = Server()
    yield opened
    opened.close()


def html(text: str) -> bytes:
    head, body = text.strip().split("\n\n", 1)
    more = "Am Fluss wird seit Wochen gebaut. Die Lastwagen fahren über den alten Damm, und der Bus hält am Markt."
    page = f"<html><body><article><h1>{head}</h1><p>{body}</p><p>{more}</p></article></body></html>"
    return answer(page.encode(), Content_Type="text/html; charset=utf-8")


@pytest.fixture
def kept(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A ledger with three pages of the server."""
    monkeypatch.setattr(fetching, "Fetcher", partial(fetching.Fetcher, delay=0.0, permit=server.permit))
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        for name in ("same", "other", "gone"):
            page = Page(source=name, url=server.url(f"/{name}"), content=BRIDGE.encode(), published="2031-03-04")
            ledger.add(page, read(page))
    return str(tmp_path / "a.ledger")


def test_pages_are_fetched_and_compared(server: Server, kept: str) -> None:
    server.paths |= {"/same": html(BRIDGE), "/other": html(BRIDGE.replace("nicht öffnen", "öffnen"))}
    done = CliRunner().invoke(app, ["verify", "--online", "--ledger", kept, "--format", "jsonl"])
    assert done.exit_code == 1, done.output
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    states = {(line["page"]["source"], line.get("state")) for line in lines}
    assert {state for source, state in states if source == "same"} == {"found"}
    assert ("other", "changed") in states
    (missing,) = [line for line in lines if line.get("reason")]
    assert missing["reason"] == "not_fetched"
    assert "404" in missing["detail"]
    assert next(line["against"] for line in lines if "against" in line) == server.url("/same")


def test_one_page_is_enough(server: Server, kept: str) -> None:
    server.paths |= {"/same": html(BRIDGE)}
    done = CliRunner().invoke(app, ["verify", "--online", "--url", server.url("/same"), "--ledger", kept])
    assert done.exit_code == 0, done.output
    assert f"statements stand  {server.url('/same')}" in done.stdout
    assert not server.asked("/other")


def test_nothing_to_fetch_is_a_clear_error(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "b.ledger") as ledger:
        page = Page(source="a.txt", content=BRIDGE.encode())
        ledger.add(page, read(page))
    done = CliRunner().invoke(app, ["verify", "--online", "--ledger", str(tmp_path / "b.ledger")])
    assert done.exit_code == 2
    assert "no page here has a URL that can be fetched" in done.stderr
