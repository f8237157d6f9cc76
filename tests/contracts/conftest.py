"""Every contract is kept in memory, in a file and on a server."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.contracts.server import programs, running
from wortlaut import Ledger
from wortlaut.ledger.opening import locate

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a server's first database."""
    bin_ = programs()
    if bin_ is None:
        missing = "wants PostgreSQL's programs in /usr/lib/postgresql (Debian: apt-get install postgresql)"
        pytest.fail(missing) if os.environ.get("WORTLAUT_NO_SKIPS") else pytest.skip(missing)
    with running(bin_) as url:
        yield url


@pytest.fixture
def database(server: str) -> str:
    """The URL of an empty database."""
    name = f"ledger{next(_NUMBERS)}"
    engine = create_engine(locate(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server.rpartition('/')[0]}/{name}"


@pytest.fixture(params=["memory", "file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where a ledger is to be."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if request.param == "memory":
        return ":memory:"
    return str(tmp_path / "a.ledger") if request.param == "file" else request.getfixturevalue("database")


@pytest.fixture(params=["file", "server"])
def lasting(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where a ledger is to be that others can open, too."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return str(tmp_path / "a.ledger") if request.param == "file" else request.getfixturevalue("database")


@pytest.fixture
def opened(place: str) -> Iterator[Callable[..., Ledger]]:
    """Open the ledger; closed at the end."""
    ledgers: list[Ledger] = []

    def open_(**options) -> Ledger:
        ledgers.append(Ledger.open(place, **options))
        return ledgers[-1]

    yield open_
    for ledger in ledgers:
        ledger.close()


@pytest.fixture
def ledger(opened: Callable[..., Ledger]) -> Ledger:
    """A ledger with nothing in it."""
    return opened()
