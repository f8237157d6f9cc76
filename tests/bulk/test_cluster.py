"""The same job on a Ray cluster of two workers comes to the same rows, also when one of them is killed."""

import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import pytest

from tests.bulk.conftest import rows_of, start

WAIT = 420


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start a head and a second machine, a core each, known to nobody without the token; yield what a driver's environment needs."""
    folder = tmp_path_factory.mktemp("ray")
    (folder / "token").write_text(secrets.token_hex(32))
    settings = os.environ | {
        "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(folder / "token"), "RAY_USAGE_STATS_ENABLED": "0", "RAY_TMPDIR": gettempdir(),
    }  # fmt: skip
    port = 20_000 + secrets.randbelow(10_000)
    ray = [
        sys.executable,
        "-c",
        "from ray.scripts.scripts import main; main()",
        "start",
        "--block",
        "--num-cpus=1",
        "--object-store-memory=100000000",
    ]
    head = [*ray, "--head", f"--port={port}", "--node-ip-address=127.0.0.1", "--include-dashboard=false"]
    nodes = [_node(head, settings, folder / "head.log")]
    try:
        _until_started(folder / "head.log", nodes[0])
        nodes.append(
            _node([*ray, f"--address=127.0.0.1:{port}", "--node-ip-address=127.0.0.1"], settings, folder / "node.log")
        )
        _until_started(folder / "node.log", nodes[1])
        yield settings | {"ADDRESS": f"127.0.0.1:{port}"}
    finally:
        for node in reversed(nodes):
            os.killpg(node.pid, signal.SIGTERM)
        for node in nodes:
            try:
                node.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(node.pid, signal.SIGKILL)
                node.wait()


def _node(command: list[str], settings: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("wb") as file:
        return subprocess.Popen(command, env=settings, stdout=file, stderr=subprocess.STDOUT, start_new_session=True)


def _until_started(log: Path, node: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + WAIT
    while b"Ray runtime started" not in log.read_bytes():
        assert node.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)


def _workers() -> list[int]:
    """Return the processes of Ray that do a task of ours now."""
    found = []
    for place in Path("/proc").iterdir():
        try:
            named = place.name.isdigit() and re.match(rb"ray::do", (place / "cmdline").read_bytes())
        except OSError:
            continue
        if named:
            found.append(int(place.name))
    return found


def _job(crawl: Path, out: Path, cluster: dict[str, str]) -> "subprocess.Popen[str]":
    """Start a driver."""
    words = ("bulk", str(crawl), "--out", str(out), "--engine", "rules", "--ray", cluster["ADDRESS"])
    return start(*words, settings=cluster)


@pytest.fixture
def driver(cluster: dict[str, str], crawl: Path, tmp_path: Path) -> "subprocess.Popen[str]":
    """A driver whose workers have read some pages."""
    driver = _job(crawl, tmp_path / "out", cluster)
    end = time.monotonic() + WAIT
    while not any(int(note.read_bytes()[:12] or 0) > 3 for note in (tmp_path / "out").glob("working/*.read")):
        assert driver.poll() is None, driver.communicate()
        assert time.monotonic() < end, "this took too long"
        time.sleep(0.05)
    return driver


def _comes_to_the_same(driver: "subprocess.Popen[str]", out: Path, done: Path) -> None:
    words, errors = driver.communicate(timeout=WAIT)
    assert driver.returncode == 0, (words, errors)
    assert rows_of(out) == rows_of(done)


def test_a_cluster_comes_to_the_same_rows_with_a_worker_killed(
    driver: "subprocess.Popen[str]", done: Path, tmp_path: Path
) -> None:
    os.kill(_workers()[0], signal.SIGKILL)
    _comes_to_the_same(driver, tmp_path / "out", done)


def test_a_cluster_goes_on_where_a_killed_driver_left(
    driver: "subprocess.Popen[str]", cluster: dict[str, str], crawl: Path, done: Path, tmp_path: Path
) -> None:
    driver.kill()
    driver.communicate()
    _comes_to_the_same(_job(crawl, tmp_path / "out", cluster), tmp_path / "out", done)


def test_a_cluster_that_is_not_there_is_said(crawl: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    ended = start("bulk", str(crawl), "--out", str(tmp_path / "out"), "--engine", "rules", "--ray", "127.0.0.1:1")
    _, errors = ended.communicate(timeout=60)
    assert (ended.returncode, "no Ray cluster at 127.0.0.1:1" in errors) == (2, True), errors
