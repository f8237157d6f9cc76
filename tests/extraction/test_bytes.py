"""From bytes to characters, out of whatever wrapping, as a browser would do it, and with bounds."""

import gzip
import time
from pathlib import Path

import pytest

from tests.reading import ROOT
from wortlaut import Page
from wortlaut.archive import read_file
from wortlaut.extraction import extract
from wortlaut.extraction.decoding import to_utf8
from wortlaut.model import Article, Problem, Rejection

_WORDS = "Größe »Maß« – 5 €"


def decode(content: bytes, declared: str | None = None) -> str | Problem:
    found = to_utf8(content, declared)
    return found if isinstance(found, Problem) else found.decode()


_BODY = "<h1>Streit um die Fähre</h1>" + "".join(
    f"<p>Die Bürgermeisterin von Größe {n} sagte am Dienstag, sie wolle nichts überstürzen, und vertagte sich.</p>"
    for n in range(4)
)
_HTML = f"<html lang='de'><head>%s</head><body><article>{_BODY}</article></body></html>"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (_WORDS.encode(), None),
        (b"\xef\xbb\xbf" + _WORDS.encode(), None),
        (b"\xff\xfe" + _WORDS.encode("utf-16-le"), None),
        (b"\xfe\xff" + _WORDS.encode("utf-16-be"), None),
        (_WORDS.encode("cp1252"), None),
        (_WORDS.encode("cp1252"), "iso-8859-1"),
        (_WORDS.encode("cp1252"), "no-such-thing"),
        (_WORDS.encode("mac-roman"), "macintosh"),
        (_WORDS.encode(), "iso-8859-1"),
    ],
)
def test_characters_are_found_whatever_the_encoding(content: bytes, declared: str | None) -> None:
    assert decode(content, declared) == _WORDS


def test_a_declaration_in_the_page_counts_and_http_counts_more() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-2"?><p>Łódź</p>'
    assert decode(page.encode("iso-8859-2")) == page
    meta = '<meta charset="windows-1251"><p>Вече</p>'
    assert decode(meta.encode("cp1251")) == meta
    assert decode(meta.encode("koi8-r"), "koi8-r") == meta
    japanese = '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><p>報道①</p>'
    assert decode(japanese.encode("cp932")) == japanese


def test_one_broken_byte_is_shown_as_such() -> None:
    broken = ("Größe und Maß. " * 50).encode() + b"\xff" + "Größe".encode()
    assert "Größe und Maß. Größe und" in str(decode(broken))
    assert str(decode(broken)).count("\ufffd") == 1


def test_a_broken_byte_order_is_a_problem() -> None:
    assert isinstance(decode(b"\xff\xfe\x00"), Problem)


def _read(content: bytes, name: str = "a.html") -> Article | Rejection:
    return extract(Page(source=name, content=content))


def test_wrappings_do_not_change_the_article() -> None:
    plain = _HTML % '<meta charset="iso-8859-1">'
    bare = _read(plain.encode("cp1252"))
    assert isinstance(bare, Article)
    assert "Größe 3" in bare.text
    zipped = _read(gzip.compress(plain.encode("cp1252")), "a.html.gz")
    head = b'From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"\r\n\r\n'
    parts = b'--b\r\nContent-Type: text/html; charset="iso-8859-1"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    import base64

    saved = head + parts + base64.encodebytes(plain.encode("latin-1")) + b"\r\n--b--\r\n"
    for other in (zipped, _read(saved, "a.mhtml")):
        assert isinstance(other, Article)
        assert (other.text, other.blocks, other.title) == (bare.text, bare.blocks, bare.title)


def test_a_saved_folder_is_its_page(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page.html").write_text(_HTML % "", encoding="utf-8")
    page = read_file(str(tmp_path), defaults=Page(source=str(tmp_path)))
    assert isinstance(extract(page), Article)
    (tmp_path / "other.htm").write_text("<p>x</p>")
    assert read_file(str(tmp_path), defaults=Page(source="x")).problem is not None
    (tmp_path / "index.html").write_text("<p>x</p>")
    assert read_file(str(tmp_path), defaults=Page(source="x")).content == b"<p>x</p>"


_MHTML_WITHOUT_HTML = (
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--\n"
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (gzip.compress(b"a" * 60_000_000), "too_large"),
        (b"<p>Der Rat tagt. " * 3_500_000, "too_large"),
        (b"<html><body>" + b"<p>x" * 250_000, "too_large"),
        (b"<html><body>" + b"<div>" * 100_000 + b"x", "too_deep"),
        (b"<html><body>" + b"<ul><li>" * 40_000 + b"x" + b"</li></ul>" * 40_000, "too_deep"),
        (b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b">x", "too_deep"),
        (b"<html><body>" + b"".join(b"<font c=%d><p>x" % n for n in range(3_000)), "too_deep"),
        (gzip.compress(b"<p>x")[:-9], "unreadable"),
        (_MHTML_WITHOUT_HTML, "empty"),
        (b"\x89PNG\r\n\x1a\n123", "binary"),
    ],
    ids=["gzip bomb", "50 MB", "tags", "deep", "deep and closed", "attributes", "formatting", "cut", "mhtml", "png"],
)
def test_what_cannot_be_read_says_so_at_once(content: bytes, reason: str) -> None:
    started = time.process_time()
    found = _read(content)
    assert time.process_time() - started < 5
    assert isinstance(found, Rejection)
    assert found.reason == reason
    assert found.detail


def test_deep_but_bearable_nesting_is_read() -> None:
    found = _read((_HTML % "").replace("<article>", "<div>" * 1500 + "<article>").encode())
    assert isinstance(found, Article)
    assert "vertagte sich" in found.text


def test_the_golden_pages_read_the_same_in_another_encoding() -> None:
    page = (ROOT / "tests" / "golden" / "standard.html").read_text(encoding="utf-8")
    one = _read(page.encode())
    other = _read(b"\xff\xfe" + page.encode("utf-16-le"))
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert one.text == other.text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(range(0xA1, 0x100)) * 40, "encoding"),
        ("Правительство отклонило предложение оппозиции в среду.".encode("koi8-r"), "encoding"),
        (bytes(range(1, 256)) * 40, "binary"),
    ],
    ids=["high bytes", "an encoding that nobody declares", "all bytes"],
)
def test_bytes_that_are_no_text_are_not_taken_for_an_article(content: bytes, reason: str) -> None:
    found = _read(content, "soup.txt")
    assert isinstance(found, Rejection)
    assert found.reason == reason


def test_western_text_needs_no_declaration() -> None:
    words = "Über fünf Wähler müßten äußerst genau prüfen, ob Größe höher zählt, hieß es."
    found = _read(words.encode("latin-1"), "a.txt")
    assert isinstance(found, Article)
    assert found.text == words
