"""Which of the titles that a page declares and shows is its own."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from wortlaut.extraction.metadata import read_metadata
from wortlaut.extraction.title import find_title

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
