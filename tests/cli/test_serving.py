"""`serve`: opens a ledger in the browser, on this machine alone."""

import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest


@pytest.fixture
def serving(tmp_path):
    command = [sys.executable, "-m", "wortlaut", "serve", "--demo", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as server:
        yield server
        server.kill()


def test_the_example_pages_are_served_until_somebody_ends_it(serving, tmp_path) -> None:
    found = (re.match(r"http://127\.0\.0\.1:\d+", line) for line in serving.stdout)
    address = next(match[0] for match in found if match)
    with urllib.request.urlopen(f"{address}/who", timeout=30) as answer:  # noqa: S310 - our own server
        assert b"Mitte-Partei" in answer.read()
    serving.send_signal(signal.SIGINT)
    serving.wait(30)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_served_is_told(wortlaut) -> None:
    opened = wortlaut("serve", "--host", "0.0.0.0")  # noqa: S104 - it is refused
    assert opened.returncode == 2
    assert "--token" in opened.stderr
    absent = wortlaut("serve", "--ledger", "nowhere.ledger")
    assert absent.returncode != 0
    assert "nowhere.ledger" in absent.stderr
