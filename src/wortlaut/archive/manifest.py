"""A table of pages: path, url, date and publisher of many files, where the files do not tell."""

import csv
from datetime import date, datetime
from pathlib import Path

from wortlaut.archive.files import read_file, unread
from wortlaut.errors import ConfigurationError
from wortlaut.model import Page, PageForm, RejectionReason

__all__ = ["check_date", "read_manifest"]

_COLUMNS = ("path", "url", "date", "publisher")


def read_manifest(path: str, *, form: PageForm = PageForm.AUTO) -> tuple[Page, ...]:
    """Return the pages that a CSV file names (path, url, date, publisher; paths relative to its folder)."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        detail = error.strerror if isinstance(error, OSError) else error
        raise ConfigurationError(f"the manifest {path} cannot be read: {detail}") from error
    if rows and "path" not in rows[0]:
        raise ConfigurationError(f"the manifest {path} needs a column 'path' (columns: {', '.join(_COLUMNS)})")
    return tuple(_row(path, number, row, form) for number, row in enumerate(rows, 2))


def _row(manifest: str, number: int, row: dict[str, str], form: PageForm) -> Page:
    if not (row.get("path") or "").strip():
        return unread(
            Page(source=f"{manifest}:{number}"), RejectionReason.UNREADABLE, "this line of the manifest has no path"
        )
    day = (row.get("date") or "").strip() or None
    source = str(Path(manifest).parent / row["path"].strip())
    if day:
        try:
            check_date(day, where=f"the manifest {manifest}, line {number}")
        except ConfigurationError as error:
            return unread(Page(source=source), RejectionReason.UNREADABLE, str(error))
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
