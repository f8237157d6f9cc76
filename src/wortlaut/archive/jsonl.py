"""Pages in JSONL: one object a line, as crawlers and exports write them, also gzipped."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, BinaryIO

from wortlaut.archive.files import LIMIT, unread
from wortlaut.archive.manifest import check_date
from wortlaut.errors import ConfigurationError
from wortlaut.model import Page, PageForm, RejectionReason

__all__ = ["read_jsonl"]

_LINE = 4 * LIMIT
"""Bytes of a line that are read: a page, its characters escaped."""
_HTML = ("html", "raw_html", "content", "body")
_TEXT = "text"


def read_jsonl(path: str, *, defaults: Page) -> Iterator[Page]:
    """Yield a page for each line of a file; `source` is the path and the line's number, from 1.

    A line has `html` (or `raw_html`, `content`, `body`) or `text`, and may have `url`, `date` (or `published`), `publisher` and
    `fetched_at`. Raises OSError if there is no file to open; what is wrong in it becomes the problem of a page.
    """
    number = 0
    with gzip.open(path) if path.lower().endswith(".gz") else open(path, "rb") as file:  # noqa: PTH123 - beside gzip's
        try:
            for number, line in enumerate(_lines(file), 1):
                if line.strip():
                    yield _page(line, replace(defaults, source=f"{path}:{number}"))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            broken = replace(defaults, source=f"{path}:{number + 1}")
            yield unread(broken, RejectionReason.DAMAGED, f"the file is damaged from here on ({error})")


def _lines(file: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
    """Yield lines without ever holding more than one of at most _LINE bytes; of a longer one only so much."""
    while line := file.readline(_LINE + 1):
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(_LINE)):
            pass
        yield line


def _page(line: bytes, page: Page) -> Page:
    if len(line) > _LINE:
        return unread(page, RejectionReason.TOO_LARGE, f"a line of more than {_LINE // 1_000_000} MB")
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        return unread(page, RejectionReason.DAMAGED, f"this line is no JSON ({error})")
    if not isinstance(told, dict):
        return unread(page, RejectionReason.DAMAGED, "this line is no JSON object")
    try:
        page = replace(page, **_known(told))
    except (ValueError, ConfigurationError) as error:
        return unread(page, RejectionReason.UNREADABLE, str(error))
    content = next((told[key] for key in (*_HTML, _TEXT) if isinstance(told.get(key), str)), None)
    if content is None:
        return unread(page, RejectionReason.UNREADABLE, f"this line has none of {', '.join((*_HTML, _TEXT))}")
    plain = content is told.get(_TEXT) and page.form is PageForm.AUTO
    form = PageForm.TEXT if plain else page.form
    return replace(page, content=content.encode("utf-8", "replace"), encoding="utf-8", form=form)


def _known(told: dict[str, Any]) -> dict[str, Any]:
    """Return what a line tells of its page; raise an error if a time cannot be understood."""
    known: dict[str, Any] = {key: told[key] for key in ("url", "publisher") if _said(told.get(key))}
    published = next((told[key] for key in ("date", "published") if _said(told.get(key))), None)
    if published:
        known["published"] = check_date(published, where="its date")
    if _said(told.get("fetched_at")):
        fetched = datetime.fromisoformat(told["fetched_at"])
        known["fetched_at"] = fetched if fetched.tzinfo else fetched.replace(tzinfo=UTC)
    return known


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
