"""What docs/how-to/other-tools.md shows, run on the example pages."""

import csv
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading import EXAMPLES, ROOT
from wortlaut import Ledger, Page, Reader, Reading
from wortlaut.model import Engine

GUIDE = (ROOT / "docs" / "how-to" / "other-tools.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with a ledger of the example pages."""
    place = tmp_path_factory.mktemp("tools")
    reader = Reader.by(Engine.RULES)
    with (
        Ledger.open(place / "news.ledger") as ledger,
        (EXAMPLES / "manifest.csv").open(encoding="utf-8", newline="") as manifest,
    ):
        for row in csv.DictReader(manifest):
            page = Page(
                source=row["path"], content=(EXAMPLES / row["path"]).read_bytes(), url=row["url"], published=row["date"]
            )
            outcome = reader.read(page)
            assert isinstance(outcome, Reading)
            ledger.add(page, outcome)
    return place


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_datasette(folder: Path) -> None:
    (shown,) = re.findall(r"^datasette (.+)$", GUIDE, re.MULTILINE)
    lines = run(folder, sys.executable, "-m", "datasette", *shlex.split(shown)).splitlines()
    with Ledger.open(folder / "news.ledger") as ledger:
        kept = {a.words for a in ledger.who("Nordbund", everything=True) if a.principal == "Nordbund"}
    answers = [json.loads(line) for line in lines]
    assert answers
    assert {answer["words"] for answer in answers} <= kept
    assert {"refuse"} <= {answer["act"] for answer in answers}


def test_pandas_and_duckdb(folder: Path) -> None:
    code = "\n".join(re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL))
    shown = run(folder, sys.executable, "-c", code)
    assert re.search(r"^refuse +[1-9]", shown, re.MULTILINE)  # of pandas
    assert re.search(r"│ Nordbund +│ +[1-9]\d* │", shown)  # of DuckDB
