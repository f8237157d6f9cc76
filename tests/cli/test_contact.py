"""`--contact`: whoever is asked is told by whom."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.archive.server import Server, page
from wortlaut.archive import fetching
from wortlaut.cli import app


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    running = Server()
    running.paths = {"/": page("Ada Holm sagte am Montag, die Brücke bleibe zu.")}
    monkeypatch.setattr(fetching, "Fetcher", partial(fetching.Fetcher, delay=0.0, permit=running.permit))
    yield running
    running.close()


@pytest.mark.parametrize("command", [["read"], ["read", "--blocks"], ["add", "--ledger", "n.ledger"]])
@pytest.mark.parametrize("told", ["option", "environment"])
def test_every_request_names_the_contact(server: Server, tmp_path: Path, monkeypatch, command, told) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["--contact", "https://bote.example/wir"] if told == "option" else []
    settings = {} if words else {"WORTLAUT_CONTACT": "https://bote.example/wir"}
    CliRunner().invoke(app, [*command, *words, server.url()], env=settings)
    assert len(server.seen) >= 3
    assert {r.headers["user-agent"] for r in server.seen} == {f"{fetching.AGENT} (+https://bote.example/wir)"}


@pytest.mark.parametrize("contact", ["a\r\nX-Injected: 1", "Frau Müller"])
def test_a_contact_that_no_header_can_hold_is_said(server: Server, contact: str) -> None:
    told = CliRunner().invoke(app, ["read", "--contact", contact, server.url()])
    assert (told.exit_code, "a contact must be" in told.stderr, server.seen) == (2, True, [])
