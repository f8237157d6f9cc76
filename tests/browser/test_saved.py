"""A page saved by `wortlaut gate`: served from a folder, and opened from the disk."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typer.testing import CliRunner

from tests.browser.conftest import PAGES
from wortlaut.cli import app


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def saved(tmp_path):
    out = tmp_path / "spieler und hörer.html"
    result = CliRunner().invoke(app, ["gate", str(PAGES / "spieler.html"), "-o", str(out)])
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture
def folder(saved):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(saved.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{saved.name}"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["served", "opened"])
def address(request, folder, saved):
    return folder if request.param == "served" else saved.as_uri()


def test_it_asks_nobody_then_only_the_clicked_provider_then_nobody(reader, address):
    page = reader.page
    page.goto(address)
    assert reader.foreign() == []
    gate = page.locator("wortlaut-gate[data-provider=vimeo]")
    gate.get_by_role("button", name=re.compile("zeigen")).click()
    assert [host for host in set(reader.asked(awaited=True)) if host != "grafik.bote.example"] == ["player.vimeo.com"]
    page.reload()
    assert [host for host in set(reader.asked(awaited=True)) if host != "grafik.bote.example"] == ["player.vimeo.com"]
    gate.get_by_role("button", name=re.compile("verbergen")).click()
    assert page.locator("wortlaut-gate iframe").count() == 0
    assert reader.foreign() == []


def test_consents_are_withdrawn_on_the_page_beside_it(reader, address):
    page = reader.page
    page.goto(address)
    page.locator("wortlaut-gate").first.get_by_role("button", name=re.compile("zeigen")).click()
    link = page.get_by_role("link", name="Zustimmungen").first
    link.scroll_into_view_if_needed()
    reader.foreign()  # time for the frame to find its size and place, or the click goes astray
    link.click()
    page.get_by_role("button", name="Widerrufen", exact=True).click()
    assert page.get_by_text("Sie haben keinem Anbieter zugestimmt").is_visible()


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_it_is_a_labelled_link(reader, address):
    reader.page.goto(address)
    gate = reader.page.locator("wortlaut-gate").first
    assert gate.get_by_role("button").count() == 0
    link = gate.get_by_role("link", name="Bei YouTube öffnen")
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=abcdefghijk"
    assert reader.foreign() == []
