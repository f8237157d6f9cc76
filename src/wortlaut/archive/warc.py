"""Pages in WARC files (ISO 28500), as crawlers keep them: the only file that knows fastwarc.

CC-NEWS and its like are gzipped record by record, so that one that is damaged costs only itself: reading goes on at the next place
where a record begins. What lies between is accounted for as one page that is damaged.

Pages are written by strangers, and may hold what looks like a record. A record is as long as it says if its digest agrees, or
if another one, or the end, stands where it ends; only in one that is broken are others looked for, and never in a whole member of gzip.
"""

import mmap
import re
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from wortlaut.archive.files import LIMIT, unread
from wortlaut.archive.members import GZIP, Member, ends_in, find_member
from wortlaut.archive.reservation import HEAD, find_reservation
from wortlaut.errors import ConfigurationError
from wortlaut.model import Page, PageForm, RejectionReason, Rights

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["read_warc"]

_HEAD = rb"WARC/\d\.\d+\r?\n[A-Za-z-]+:"
_BEGIN = re.compile(_HEAD)
_BEHIND = re.compile(rb"\s*(?:WARC/\d|\Z)")
"""What stands behind a record: another, or nothing."""
_NOTHING = re.compile(rb"\s*\Z")
_BLANK = re.compile(rb"\r?\n\r?\n")
_DIGEST = re.compile(r"sha1:[A-Z2-7]{32}", re.IGNORECASE)
_OTHER = "the record is not what its digest says"
_LONGER = "the record is not as long as it says"
_KINDS = frozenset({"response", "resource", "conversion"})
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})


def read_warc(path: str, *, defaults: Page) -> Iterator[Page]:
    """Yield a page for each record that holds one; `source` is the path and the record's offset in bytes.

    Pages are responses, resources and conversions of HTML or plain text; a response that is not 200, or of which
    mining is reserved (TDMRep, by its headers or meta elements), gives a page with a problem.
    Raises OSError if there is no file to open; what is wrong in it becomes the problem of a page.
    """
    if not Path(path).stat().st_size:
        yield unread(defaults, RejectionReason.EMPTY, "the file is empty")
        return
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield from _Walk(path, file, data, defaults).pages()


class _DamageError(OSError):
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
        gzipped = self.path.lower().endswith(".gz") or self.data[: len(GZIP)] == GZIP
        packed = gzipped and self.data[:5] != b"WARC/"
        start: int | None = 0
        while start is not None and start < len(self.data):
            try:
                start = yield from self._member(start) if packed else self._plain(start)
            except OSError as error:
                yield from self._damage(error)
                start = find_member(self.data, start) if packed else self._begin(max(self.last, start) + 1)

    def _plain(self, start: int) -> Generator[Page, None, int]:
        """Yield pages of a file that is not packed, from an offset on, and return where it ends; raise OSError if it is damaged."""
        self.file.seek(start)
        length = 0
        for record in _records(self.file):
            length = record.content_length
            yield from self._page(record, record.stream_pos, partial(self._behind, length, _BEHIND))
        if not self.lost and self.last >= 0 and not self._behind(length, _NOTHING):
            raise OSError("the last record ends in the middle")
        return len(self.data)

    def _member(self, start: int) -> Generator[Page, None, int]:
        """Yield pages of a member of gzip, and return where the next one begins; raise OSError if it is damaged.

        What looks like a record in it is one only if the one before it ends there.
        """
        member, follows, told = Member(self.data, start), ends_in(self.data, start), list[bool]()

        def ends(number: int) -> bool:
            while len(told) <= number:
                told.append(next(follows, False))
            return told[number]

        number = -1
        for number, record in enumerate(_records(member)):
            if number and not ends(number - 1):
                raise OSError(_LONGER)
            yield from self._page(record, start, partial(ends, number))
        if number < 0:
            raise OSError("there is no record")
        return member.end()

    def _begin(self, start: int) -> int | None:
        found = _BEGIN.search(self.data, start)
        return found.start() if found else None

    def _page(self, record: "WarcRecord", place: int, ends: Callable[[], bool]) -> Iterator[Page]:
        """Yield the page in a record, if it holds one; raise OSError if it cannot be read, or where it ends is not to be trusted."""
        self.last = place
        if "Content-Length" not in record.headers:
            raise OSError("a record does not say how long it is")
        page = None
        if (record.headers.get("WARC-Type") or "").lower() in _KINDS:
            page = _page(record, replace(self.defaults, source=self._name(place)), ends)
        self.lost = False
        if page:
            yield page

    def _behind(self, length: int, what: re.Pattern[bytes]) -> bool:
        """Tell what stands behind the record that was read last, of which so many bytes are content."""
        head = _BLANK.search(self.data, self.last)
        return head is not None and what.match(self.data, head.end() + length) is not None

    def _damage(self, error: OSError) -> Iterator[Page]:
        """Yield a page for what is damaged, once for all up to the next record that is not."""
        if isinstance(error, _DamageError):
            yield error.page
        elif not self.lost:
            where = f"behind the record at byte {self.last}" if self.last >= 0 else "at its beginning"
            page = replace(self.defaults, source=self._name(self.last + 1))
            yield unread(page, RejectionReason.DAMAGED, f"the archive is damaged {where} ({error})")
            self.lost = True

    def _name(self, offset: int) -> str:
        """Return a source that no other page has: in a member of gzip, offsets are not told apart."""
        name, number = f"{self.path}#{offset}", 1
        while name in self._named:
            number += 1
            name = f"{self.path}#{offset}.{number}"
        self._named.add(name)
        return name


def _records(file: BinaryIO | Member) -> Iterator["WarcRecord"]:
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError as error:
        raise ConfigurationError(
            "reading WARC files needs one more package: pip install 'wortlaut[archive]'"
        ) from error
    yield from ArchiveIterator(file, parse_http=False)


def _page(record: "WarcRecord", page: Page, ends: Callable[[], bool]) -> Page | None:
    """Return the page in a record, None if it holds none; raise _DamageError if where it ends is not to be trusted."""
    page = replace(page, url=page.url or _address(record), fetched_at=record.record_date)
    small = record.content_length <= LIMIT
    told = small and _DIGEST.fullmatch(record.headers.get("WARC-Block-Digest") or "")
    agrees = record.verify_block_digest() if told else None
    status, kind = _answer(record)
    if kind and kind.get_content_type() not in _PAGES:
        return unread(page, RejectionReason.DAMAGED, _OTHER) if agrees is False else None
    if not small:
        return unread(page, RejectionReason.TOO_LARGE, f"more than {LIMIT // 1_000_000} MB")
    declared, raw = record.content_length, record.reader.read() if record.reader else b""
    if len(raw) < declared or not (agrees or not _BEGIN.search(raw) or ends()):
        raise _DamageError(unread(page, RejectionReason.DAMAGED, _LONGER))
    if agrees is False:
        return unread(page, RejectionReason.DAMAGED, _OTHER)
    return _understood(record, page, raw, status, kind)


def _understood(record: "WarcRecord", page: Page, raw: bytes, status: int | None, kind: Message | None) -> Page:
    """Return the page in a record that is whole, of which `raw` is the content as it was sent."""
    if cut := record.headers.get("WARC-Truncated"):
        return unread(page, RejectionReason.DAMAGED, f"the crawler cut this page ({cut})")
    if status != 200:
        said = f"the server answered with status {status}" if status else "this is no answer of a web server"
        return unread(page, RejectionReason.NOT_FETCHED, said)
    plain = kind is not None and kind.get_content_type() == "text/plain" and page.form is PageForm.AUTO
    form = PageForm.TEXT if plain else page.form
    content = _decoded(record, raw)
    if found := find_reservation(page.url or "", _told(record), _unpacked(content), ()):
        page = replace(page, rights=found.on(Rights()))
        if found.reserved:
            return unread(page, RejectionReason.NOT_ALLOWED, found.detail)
    return replace(page, content=content, encoding=kind.get_content_charset() if kind else None, form=form)


def _told(record: "WarcRecord") -> dict[str, str]:
    """Return the headers of the answer in a record, names in lower case."""
    return {name.lower(): value for name, value in record.http_headers.items()} if record.http_headers else {}


def _unpacked(content: bytes) -> bytes:
    """Return the beginning of a page, in which its meta elements are."""
    try:
        return zlib.decompressobj(wbits=31).decompress(content, HEAD) if content[: len(GZIP)] == GZIP else content
    except zlib.error:
        return content


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
