"""Killed workers, a killed driver, Ctrl-C, a full disk: the same command goes on, and comes to what an undisturbed job comes to."""

import fcntl
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.archive.warcs import http, packed, record
from tests.bulk.conftest import Started, rows_of, run
from tests.bulk.newsroom import fetched
from tests.reading import ROOT, heed_ctrl_c
from wortlaut.bulk.work import Note
from wortlaut.errors import BulkFull

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="who is whose child is told by Linux only")
WAIT = 120


def workers(driver: int) -> list[int]:
    """Return the processes that a driver started and that serve it."""
    children = Path(f"/proc/{driver}/task/{driver}/children").read_text().split()
    return [int(pid) for pid in children if _serves(pid)]


def _serves(pid: str) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:  # it ended in between
        return False


def until(true: Callable[[], bool]) -> None:
    """Wait for something to be true."""
    end = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < end, "this took too long"
        time.sleep(0.02)


def some_page_is_being_read(out: Path) -> bool:
    """Tell whether a worker is at a page behind the third of its shard."""
    return any(int(note.read_bytes()[:12] or 0) > 3 for note in out.glob("working/*.read"))


def first(shards: int, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["shard"] < shards]


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_killed_worker_costs_no_page(begun: Started, done: Path, tmp_path: Path) -> None:
    driver = begun()
    for _ in range(2):
        until(lambda: some_page_is_being_read(tmp_path / "out"))
        victim = workers(driver.pid)[0]
        os.kill(victim, signal.SIGKILL)
        until(lambda victim=victim: victim not in workers(driver.pid))
    out, err = driver.communicate(timeout=WAIT)
    assert (driver.returncode, err) == (0, ""), out
    assert rows_of(tmp_path / "out") == rows_of(done)


def test_a_killed_driver_takes_its_workers_along_and_the_same_command_goes_on(
    begun: Started, done: Path, tmp_path: Path
) -> None:
    driver = begun()
    until(lambda: any((tmp_path / "out" / "shards").glob("*.json")) and some_page_is_being_read(tmp_path / "out"))
    left = workers(driver.pid)
    driver.kill()
    driver.communicate()
    until(lambda: all(gone(pid) for pid in left))
    finished = {file: file.stat().st_mtime_ns for file in (tmp_path / "out" / "shards").iterdir()}
    assert 0 < len(finished) < len([*(done / "shards").iterdir()])
    second = begun()
    out, _ = second.communicate(timeout=WAIT)
    assert second.returncode == 0, out
    assert rows_of(tmp_path / "out") == rows_of(done)
    assert {file: file.stat().st_mtime_ns for file in finished} == finished


def test_a_driver_killed_during_the_first_look_costs_nothing(begun: Started, done: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    driver = begun()
    until(lambda: any(out.glob("working/*.look")))
    driver.send_signal(signal.SIGSTOP)  # it hands out nothing more, and what was handed out is ended
    until(lambda: any(out.glob("looks/*.parquet")))
    left = workers(driver.pid)
    driver.kill()
    driver.communicate()
    until(lambda: all(gone(pid) for pid in left))
    seen = {file: file.stat().st_mtime_ns for file in out.glob("looks/*.parquet")}
    assert 0 < len(seen) < len([*(done / "shards").iterdir()])
    assert not (out / "copies.parquet").exists()
    assert not any(out.glob("pages/*"))
    second = begun()
    words, errors = second.communicate(timeout=WAIT)
    assert (second.returncode, errors) == (0, ""), words
    assert rows_of(out) == rows_of(done)


def test_ctrl_c_keeps_what_was_read(begun: Started, done: Path, tmp_path: Path) -> None:
    driver = begun(2, start_new_session=True, preexec_fn=heed_ctrl_c)
    until(lambda: some_page_is_being_read(tmp_path / "out"))
    os.killpg(driver.pid, signal.SIGINT)
    out, err = driver.communicate(timeout=WAIT)
    assert (driver.returncode, err.strip()) == (130, "wortlaut: stopped; what was finished is kept"), out
    assert any((tmp_path / "out" / "pages").iterdir())
    assert not any(note.stat().st_size for note in (tmp_path / "out" / "working").iterdir())
    assert begun(2).wait(WAIT) == 0
    assert rows_of(tmp_path / "out") == first(2, rows_of(done))


def test_a_full_disk_is_told_and_costs_nothing(begun: Started, done: Path, tmp_path: Path) -> None:
    full = begun(2, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)))
    _, err = full.communicate(timeout=WAIT)
    assert (full.returncode, "no room is left" in err) == (2, True), err
    assert not [*(tmp_path / "out").rglob("*.tmp")]
    assert begun(2).wait(WAIT) == 0
    assert rows_of(tmp_path / "out") == first(2, rows_of(done))


def test_a_page_that_kills_every_worker_is_left_out_and_said(crawl: Path, done: Path, tmp_path: Path) -> None:
    deadly = """
import os, signal, sys
from pathlib import Path
from wortlaut.bulk import Settings, work
from wortlaut.bulk.folder import Folder
from wortlaut.bulk.shards import find_shards
from wortlaut.model import Engine

class Deadly:
    def __init__(self, settings): self.reader = reader(settings)
    def read(self, page):
        if page.url.endswith("000004"): os.kill(os.getpid(), signal.SIGKILL)
        return self.reader.read(page)

reader, work.reader_by = work.reader_by, Deadly
folder = Folder(Path(sys.argv[2]))
folder.prepare()
(shard,) = find_shards([sys.argv[1]])
work.do(work.Task(folder=folder, shard=shard, settings=Settings(engine=Engine.RULES), copies={}))
"""
    command = [sys.executable, "-c", deadly, str(crawl / "crawl-00000.warc.gz"), str(tmp_path)]
    codes = [subprocess.run(command, check=False, cwd=ROOT).returncode for _ in range(4)]
    assert codes == [-signal.SIGKILL] * 3 + [0]
    rows = rows_of(tmp_path)
    assert [row["number"] for row in rows if row["outcome"] == "failed"] == [4]
    assert (rows[4]["reason"], rows[4]["detail"]) == ("failed", "3 workers died while they read it")
    whole = [row for row in rows_of(done) if row["shard"] == 0 and row["number"] != 4 and row["outcome"] != "copy"]
    ours = {row["number"]: row for row in rows}
    assert all(ours[row["number"]] == row for row in whole)


def test_every_record_of_a_damaged_shard_is_accounted_for(tmp_path: Path) -> None:
    """Those around the damage are read, what is lost is one failed page, and the exit status says so."""
    records = [record(n, http(fetched(n).body)) for n in range(4)]
    parts = packed(records)
    middle = len(parts[2]) // 2
    parts[2] = parts[2][:middle] + bytes(40) + parts[2][middle + 40 :]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(parts))
    (tmp_path / "b.warc").write_bytes(b"".join([*records[:2], records[2][:600], records[3]]))
    (tmp_path / "c.warc.gz").write_bytes(b"".join(packed(records))[:-500])
    ended = run(
        "bulk",
        *map(str, sorted(tmp_path.iterdir())),
        "--out",
        str(tmp_path / "out"),
        "--engine",
        "rules",
        "--read-copies",
    )
    assert ended.returncode == 1, ended.stderr
    rows = rows_of(tmp_path / "out")
    read = [(row["shard"], int(row["url"].rpartition("/")[2])) for row in rows if row["outcome"] == "read"]
    assert read == [(0, 0), (0, 1), (0, 3), (1, 0), (1, 1), (1, 3), (2, 0), (2, 1), (2, 2)]
    failed = [(row["shard"], row["reason"]) for row in rows if row["outcome"] == "failed"]
    assert failed == [(0, "damaged"), (1, "damaged"), (2, "damaged")]
    assert [row["number"] for row in rows] == [*range(4)] * 3


def test_two_jobs_do_not_write_into_one_folder(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with (tmp_path / "out" / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        second = run("bulk", str(crawl), "--out", str(tmp_path / "out"), "--engine", "rules")
    assert (second.returncode, "another job" in second.stderr) == (2, True)


def test_a_note_for_which_there_is_no_room_is_told_like_all_else() -> None:
    full = os.open("/dev/full", os.O_RDWR)
    with pytest.raises(BulkFull, match="no room is left for note"):
        Note(Path("note"), full).begins(0)
    os.close(full)
