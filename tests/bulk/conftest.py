"""A crawl of 300 pages in six WARC files, read once by the pool: what every other way of reading it must come to."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from tests.bulk.newsroom import write_shards

PAGES, SHARDS = 300, 6
Started = Callable[..., "subprocess.Popen[str]"]


def rows_of(out: Path) -> list[dict[str, Any]]:
    """Return all rows of a job that its finished shards name, by their places."""
    parts = [name for file in (out / "shards").iterdir() for name in json.loads(file.read_text())["parts"]]
    rows = [row for part in parts for row in parquet.read_table(out / "pages" / part).to_pylist()]
    return sorted(rows, key=lambda row: (row["shard"], row["number"]))


def start(*words: str, settings: dict[str, str] | None = None, **options: Any) -> "subprocess.Popen[str]":
    """Start the command line in a process of its own."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("WORTLAUT", "RAY"))}
    return subprocess.Popen(
        [sys.executable, "-m", "wortlaut", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=clean | (settings or {}),
        **options,
    )


def run(*words: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    """Run the command line to its end."""
    with start(*words, **options) as process:
        out, err = process.communicate()
        return subprocess.CompletedProcess(words, process.returncode, out, err)


@pytest.fixture(scope="session")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the WARC files."""
    folder = tmp_path_factory.mktemp("crawl")
    write_shards(folder, PAGES, SHARDS)
    return folder


@pytest.fixture(scope="session")
def done(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a job that nobody disturbed."""
    out = tmp_path_factory.mktemp("done") / "out"
    ended = run("bulk", str(crawl), "--out", str(out), "--engine", "rules", "--workers", "2")
    assert (ended.returncode, ended.stderr) == (0, "")
    return out


@pytest.fixture
def begun(crawl: Path, tmp_path: Path) -> Iterator[Started]:
    """Start the same job, or that of the first few files, in a folder of its own; what still runs at the end is stopped."""
    processes = []

    def begin(files: int = SHARDS, **options: Any) -> "subprocess.Popen[str]":
        inputs = [str(file) for file in sorted(crawl.iterdir())[:files]]
        words = ("bulk", *inputs, "--out", str(tmp_path / "out"), "--engine", "rules", "--workers", "2")
        processes.append(start(*words, **options))
        return processes[-1]

    yield begin
    for process in processes:
        process.kill()
        process.communicate()
