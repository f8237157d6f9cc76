"""The wheel that users install, not the checkout: built, unpacked elsewhere, run."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.reading import ROOT


def test_the_wheel_runs_the_demo_and_says_its_types(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")
    assert "wortlaut/py.typed" in names
    assert "wortlaut/examples/manifest.csv" in names
    assert any(n.endswith("lexicon/acts.toml") for n in names)
    assert not any(n.startswith(("tests/", "evaluation/", "training/")) for n in names)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import wortlaut, sys; from wortlaut.cli import main; print(wortlaut.__file__); sys.argv[1:] = ['demo']; main()",
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(str(tmp_path / "site"))
    assert "Try next" in done.stdout
