"""A ledger of the example pages, read once, and a copy of it for tests that change something."""

import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from wortlaut import Ledger, Reading, read
from wortlaut.archive import read_manifest
from wortlaut.cli.demo import examples
from wortlaut.web import Rules, make_app

EVENT = "Truppen überschreiten die Grenze"


@pytest.fixture(scope="session")
def kept(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("web") / "examples.ledger"
    with Ledger.open(path) as ledger:
        for page in read_manifest(str(examples() / "manifest.csv")):
            outcome = read(page)
            assert isinstance(outcome, Reading)
            ledger.add(page, outcome)
        ledger.index()
    return path


@pytest.fixture
def ledger(kept, tmp_path):
    for file in kept.parent.iterdir():
        shutil.copy(file, tmp_path / file.name)
    with Ledger.open(tmp_path / kept.name) as store:
        yield store


def client_of(ledger: Ledger, rules: Rules | None = None, **options: object) -> TestClient:
    return TestClient(make_app(ledger, rules), base_url="http://127.0.0.1", **options)


@pytest.fixture
def client(ledger):
    with client_of(ledger) as asking:
        yield asking
