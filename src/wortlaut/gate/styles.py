"""Style sheets without what they would load from third parties: imports, fonts, and pictures of known providers."""

import re
from collections.abc import Callable

from wortlaut.gate.addresses import Address
from wortlaut.lexicon.providers import frame_provider

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\n\r\f]?|\r?\n|(.))", re.IGNORECASE | re.DOTALL)
_IMPORT = re.compile(r"@import\s*(?:url\(\s*)?[\"']?\s*([^\"')\s;]+)[^;]*;?", re.IGNORECASE)
_FONT = re.compile(r"@font-face\s*\{[^}]*\}?", re.IGNORECASE)
_URL = re.compile(r"(?:url|image-set|image|src)\(\s*[\"']?\s*([^\"')]+?)\s*[\"']?\s*(?:\)|$)", re.IGNORECASE)


def without_foreign(css: str, foreign: Callable[[str], Address | None]) -> tuple[str, Address | None]:
    """Return CSS without third-party loads, and the first that was taken out; the very same text if there was none."""
    if not any(sign in css for sign in ("//", "\\", "http:", "https:")):
        return css, None
    found: list[Address] = []

    def drop(address: Address | None, text: str, instead: str) -> str:
        if address is None:
            return text
        found.append(address)
        return instead

    def font(rule: re.Match[str]) -> str:
        addresses = filter(None, (foreign(url[1]) for url in _URL.finditer(rule[0])))
        return drop(next(addresses, None), rule[0], "")

    def picture(url: re.Match[str]) -> str:
        address = foreign(url[1])
        return drop(address if address and frame_provider(address.host, address.path) else None, url[0], "none")

    plain = _COMMENT.sub("", css) if "/*" in css else css
    plain = _ESCAPE.sub(_unescaped, plain) if "\\" in plain else plain
    plain = _IMPORT.sub(lambda rule: drop(foreign(rule[1]), rule[0], ""), plain)
    plain = _URL.sub(picture, _FONT.sub(font, plain))
    return (plain.replace("</", "<\\/"), found[0]) if found else (css, None)


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        code = int(match[1], 16)
        return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
    return match[2] or ""
