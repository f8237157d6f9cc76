"""The site is built as its readers get it: no link leads nowhere, and the reference holds what the code has."""

import json
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.docs.pages import ROOT
from tests.reading import reading_of
from wortlaut.cli import app
from wortlaut.codec import to_json
from wortlaut.model import Reading


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site strictly: a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(  # noqa: PLW1510 - asserted below
        command, cwd=ROOT, capture_output=True, text=True, env={"NO_MKDOCS_2_WARNING": "1", "PATH": ""}
    )
    assert done.returncode == 0, done.stderr
    return folder


def page(site: Path, name: str) -> str:
    return (site / name / "index.html").read_text(encoding="utf-8")


def test_every_command_is_in_the_reference(site: Path) -> None:
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    assert len(names) > 10
    for name in names:
        assert f"wortlaut {name}" in page(site, "reference/commands")


def test_errors_tables_and_the_api_are_in_the_reference(site: Path) -> None:
    assert "LedgerTooNew" in page(site, "reference/errors")
    assert "tombstone" in page(site, "reference/tables")
    assert "Ledger.open" in re.sub(r"<[^>]+>", "", page(site, "reference/api")) or "open" in page(site, "reference/api")


def test_the_schema_describes_readings(site: Path) -> None:
    text = re.sub(r"<[^>]+>", "", page(site, "reference/schema"))
    for key in json.loads(to_json(reading_of("Anna Berg sagte: „Wir kommen.“"))):
        assert f"{key}" in text
    assert msgspec.json.schema_components([Reading])[1]["Reading"]["required"]


def test_no_page_calls_a_third_party(site: Path) -> None:
    for path in site.rglob("*.html"):
        loaded = re.findall(
            r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"?(https?://[^\" >]+)", path.read_text(encoding="utf-8")
        )
        assert [url for url in loaded if "canonical" not in url] == [], path
