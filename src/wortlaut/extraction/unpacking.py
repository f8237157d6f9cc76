"""The page inside its wrapping: gzip, and MHTML as browsers save it; bounded, because a wrapping may hide a bomb."""

import gzip
import re
import zlib
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from io import BytesIO

from wortlaut.model import Problem, RejectionReason

LIMIT = 10_000_000
"""Bytes a page may have, unpacked; the largest real news page seen has 3 MB."""

_MAGIC = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x7fELF", b"OggS", b"ID3")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_MHTML = re.compile(rb"^(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,40}?Content-Type:\s*multipart/related", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """The bytes of a page's own text, and the encoding that its wrapping declares."""

    content: bytes
    encoding: str | None = None


def unpack(content: bytes) -> Unpacked | Problem:
    """Return the bytes of a page; a Problem if they are damaged, too many, none, or no text."""
    if content[:2] == b"\x1f\x8b":
        try:
            content = gzip.GzipFile(fileobj=BytesIO(content)).read(LIMIT + 1)
        except (OSError, EOFError, zlib.error) as error:
            return Problem(reason=RejectionReason.UNREADABLE, detail=f"the gzip data is damaged ({error})")
    if len(content) > LIMIT:
        return Problem(reason=RejectionReason.TOO_LARGE, detail=f"more than {LIMIT // 1_000_000} MB")
    if not content or content.isspace():
        return Problem(reason=RejectionReason.EMPTY, detail="the page has no text")
    if content.startswith(_MAGIC) or (b"\x00" in content[:4096] and not content.startswith(_BOMS)):
        return Problem(reason=RejectionReason.BINARY, detail="this is not text; give HTML or plain text")
    if content[:1].isalpha() and _MHTML.match(content[:4096]):
        return _from_mhtml(content)
    return Unpacked(content=content)


def _from_mhtml(content: bytes) -> Unpacked | Problem:
    """Return the first HTML part of a page saved with its pictures in one file (RFC 2557)."""
    try:
        message = message_from_bytes(content)
        part = next((p for p in message.walk() if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
        inner = _payload(part) if part is not None else None
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        return Problem(reason=RejectionReason.UNREADABLE, detail=f"the MHTML is damaged ({error})")
    if part is None or not inner or inner.isspace():
        return Problem(reason=RejectionReason.EMPTY, detail="the MHTML holds no HTML")
    return Unpacked(content=inner, encoding=part.get_content_charset())


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
