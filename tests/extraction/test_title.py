"""Which of the titles that a page declares and shows is its own."""

import tomllib
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from wortlaut.extraction import extract
from wortlaut.extraction.metadata import read_metadata
from wortlaut.extraction.title import find_title
from wortlaut.model import Article, BlockKind, Page

HEAD = """<title>{window}</title><meta property="og:title" content="{shared}"><meta name="twitter:title" content="{posted}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{linked}"}}</script>"""


def title(headline: str, kicker: str | None = None, **declared: str) -> str | None:
    meta = read_metadata(LexborHTMLParser(HEAD.format(**declared)))
    return find_title(meta.titles, headline, kicker, "Elbtaler Bote")


@pytest.mark.parametrize(
    ("expected", "window", "shared", "linked", "headline", "kicker"),
    [
        pytest.param("Rat sperrt Brücke", "Brücke: Rat sperrt Brücke", "Rat sperrt Brücke", "Brücke: Rat sperrt Brücke", "Rat sperrt Brücke", "Brücke", id="what is shared, if the page shows it as its headline"),
        pytest.param("Brücke: Rat sperrt zu", "Brücke: Rat sperrt zu | Elbtaler Bote", "Brücke: Rat sperrt zu", "Brücke: Rat sperrt zu", "Rat sperrt zu", "Brücke", id="with the kicker, if most places have it"),
        pytest.param("Lage in Elbtal: Neues im Überblick", "Lage in Elbtal: Neues im Überblick", "Lage in Elbtal: Alles im Überblick", "Lage in Elbtal: Neues im Überblick", "Damm hält +++ Rat tagt", None, id="one title given to two networks is one voice"),
        pytest.param("Züge stehen still", "Bahn am Ende", "Stillstand", "Z&uuml;ge stehen still", "Züge stehen still", None, id="entities in schema.org data"),
        pytest.param("Rat sperrt Brücke", "Rat sperrt Brücke - Elbtaler Bote", "Rat sperrt Brücke - Elbtaler Bote", "", "Rat sperrt Brücke", None, id="without the site's name"),
    ],
)  # fmt: skip
def test_a_title(expected, window, shared, linked, headline, kicker) -> None:
    assert title(headline, kicker, window=window, shared=shared, posted=shared, linked=linked) == expected


SHAPES = tomllib.loads((Path(__file__).parents[1] / "cases/extraction/titles.toml").read_text(encoding="utf-8"))["case"]
TEXT = """<p>Der Rat von Bad Lomnau hat am Montag beschlossen, den Verkehr über den Fluss bis zum Herbst umzuleiten.</p>
<p>Bürgermeisterin Edda Kross sagte, ein Gutachten lasse keine andere Wahl; die Kosten trage zunächst die Stadt.</p>
<p>Geschäftsleute aus der Altstadt fürchten, dass ihnen bis dahin ein guter Teil der Kundschaft wegbleiben wird.</p>"""


@pytest.mark.parametrize("case", [pytest.param(case, id=case["shape"]) for case in SHAPES])
def test_a_headline_in_the_shapes_that_pages_have(case) -> None:
    html = f"<!doctype html><html lang=de><head><meta charset=utf-8>{case['head']}</head><body>{case['top']}<div>{TEXT}</div></body></html>"
    article = extract(Page(source="page.html", content=html.encode()))
    assert isinstance(article, Article)
    assert article.title == case["title"]
    kickers = [block.span.of(article.text) for block in article.blocks if block.kind is BlockKind.KICKER]
    assert "kicker" not in case or kickers == [case["kicker"]]
