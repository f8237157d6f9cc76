"""What a page declares of itself, where it says so in several places or in unusual ones."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from wortlaut.extraction.metadata import Metadata, read_metadata


def declared(*linked: object, head: str = "") -> Metadata:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in linked)
    return read_metadata(
        LexborHTMLParser(f"<html><head>{head}{scripts}</head><body><p>Der Rat tagt.</p></body></html>")
    )


def path(*steps: tuple[str, str]) -> dict[str, object]:
    listed = [{"@type": "ListItem", "name": name, "item": address} for name, address in steps]
    return {"@type": "BreadcrumbList", "itemListElement": listed}


ARTICLE = {"@type": "NewsArticle", "headline": "Rat sperrt Brücke", "articleSection": "slug-17"}


@pytest.mark.parametrize(
    ("steps", "section"),
    [
        pytest.param([("Startseite", "/"), ("Politik", "/p"), ("Inland", "/p/i"), ("Rat sperrt Brücke", "/7")], "Politik", id="below the home page"),
        pytest.param([("Bote", "https://bote.example/"), ("Sport", "https://bote.example/sport")], "Sport", id="a home page known by its address"),
        pytest.param([("bote.de", "/start"), ("Kultur", "/k")], "Kultur", id="a home page known by its domain"),
        pytest.param([("Lokales", "/l"), ("Elbtal", "/l/e")], "Lokales", id="a path without a home page"),
        pytest.param([("Start", "/"), ("Rat sperrt Brücke", "/7")], "slug-17", id="a path of nothing but home and article"),
        pytest.param([("Start", "http://[bote"), ("Klima", "http://[bote/k")], "Klima", id="addresses that are none"),
    ],
)  # fmt: skip
def test_the_section_is_the_first_step_of_the_declared_path(steps, section) -> None:
    assert declared(ARTICLE, path(*steps)).section == section


def test_steps_may_hold_their_names_in_an_item_and_broken_ones_are_passed_over() -> None:
    items = ["Start", {"item": 3}, {"item": {"@id": "https://bote.example/", "name": "Bote"}}, {"item": {"@id": "https://bote.example/w", "name": "Welt &amp; All"}}]  # fmt: skip
    assert declared({"@type": "BreadcrumbList", "itemListElement": items}).section == "Welt & All"


@pytest.mark.parametrize(
    ("linked", "head", "published", "modified"),
    [
        pytest.param({"datePublished": "2031-03-04T18:11:01"}, '<meta name="date" content="2031-03-04T18:11:01+01:00">', "2031-03-04T18:11:01+01:00", None, id="the zone is in another place"),
        pytest.param({"datePublished": "2031-03-04"}, '<meta name="date" content="2031-03-09T18:11:01+01:00">', "2031-03-04", None, id="another day lends nothing"),
        pytest.param({"datePublished": "2031-03-04T18:11:00+01:00", "dateModified": "2031-03-04T18:11:00+01:00"}, '<meta name="last-modified" content="2031-03-04T20:00:00+01:00">', "2031-03-04T18:11:00+01:00", "2031-03-04T20:00:00+01:00", id="a change is another moment than the publication"),
        pytest.param({"datePublished": "2031-03-04T18:11:00+01:00", "dateModified": "2031-03-04T18:11:00+01:00"}, "", "2031-03-04T18:11:00+01:00", "2031-03-04T18:11:00+01:00", id="unless no place says so"),
        pytest.param({}, '<meta property="article:published:time" content="2031-03-04T18:11:00Z"><meta property="article:modified:time" content="2031-03-05T18:11:00Z">', "2031-03-04T18:11:00+00:00", "2031-03-05T18:11:00+00:00", id="a colon before the time"),
    ],
)  # fmt: skip
def test_dates_are_as_exact_as_any_place_has_them(linked, head, published, modified) -> None:
    found = declared(ARTICLE | linked, head=head)
    assert (found.published, found.modified) == (published, modified)


@pytest.mark.parametrize(
    ("linked", "head", "free"),
    [
        ([ARTICLE, {"@type": "WebPage", "isAccessibleForFree": "True"}], "", True),
        ([ARTICLE | {"isAccessibleForFree": False}, {"@type": "WebPage", "isAccessibleForFree": True}], "", False),
        ([ARTICLE], '<meta name="article:content_tier" content="free">', True),
        ([ARTICLE], '<meta name="article:content_tier" content="metered">', None),
    ],
)
def test_whether_it_is_free_to_read_stands_in_several_places(linked, head, free) -> None:
    assert declared(*linked, head=head).free is free


@pytest.mark.parametrize(
    ("linked", "head", "publisher"),
    [
        ([ARTICLE, {"@type": "NewsMediaOrganization", "name": "Elbtaler Bote"}], "", "Elbtaler Bote"),
        ([ARTICLE], '<meta property="og:title" content="Rat sperrt Brücke | Elbtaler Bote">', "Elbtaler Bote"),
        ([ARTICLE], '<meta property="og:title" content="Rat sperrt Brücke">', None),
        ([ARTICLE], '<meta property="og:title" content="Rat sperrt Brücke – Lage bleibt ernst">', None),
    ],
)
def test_the_publisher_is_whose_site_it_is_where_the_article_does_not_say(linked, head, publisher) -> None:
    assert declared(*linked, head=head).publisher == publisher
