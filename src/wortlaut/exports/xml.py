"""What XML formats share."""

import re

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return the text with each character that XML 1.0 forbids replaced by U+FFFD, so that lengths stay."""
    return _FORBIDDEN.sub("\ufffd", text)
