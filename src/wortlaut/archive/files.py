"""Pages on disk: a file, standard input, a folder that holds one saved page, and a folder of many."""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wortlaut.model import Page, Problem, RejectionReason

__all__ = ["LIMIT", "read_file", "unread", "walk"]

LIMIT = 10_000_000
"""Bytes of a page that are read at all; what is larger is no news page."""
_KINDS = (".html", ".htm", ".xhtml", ".xht", ".mhtml", ".mht", ".txt", ".warc", ".wet", ".jsonl", ".ndjson")
"""Endings of the files in a folder that are taken for pages or archives of them, each also with .gz behind it."""


def read_file(path: str, *, defaults: Page) -> Page:
    """Return the page at `path`, "-" for standard input; a path that cannot be read gives a page with a problem."""
    try:
        if path == "-":
            return replace(defaults, source="-", content=sys.stdin.buffer.read(LIMIT + 1))
        file = Path(path)
        if file.is_dir():
            saved = _saved_page(file)
            if saved is None:
                return unread(defaults, RejectionReason.UNREADABLE, "there is no page in this directory")
            file = saved
        if file.stat().st_size > LIMIT:
            return unread(defaults, RejectionReason.TOO_LARGE, f"more than {LIMIT // 1_000_000} MB")
        return replace(defaults, content=file.read_bytes())
    except FileNotFoundError:
        return unread(defaults, RejectionReason.MISSING, "there is no such file")
    except (OSError, ValueError) as error:
        return unread(defaults, RejectionReason.UNREADABLE, str(getattr(error, "strerror", None) or error))


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files in and under a folder that may hold pages, in the order of their names; then folders that are closed to us.

    Hidden files are left out, and what a browser saved beside a page: `hafen_files/` beside `hafen.html`.
    """
    closed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        stems = {Path(name).stem for name in files}
        folders[:] = sorted(f for f in folders if not f.startswith(".") and _beside(f) not in stems)
        for name in sorted(files):
            if not name.startswith(".") and name.lower().removesuffix(".gz").endswith(_KINDS):
                yield Path(place, name)
    yield from (Path(error.filename) for error in closed)


def unread(page: Page, reason: RejectionReason, detail: str) -> Page:
    """Return a page that could not be had."""
    return replace(page, problem=Problem(reason=reason, detail=detail))


def _saved_page(folder: Path) -> Path | None:
    """Return the page in a folder that a browser or a crawler saved: its index, or its only HTML file."""
    pages = sorted(p for p in folder.iterdir() if re.fullmatch(r"\.x?html?|\.mhtml?", p.suffix.lower()) and p.is_file())
    index = [p for p in pages if p.stem.lower() == "index"]
    return (index or pages)[0] if index or len(pages) == 1 else None


def _beside(folder: str) -> str | None:
    """Return the stem of the page whose pictures and scripts lie in a folder of this name, if it is such a name."""
    found = re.fullmatch(r"(.+?)[_-](?:files|dateien)", folder, re.IGNORECASE)
    return found[1] if found else None
