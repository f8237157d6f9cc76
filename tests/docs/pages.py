"""Pages for people, as tests: what they show is run, and prints what they say it prints.

A page runs in a folder of its own with a copy of `examples/` in it, its blocks in their order. Two kinds of blocks are run:

- a fence `console`, or an indented block that begins with `$ `: commands after `$ ` (going on in lines after `> `), each with
  what it prints, errors too. `…` stands for anything within a line, alone on a line for any lines. A last line `[1]` is the
  exit status, where it is not 0.
- a fence `pycon`: Python's prompt, as doctest runs it, with `...` for anything.

What needs a network or a server of its own stands in a fence `sh`, which is not run.
"""

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from tests.reading import ROOT

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
_SETTINGS = {
    "NO_COLOR": "1",
    "COLUMNS": "120",
    "PYTHONUNBUFFERED": "1",
    "PYTHONIOENCODING": "utf-8",
    "LC_ALL": "C.UTF-8",
}


@dataclass(frozen=True)
class Block:
    """A block of code of a page; `start` is the number of its first line, from 0, `indent` what stands before each."""

    language: str
    start: int
    lines: tuple[str, ...]
    indent: str


@dataclass(frozen=True)
class Command:
    """A command with the lines that it is to print; `start` to `end` are the places of these lines on the page."""

    words: str
    start: int
    expected: tuple[str, ...]
    indent: str

    @property
    def end(self) -> int:
        return self.start + len(self.expected)


def blocks(page: str) -> Iterator[Block]:
    for token in MarkdownIt().parse(page):
        if token.type == "fence" and token.map:
            lines = token.content.splitlines()
            source = page.splitlines()[token.map[0]]
            yield Block(token.info.split(" ")[0], token.map[0] + 1, tuple(lines), source[: source.index(token.markup)])
        elif token.type == "code_block" and token.map:
            lines = token.content.splitlines()
            source = page.splitlines()[token.map[0]]
            language = "console" if lines[0].startswith("$ ") else ""
            yield Block(language, token.map[0], tuple(lines), source[: source.index(lines[0])])


def commands(block: Block) -> Iterator[Command]:
    words: list[str] = []
    expected: list[str] = []
    start = block.start
    for number, line in enumerate(block.lines, block.start + 1):
        if line.startswith("$ "):
            if words:
                yield Command("\n".join(words), start, tuple(expected), block.indent)
            words, expected, start = [line[2:]], [], number
        elif (line == ">" or line.startswith("> ")) and words and not expected:
            words.append(line[2:])
            start = number
        else:
            expected.append(line)
    if words:
        yield Command("\n".join(words), start, tuple(expected), block.indent)


def prepare(folder: Path) -> None:
    shutil.copytree(ROOT / "examples", folder / "examples")


def run(command: Command, folder: Path) -> tuple[str, ...]:
    """Run a command in a folder; return what it prints, and its exit status as a last line if that is not 0."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("WORTLAUT", "FORCE_COLOR", "COV_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command.words], cwd=folder, env=clean | _SETTINGS | {"PATH": path, "HOME": str(folder)},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=600,
    )  # fmt: skip
    lines = (*(line.rstrip() for line in done.stdout.decode().splitlines()),)
    return lines if not done.returncode else (*lines, f"[{done.returncode}]")


def fits(expected: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Tell whether lines are those expected, empty ones at the end left out."""
    pattern = "\n".join(".*" if line.strip() == "…" else _line(line) for line in expected).rstrip("\n")
    any_lines = re.compile(r"(?:^|\n)\.\*(?=\n|$)")
    return bool(re.fullmatch(any_lines.sub(r"(?:(?:^|\\n)[^\\n]*)*?", pattern), "\n".join(printed).rstrip("\n")))


def _line(line: str) -> str:
    return "[^\n]*".join(re.escape(part) for part in line.split("…"))


def faults_of(block: Block, name: str, shared: dict[str, object]) -> str:
    """Run a block of Python's prompt, which goes on where the page's last one ended; return what doctest finds wrong."""
    test = doctest.DocTestParser().get_doctest("\n".join(block.lines) + "\n", shared, name, name, block.start)
    out = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False)
    with contextlib.redirect_stderr(io.StringIO()):
        runner.run(test, out=out.write, clear_globs=False)
    shared.update(test.globs)
    return out.getvalue()
