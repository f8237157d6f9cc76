"""Pages of one file: WARC, JSONL of HTML, or a page by itself."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wortlaut.archive import read_file
from wortlaut.model import Page, Problem, RejectionReason

_ARCHIVES = (".warc", ".warc.gz", ".jsonl", ".jsonl.gz")
_MARKUP = ("text/html", "application/xhtml+xml", "text/plain")


def is_archive(file: str) -> bool:
    """Tell by its name whether a file holds many pages."""
    return file.lower().endswith(_ARCHIVES)


def pages_of(file: str) -> Iterator[Page]:
    """Yield the pages of a file."""
    if file.lower().endswith(_ARCHIVES[:2]):
        yield from _of_warc(file)
    elif is_archive(file):
        yield from _of_lines(file)
    else:
        yield read_file(file, defaults=Page(source=file))


def _of_warc(file: str) -> Iterator[Page]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with Path(file).open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            http = record.http_headers
            if http is None or (record.http_content_type or "") not in _MARKUP:
                continue
            source = f"{file}#{record.record_id}"
            yield Page(
                source=source,
                url=record.headers.get("WARC-Target-URI"),
                fetched_at=record.record_date,
                encoding=record.http_charset,
                content=record.reader.read(),
            )


def _of_lines(file: str) -> Iterator[Page]:
    with gzip.open(file, "rb") if file.endswith(".gz") else Path(file).open("rb") as lines:
        for number, line in enumerate(lines, 1):
            source = f"{file}#{number}"
            try:
                told: dict[str, Any] = json.loads(line)
                yield Page(source=source, content=told["html"].encode(), url=told.get("url"), published=told.get("date"), encoding="utf-8")  # fmt: skip
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                yield Page(source=source, problem=Problem(reason=RejectionReason.DAMAGED, detail=str(error)))
