"""Places in a list as words that go into an address."""

import base64
import binascii
import json
from typing import TypeVar

from fastapi import HTTPException

Last = TypeVar("Last", int, str)
_LARGEST = 2**53
FURTHEST = 5000
"""Of what is ranked, so many can be paged through."""


def to_cursor(place: tuple[str, int] | tuple[str, str] | None) -> str:
    """Write a place as letters, digits, - and _; nothing for none."""
    if place is None:
        return ""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def from_cursor(cursor: str, last: type[Last]) -> tuple[str, Last] | None:
    """Read a place whose second part is a number or words; None for an empty cursor. Answer 422 to what is none."""
    if not cursor:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise HTTPException(422, "this is no cursor of ours") from error
    match place:
        case [str(first), second] if type(second) is last and (not isinstance(second, int) or 0 <= second < _LARGEST):
            return first, second
    raise HTTPException(422, "this is no cursor of ours")
