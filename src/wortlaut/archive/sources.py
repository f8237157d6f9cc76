"""What a source is and which pages are in it: a file, a folder, an archive, standard input."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from wortlaut.archive.files import read_file, walk
from wortlaut.archive.jsonl import read_jsonl
from wortlaut.archive.warc import read_warc
from wortlaut.model import Page

__all__ = ["pages_of"]


class Reader(Protocol):
    """Reads an archive; raises OSError only where it cannot be opened."""

    def __call__(self, path: str, *, defaults: Page) -> Iterator[Page]:
        """Yield its pages."""


_READERS: dict[str, Reader] = {".warc": read_warc, ".wet": read_warc, ".jsonl": read_jsonl, ".ndjson": read_jsonl}


def pages_of(source: str, *, defaults: Page | None = None) -> Iterator[Page]:
    """Yield every page of a source, in its order, with what `defaults` knows; what cannot be read is a page with a problem.

    A source is a file, "-" for standard input, a WARC or JSONL file (also gzipped), or a folder: all of these files in and under it.
    A folder with a single page in it, as browsers save one, is that page.
    """
    page = replace(defaults or Page(source=source), source=source)
    files = [*walk(Path(source))] if source != "-" and Path(source).is_dir() else []
    if len(files) < 2 and not (files and _reader(str(files[0]))):
        yield from _read(source, page)
        return
    for file in files:
        yield from _read(str(file), replace(page, source=str(file)))


def _read(source: str, page: Page) -> Iterator[Page]:
    reader = _reader(source)
    try:
        if reader is None or not Path(source).is_file():
            yield read_file(source, defaults=page)
        else:
            yield from reader(source, defaults=page)
    except OSError:
        yield read_file(source, defaults=page)


def _reader(source: str) -> Reader | None:
    """Return what reads an archive of this name; None for a single page."""
    return _READERS.get(Path(source.lower().removesuffix(".gz")).suffix)
