"""Style sheets without what they would load from third parties: imports, fonts, and pictures of known providers.

CSS is read token by token (https://www.w3.org/TR/css-syntax-3/#tokenization), as far as is needed to know what is in a
string, a comment or a bracket; each sign is looked at once.
"""

import re
from collections.abc import Callable, Iterator

from wortlaut.gate.addresses import Address
from wortlaut.lexicon.providers import frame_provider

_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\n\r\f]?|\r?\n|(.))", re.IGNORECASE | re.DOTALL)
_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))"""
    r"""|(?P<string>"(?:[^"\\\n\r\f]|\\.)*+(?:"|\Z|(?=[\n\r\f]))|'(?:[^'\\\n\r\f]|\\.)*+(?:'|\Z|(?=[\n\r\f])))"""
    r"""|@(?P<at>(?:[\w-]|\\[0-9a-fA-F]{1,6}[ \t\n\r\f]?|\\.)++)"""
    r"""|\\.|[(){}\[\];]""",
    re.DOTALL,
)
_NAME = re.compile(r"(?:[\w-]|\\[0-9a-fA-F]{1,6}[ \t\n\r\f]?|\\.)+$", re.DOTALL)
_NAME_LENGTH = 96  # of the longest function that loads, every letter escaped
_BARE_URL = re.compile(r"[ \t\n\r\f]*+(?![\"' \t\n\r\f])((?:[^)\\]|\\.)*+)\)?", re.DOTALL)
_LOADING = frozenset(("image", "image-set", "-webkit-image-set", "src", "url"))
_CLOSING = {")": "(", "]": "[", "}": "{"}
_RULES = frozenset(("font-face", "import"))

_Token = tuple[str, str, int, int]  # kind, value, start, end


def without_foreign(css: str, foreign: Callable[[str], Address | None]) -> tuple[str, Address | None]:
    """Return CSS without third-party loads, and the first that was taken out; the very same text if there was none."""
    if not any(sign in css for sign in ("//", "\\", "http:", "https:")):
        return css, None
    kept: list[str] = []
    place, first = 0, None
    for start, end, instead, address in _foreign(css, foreign):
        kept += (css[place:start], instead)
        place, first = end, first or address
    return ("".join((*kept, css[place:])).replace("</", "<\\/"), first) if first else (css, None)


def _foreign(css: str, foreign: Callable[[str], Address | None]) -> Iterator[tuple[int, int, str, Address]]:
    """Yield what is to go: where it begins and ends, what stands in its place, and the address."""
    open_: list[tuple[str, str]] = []  # bracket, function before it
    rule, begin, depth, loads = "", 0, 0, None
    for kind, value, start, end in (*_tokens(css), ("end", "", len(css), len(css))):
        function = open_[-1][1] if open_ else ""
        if kind == "at" and not rule and value in _RULES:
            rule, begin, depth, loads = value, start, len(open_), None
        elif kind == "url" or (kind == "string" and (function in _LOADING or rule == "import")):
            address = foreign(value)
            if rule:
                loads = loads or address
            elif address and frame_provider(address.host, address.path):
                yield start, end, "none" if kind == "url" else '""', address
        elif kind in {"(", "[", "{"}:
            open_.append((kind, value))
        elif kind in _CLOSING and open_ and open_[-1][0] == _CLOSING[kind]:
            open_.pop()
        outside = len(open_) < depth  # the block around ends, and the rule with it
        done = (kind == ";" and rule == "import") or kind == "}"
        if rule and (outside or kind == "end" or (done and len(open_) == depth)):
            if loads:
                yield begin, start if outside else end, "", loads
            rule = ""


def _tokens(css: str) -> Iterator[_Token]:
    place = 0
    while match := _TOKEN.search(css, place):
        start, place = match.span()
        kind = match.lastgroup or match[0]
        if kind == "string":
            yield kind, _plain(match[0].strip(match[0][0])), start, place
        elif kind == "at":
            yield kind, _plain(match["at"]).lower(), start, place
        elif kind == "(":
            name = _NAME.search(css, max(0, start - _NAME_LENGTH), start)
            function = _plain(name[0]).lower() if name else ""
            bare = _BARE_URL.match(css, place) if function == "url" else None
            if bare and name:
                place = bare.end()
                yield "url", _plain(bare[1].strip(" \t\n\r\f")), name.start(), place
            else:
                yield kind, function, start, place
        elif kind != "comment":
            yield kind, "", start, place


def _plain(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        code = int(match[1], 16)
        return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
    return match[2] or ""
