"""What a source is and which pages are in it: a file, a folder, an archive, standard input, an address, a feed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from wortlaut.archive.feeds import read_feed
from wortlaut.archive.files import read_file, walk
from wortlaut.archive.jsonl import read_jsonl
from wortlaut.archive.warc import read_warc
from wortlaut.archive.web import Web, fetch_pages, is_address, pages_named
from wortlaut.model import Page

__all__ = ["is_archive", "pages_of"]


class Reader(Protocol):
    """Reads an archive; raises OSError only where it cannot be opened."""

    def __call__(self, path: str, *, defaults: Page) -> Iterator[Page]:
        """Yield its pages."""


_READERS: dict[str, Reader] = {".warc": read_warc, ".wet": read_warc, ".jsonl": read_jsonl, ".ndjson": read_jsonl}


def pages_of(source: str, *, defaults: Page | None = None, web: Web | None = None) -> Iterator[Page]:
    """Yield every page of a source, in its order, with what `defaults` knows; what cannot be read is a page with a problem.

    A source is a file, "-" for standard input, a WARC or JSONL file (also gzipped), or a folder: all of these files in and under it.
    A folder with a single page in it, as browsers save one, is that page. With `web` it may also be an address, and a feed, at an
    address or in a file, is all pages that it names.
    """
    page = replace(defaults or Page(source=source), source=source)
    if web and is_address(source):
        yield from fetch_pages(web, source, defaults=page)
        return
    files = [*walk(Path(source))] if source != "-" and Path(source).is_dir() else []
    if len(files) < 2 and not (files and _reader(str(files[0]))):
        yield from _read(source, page, web)
        return
    for file in files:
        yield from _read(str(file), replace(page, source=str(file)), web)


def _read(source: str, page: Page, web: Web | None) -> Iterator[Page]:
    reader = _reader(source)
    try:
        if reader and Path(source).is_file():
            yield from reader(source, defaults=page)
            return
    except OSError:
        pass  # read_file says why
    read = read_file(source, defaults=page)
    feed = read_feed(read.content, page.url) if web and read.content else None
    if feed is None or web is None:
        yield read
    else:
        yield from pages_named(web, feed, read)


def is_archive(source: str) -> bool:
    """Tell by its name whether a file is an archive of many pages."""
    return _reader(source) is not None


def _reader(source: str) -> Reader | None:
    """Return what reads an archive of this name; None for a single page."""
    return _READERS.get(Path(source.lower().removesuffix(".gz")).suffix)
