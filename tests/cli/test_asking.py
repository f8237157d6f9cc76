"""`whatif`, `who`, `search`, `changes`, `demo`, and what all commands share."""

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
import typer

from tests.reading import heed_ctrl_c
from wortlaut.cli import app


@pytest.fixture
def ledger(wortlaut, bridge) -> str:
    assert wortlaut("add", "bridge.txt", "--date", "2031-03-04", "--ledger", "news.ledger").returncode == 0
    return "news.ledger"


def test_what_if(wortlaut, ledger) -> None:
    done = wortlaut("whatif", "Der Fluss steigt", "--ledger", ledger, "--format", "jsonl")
    (answer,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert set(answer) >= {"statement", "words", "condition_words", "speaker", "principal", "page", "score", "why"}
    assert answer["condition_words"] == ["falls der Fluss steige"]
    assert answer["principal"] == "Änne Östberg"
    assert "Änne Östberg" in wortlaut("whatif", "Der Fluss steigt", "--ledger", ledger).stdout


def test_no_answer_is_no_error(wortlaut, ledger) -> None:
    done = wortlaut("whatif", "Der Mond fällt herunter", "--ledger", ledger)
    assert (done.returncode, done.stdout) == (0, "")
    assert "nobody said" in done.stderr
    assert wortlaut("who", "Niemand", "--ledger", ledger).stdout == ""
    assert wortlaut("changes", "--ledger", ledger).returncode == 0


def test_the_nearest_are_offered(wortlaut, ledger) -> None:
    done = wortlaut("whatif", "Die Fuhrleute reisen ab", "--ledger", ledger)
    assert done.stdout == ""
    assert "Nearest, but not sure" in done.stderr
    assert "  ~ " in done.stderr


def test_without_a_model_it_is_said_once(wortlaut, ledger) -> None:
    done = wortlaut("whatif", "Der Fluss steigt", "--ledger", ledger)
    from wortlaut.encoder import find_model

    assert done.stderr.count("only words are compared") == (0 if find_model() else 1)
    assert "found in the condition" in done.stdout


def test_who_by_last_name(wortlaut, ledger) -> None:
    assert "Brücke" in wortlaut("who", "Östberg", "--ledger", ledger).stdout


def test_a_missing_or_foreign_ledger_is_one_clear_line(wortlaut, bridge) -> None:
    missing = wortlaut("who", "Berg", "--ledger", "none.ledger")
    assert missing.returncode == 2
    assert missing.stderr.startswith("wortlaut: there is no ledger at none.ledger; add pages with")
    foreign = wortlaut("who", "Berg", "--ledger", "bridge.txt")
    assert foreign.returncode == 2
    assert len(foreign.stderr.splitlines()) == 1
    assert wortlaut("add", "bridge.txt", "--ledger", "no/folder/x.ledger").returncode == 2


def test_demo_shows_an_answer_and_a_change(wortlaut) -> None:
    done = wortlaut("demo")
    assert done.returncode == 0, done.stderr
    assert "wortlaut whatif" in done.stdout
    assert "before" in done.stdout
    assert "reversed" in done.stdout
    assert "Try next" in done.stdout
    assert "wortlaut serve --demo" in done.stdout


@pytest.mark.parametrize("command", ["read", "add", "who", "search", "whatif", "changes", "demo"])
def test_help_has_an_example(wortlaut, command: str) -> None:
    done = wortlaut(command, "--help")
    assert done.returncode == 0
    assert f"wortlaut {command}" in done.stdout.split("Example", 1)[1]


def test_colours_respect_no_color(wortlaut, ledger) -> None:
    assert "\x1b[" in wortlaut("who", "Östberg", "--ledger", ledger, FORCE_COLOR="1", TERM="xterm-256color").stdout
    assert "\x1b[" not in wortlaut("who", "Östberg", "--ledger", ledger, FORCE_COLOR="1", NO_COLOR="1").stdout.replace(
        "\x1b[1m", ""
    ).replace("\x1b[0m", "").replace("\x1b[2m", "")


def test_a_closed_pipe_is_silent(wortlaut, ledger, tmp_path) -> None:
    shell = f"{sys.executable} -m wortlaut read --format jsonl {'bridge.txt ' * 60} | head -c 1"
    done = subprocess.run(["bash", "-c", shell], cwd=tmp_path, capture_output=True, check=False)
    assert done.stderr == b""


def test_ctrl_c_keeps_what_was_finished(wortlaut, bridge, tmp_path) -> None:
    reading, writing = os.pipe()
    started = subprocess.Popen(
        [sys.executable, "-u", "-m", "wortlaut", "add", "bridge.txt", "-", "--ledger", "n.ledger"],
        cwd=tmp_path,
        stdin=reading,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - no threads here
    )
    try:
        assert started.stdout is not None
        assert started.stdout.readline().startswith(b"added")
        started.send_signal(signal.SIGINT)
        _, errors = started.communicate(timeout=30)
    finally:
        started.kill()
        os.close(writing)
        os.close(reading)
    assert started.returncode == 130
    assert b"what was finished is kept" in errors
    assert "Brücke" in wortlaut("search", "Brücke", "--ledger", "n.ledger").stdout


def test_entity_shows_merges_and_takes_back(wortlaut, ledger) -> None:
    shown = wortlaut("entity", "show", "--ledger", ledger, "--format", "jsonl")
    actors = [json.loads(line) for line in shown.stdout.splitlines()]
    assert {"id", "name", "kind", "wikidata", "aliases", "offices", "pages", "statements", "earlier"} == set(actors[0])
    number = str(actors[0]["id"])
    assert wortlaut("entity", "merge", number, number, "--ledger", ledger).stderr.startswith("wortlaut: ")
    assert wortlaut("entity", "merge", number, "999", "--ledger", ledger).returncode == 2
    assert wortlaut("entity", "split", number, "bridge.txt", "--ledger", ledger).returncode == 2
    assert wortlaut("entity", "undo", "1", "--ledger", ledger).returncode == 2
    assert "Östberg" in wortlaut("entity", "show", "Östberg", "--ledger", ledger).stdout


def test_who_without_a_name_shows_everybody_once(wortlaut, ledger) -> None:
    lines = wortlaut("who", "--ledger", ledger).stdout.splitlines()
    assert len([line for line in lines if line.startswith("Änne Östberg  ")]) == 1


def test_search_by_facets_marks_what_it_found(wortlaut, bridge: Path) -> None:
    wortlaut("add", "bridge.txt", "--date", "2031-03-04", "--publisher", "Flussbote", "--engine", "rules")
    shown = wortlaut("search", "Brücke", "--condition", "Fluss", "--publisher", "flussbote", "--all").stdout
    assert "[Brücke]" in shown
    assert "falls der [Fluss] steige" in shown
    assert not wortlaut("search", "Brücke", "--until", "2030-01-01", "--all").stdout
    nothing = wortlaut("search")
    assert (nothing.returncode, "name words, or an option" in nothing.stderr) == (2, True)
    assert "--since: 'gestern' is no date" in wortlaut("search", "Brücke", "--since", "gestern").stderr
    who = wortlaut("who", "Östberg", "--all").stdout
    assert "\n2031-03-03\n" in who


def test_due_and_utterances(wortlaut, tmp_path: Path) -> None:
    for name, paper in (("a", "Flussbote"), ("b", "Talblatt")):
        words = "Kai\n\nHafenchef Ole Brixius sagte: „Wir werden den Kai bis Ende Mai räumen.“\n"
        (tmp_path / f"{name}.txt").write_text(words + f"{paper}\n", encoding="utf-8")
        wortlaut("add", f"{name}.txt", "--date", "2031-03-04", "--publisher", paper, "--engine", "rules")
    shown = wortlaut("due", "--on", "2031-07-01", "--all").stdout
    assert "2031-05-31 overdue" in shown
    assert json.loads(wortlaut("due", "--all", "--format", "jsonl").stdout.splitlines()[0])["until"] == "2031-05-31"
    assert wortlaut("due", "--on", "bald").returncode == 2
    both = wortlaut("utterances", "Brixius", "--all").stdout
    assert "Brixius: 2 reports, 2 independent" in both
    assert "first 2031-03-04 Flussbote" in both
    assert "reported by more than one page" in wortlaut("utterances", "--until", "2030-01-01").stderr


def test_a_wikidata_id_is_shown_of_somebody_who_was_there_before_it_was_written_down(
    wortlaut, ledger, tmp_path
) -> None:
    (tmp_path / "actors.toml").write_text('[[actor]]\nname = "Änne Östberg"\nwikidata = "Q0"\n', encoding="utf-8")
    for command in (("who", "Östberg"), ("entity", "show", "Östberg")):
        assert "Änne Östberg  1 · person · Q0" in wortlaut(*command, "--ledger", ledger).stdout
    assert wortlaut("export", "--to", "csv", "--out", "news.csv", "--ledger", ledger).returncode == 0
    rows = [*csv.DictReader((tmp_path / "news.csv").read_text(encoding="utf-8").splitlines())]
    assert {row["speaker_wikidata"] for row in rows if row["speaker"] == "Änne Östberg"} == {"Q0"}


def test_who_counts_what_stands_now_and_shows_earlier_editions_when_asked(wortlaut, bridge, tmp_path) -> None:
    url = (
        "--url",
        "https://zeitung.example/bruecke",
        "--date",
        "2031-03-04",
        "--ledger",
        "n.ledger",
        "--engine",
        "rules",
    )
    wortlaut("add", "bridge.txt", *url)
    text = bridge.read_text(encoding="utf-8").replace("nicht öffnen", "nie mehr befahren lassen")
    (tmp_path / "later.txt").write_text(text, encoding="utf-8")
    wortlaut("add", "later.txt", *url)
    now = wortlaut("who", "Östberg", "--all", "--ledger", "n.ledger").stdout
    assert "1 statement on 1 page: later.txt · 1 in earlier editions" in now
    assert "nicht öffnen" not in now
    ever = wortlaut("who", "Östberg", "--all", "--history", "--ledger", "n.ledger").stdout
    assert [words in ever for words in ("nicht öffnen", "nie mehr befahren", "earlier edition")] == [True] * 3


def test_usage_lines_have_brackets_once() -> None:
    group = typer.main.get_group(app)
    commands = {**group.commands, **group.commands["entity"].commands}  # type: ignore[attr-defined]
    usages = [command.get_usage(click.Context(command, info_name=name)) for name, command in commands.items()]
    assert len(usages) > 20
    assert [usage for usage in usages if "[[" in usage or "…" in usage] == []


@pytest.mark.parametrize(("answer", "status"), [("j", 0), ("Ja", 0), ("y", 0), ("n", 1), ("", 1), ("vielleicht", 1)])
def test_forget_shows_what_goes_and_takes_yes_in_both_languages(wortlaut, ledger, answer: str, status: int) -> None:
    done = wortlaut("forget", "Östberg", "--ledger", ledger, stdin=f"{answer}\n".encode())
    assert done.returncode == status
    assert "Änne Östberg on the page bridge.txt: name and words" in done.stderr
    assert "»sie werde die Brücke nicht öffnen" in done.stderr
    assert ("Östberg" in wortlaut("who", "--ledger", ledger).stdout) is bool(status)
    assert wortlaut("forget", "Fuhrleute", "--yes", "--ledger", ledger).returncode == 0
