"""Words and sentences of German news text.

A sentence ends at a full stop, question or exclamation mark (with the quotation marks and brackets that follow it) before
a word in capitals, a number or an opening mark; not after ordinals ("am 3. Oktober"), initials and shortenings.
"""

import re
from collections.abc import Iterator

from wortlaut import lexicon
from wortlaut.text import Span

MARKS = '„“”"»«‚‘‹›’'
"""Characters that German news uses to open or close quoted words (’ also as an apostrophe)."""

_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?:-\w+)*"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:[-–/&*:·'’](?=\w)[^\W_]+)*-?"
    r"|\.{2,}|…|\S",
)
_STOP = re.compile(r"(?:[.!?]+|…)[)\]" + MARKS + r"]*(?=\s|$)")
_NEXT = re.compile(r"\s+[(\[–—-]?\s*[" + MARKS + r"]?\s*[A-ZÄÖÜ0-9]")
_LAST_WORD = re.compile(r"([\w.]+)\.$")
_MONTHS = frozenset(
    [
        "januar",
        "jänner",
        "februar",
        "feber",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ]
)


def find_words(text: str, span: Span) -> Iterator[Span]:
    """Yield the spans of words, numbers and single marks within `span`, in order."""
    for match in _TOKEN.finditer(text, span.start, span.end):
        yield Span(*match.span())


def find_sentences(text: str, span: Span) -> Iterator[Span]:
    """Yield the sentences within `span`, trimmed, in order."""
    start = span.start
    for match in _STOP.finditer(text, span.start, span.end):
        if _ends(text, start, match, span.end):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, span.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _ends(text: str, start: int, stop: re.Match[str], limit: int) -> bool:
    following = text[stop.end() : limit]
    if not following.strip():
        return True
    if not _NEXT.match(following):
        return False
    if stop.group() != ".":
        return True
    before = _LAST_WORD.search(text[start : stop.start() + 1])
    if before is None:
        return True
    word = before.group(1)
    if word.isdigit():
        return not _ordinal(following, word)
    last = word.rpartition(".")[2].casefold()
    if len(word) == 1 and word.isalpha():
        return False
    return last not in lexicon.words("closed", "abbreviation")


def _ordinal(following: str, digits: str) -> bool:
    word = re.match(r"\s+(\w+)", following)
    if word is None or len(digits) > 2:
        return False
    return word.group(1).casefold() in _MONTHS or not word.group(1).istitle() or len(digits) <= 2
