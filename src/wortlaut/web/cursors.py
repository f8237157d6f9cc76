"""Places in a list as words that go into an address."""

import base64
import binascii
import json
from collections.abc import Sequence

from fastapi import HTTPException

from wortlaut.ledger.browsing import Place

_NONE = "this is no cursor of ours"


def to_cursor(place: Sequence[str]) -> str:
    """Write a place as letters, digits, - and _."""
    return base64.urlsafe_b64encode(json.dumps(list(place), separators=(",", ":")).encode()).decode().rstrip("=")


def from_cursor(cursor: str, length: int = 3) -> Place | None:
    """Read a place of three parts, or of two with an empty third; None for an empty cursor. Answer 422 to what is none."""
    if not cursor:
        return None
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise HTTPException(422, _NONE) from error
    if not isinstance(parts, list) or len(parts) != length or not all(isinstance(part, str) for part in parts):
        raise HTTPException(422, _NONE)
    return Place(*parts, *[""] * (3 - length))


def number_in(words: str) -> int:
    """Read a number of a place. Answer 422 to what is none."""
    if not words.isdecimal() or len(words) > 15:
        raise HTTPException(422, _NONE)
    return int(words)
