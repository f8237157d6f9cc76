"""`read` and `add`."""

import json
from pathlib import Path

from tests.archive.warcs import http, packed, record
from tests.cli.conftest import BRIDGE
from tests.reading import EXAMPLES

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


def test_a_table_for_people(wortlaut, bridge) -> None:
    done = wortlaut("read", "--date", "2031-03-04", "bridge.txt")
    assert done.returncode == 0
    assert "Brücke bleibt zu" in done.stdout
    assert "falls der Fluss steige" in done.stdout
    assert "said 2031-03-03" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_one_line_a_page_for_machines(wortlaut, bridge) -> None:
    done = wortlaut(
        "read", "--format", "jsonl", "--url", "https://zeitung.example/1", "--publisher", "Zeitung", "bridge.txt"
    )
    (line,) = done.stdout.splitlines()
    reading = json.loads(line)
    assert reading["schema"] == "wortlaut.reading/1"
    assert reading["page"]["url"] == "https://zeitung.example/1"
    assert reading["article"]["publisher"] == "Zeitung"
    assert reading["article"]["text"] == BRIDGE
    assert done.stderr == ""


def test_explaining_shows_the_words_behind_every_field(wortlaut, bridge) -> None:
    shown = wortlaut("read", "--explain", "--date", "2031-03-04", "--publisher", "Zeitung", "bridge.txt").stdout
    assert "»falls«" in shown
    done = wortlaut("read", "--explain", "--format", "jsonl", "--date", "2031-03-04", "--publisher", "Z", "bridge.txt")
    reading = json.loads(done.stdout)
    text = reading["article"]["text"]
    names = {entity["id"]: entity["name"] for entity in reading["entities"]}
    assert reading["statements"]
    for statement in reading["statements"]:
        lines: dict[str, list[dict[str, object]]] = {}
        for line in statement["explain"]:
            assert line["words"] == " ".join(" ".join(text[s:e].split()) for s, e in line["spans"])
            assert line["by"]
            lines.setdefault(line["field"], []).append(line)
        assert [line["value"] for line in lines["act"]] == [statement["act"]]
        assert lines["act"][0]["spans"] == statement["act_cue"]
        assert [line["value"] for line in lines["polarity"]] == [statement["polarity"]]
        for role in ("speaker", "principal"):
            assert [line["value"] for line in lines.get(role, [])] == [names[i] for i in [statement[role]] if i]
        assert [line["spans"] for line in lines.get("condition", [])] == [c["spans"] for c in statement["conditions"]]
        for day in ("said", "due"):
            assert [line["value"] for line in lines.get(day, [])] == [w["value"] for w in [statement[day]] if w]
        chain = [line["value"] for field, found in lines.items() if field.startswith("reported_by.") for line in found]
        assert sorted(chain) == sorted(report["name"] for report in statement["reported_by"])


def test_without_the_option_nothing_is_explained(wortlaut, bridge) -> None:
    reading = json.loads(wortlaut("read", "--format", "jsonl", "bridge.txt").stdout)
    assert [s["explain"] for s in reading["statements"]] == [[] for _ in reading["statements"]]


def test_standard_input(wortlaut) -> None:
    done = wortlaut("read", "--as", "text", "--format", "jsonl", "-", stdin=BRIDGE.encode())
    assert json.loads(done.stdout)["page"]["source"] == "-"


def test_undated_pages_keep_relative_times(wortlaut, bridge) -> None:
    reading = json.loads(wortlaut("read", "--format", "jsonl", "bridge.txt").stdout)
    assert reading["article"]["published"] is None
    assert [t["value"] for t in reading["times"]] == ["XXXX-WXX-1"]


def test_a_bad_page_costs_only_itself(wortlaut, bridge, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "folder").mkdir()
    (tmp_path / "big.txt").write_bytes(b"Wort und Satz. " * 3_500_000)
    (tmp_path / "menu.html").write_text("<html><body><nav><a href='/'>Start</a></nav></body></html>")
    (tmp_path / "word.txt").write_text("hallo\n")
    (tmp_path / "latin.txt").write_bytes(BRIDGE.encode("cp1252"))
    names = [
        "empty.txt",
        "binary.txt",
        "folder",
        "missing.txt",
        "big.txt",
        "menu.html",
        "word.txt",
        "latin.txt",
        "bridge.txt",
    ]
    done = wortlaut("read", "--format", "jsonl", *names)
    assert done.returncode == 1
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert [o["page"]["source"] for o in outcomes] == names
    reasons = ["empty", "binary", "unreadable", "missing", "too_large", "not_an_article", "not_an_article", None, None]
    assert [o.get("reason") for o in outcomes] == reasons
    assert [o["page"]["sha256"] is None for o in outcomes].count(True) == 2 + 1, "folder, missing, big"
    assert "Änne Östberg" in outcomes[-2]["article"]["text"]
    table = wortlaut("read", *names)
    assert table.returncode == 1
    assert len(table.stderr.splitlines()) == 7
    assert "there is no such file" in table.stderr


def test_wrong_options_say_what_to_do(wortlaut, bridge, tmp_path: Path) -> None:
    assert wortlaut("read").returncode == 2
    wrong = wortlaut("read", "--date", "4.3.2031", "bridge.txt")
    assert wrong.returncode == 2
    assert wrong.stderr.strip() == "wortlaut: --date: '4.3.2031' is no date; write it as 2031-03-04"
    assert wortlaut("read", "--manifest", "none.csv").returncode == 2
    (tmp_path / "bad.csv").write_text("file\nx\n")
    assert "needs a column 'path'" in wortlaut("read", "--manifest", "bad.csv").stderr


def test_a_manifest_tells_what_the_files_do_not(wortlaut, bridge, tmp_path: Path) -> None:
    (tmp_path / "pages.csv").write_text("path,url,date,publisher\nbridge.txt,https://z.example/1,2031-03-04,Zeitung\n")
    article = json.loads(wortlaut("read", "--format", "jsonl", "--manifest", "pages.csv").stdout)["article"]
    assert (article["published"], article["publisher"]) == ("2031-03-04", "Zeitung")


def test_adding_twice_is_adding_once(wortlaut, bridge) -> None:
    first = wortlaut("add", "bridge.txt", "--date", "2031-03-04", "--ledger", "news.ledger")
    assert first.returncode == 0
    assert first.stdout.startswith("added")
    assert wortlaut("add", "bridge.txt", WORTLAUT_LEDGER="news.ledger").stdout.startswith("known")
    lines = wortlaut("search", "Brücke", "--format", "jsonl", "--all", "--ledger", "news.ledger").stdout.splitlines()
    assert len(lines) == len(set(lines)) > 0


def test_examples_by_their_manifest(wortlaut) -> None:
    done = wortlaut("add", "--manifest", str(EXAMPLES / "manifest.csv"), "--ledger", "e.ledger")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 8


def test_examples_show_the_right_day_for_every_weekday(wortlaut) -> None:
    done = wortlaut("read", "--manifest", str(EXAMPLES / "manifest.csv"), "--format", "jsonl")
    named = {}
    for reading in map(json.loads, done.stdout.splitlines()):
        text = reading["article"]["text"]
        words = {time["start"]: (text[time["start"] : time["end"]], time["value"]) for time in reading["times"]}
        days = [f"{word} {value}" for _, (word, value) in sorted(words.items()) if word.endswith(WEEKDAYS)]
        assert len(days) == sum(text.count(day) for day in WEEKDAYS)
        named[reading["page"]["source"].rpartition("/")[2]] = days
    assert named == {
        "buendnis-2031-02-09.txt": ["Samstag 2031-02-08"],
        "grenze-2031-02-16.html": ["Sonntag 2031-02-16", "Sonntag 2031-02-16"],
        "koalition-2031-02-20.txt": ["Donnerstag 2031-02-20", "Mittwoch 2031-02-19"],
        "werk-2031-02-25.html": ["Dienstag 2031-02-25"],
        "gericht-2031-02-27.txt": ["Donnerstag 2031-02-27"],
        "streik-2031-03-02.txt": [
            "Freitag 2031-03-07",
            "Donnerstag 2031-03-06",
            "Freitag 2031-03-07",
            "Sonntag 2031-03-02",
            "kommenden Montag 2031-03-03",
        ],
        "einbettung-2031-03-03.html": ["Montag 2031-03-03"],
        "koalition-2031-03-04.html": [],
    }


def test_archives_and_addresses_are_sources_too(wortlaut, tmp_path: Path) -> None:
    html = f"<html><body><article><h1>Brücke bleibt zu</h1><p>{BRIDGE.splitlines()[2]}</p></article></body></html>".encode()
    (tmp_path / "news.warc.gz").write_bytes(
        b"".join(packed([record(1, http(html)), b"nonsense", record(2, http(html))]))
    )
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_bytes(html)
    (tmp_path / "pages" / "b.jsonl").write_text(json.dumps({"html": html.decode(), "url": "https://bote.example/3"}))
    done = wortlaut("add", "news.warc.gz", "pages", "http://127.0.0.1:9/", "--ledger", "news.ledger")
    assert done.returncode == 1
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["added"] * 4
    assert ["damaged" in done.stderr, "not_allowed: 127.0.0.1" in done.stderr] == [True, True]
    assert len(done.stderr.splitlines()) == 2
