"""Every command and every line of Python that a page shows prints what the page says."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, Block, blocks, commands, faults_of, fits, prepare, run


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_shows_what_happens(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    prepare(tmp_path)
    shared: dict[str, object] = {}
    for block in blocks(path.read_text(encoding="utf-8")):
        if block.language == "console":
            for command in commands(block):
                printed = run(command, tmp_path)
                assert fits(command.expected, printed), f"{path}:{command.start}\n$ {command.words}\n" + "\n".join(
                    printed
                )
        elif block.language == "pycon":
            assert not (faults := faults_of(block, path.name, shared)), faults


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_command_is_shown_that_is_not_run(path: Path) -> None:
    for block in blocks(path.read_text(encoding="utf-8")):
        if block.language not in ("console", "sh"):
            assert not [line for line in block.lines if line.startswith(("$ ", "wortlaut "))], (
                f"{path}:{block.start}: write commands as a fence `console`, those that cannot be run here as `sh`"
            )


@pytest.mark.parametrize("path", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_leads_nowhere_in_a_checkout(path: Path) -> None:
    links = re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize(
    ("expected", "printed", "fit"),
    [
        (("one", "two"), ("one", "two"), True),
        (("one",), ("one", "two"), False),
        (("one", "…"), ("one", "two", "three"), True),
        (("…", "three"), ("one", "two", "three"), True),
        (("one", "…", "three"), ("one", "three"), True),
        (("one", "…", "three"), ("one", "two", "four"), False),
        (("on… (1)",), ("one (1)",), True),
        (("o.e",), ("one",), False),
        (("a…d",), ("ab", "cd"), False),
        ((), ("one",), False),
        (("…",), (), True),
        (("one", ""), ("one",), True),
    ],
)
def test_what_fits(expected: tuple[str, ...], printed: tuple[str, ...], *, fit: bool) -> None:
    assert fits(expected, printed) is fit


def test_commands_of_a_block() -> None:
    block = Block("console", 10, ("$ cat <<'END'", "> one", ">", "> END", "one", "$ false", "[1]"), "")
    assert [(c.words, c.start, c.expected) for c in commands(block)] == [
        ("cat <<'END'\none\n\nEND", 14, ("one",)),
        ("false", 16, ("[1]",)),
    ]


def test_a_command_that_prints_something_else_or_fails_is_found(tmp_path: Path) -> None:
    (command,) = commands(Block("console", 0, ("$ printf 'one\\ntwo\\n' >&2; exit 3", "one", "two", "[3]"), ""))
    assert fits(command.expected, run(command, tmp_path))
    assert not fits(command.expected[:2], run(command, tmp_path))


def test_python_that_prints_something_else_is_found() -> None:
    shared: dict[str, object] = {}
    assert not faults_of(Block("pycon", 0, (">>> x = 1", ">>> x", "1"), ""), "page", shared)
    assert "Got:" in faults_of(Block("pycon", 0, (">>> x + 1", "1"), ""), "page", shared)
