"""Members of a gzipped archive: crawlers pack each record as one, so that where a member ends, a record does."""

import mmap
import re
import zlib
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from typing import Any

__all__ = ["GZIP", "Member", "ends_in", "find_member"]

GZIP = b"\x1f\x8b\x08"
_MARK = re.compile(re.escape(GZIP))
_STEP = 1 << 16
_LINE = 1 << 16
_LENGTH = re.compile(rb"content-length:\s*(\d+)\s*", re.IGNORECASE)


class Member(RawIOBase):
    """What the member at an offset holds, unpacked. Reading raises OSError if it is broken."""

    def __init__(self, data: mmap.mmap, at: int) -> None:
        self._data, self._at, self._unpacking = data, at, zlib.decompressobj(wbits=31)
        self._given = 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, room: Any) -> int:
        """Fill some of `room`."""
        out = b""
        while not (out or self._unpacking.eof):
            packed = self._unpacking.unconsumed_tail
            if not packed:
                packed = self._data[self._at : self._at + _STEP]
                self._at += len(packed)
            try:
                out = self._unpacking.decompress(packed, len(room))
            except zlib.error as error:
                raise OSError(str(error)) from error
            if not (packed or out):
                raise OSError("the file ends in the middle of a record")
        room[: len(out)] = out
        self._given += len(out)
        return len(out)

    def tell(self) -> int:
        """Return how much was read, unpacked."""
        return self._given

    def end(self) -> int:
        """Read to the end, and return the offset behind it."""
        while self.read(_STEP):
            pass
        return self._at - len(self._unpacking.unused_data)


def find_member(data: mmap.mmap, broken: int) -> int | None:
    """Return the first offset behind the member at `broken` at which one begins with a record; in it, if it is not whole. Or None."""
    try:
        start = Member(data, broken).end()
    except OSError:
        start = broken + 1
    for mark in _MARK.finditer(data, start):
        try:
            begin = zlib.decompressobj(wbits=31).decompress(data[mark.start() : mark.start() + 1024], 5)
        except zlib.error:
            continue
        if begin == b"WARC/":
            return mark.start()
    return None


def ends_in(data: mmap.mmap, at: int) -> Iterator[bool]:
    """Tell of each record in a member, in turn, whether another one, or the member's end, stands where it says that it ends.

    Whoever stops being told may take it for a no: it ends with the first of which that is not so.
    """
    stream = BufferedReader(Member(data, at), _STEP)
    try:
        line = stream.readline(_LINE)
        while line.startswith(b"WARC/"):
            length = None
            while line.strip():
                found = _LENGTH.fullmatch(line)
                length = int(found[1]) if found else length
                line = stream.readline(_LINE)
            if length is None or not _passed(stream, length):
                return
            while (line := stream.readline(_LINE)).isspace():
                pass
            if line and not line.startswith(b"WARC/"):
                return
            yield True
    except OSError:
        return


def _passed(stream: "BufferedReader[Member]", length: int) -> bool:
    """Read over so many bytes; return False if there are fewer."""
    while length and (part := stream.read(min(length, _STEP))):
        length -= len(part)
    return not length
