"""Bytes to characters, as browsers do it: byte order mark, HTTP, the page's own declaration, then detection.

See https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding. One thing differs: bytes that are
valid UTF-8 with characters beyond ASCII are UTF-8 whatever the page says, because saved pages keep declarations that
were true only before they were saved.
"""

import codecs
import re

from wortlaut.model import Page, PageForm, Problem, RejectionReason

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{2,30})", re.IGNORECASE)  # fmt: skip
_LABELS = {"x-sjis": "cp932", "shift_jis": "cp932", "shift-jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8", "x-mac-roman": "mac-roman", "x-cp1252": "cp1252"}  # fmt: skip
"""Labels that browsers read otherwise than Python does."""
_WESTERN = frozenset(["ascii", "iso8859-1", "cp1252"])
_PLAIN = "a+\\x41-"
"""Characters that encodings of the web leave alone; Python's own (utf-7, unicode_escape, punycode) do not."""
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_CONTROL = bytes([*range(9), *range(0x0E, 0x20)])
_TAG = re.compile(rb"<(?:!doctype|html|head|body|article|div|p|h1|meta|script)\b", re.IGNORECASE)
_HEAD = 5_000
"""Bytes or characters that are looked at to tell what a page is."""
_PIECE = 16_384
_MOST_FOREIGN = 0.3
"""Share of characters, in a text whose encoding is neither declared nor UTF-8; 0.05 in French."""
_USUAL = "äöüßÄÖÜé„“”‚‘’«»‹›–—…€§\xa0"
_BROKEN = 0.002
"""Share of bytes that do not fit and are shown as such, as browsers do; with more of them, the page is not in that encoding."""


def to_utf8(content: bytes, declared: str | None = None) -> bytes | Problem:
    """Return the characters of unpacked bytes in UTF-8, which parsers take; nothing but a byte order mark is dropped.

    `declared` is what HTTP said. A Problem says that the bytes are no text.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            try:
                return content[len(bom) :].decode(encoding).encode()
            except UnicodeDecodeError as error:
                return Problem(reason=RejectionReason.ENCODING, detail=f"not valid {encoding} at byte {error.start}")
    if content[:2] in (b"<\x00", b"\x00<"):
        return _checked(content.decode("utf-16-le" if content[:1] == b"<" else "utf-16-be", "replace").encode())
    if not _is_utf8(content):
        label = declared or _declared(content)
        text = _legacy(content, label)
        checked = _checked(text.encode())
        if label is None and isinstance(checked, bytes) and _is_soup(text):
            return Problem(
                reason=RejectionReason.ENCODING, detail="neither UTF-8 nor Western text, and no encoding is declared"
            )
        return checked
    return _checked(content)


def _is_utf8(content: bytes) -> bool:
    """Tell whether bytes are valid UTF-8, piece by piece: a whole page would not fit the processor's cache."""
    decoder, view = codecs.getincrementaldecoder("utf-8")(), memoryview(content)
    try:
        for at in range(0, len(content), _PIECE):
            decoder.decode(view[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _declared(content: bytes) -> str | None:
    """Return the encoding that the first bytes of a page declare; browsers look at 1,024, pages often need more."""
    match = _DECLARED.search(content[:4096])
    return (match[1] or match[2]).decode("ascii") if match else None


def _legacy(content: bytes, label: str | None) -> str:
    """Decode what is not valid UTF-8: as declared, or else as UTF-8 with faults, or as Windows-1252, which fits any bytes."""
    name = _codec(label) if label else None
    if name not in (None, "utf-8", *_WESTERN):
        return content.decode(name or "", "replace")
    if name not in _WESTERN:
        text = content.decode("utf-8", "replace")
        if text.count("\ufffd") <= max(1, _BROKEN * len(text)) and any(ord(c) > 0xFF for c in text if c != "\ufffd"):
            return text
        if text.count("\ufffd") * 4 < sum(1 for c in text if ord(c) > 0x7F):
            return text
    return content.decode("latin-1").translate(_C1)


def _codec(label: str) -> str | None:
    """Return Python's name of an encoding by its label on the web, None if there is no such text encoding."""
    label = label.strip().lower()
    try:
        info = codecs.lookup(_LABELS.get(label, label))
    except (LookupError, ValueError):
        return None
    return info.name if _PLAIN.encode().decode(info.name, "replace") == _PLAIN else None


def _is_soup(text: str) -> bool:
    """Tell whether so many characters are foreign to German and English that the encoding must be another, or none."""
    head = text[:_HEAD]
    return sum(c > "\x7f" and c not in _USUAL for c in head) > _MOST_FOREIGN * len(head)


def _checked(text: bytes) -> bytes | Problem:
    head = text[:_HEAD]
    if len(head) - len(head.translate(None, _CONTROL)) > 0.02 * len(head):
        return Problem(
            reason=RejectionReason.BINARY, detail="most of it are control characters; give HTML or plain text"
        )
    return text


def is_html(page: Page, text: bytes) -> bool:
    """Tell whether a page is to be read as HTML: as it was said, else by its tags."""
    if page.form is not PageForm.AUTO:
        return page.form is PageForm.HTML
    return bool(_TAG.search(text[:_HEAD]))
