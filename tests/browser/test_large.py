"""The reader over a ledger of 10,000 statements: long lists come in parts, and nothing is slow or breaks."""

import importlib.util
import zlib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from tests.browser.test_reader import DESK, PHONE, Served, of
from wortlaut import Ledger
from wortlaut.ledger.vectors import SIZE

BENCH = Path(__file__).parents[2] / "evaluation" / "bench" / "generated.py"


class Spread:
    """Vectors that have nothing to do with one another: a model would need minutes for so many texts, and lists need none."""

    name, folder = "spread", None

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit vectors, the same for the same text."""
        rows = np.stack([np.random.default_rng(zlib.crc32(text.encode())).standard_normal(SIZE) for text in texts])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    found = importlib.util.spec_from_file_location("generated", BENCH)
    generated = importlib.util.module_from_spec(found)
    found.loader.exec_module(generated)
    with Ledger.open(tmp_path_factory.mktemp("large") / "large.ledger", maker=Spread) as ledger:
        for page, reading in islice(generated.World().pages(), 10_000 // generated.QUOTES + 1):
            ledger.add(page, reading)
        article = ledger.editions()[-1].id
        served = Served(ledger, {"start": "/", "search": "/search", "words": "/search?q=Brücke", "who": "/who", "changes": "/changes", "pages": "/pages", "due": "/due", "article": f"/page/{article}"})  # fmt: skip
        yield served
        served.close()


@of(DESK, PHONE, names=("desk", "phone"))
def test_no_page_is_too_wide_or_has_a_fault_that_axe_finds(reader, large) -> None:
    page = reader.page
    for name in large.pages:
        assert page.goto(large(name)).status == 200
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert len(page.content()) < 400_000, name
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        assert page.evaluate("axe.run(document)")["violations"] == [], name
    assert reader.foreign() == []


@of(DESK, names=("desk",))
def test_a_long_list_grows_part_by_part_and_without_scripts_goes_on_on_a_new_page(reader, large) -> None:
    page = reader.page
    page.goto(large("search"))
    first = page.locator(".said .words a").evaluate_all("all => all.map(one => one.href)")
    for part in (2, 3):
        page.get_by_role("link", name="Mehr zeigen").click()
        expect(page.locator(".said")).to_have_count(part * len(first))
    shown = page.locator(".said .words a").evaluate_all("all => all.map(one => one.href)")
    assert shown[: len(first)] == first
    assert len(set(shown)) == len(shown)
    page.goto(large.address + page.get_by_role("link", name="Mehr zeigen").get_attribute("href"))
    after = page.locator(".said .words a").evaluate_all("all => all.map(one => one.href)")
    assert len(after) == len(first)
    assert not set(after) & set(shown)
