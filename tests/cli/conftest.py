"""The command line as people run it: in a process of its own, in an empty directory."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def wortlaut(tmp_path: Path) -> Run:
    def run(*words: str, stdin: bytes = b"", **settings: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("WORTLAUT", "NO_COLOR", "FORCE_COLOR"))}
        done = subprocess.run(
            [sys.executable, "-m", "wortlaut", *words],
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            check=False,
            env=clean | {"PYTHONIOENCODING": "utf-8"} | settings,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


BRIDGE = (
    "Brücke bleibt zu\n\nDie Ministerin Änne Östberg sagte am Montag, sie werde die Brücke nicht öffnen, "
    "falls der Fluss steige. Der Verband der Fuhrleute drohte mit einer Klage.\n"
)


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(BRIDGE, encoding="utf-8")
    return path
