"""`wortlaut gate`: files in, files out, what it lists, how it fails."""

import gzip
import json

import pytest
from typer.testing import CliRunner

from wortlaut.cli import app

PAGE = (
    '<!doctype html><title>T</title><p>Grüße <iframe src="https://www.youtube.com/embed/abcdefghijk" title="Ein Film"></iframe></p>'
    '<iframe src="https://grafik.bote.example/"></iframe><link rel="preconnect" href="https://a.example">'
)


def run(*arguments: str, **more):
    return CliRunner().invoke(app, ["gate", *arguments], **more)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "seite.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_page_and_its_folder_are_written_and_listed(page, tmp_path):
    out = tmp_path / "fertig.html"
    result = run(str(page), "-o", str(out), "--own", "bote.example", "--privacy", "https://bote.example/datenschutz")
    assert result.exit_code == 0, result.output
    assert [line.split()[:3] for line in result.output.splitlines()] == [
        ["gated", "frame", "YouTube"],
        ["removed", "hint", "a.example"],
    ]
    html = out.read_text(encoding="utf-8")
    assert "grafik.bote.example" in html
    assert "https://bote.example/datenschutz" in html
    assert "data-embed" not in html
    names = {path.name for path in (tmp_path / "fertig.gate").iterdir()}
    assert {"gate.css", "gate.js", "index.html"} < names
    shown = next(
        path
        for path in (tmp_path / "fertig.gate").iterdir()
        if path.name.endswith(".html") and path.name != "index.html"
    )
    assert "https://*.youtube.com" in shown.read_text(encoding="utf-8")


def test_lines_of_json(page, tmp_path):
    result = run(
        str(page),
        "-o",
        str(tmp_path / "x.html"),
        "--format",
        "jsonl",
        "--trust",
        "grafik.bote.example",
        "--language",
        "en",
    )
    first = json.loads(result.output.splitlines()[0])
    assert first["provider"] == "youtube"
    assert first["words"]["title"] == "Ein Film"
    assert first["url"] == "https://www.youtube.com/embed/abcdefghijk"


def test_standard_input_and_output_give_plain_links(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("-", "-o", "-", input=gzip.compress(PAGE.encode()))
    assert result.exit_code == 0
    assert "Bei YouTube &#246;ffnen" in result.stdout
    assert "gate.js" not in result.stdout
    assert "gated" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_gate_is_said(tmp_path):
    result = run("-", "-o", str(tmp_path / "x.html"), input="<p>nichts</p>")
    assert "nothing third-party was found" in result.output
    assert (tmp_path / "x.html").exists()
    assert not (tmp_path / "x.gate").exists()


@pytest.mark.parametrize(
    "content", [b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0\xff\xff\xff\xff\xff", gzip.compress(b"x" * 99)[:-9]]
)
def test_a_damaged_archive_is_said_in_a_line(tmp_path, content):
    path = tmp_path / "seite.html.gz"
    path.write_bytes(content)
    result = run(str(path), "-o", str(tmp_path / "x.html"))
    assert result.exit_code == 2
    assert result.stderr.startswith("wortlaut: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("/gibt/es/nicht.html", "-o", "x"),
        ("{page}", "-o", "/gibt/es/nicht/x.html"),
        ("{page}", "-o", "-", "--language", "fr"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(page, arguments):
    result = run(*(one.format(page=page) for one in arguments))
    assert result.exit_code == 2
    assert result.stderr.startswith("wortlaut: ")
    assert len(result.stderr.splitlines()) == 1
