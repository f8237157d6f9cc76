"""Pages of our own in the shapes that real ones have, each with the block table that a reader would draw of it."""

import pytest

from tests.reading import ROOT
from wortlaut import Page
from wortlaut.cli.blocks import table
from wortlaut.extraction import extract

GOLDEN = ROOT / "tests" / "golden"


@pytest.mark.parametrize("expected", sorted(GOLDEN.glob("*.blocks")), ids=lambda path: path.stem)
def test_a_page_gives_its_block_table(expected) -> None:
    (path,) = (p for p in GOLDEN.glob(f"{expected.stem}.*") if p.suffix in (".html", ".txt"))
    found = extract(Page(source=path.name, content=path.read_bytes()))
    assert table(found).splitlines() == expected.read_text(encoding="utf-8").splitlines()


def test_pictures_have_one_address_and_dots_that_count_readers_are_none() -> None:
    page = Page(source="magazine.html", content=(GOLDEN / "magazine.html").read_bytes())
    assert [image.src for image in extract(page).images] == ["/kross.jpg", "/faehre-960.jpg", "/anleger.jpg"]
