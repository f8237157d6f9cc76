"""No room, no right to write: whoever adds is told so in a sentence of use, and nothing is harmed."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import event, text

from tests.contracts.adding import Work, check, pages
from tests.contracts.test_store import MAYOR, SAILOR, put
from tests.ledger.trigrams import Trigrams
from wortlaut import Ledger
from wortlaut.errors import LedgerFull, LedgerReadOnly

NO_RIGHTS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []
"""Root may write everywhere; without these capabilities it is a user like others."""


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """Let the system refuse to write beyond `size` bytes of any file, as it does where a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.fixture(scope="module")
def work() -> list[Work]:
    return list(islice(pages(), 24))


def add_all(ledger: Ledger, work: list[Work], done: set[str]) -> None:
    for page, reading in work:
        done.add(ledger.add(page, reading).page)
        ledger.index()


@pytest.mark.parametrize("room", range(0, 400_000, 50_000))
def test_a_full_disk(tmp_path: Path, work: list[Work], room: int) -> None:
    done: set[str] = set()
    with (
        pytest.raises(LedgerFull, match="no room is left"),
        no_file_over(room),
        Ledger.open(tmp_path / "a.ledger", maker=Trigrams) as ledger,
    ):
        add_all(ledger, work, done)
    with Ledger.open(tmp_path / "a.ledger", maker=Trigrams) as ledger:
        assert done <= check(ledger, work)
        add_all(ledger, work, set())
        assert len(check(ledger, work)) == len(work)
        assert ledger.whatif("Die Fähre fehlt", everything=True)


def test_a_full_database(lasting: str, work: list[Work]) -> None:
    with Ledger.open(lasting) as ledger:
        add_all(ledger, work[:3], set())
        fill_up(ledger)
        with pytest.raises(LedgerFull, match="no room is left"):
            add_all(ledger, work[3:], set())
        kept = check(ledger, work)
        assert {reading.article.id for _, reading in work[:3]} <= kept < {reading.article.id for _, reading in work}
        assert ledger.search("Brücke", everything=True)


def fill_up(ledger: Ledger) -> None:
    """Give a file no more pages; let a server answer as it does where its disk is full."""
    with ledger.writing() as connection:
        if connection.dialect.name == "sqlite":
            used = connection.scalar(text("PRAGMA page_count"))
            event.listen(ledger._engine, "begin", lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {used}"))
            return
        refuse = "BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END"
        connection.execute(text(f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$"))
        connection.execute(text("CREATE TRIGGER refused BEFORE INSERT ON statement EXECUTE FUNCTION refuse()"))


def wortlaut(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*NO_RIGHTS, sys.executable, "-m", "wortlaut", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("folder", [0o755, 0o555], ids=["file", "folder"])
def test_where_nobody_may_write(tmp_path: Path, folder: int) -> None:
    path, page = tmp_path / "kept" / "a.ledger", tmp_path / "page.txt"
    page.write_text(SAILOR, encoding="utf-8")
    path.parent.mkdir()
    with Ledger.open(path) as ledger:
        put(ledger, MAYOR)
    path.chmod(0o444)
    path.parent.chmod(folder)
    before = path.read_bytes()
    try:
        found = wortlaut("search", "Brücke", "--all", "--ledger", str(path))
        assert (found.returncode, found.stderr) == (0, "")
        assert "Ida Lund" in found.stdout
        added = wortlaut("add", str(page), "--engine", "rules", "--ledger", str(path))
        assert (added.returncode, added.stdout) == (2, "")
        assert added.stderr.startswith("wortlaut: the ledger may only be read here; check the rights of its file")
        assert len(added.stderr.splitlines()) == 1
    finally:
        path.parent.chmod(0o755)
    assert path.read_bytes() == before
    with Ledger.open(path) as ledger:
        assert ledger.count()[0] == 1


def test_who_may_only_read_a_server(database: str) -> None:
    with Ledger.open(database) as ledger:
        put(ledger, MAYOR)
        with ledger.writing() as connection:
            connection.execute(text("CREATE ROLE guest LOGIN"))
            connection.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest"))
    with Ledger.open(database.replace("postgres@", "guest@"), create=False) as guest:
        assert guest.search("Brücke", everything=True)
        with pytest.raises(LedgerReadOnly, match="ask its owner"):
            put(guest, SAILOR, source="s.txt")
        assert guest.count()[0] == 1
