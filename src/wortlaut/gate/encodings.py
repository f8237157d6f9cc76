"""Bytes of a page to text and back, so that what is not changed stays the same bytes.

As browsers choose: byte order mark, the server's charset, the page's own, else UTF-8 or Windows-1252
(https://encoding.spec.whatwg.org, https://html.spec.whatwg.org/#determining-the-character-encoding).
"""

import codecs
import re
from functools import cache

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(
    rb"""<!--.*?(?:-->|\Z)|<meta[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)|</?[a-z](?:"[^"]*+"|'[^']*+'|[^>"'])*+""",
    re.IGNORECASE | re.DOTALL,
)
_ON_THE_WEB = re.compile(r"utf-8|utf-16|cp(?:125\d|866|874|949)|iso8859|koi8|mac-|gb|big5|euc|shift_jis|iso2022_jp")
_LATIN = frozenset(("ascii", "iso8859-1", "latin-1", "us-ascii"))


def decode(content: bytes, charset: str = "") -> tuple[str, str]:
    """Return a page's text and the codec that `encode` gives it back with.

    Where one byte is not one character, or bytes cannot be kept that way (UTF-16, Asian encodings), the page comes back as
    UTF-8 with a byte order mark, which overrules what the server and the page say.
    """
    for bom, codec in _BOMS:
        if content.startswith(bom):
            if codec == "utf-8":
                return content.decode(codec, "surrogateescape"), codec
            return content[len(bom) :].decode(codec, "replace"), "utf-8-sig"
    declared = next((match[1] for match in _META.finditer(content[:4096]) if match[1]), b"")
    codec = _known(charset) or (_from_meta(declared.decode("ascii", "replace")) if declared else "")
    if not codec:
        codec = _guessed(content)
        if b"\x1b" in content:  # escapes could be taken for ISO-2022-JP; a mark leaves no choice
            return content.decode(codec, "replace"), "utf-8-sig"
    if _keeps_bytes(codec):
        return content.decode(codec, "surrogateescape"), codec
    return content.decode(codec, "replace"), "utf-8-sig"


def encode(text: str, codec: str) -> bytes:
    """Return the bytes of a text that `decode` gave."""
    if codec == "utf-8-sig":
        return codecs.BOM_UTF8 + text.encode("utf-8", "replace")
    return text.encode(codec, "surrogateescape")


def _known(label: str) -> str:
    try:
        name = codecs.lookup(label.strip("\"' ")).name
    except (LookupError, ValueError):
        return ""
    return "cp1252" if name in _LATIN else name if _ON_THE_WEB.match(name) else ""


def _from_meta(label: str) -> str:
    """Return the codec that a page names; a page that could be read so far is not UTF-16."""
    name = _known(label)
    return "utf-8" if name.startswith("utf-16") else name


def _guessed(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


@cache
def _keeps_bytes(codec: str) -> bool:
    """Tell whether every byte is one character and the first half is ASCII, or it is UTF-8."""
    if codec == "utf-8" or codec.startswith("iso2022"):
        return codec == "utf-8"
    every = bytes(range(256))
    try:
        text = every.decode(codec, "surrogateescape")
        return (
            len(text) == 256
            and text[:128] == every[:128].decode("ascii")
            and text.encode(codec, "surrogateescape") == every
        )
    except (UnicodeError, LookupError):
        return False
