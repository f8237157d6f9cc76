"""`wortlaut edits`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import BRIDGE

URL = "https://zeitung.example/bruecke"


@pytest.fixture
def ledger(wortlaut, bridge: Path) -> str:
    options = ("--date", "2031-03-04", "--url", URL, "--publisher", "Zeitung", "--ledger", "news.ledger")
    assert wortlaut("add", "bridge.txt", *options).returncode == 0
    changed = BRIDGE.replace("die Brücke nicht öffnen", "die alte Brücke nicht öffnen")
    (bridge.parent / "later.txt").write_text(changed, encoding="utf-8")
    assert wortlaut("add", "later.txt", *options).returncode == 0
    return "news.ledger"


def test_edits_mark_the_words(wortlaut, ledger) -> None:
    done = wortlaut("edits", URL, "--ledger", ledger)
    assert done.returncode == 0, done.stderr
    assert URL in done.stdout
    assert "~ reworded: Änne Östberg" in done.stdout
    assert "die [alte] Brücke" in done.stdout
    (line,) = wortlaut("edits", "--format", "jsonl", "--ledger", ledger).stdout.splitlines()
    edit = json.loads(line)
    assert (edit["edit"], edit["url"]) == ("reworded", URL)
    assert "alte" in edit["after"]["words"]
    assert edit["earlier"]["source"] == "bridge.txt"


def test_no_edit_is_no_error(wortlaut, bridge) -> None:
    assert wortlaut("add", "bridge.txt", "--ledger", "n.ledger").returncode == 0
    done = wortlaut("edits", "--ledger", "n.ledger")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no edit is known here (1 page)" in done.stderr
    assert wortlaut("edits", "https://none.example/", "--ledger", "n.ledger").returncode == 2


def test_verify_proves_and_tells_what_fell(wortlaut, ledger, tmp_path: Path) -> None:
    kept = wortlaut("verify", "--ledger", ledger)
    assert kept.returncode == 0, kept.stdout
    assert f"statements stand  {URL}" in kept.stdout
    now = wortlaut("verify", "later.txt", "--url", URL, "--ledger", ledger)
    assert now.returncode == 0
    fallen = wortlaut("verify", "bridge.txt", "--url", URL, "--ledger", ledger, "--format", "jsonl")
    assert fallen.returncode == 1
    lines = [json.loads(line) for line in fallen.stdout.splitlines()]
    assert {line["state"] for line in lines} >= {"found", "changed"}
    assert lines[0]["quotes"][0]["selector"]["type"] == "TextQuoteSelector"
    assert "reworded: »" in wortlaut("verify", "bridge.txt", "--url", URL, "--ledger", ledger).stdout
    (tmp_path / "new.txt").write_text(BRIDGE + "Mehr dazu morgen an dieser Stelle.", encoding="utf-8")
    unknown = wortlaut("verify", "new.txt", "--ledger", ledger)
    assert unknown.returncode == 2
    assert "new.txt is not in the ledger" in unknown.stderr
