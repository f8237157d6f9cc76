"""Which half of a labelled set a document belongs to, by its number alone: fixed before any label was seen."""

import hashlib


def is_development(document: str) -> bool:
    """Tell whether a document may be looked at while rules are written; the other half is only ever scored."""
    return hashlib.sha256(document.encode()).digest()[0] % 2 == 0
