"""Where pages come from: files on disk and standard input, one Page each, in the order they were asked for."""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from wortlaut.errors import ConfigurationError
from wortlaut.model import Page, PageForm, Problem, RejectionReason

__all__ = ["read_file", "read_files", "read_manifest"]

LIMIT = 10_000_000
"""Bytes of a file that is opened at all; larger ones are no news pages."""
_COLUMNS = ("path", "url", "date", "publisher")


def read_files(paths: Iterable[str], *, defaults: Page) -> Iterator[Page]:
    """Yield a page for each path, "-" for standard input, with what `defaults` knows; one that cannot be read says why."""
    for path in paths:
        yield read_file(path, defaults=replace(defaults, source=path))


def read_file(path: str, *, defaults: Page) -> Page:
    """Return the page at `path`; a path that cannot be read gives a page with a problem."""
    try:
        if path == "-":
            return replace(defaults, source="-", content=sys.stdin.buffer.read(LIMIT + 1))
        file = Path(path)
        if file.is_dir():
            saved = _saved_page(file)
            if saved is None:
                return _unread(defaults, RejectionReason.UNREADABLE, "this is a directory; name the files in it")
            file = saved
        if file.stat().st_size > LIMIT:
            return _unread(defaults, RejectionReason.TOO_LARGE, f"more than {LIMIT // 1_000_000} MB")
        return replace(defaults, content=file.read_bytes())
    except FileNotFoundError:
        return _unread(defaults, RejectionReason.MISSING, "there is no such file")
    except (OSError, ValueError) as error:
        return _unread(defaults, RejectionReason.UNREADABLE, str(getattr(error, "strerror", None) or error))


def _saved_page(folder: Path) -> Path | None:
    """Return the page in a folder that a browser or a crawler saved: its index, or its only HTML file."""
    pages = sorted(p for p in folder.iterdir() if re.fullmatch(r"\.x?html?|\.mhtml?", p.suffix.lower()) and p.is_file())
    index = [p for p in pages if p.stem.lower() == "index"]
    return (index or pages)[0] if index or len(pages) == 1 else None


def _unread(page: Page, reason: RejectionReason, detail: str) -> Page:
    return replace(page, problem=Problem(reason=reason, detail=detail))


def read_manifest(path: str, *, form: PageForm = PageForm.AUTO) -> tuple[Page, ...]:
    """Return the pages that a CSV file names (path, url, date, publisher; paths relative to its folder)."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"the manifest {path} cannot be read: {error}") from error
    if rows and "path" not in rows[0]:
        raise ConfigurationError(f"the manifest {path} needs a column 'path' (columns: {', '.join(_COLUMNS)})")
    return tuple(_row(path, number, row, form) for number, row in enumerate(rows, 2))


def _row(manifest: str, number: int, row: dict[str, str], form: PageForm) -> Page:
    if not (row.get("path") or "").strip():
        return _unread(
            Page(source=f"{manifest}:{number}"), RejectionReason.UNREADABLE, "this line of the manifest has no path"
        )
    day = (row.get("date") or "").strip() or None
    source = str(Path(manifest).parent / row["path"].strip())
    if day:
        try:
            check_date(day, where=f"the manifest {manifest}, line {number}")
        except ConfigurationError as error:
            return _unread(Page(source=source), RejectionReason.UNREADABLE, str(error))
    defaults = Page(
        source=source,
        url=(row.get("url") or "").strip() or None,
        published=day,
        publisher=(row.get("publisher") or "").strip() or None,
        form=form,
    )
    return read_file(source, defaults=defaults)


def check_date(words: str, *, where: str = "--date") -> str:
    """Return an ISO 8601 date or date-time unchanged; raise ConfigurationError if it is none."""
    try:
        date.fromisoformat(words) if len(words) <= 10 else datetime.fromisoformat(words)
    except ValueError as error:
        raise ConfigurationError(f"{where}: {words!r} is no date; write it as 2031-03-04") from error
    return words
