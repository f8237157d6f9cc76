"""What a parser must not be given: pages whose shape, not their size, costs minutes or gigabytes.

Measured with lexbor: 100,000 open elements take 10 s to parse, 100,000 attributes of one element 31 s, and 3,000 open
formatting elements before as many paragraphs take 1.7 GB, because the standard has each of them built again in each
paragraph. All of them grow with the square; below these bounds a page costs less than a second. The largest depth seen
on a news page is 60, the most attributes are 40.
"""

import re
from collections.abc import Iterator

from wortlaut.model import Problem, RejectionReason

_MOST = 200_000
"""Tags of a page; a million take 400 MB. The most seen on a news page are 30,000."""
_DEEPEST = 2_000
_FEW = 10_000
"""Tags of a page that cannot nest so deep as to matter: ten thousand open elements take 0.2 s."""
_LONG = 20_000
"""Bytes of a tag from which its attributes are counted."""
_ATTRIBUTES = 2_000
_OPEN_STYLES = 200
_SOME = 2_000
"""Tags of a page that cannot build formatting elements so often as to matter: a thousand times a thousand take 1 s."""
_STYLES = ("big", "b", "code", "em", "font", "i", "small", "strike", "strong", "s", "tt", "u")
_STYLE = "(?=[bBcCeEfFiIsStTuU])(?:" + "|".join("".join(f"[{c}{c.upper()}]" for c in name) for name in _STYLES) + ")"
"""Both cases letter by letter: a search that is told to ignore them takes nearly twice the time."""
_STYLED = re.compile(rf"<{_STYLE}\s".encode())
_UNSTYLED = re.compile(rf"</{_STYLE}[\s>]".encode())
_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)")
_UNNESTED = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p option tr td th tbody thead dd dt".split()
)
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")


def find_excess(text: bytes) -> Problem | None:
    """Return why a page's HTML is not to be parsed, None if it may be."""
    tags = text.count(b"<")
    if tags > _MOST:
        return Problem(reason=RejectionReason.TOO_LARGE, detail=f"more than {_MOST} tags")
    if any(_attributes(text, at) > _ATTRIBUTES for at in _gaps(text)):
        return _problem(f"one of its elements has more than {_ATTRIBUTES} attributes")
    if tags > _SOME and _open_styles(text) > _OPEN_STYLES:
        return _problem(f"more than {_OPEN_STYLES} formatting elements are never closed")
    if tags > _FEW and _depth(text) > _DEEPEST:
        return _problem(f"its elements are nested more than {_DEEPEST} deep")
    return None


def _open_styles(text: bytes) -> int:
    """Return how many formatting elements with attributes are never closed, at most."""
    opened = len(_STYLED.findall(text))
    return opened - len(_UNSTYLED.findall(text)) if opened > _OPEN_STYLES else opened


def _problem(detail: str) -> Problem:
    return Problem(reason=RejectionReason.TOO_DEEP, detail=detail)


def _gaps(text: bytes) -> Iterator[int]:
    """Yield places of a long stretch without a tag's beginning: inside of a long tag, a script or mere text."""
    step = _LONG // 2
    return (at for at in range(0, len(text), step) if text.find(b"<", at, at + step) < 0)


def _attributes(text: bytes, at: int) -> int:
    """Return how many attributes the tag around a place has, roughly; 0 for text, scripts and comments."""
    start = text.rfind(b"<", 0, at) + 1
    if not text[start : start + 1].isalpha() or text.find(b">", start, at) >= 0:
        return 0
    end = text.find(b">", at)
    return len(_QUOTED.sub(b"", text[start : end if end >= 0 else len(text)]).split())


def _depth(text: bytes) -> int:
    """Return the largest number of elements that are open at once, those left out that end by themselves."""
    depth = deepest = 0
    for close, name in _TAG.findall(text):
        if name.lower() not in _UNNESTED:
            depth = max(0, depth - 1) if close else depth + 1
            deepest = max(deepest, depth)
    return deepest
