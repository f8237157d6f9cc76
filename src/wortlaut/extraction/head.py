"""A line between headline and text that says several things: who wrote it, when, and how long it takes to read."""

import re
from collections.abc import Iterator, Sequence

from wortlaut.extraction.dates import stamp_start
from wortlaut.extraction.people import is_desk
from wortlaut.extraction.phrases import authors_of, is_a
from wortlaut.model import BlockKind

_READING = 4
"""Words of a reading time, at most: "Lesezeit: etwa 5 Min."."""
_SIGNS = " ,|•·–-"
_DATED = re.compile(r"(?:^|(?<=[\s,|]))(?:on|am|vom|(?:last )?updated|published|aktualisiert|veröffentlicht|stand|\w+day|\w+(?:tag|woch|abend))[\s,.:|]*\Z", re.IGNORECASE)  # fmt: skip
"""Words before a date that belong to it."""


def divide_head(words: str, kind: BlockKind, authors: Sequence[str]) -> Iterator[tuple[BlockKind, str]]:
    """Yield byline, dateline and reading time of a line of the head that is known for one of the first two.

    "Edda Kross 4.3.2031, 18.11 Uhr 5 Min." has all three; the place in "Kassel, 4.3.2031" belongs to the date.
    """
    end = _reading_start(words)
    words, reading = words[:end].rstrip(_SIGNS), words[end:]
    at = stamp_start(words) or 0
    while at and (match := _DATED.search(words, 0, at)):
        at = match.start()
    who = words[:at].rstrip(_SIGNS)
    if who and (authors_of(who) or (is_desk(who) and "," not in who) or any(name in who for name in authors)):
        yield BlockKind.BYLINE, who
        yield BlockKind.DATELINE, words[at:].lstrip(_SIGNS)
    elif words:
        yield kind, words
    if reading:
        yield BlockKind.FURNITURE, reading


def _reading_start(words: str) -> int:
    """Return where the reading time begins that ends a line, its length if there is none."""
    starts = [n + 1 for n, sign in enumerate(words) if sign == " "][-_READING:]
    return next((at for at in starts if is_a("reading_time", words[at:])), len(words))
