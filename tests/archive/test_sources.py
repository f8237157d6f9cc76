"""Folders and JSONL: which pages are in them."""

import gzip
import json
from pathlib import Path

import pytest

from tests.archive.warcs import packed, page, record
from wortlaut.archive import pages_of
from wortlaut.model import Page, PageForm


def _reasons(pages: list[Page]) -> list[str | None]:
    return [page.problem.reason.value if page.problem else None for page in pages]


def test_a_folder_is_all_pages_in_it(tmp_path: Path) -> None:
    for name in (
        "b.html",
        "a.htm.gz",
        "2031/mai.04.txt",
        "b_files/frame.html",
        ".git/x.html",
        "bild.png",
        "2031/seite.css",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"<p>Die Br\xc3\xbccke")
    (tmp_path / "2031" / "news.warc.gz").write_bytes(b"".join(packed([record(1), record(2)])))
    (tmp_path / "2031" / "rest.jsonl").write_text('{"html": "<p>Eins"}\n{"html": "<p>Zwei"}\n')
    (tmp_path / "2031" / "kreis").symlink_to(tmp_path)
    pages = list(pages_of(str(tmp_path), defaults=Page(source="-", publisher="Bote")))
    assert [p.source.removeprefix(f"{tmp_path}/").partition("#")[0] for p in pages] == [
        "a.htm.gz", "b.html", "2031/mai.04.txt", "2031/news.warc.gz", "2031/news.warc.gz", "2031/rest.jsonl:1", "2031/rest.jsonl:2"
    ]  # fmt: skip
    assert all(p.content and p.publisher == "Bote" for p in pages)


def test_a_saved_page_is_one_and_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert _reasons(list(pages_of(str(tmp_path)))) == ["unreadable"]
    (tmp_path / "hafen.html").write_bytes(page(1))
    (saved,) = pages_of(str(tmp_path))
    assert (saved.content, saved.source) == (page(1), str(tmp_path))
    (tmp_path / "index.html").write_bytes(page(2))
    assert [p.content for p in pages_of(str(tmp_path))] == [page(1), page(2)]


@pytest.mark.parametrize("packing", ["", ".gz"])
def test_lines_of_json(tmp_path: Path, packing: str) -> None:
    told = {
        "url": "https://bote.example/1",
        "date": "2031-03-04",
        "publisher": "Bote",
        "fetched_at": "2031-03-04T09:00:00",
    }
    lines = [
        json.dumps({"html": "<meta charset=latin1><p>Brücke \ud800"} | told),
        "",
        json.dumps({"text": "Brücke"}),
        '{"html": "<p>',
        "[1]",
        '{"title": "Brücke"}',
        '{"html": "<p>x", "date": "gestern"}',
        '{"html": "<p>x", "fetched_at": "gestern"}',
        "[" * 100_000,
        '{"raw_html": "<p>zuletzt"}',
    ]
    data = "\n".join(lines).encode()
    path = tmp_path / f"pages.jsonl{packing}"
    path.write_bytes(gzip.compress(data) if packing else data)
    pages = list(pages_of(str(path)))
    assert [p.source.removeprefix(f"{path}:") for p in pages] == ["1", "3", "4", "5", "6", "7", "8", "9", "10"]
    bad = ["damaged", "damaged", "unreadable", "unreadable", "unreadable", "damaged"]
    assert _reasons(pages) == [None, None, *bad, None]
    first = pages[0]
    assert (first.content.decode(), first.encoding) == ("<meta charset=latin1><p>Brücke ?", "utf-8")
    assert (first.url, first.published, first.publisher) == (told["url"], told["date"], told["publisher"])
    assert first.fetched_at
    assert first.fetched_at.isoformat() == "2031-03-04T09:00:00+00:00"
    assert pages[1].form is PageForm.TEXT


def test_a_line_without_end_and_a_file_that_ends_too_soon(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"html": "' + b"x" * 50_000_000 + b'"}\n{"html": "<p>danach"}\n')
    assert _reasons(list(pages_of(str(tmp_path / "a.jsonl")))) == ["too_large", None]
    whole = gzip.compress(b"".join(b'{"html": "<p>%s"}\n' % page(n).hex().encode() for n in range(300)))
    (tmp_path / "b.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    pages = list(pages_of(str(tmp_path / "b.jsonl.gz")))
    assert _reasons(pages) == [*[None] * (len(pages) - 1), "damaged"]
    assert pages[-1].source.endswith(f":{len(pages)}")
    (tmp_path / "c.jsonl.gz").write_bytes(whole[:60])
    assert [page.source for page in pages_of(str(tmp_path / "c.jsonl.gz"))] == [f"{tmp_path}/c.jsonl.gz:1"]
