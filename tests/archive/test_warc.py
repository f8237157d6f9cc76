"""WARC: what is a page in it, and what is damaged."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.archive.warcs import http, packed, page, record
from wortlaut.archive import pages_of
from wortlaut.model import Page, PageForm, RejectionReason


def _pages(folder: Path, data: bytes, name: str = "news.warc.gz") -> list[Page]:
    (folder / name).write_bytes(data)
    return list(pages_of(str(folder / name)))


def _reasons(pages: list[Page]) -> list[RejectionReason | None]:
    return [page.problem.reason if page.problem else None for page in pages]


@pytest.mark.parametrize("shape", ["plain", "record by record", "as a whole"])
def test_pages_with_all_that_is_known_of_them(tmp_path: Path, shape: str) -> None:
    records = [record(n) for n in range(4)]
    data = {"plain": b"".join(records), "record by record": b"".join(packed(records))}
    pages = _pages(
        tmp_path, data.get(shape, gzip.compress(b"".join(records))), "a.warc" if shape == "plain" else "a.warc.gz"
    )
    assert [p.content for p in pages] == [page(n) for n in range(4)]
    assert [p.url for p in pages] == [f"https://bote.example/{n}" for n in range(4)]
    assert {(p.encoding, p.fetched_at) for p in pages} == {("utf-8", datetime(2031, 3, 4, 8, tzinfo=UTC))}
    assert len({p.source for p in pages}) == 4
    assert pages[0].source.endswith("#0")


def test_what_is_a_page_and_what_is_none(tmp_path: Path) -> None:
    chunked = "Transfer-Encoding: chunked\r\n"
    wrapped = b"%x\r\n" % len(page(5)) + page(5) + b"\r\n0\r\n\r\n"
    (brotli,) = [tmp_path / "b"]
    with BrotliWriter(str(brotli)) as writer:
        writer.write(page(6))
    records = [
        record(0, b"software: a crawler", type_="warcinfo", media="application/warc-fields"),
        record(1, b"GET / HTTP/1.1\r\nHost: bote.example\r\n\r\n", type_="request"),
        record(2, http(b"\x89PNG", kind="image/png")),
        record(3, http(b"<p>weg", status="404 Not Found")),
        record(4, page(4), type_="resource", media="text/html"),
        record(5, http(wrapped, more=chunked)),
        record(6, http(brotli.read_bytes(), more="Content-Encoding: br\r\n")),
        record(7, http(page(7), more=chunked + "Content-Encoding: br\r\n")),
        record(8, "Die Brücke bleibt zu.".encode(), type_="conversion", media="text/plain"),
        record(9, http(page(9)[:90]), more="WARC-Truncated: length\r\n"),
        record(10, b"I am no web server"),
        record(11, http(b"<p>" + b"x" * 10_000_000)),
        record(12, http(b"\0" * 10_000_001, kind="video/mp4")),
        record(13),
    ]
    pages = _pages(tmp_path, b"".join(packed(records)))
    assert [int(p.url.rpartition("/")[2]) for p in pages if p.url] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 13]
    reasons = {int(p.url.rpartition("/")[2]): p.problem.reason.value for p in pages if p.url and p.problem}
    assert reasons == {3: "not_fetched", 9: "damaged", 10: "not_fetched", 11: "too_large"}
    assert [p.content for p in pages[1:5]] == [page(n) for n in range(4, 8)], (
        "kept headers of unwrapped content do no harm"
    )
    assert pages[5].form is PageForm.TEXT


@settings(max_examples=150, deadline=None)
@given(
    which=st.integers(0, 4), damage=st.sampled_from(["cut", "flipped", "other bytes"]), place=st.floats(0, 1, exclude_max=True),
    noise=st.binary(min_size=1, max_size=300), plain=st.booleans(),
)  # fmt: skip
def test_a_damaged_record_costs_itself(tmp_path_factory, which, damage, place, noise, plain) -> None:
    """All others are read, each once; and where one is lost, the outcome says so."""
    whole = [record(n) for n in range(5)]
    parts = whole if plain else packed(whole)
    old = parts[which]
    assume(noise.strip())  # white space between records is none of them
    body = old.index(b"\r\n\r\n") + 3 if plain else 0  # the head of a plain record is under no checksum
    at = body + 1 + int(place * (len(old) - 5 - body))
    broken = {
        "cut": old[:at],
        "flipped": old[:at] + bytes([old[at] ^ 0x55]) + old[at + 1 :],
        "other bytes": noise.replace(b"WARC", b"warc"),
    }
    pages = _pages(
        tmp_path_factory.mktemp("w"),
        b"".join([*parts[:which], broken[damage], *parts[which + 1 :]]),
        "a.warc" if plain else "a.warc.gz",
    )
    good = [p.content for p in pages if not p.problem]
    others = [page(n) for n in range(5) if n != which]
    assert good in (others, [page(n) for n in range(5)])
    assert good != others or RejectionReason.DAMAGED in _reasons(pages)
    assert len({p.source for p in pages}) == len(pages)


@pytest.mark.parametrize("by", [900, -90])
def test_a_record_that_lies_about_its_length(tmp_path: Path, by: int) -> None:
    lying = record(1)
    length = len(http(page(1)))
    lying = lying.replace(f"Content-Length: {length}".encode(), f"Content-Length: {length + by}".encode(), 1)
    pages = _pages(tmp_path, record(0) + lying + record(2) + record(3), "a.warc")
    assert [p.content for p in pages if not p.problem] == [page(0), page(2), page(3)]
    assert RejectionReason.DAMAGED in _reasons(pages)


def test_a_reservation_of_mining_is_kept_and_honoured(tmp_path: Path) -> None:
    meta = b'<html><head><meta name="tdm-reservation" content="1"></head><p>Die Br\xc3\xbccke'
    heads = [
        "TDM-Reservation: 1\r\nTDM-Policy: /terms\r\n",
        "",
        "Content-Encoding: gzip\r\n",
        "TDM-Reservation: 0\r\n",
        "",
    ]
    bodies = [page(0), meta, gzip.compress(meta), meta, page(4)]
    records = [record(n, http(body, more=more)) for n, (body, more) in enumerate(zip(bodies, heads, strict=True))]
    pages = _pages(tmp_path, b"".join(packed(records)))
    said = [(p.rights.reserved, p.rights.told_by, p.rights.robots) if p.rights else None for p in pages]
    assert said == [(True, "header", None), (True, "meta", None), (True, "meta", None), (False, "header", None), None]
    assert pages[0].rights
    assert pages[0].rights.policy == "https://bote.example/terms"
    assert _reasons(pages) == [*[RejectionReason.NOT_ALLOWED] * 3, None, None]
    assert [p.content for p in pages] == [b"", b"", b"", meta, page(4)]


def _shaped(records: list[bytes], shape: str) -> bytes:
    whole = b"".join(records)
    return {"plain": whole, "member": b"".join(packed(records)), "whole": gzip.compress(whole, mtime=0)}[shape]


@pytest.mark.parametrize("digest", [b"WARC-Block-Digest", b"X-No-Digest"])
@pytest.mark.parametrize("shape", ["plain", "member", "whole"])
def test_a_page_cannot_plant_another(tmp_path: Path, shape: str, digest: bytes) -> None:
    """What a page shows of an archive is its text: a record in a record that is as long as it says is none."""
    planted = b"<html><p>harmlos\r\n\r\n" + record(777, http(b"<p>untergeschoben"))
    honest = b"<html><pre>WARC/1.0\nWARC-Type: response\n</pre>So beginnt ein Archiv."
    records = [record(0), record(1, http(planted)), record(2, http(honest)), record(3)]
    records = [r.replace(b"WARC-Block-Digest", digest, 1) for r in records]
    pages = _pages(tmp_path, _shaped(records, shape), "a.warc" if shape == "plain" else "a.warc.gz")
    assert [p.content for p in pages] == [page(0), planted, honest, page(3)]
    assert [p.url for p in pages] == [f"https://bote.example/{n}" for n in range(4)]


@pytest.mark.parametrize("level", [0, 9])
def test_a_whole_member_is_not_searched_for_records(tmp_path: Path, level: int) -> None:
    """Not even where its record says less than it has, and shows others unpacked and packed."""
    planted = record(777, http(b"<p>untergeschoben"))
    block = http(b"<html><p>x</p>" + planted + gzip.compress(planted) + b"</html>")
    lying = record(1, block).replace(b"WARC-Block-Digest", b"X-Digest", 1)
    lying = lying.replace(b"Content-Length: %d\r\n\r\nHTTP" % len(block), b"Content-Length: 90\r\n\r\nHTTP")
    pages = _pages(tmp_path, packed([record(0)])[0] + gzip.compress(lying, level) + packed([record(3)])[0])
    assert [p.url for p in pages if p.url and p.url.endswith("777")] == []
    assert [p.content for p in pages if not p.problem][-1] == page(3)
    assert RejectionReason.DAMAGED in _reasons(pages)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"no archive at all " * 99, "damaged"),
        (gzip.compress(b"nor this"), "damaged"),
        (b"\x1f\x8b\x08", "damaged"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, data: bytes, reason: str) -> None:
    assert _reasons(_pages(tmp_path, data)) == [reason]


def test_a_file_that_is_not_there() -> None:
    assert _reasons(list(pages_of("none.warc.gz"))) == [RejectionReason.MISSING]
