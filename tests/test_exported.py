"""The public API is a tested list, and importing it does no work."""

import subprocess
import sys

import wortlaut


def test_every_public_name_is_there_and_documented() -> None:
    assert set(wortlaut.__all__) >= {"read", "read_many", "Reader", "Ledger", "Page", "Reading", "Rejection"}
    for name in wortlaut.__all__:
        assert getattr(wortlaut, name).__doc__, name
    assert dir(wortlaut) == sorted(dir(wortlaut))


def test_unknown_names_are_refused() -> None:
    assert not hasattr(wortlaut, "nonsense")


def test_import_does_no_work() -> None:
    code = (
        "import sys, wortlaut; print([m for m in ('msgspec', 'sqlalchemy', 'simplemma', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
