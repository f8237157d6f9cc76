"""Feeds: what they name, and reading all of it."""

import gzip
import json
from pathlib import Path

import pytest

from tests.archive.server import Server, answer, page
from wortlaut.archive import pages_of
from wortlaut.archive.feeds import read_feed
from wortlaut.archive.fetching import Fetcher

RSS = """<?xml version="1.0" encoding="utf-8"?>
<!-- of our own -->
<rss version="2.0"><channel><title>Bote</title><link>https://bote.example/</link>
<item><title>Eins</title><link>/1?utm_source=rss&amp;id=7#oben</link><pubDate>Tue, 04 Mar 2031 08:00:00 +0100</pubDate></item>
<item><title>Zwei</title><guid isPermaLink="true">https://bote.example/2</guid></item>
<item><title>noch einmal</title><link>https://bote.example/2</link></item>
<item><title>ohne Adresse</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Bote</title><link href="https://bote.example/"/>
<entry><link rel="enclosure" href="/ton.mp3"/><link rel="alternate" href="/1?id=7"/><updated>2031-03-04T09:00:00Z</updated></entry>
<entry><link href="https://bote.example/2"/><published>2031-03-04T07:00:00Z</published></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "url": "/1?id=7", "date_modified": "2031-03-04T09:00:00Z"},
            {"id": "https://bote.example/2"},
            3,
        ],
    }
)
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://bote.example/1?id=7 </loc><news:news>
<news:publication_date>2031-03-04</news:publication_date></news:news></url><url><loc>https://bote.example/2</loc></url></urlset>"""
BOMB = '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>https://a.example/&b;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("content", "changed"),
    [
        (RSS, "Tue, 04 Mar 2031 08:00:00 +0100"),
        (ATOM, "2031-03-04T09:00:00Z"),
        (JSON, "2031-03-04T09:00:00Z"),
        (SITEMAP, "2031-03-04"),
    ],
    ids=["RSS", "Atom", "JSON", "sitemap"],
)
@pytest.mark.parametrize("packed", [bytes, gzip.compress, b"\xef\xbb\xbf".__add__], ids=["plain", "gzip", "mark"])
def test_what_feeds_name(content: str, changed: str, packed) -> None:
    feed = read_feed(packed(content.encode()), "https://bote.example/feed")
    assert feed
    assert [entry.url for entry in feed.entries] == ["https://bote.example/1?id=7", "https://bote.example/2"]
    assert feed.entries[0].changed == changed


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><p>rss",
        b"{}",
        b"[1]",
        b"{" * 50_000,
        b"\x1f\x8bno",
        b"<urlset><url>",
        BOMB.encode(),
        BOMB.encode("utf-16"),
        b"<rssx>",
    ],
)
def test_what_is_no_feed(content: bytes) -> None:
    assert read_feed(content) is None


def test_everything_a_feed_names_is_read(server: Server, fetcher: Fetcher, tmp_path: Path) -> None:
    child = SITEMAP.replace("https://bote.example", server.url("")).encode()
    index = f"<sitemapindex><sitemap><loc>{server.url('/news.xml')}</loc></sitemap><sitemap><loc>{server.url('/weg.xml')}</loc></sitemap>"
    server.paths |= {
        "/1": page("Eins"), "/2": answer(status="410 Gone"), "/news.xml": answer(gzip.compress(child), Content_Type="text/plain"),
        "/index.xml": answer(f"{index}</sitemapindex>".encode()), "/kreis.xml": answer(index.replace("/news", "/kreis").encode() + b"</sitemapindex>"),
        "/leer": answer(b"<rss version='2.0'><channel></channel></rss>"), "/datei": answer(RSS.replace("https://bote.example", server.url("")).replace("/1?utm_source=rss&amp;id=7#oben", "ftp://bote.example/datei").encode()),
    }  # fmt: skip

    def outcomes(source: str) -> list[tuple[str, str]]:
        pages = pages_of(source, web=lambda: fetcher)
        return [(p.source.replace(server.url(""), ""), p.problem.reason.value if p.problem else "page") for p in pages]

    named = [("/1?id=7", "page"), ("/2", "not_fetched")]
    assert outcomes(server.url("/1")) == [("/1", "page")]
    assert outcomes(server.url("/news.xml")) == named
    assert outcomes(server.url("/index.xml")) == [*named, ("/weg.xml", "not_fetched")]
    assert outcomes(server.url("/leer")) == [("/leer", "empty")]
    assert outcomes(server.url("/datei")) == [("ftp://bote.example/datei", "not_allowed"), ("/2", "not_fetched")]
    assert set(outcomes(server.url("/kreis.xml"))) == {("/kreis.xml", "empty"), ("/weg.xml", "not_fetched")}
    (tmp_path / "news.xml").write_bytes(child)
    assert outcomes(str(tmp_path / "news.xml")) == named
    assert [p.problem for p in pages_of(str(tmp_path / "news.xml"))] == [None], "without the web a file is a page"
