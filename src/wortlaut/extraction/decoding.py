"""Bytes to characters, as browsers do it: byte order mark, declared encoding, UTF-8, then Windows-1252."""

import gzip
import re
import zlib
from io import BytesIO

from wortlaut.model import Page, PageForm, Problem, RejectionReason

LIMIT = 20_000_000
"""Bytes a page may have, unpacked; the largest real news page seen has 3 MB."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_MAGIC = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x7fELF", b"OggS", b"ID3")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_TAG = re.compile(r"<(?:!doctype|html|head|body|article|div|p|h1|meta|script)\b", re.IGNORECASE)


def unpack(content: bytes) -> bytes | Problem:
    """Return the bytes of a page, gunzipped if need be; a Problem if they are too many, none, or no text."""
    if content[:2] == b"\x1f\x8b":
        try:
            content = gzip.GzipFile(fileobj=BytesIO(content)).read(LIMIT + 1)
        except (OSError, EOFError, zlib.error) as error:
            return Problem(reason=RejectionReason.UNREADABLE, detail=f"the gzip data is damaged ({error})")
    if len(content) > LIMIT:
        return Problem(reason=RejectionReason.TOO_LARGE, detail=f"more than {LIMIT // 1_000_000} MB")
    if not content.strip():
        return Problem(reason=RejectionReason.EMPTY, detail="the page has no text")
    marked = any(content.startswith(bom) for bom, _ in _BOMS)
    if content.startswith(_MAGIC) or (not marked and b"\x00" in content[:4096]):
        return Problem(reason=RejectionReason.BINARY, detail="this is not text; give HTML or plain text")
    return content


def decode(content: bytes) -> str | Problem:
    """Return the characters of unpacked bytes; nothing but a byte order mark is dropped."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            try:
                return content[len(bom) :].decode(encoding)
            except UnicodeDecodeError as error:
                return Problem(reason=RejectionReason.ENCODING, detail=f"not valid {encoding} at byte {error.start}")
    declared = _META.search(content[:4096])
    names = ["utf-8", declared.group(1).decode("ascii") if declared else "", "cp1252"]
    for name in names:
        try:
            text = content.decode(name) if name else None
        except (UnicodeDecodeError, LookupError):
            continue
        if text is not None:
            return _checked(text)
    return _checked(content.decode("latin-1"))


def _checked(text: str) -> str | Problem:
    odd = len(_CONTROL.findall(text[:20_000]))
    if odd > 0.02 * min(len(text), 20_000):
        return Problem(
            reason=RejectionReason.BINARY, detail="most of it are control characters; give HTML or plain text"
        )
    return text


def is_html(page: Page, text: str) -> bool:
    """Tell whether a page is to be read as HTML: as it was said, else by its tags."""
    if page.form is not PageForm.AUTO:
        return page.form is PageForm.HTML
    return bool(_TAG.search(text[:5000]))
