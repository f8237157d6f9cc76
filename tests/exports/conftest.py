from pathlib import Path

import pytest

from tests.exports.made import PAGES
from wortlaut import read
from wortlaut.exports import Exported, Wanted, pages_of
from wortlaut.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path):
    with Ledger.open(tmp_path / "made.ledger") as store:
        for page in PAGES:
            store.add(page, read(page))
        yield store


@pytest.fixture
def exported(ledger: Ledger) -> tuple[Exported, ...]:
    found = tuple(pages_of(ledger, Wanted(everything=True)))
    assert sum(len(each.answers) for each in found) >= 5
    return found
