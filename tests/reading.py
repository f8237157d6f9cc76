"""What tests share: reading a text, and finding what a case marks in it."""

import re
import signal
import tomllib
from dataclasses import dataclass
from pathlib import Path

from wortlaut import Page, Reader, Reading, Span
from wortlaut.model import Engine, PageForm
from wortlaut.text import words_at

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
_MARK = re.compile(r"\[(\w+):|\]")


def page_of(text: str, *, published: str | None = "2031-03-04", source: str = "case.txt") -> Page:
    return Page(source=source, content=text.encode(), published=published, form=PageForm.TEXT)


def reading_of(
    text: str, *, published: str | None = "2031-03-04", source: str = "case.txt", engine: Engine = Engine.RULES
) -> Reading:
    """Read a text; by rules, unless said, because what other stages make of quotes must not change with the weights."""
    reader = Reader.by(engine)
    outcome = reader.read(page_of(text, published=published, source=source))
    assert isinstance(outcome, Reading), outcome
    return outcome


def words(reading: Reading, spans: tuple[Span, ...]) -> str:
    return words_at(reading.article.text, spans)


def name(reading: Reading, entity: str | None) -> str | None:
    found = reading.entity(entity)
    return found.name if found else None


@dataclass(frozen=True)
class Marked:
    """A sentence without its marks, and the words of each mark; marks may nest."""

    text: str
    marks: dict[str, list[str]]


def unmark(marked: str) -> Marked:
    text, opened, marks, at = "", [], {}, 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match[1]:
            opened.append((match[1], len(text)))
        else:
            label, start = opened.pop()
            marks.setdefault(label, []).append(text[start:])
    assert not opened, f"a mark is not closed: {marked}"
    return Marked(text + marked[at:], {label: [" ".join(w.split()) for w in found] for label, found in marks.items()})


def cases(stage: str) -> list[dict[str, object]]:
    """Return the cases of all files of a stage, each with its own id."""
    found = []
    for file in sorted((ROOT / "tests" / "cases" / stage).glob("*.toml")):
        for number, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["case"], 1):
            found.append({**case, "id": f"{file.stem}-{number}"})
    return found


def heed_ctrl_c() -> None:
    """Let a program be interrupted even where the tests run in a shell's background, which ignores the signal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
