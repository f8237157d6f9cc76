"""A job that nobody disturbs: every page has one row, near-duplicates are counted, a ledger filled from it answers."""

import json
from pathlib import Path

import pytest

from tests.archive.warcs import http, packed, record
from tests.bulk.conftest import PAGES, SHARDS, rows_of, run
from tests.bulk.newsroom import fetched, write_jsonl
from tests.ledger.trigrams import Trigrams
from wortlaut import Ledger, Reading, from_json

KINDS = {
    "article": "read",
    "edition": "read",
    "copy": "copy",
    "index": "rejected",
    "error": "rejected",
    "binary": "rejected",
}


def test_every_page_has_the_row_that_it_should_have(done: Path) -> None:
    rows = rows_of(done)
    assert [row["shard"] * (PAGES // SHARDS) + row["number"] for row in rows] == [*range(PAGES)]
    assert [row["outcome"] for row in rows] == [KINDS[fetched(n).kind] for n in range(PAGES)]
    assert [row["url"] for row in rows] == [fetched(n).url for n in range(PAGES)]


def test_a_near_duplicate_names_the_page_that_was_read_in_its_place(done: Path) -> None:
    rows = rows_of(done)
    by_source = {row["source"]: row for row in rows}
    copies = [row for row in rows if row["outcome"] == "copy"]
    assert len(copies) == 15
    for row in copies:
        first = by_source[row["copy_of"]]
        assert first["outcome"] == "read"
        assert first["url"] != row["url"]
        assert (row["record"], row["content"]) == (None, None)


def test_the_report_counts_what_the_rows_say(done: Path) -> None:
    report = json.loads((done / "report.json").read_text())
    assert (report["pages"], report["shards"], report["copies"], report["failed"]) == (PAGES, SHARDS, 15, 0)
    assert report["read"] + report["copies"] + report["rejected"] == PAGES
    assert sum(report["reasons"].values()) == report["rejected"]


def test_a_row_is_what_reading_the_page_alone_gives(done: Path) -> None:
    row = rows_of(done)[20]
    outcome = from_json(row["record"])
    assert isinstance(outcome, Reading)
    assert row["content"] == fetched(20).body
    assert (row["title"], row["statements"]) == (outcome.article.title, len(outcome.statements))
    assert row["fetched_at"] == fetched(20).at.isoformat()


def test_the_same_command_does_nothing_again(done: Path, crawl: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in (done / "pages").iterdir()}
    ended = run("bulk", str(crawl), "--out", str(done), "--engine", "rules", "--format", "jsonl")
    assert (ended.returncode, json.loads(ended.stdout)["pages"]) == (0, PAGES)
    assert {file: file.stat().st_mtime_ns for file in (done / "pages").iterdir()} == before


def test_a_folder_goes_on_only_with_the_job_it_was_begun_with(done: Path, crawl: Path) -> None:
    other = run("bulk", str(crawl), "--out", str(done), "--engine", "rules", "--read-copies")
    assert (other.returncode, "name another folder" in other.stderr) == (2, True)
    fewer = run("bulk", str(crawl / "crawl-00000.warc.gz"), "--out", str(done), "--engine", "rules")
    assert (fewer.returncode, "other inputs" in fewer.stderr) == (2, True)


def test_a_ledger_filled_from_it_answers(done: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "news.ledger")
    report = json.loads((done / "report.json").read_text())
    first, again = (run("load", str(done), "--ledger", place, "--no-index") for _ in range(2))
    assert (first.returncode, again.returncode) == (0, 0)
    assert first.stdout.startswith(f"added {report['read']} pages")
    assert f"\n{report['copies']} near-duplicates are passed over" in first.stdout
    assert again.stdout.startswith(f"added 0 pages with 0 statements; {report['read']} were known")
    with Ledger.open(place, maker=Trigrams) as ledger:
        assert ledger.count()[0] == report["read"]
        answers = ledger.whatif("Die Verhandlungen über die Fähre scheitern", everything=True)
        assert any("Rücktritt" in answer.words for answer in answers)
        assert ledger.who("Tamsen", limit=5, everything=True)
        assert len(ledger.editions(fetched(53).url)) == 2


def test_lines_files_and_folders_are_shards_too(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    write_jsonl(tmp_path / "in" / "lines.jsonl", range(4))
    (tmp_path / "in" / "deep" / "page.html").write_bytes(fetched(30).body)
    (tmp_path / "in" / "page.txt").write_bytes("Die Brücke bleibt zu, sagte Ada Holm am Montag.".encode())
    ended = run("bulk", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--engine", "rules", "--read-copies")
    rows = rows_of(tmp_path / "out")
    assert ended.returncode == 0, ended.stderr
    assert [Path(row["source"]).name for row in rows[-2:]] == ["page.txt", "page.html"]
    assert [row["shard"] for row in rows] == [0, 0, 0, 0, 1, 1]


def test_nothing_to_read_and_nothing_to_load_are_said(tmp_path: Path) -> None:
    missing = run("bulk", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out"))
    assert (missing.returncode, "there is no" in missing.stderr) == (2, True)
    empty = run("load", str(tmp_path), "--ledger", str(tmp_path / "x.ledger"))
    assert (empty.returncode, "holds no bulk job" in empty.stderr) == (2, True)


def test_what_the_crawler_did_not_get_is_no_fault(tmp_path: Path) -> None:
    parts = packed([record(0, http(b"<p>weg", status="404 Not Found")), record(1, http(b"", status="302 Found"))])
    (tmp_path / "a.warc.gz").write_bytes(b"".join(parts))
    ended = run("bulk", str(tmp_path / "a.warc.gz"), "--out", str(tmp_path / "out"), "--engine", "rules")
    rows = rows_of(tmp_path / "out")
    assert ended.returncode == 0, ended.stderr
    assert [(row["outcome"], row["reason"]) for row in rows] == [("rejected", "not_fetched")] * 2
    assert "404" in rows[0]["detail"]


@pytest.mark.parametrize("out", ["file", "file/in", "/proc/nope"])
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, out: str) -> None:
    (tmp_path / "file").touch()
    write_jsonl(tmp_path / "a.jsonl", range(1))
    ended = run("bulk", str(tmp_path / "a.jsonl"), "--out", str(tmp_path / out), "--engine", "rules")
    assert (ended.returncode, "cannot be written" in ended.stderr, len(ended.stderr.splitlines())) == (2, True, 1)


def test_a_reservation_of_mining_has_its_column(tmp_path: Path) -> None:
    said = [http(b"<p>x", more="TDM-Reservation: 1\r\n"), http(fetched(0).body, more="TDM-Reservation: 0\r\n")]
    records = [record(n, block) for n, block in enumerate([*said, http(fetched(1).body)])]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(packed(records)))
    ended = run("bulk", str(tmp_path / "a.warc.gz"), "--out", str(tmp_path / "out"), "--engine", "rules")
    rows = rows_of(tmp_path / "out")
    assert ended.returncode == 0, ended.stderr
    assert [(row["outcome"], row["reason"]) for row in rows] == [
        ("rejected", "not_allowed"),
        ("read", None),
        ("read", None),
    ]
    rights = [json.loads(row["rights"])["reserved"] if row["rights"] else None for row in rows]
    assert rights == [True, False, None]
