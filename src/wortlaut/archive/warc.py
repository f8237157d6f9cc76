"""Pages in WARC files (ISO 28500), as crawlers keep them: the only file that knows fastwarc.

CC-NEWS and its like are gzipped record by record, so that one that is damaged costs only itself: reading goes on at the next place
where a record begins. What lies between is accounted for as one page that is damaged.
"""

import mmap
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from wortlaut.archive.files import LIMIT, unread
from wortlaut.errors import ConfigurationError
from wortlaut.model import Page, PageForm, RejectionReason

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["read_warc"]

_GZIP = b"\x1f\x8b\x08"
_STEP = 1 << 16
_HEAD = rb"WARC/\d\.\d+\r?\n[A-Za-z-]+:"
_BEGIN = re.compile(re.escape(_GZIP) + b"|" + _HEAD)
"""What a record may begin with: gzip's mark, or its own."""
_SWALLOWED = re.compile(_HEAD)
"""The beginning of another record: where it stands inside of one, that one's length is wrong."""
_DIGEST = re.compile(r"sha1:[A-Z2-7]{32}", re.IGNORECASE)
_KINDS = frozenset({"response", "resource", "conversion"})
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})


def read_warc(path: str, *, defaults: Page) -> Iterator[Page]:
    """Yield a page for each record that holds one; `source` is the path and the record's offset in bytes.

    Pages are responses, resources and conversions of HTML or plain text; a response that is not 200 gives a page with a problem.
    Raises OSError if there is no file to open; what is wrong in it becomes the problem of a page.
    """
    if not Path(path).stat().st_size:
        yield unread(defaults, RejectionReason.EMPTY, "the file is empty")
        return
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield from _Walk(path, file, data, defaults).pages()


class _DamageError(Exception):
    """Where a record ends is not to be trusted; `page` is what is known of it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.source)
        self.page = page


@dataclass(slots=True)
class _Walk:
    """The way through a file; `last` is the offset of the record that was read last, `lost` says that none was since a damage."""

    path: str
    file: BinaryIO
    data: mmap.mmap
    defaults: Page
    last: int = -1
    lost: bool = False
    _named: set[str] = field(default_factory=set)

    def pages(self) -> Iterator[Page]:
        start: int | None = 0
        while start is not None:
            try:
                yield from self._whole(start)
            except _DamageError as error:
                yield error.page
                start = _next(self.data, self.last + 1)
            except OSError as error:
                if not self.lost:
                    yield self._damage(str(error))
                self.lost = True
                start = _next(self.data, max(self.last, start) + 1)
            else:
                return

    def _whole(self, start: int) -> Iterator[Page]:
        """Yield pages from an offset on; raise OSError where a record cannot be read."""
        length = 0
        for record in _records(self.file, start):
            self.last, length = record.stream_pos, record.content_length
            if "Content-Length" not in record.headers:
                raise OSError("a record does not say how long it is")
            if (record.headers.get("WARC-Type") or "").lower() not in _KINDS:
                self.lost = False
                continue
            page = _page(record, replace(self.defaults, source=self._name(record.stream_pos)))
            self.lost = False
            if page:
                yield page
        if not self.lost and self.last >= 0 and not _ends(self.data, self.last, length):
            raise OSError("the last record ends in the middle")

    def _damage(self, detail: str) -> Page:
        where = f"behind the record at byte {self.last}" if self.last >= 0 else "at its beginning"
        page = replace(self.defaults, source=self._name(self.last + 1))
        return unread(page, RejectionReason.DAMAGED, f"the archive is damaged {where} ({detail})")

    def _name(self, offset: int) -> str:
        """Return a source that no other page has: in a file that is gzipped as a whole, offsets are not told apart."""
        name, number = f"{self.path}#{offset}", 1
        while name in self._named:
            number += 1
            name = f"{self.path}#{offset}.{number}"
        self._named.add(name)
        return name


def _records(file: BinaryIO, start: int) -> Iterator["WarcRecord"]:
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError as error:
        raise ConfigurationError(
            "reading WARC files needs one more package: pip install 'wortlaut[archive]'"
        ) from error
    file.seek(start)
    yield from ArchiveIterator(file, parse_http=False)


def _ends(data: mmap.mmap, last: int, length: int) -> bool:
    """Tell whether nothing follows the record at `last`, of which `length` bytes are content; what fastwarc passes over counts."""
    if data[last : last + 2] != _GZIP[:2]:
        head = re.compile(rb"\r?\n\r?\n").search(data, last)
        return head is None or not data[head.end() + length :].strip()
    unpacking = zlib.decompressobj(wbits=31)
    while not unpacking.eof and last < len(data):
        unpacking.decompress(data[last : last + _STEP])
        last += _STEP
    return unpacking.eof and not unpacking.unused_data and last >= len(data)


def _next(data: mmap.mmap, start: int) -> int | None:
    """Return the first offset from `start` on at which a record begins, or None."""
    for found in _BEGIN.finditer(data, start):
        if found[0][:4] == b"WARC":
            return found.start()
        try:
            unpacked = zlib.decompressobj(wbits=31).decompress(data[found.start() : found.start() + 1024], 5)
        except zlib.error:
            continue
        if unpacked == b"WARC/":
            return found.start()
    return None


def _page(record: "WarcRecord", page: Page) -> Page | None:
    """Return the page in a record, None if it holds none; raise OSError if where it ends is not to be trusted."""
    page = replace(page, url=page.url or _address(record), fetched_at=record.record_date)
    small = record.content_length <= LIMIT
    digest = record.headers.get("WARC-Block-Digest") or ""
    intact = not small or not _DIGEST.fullmatch(digest) or record.verify_block_digest()
    status, kind = _answer(record)
    if kind and kind.get_content_type() not in _PAGES:
        return None if intact else unread(page, RejectionReason.DAMAGED, "the record is not what its digest says")
    if not small:
        return unread(page, RejectionReason.TOO_LARGE, f"more than {LIMIT // 1_000_000} MB")
    declared, raw = record.content_length, record.reader.read() if record.reader else b""
    if len(raw) < declared or _SWALLOWED.search(raw):
        raise _DamageError(unread(page, RejectionReason.DAMAGED, "the record is not as long as it says"))
    if not intact:
        return unread(page, RejectionReason.DAMAGED, "the record is not what its digest says")
    if cut := record.headers.get("WARC-Truncated"):
        return unread(page, RejectionReason.DAMAGED, f"the crawler cut this page ({cut})")
    if status != 200:
        said = f"the server answered with status {status}" if status else "this is no answer of a web server"
        return unread(page, RejectionReason.NOT_FETCHED, said)
    plain = kind is not None and kind.get_content_type() == "text/plain" and page.form is PageForm.AUTO
    form = PageForm.TEXT if plain else page.form
    return replace(
        page, content=_decoded(record, raw), encoding=kind.get_content_charset() if kind else None, form=form
    )


def _address(record: "WarcRecord") -> str | None:
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None


def _answer(record: "WarcRecord") -> tuple[int | None, Message | None]:
    """Return the status and the media type of what a record holds; each is None where it is not told."""
    kind: str | None = record.headers.get("Content-Type")
    status: int | None = 200
    if record.is_http:
        record.parse_http(quirks_mode=True)
        known = record.http_headers
        status, kind = (known.status_code, known.get("Content-Type")) if known is not None else (None, None)
    if not kind:
        return status, None
    message = Message()
    message["content-type"] = kind.replace("\r", "").replace("\n", "")
    return status, message


def _decoded(record: "WarcRecord", raw: bytes) -> bytes:
    """Return an answer's content without what HTTP wrapped it in, but gzip, which is left to whoever reads the page.

    Many crawlers unwrap it and keep the header, so that only what can be unwrapped is.
    """
    from fastwarc.stream_io import BrotliReader, ChunkedReader

    headers = record.http_headers
    if headers is None:
        return raw
    for name, value, reader in (
        ("Transfer-Encoding", "chunked", ChunkedReader),
        ("Content-Encoding", "br", BrotliReader),
    ):
        if (headers.get(name) or "").strip().lower() == value:
            try:
                raw = reader(BytesIO(raw)).read(LIMIT + 1)
            except OSError:
                continue
    return raw
