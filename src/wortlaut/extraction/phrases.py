"""What the wording of a line says about its kind: the lexicon's expressions, compiled once."""

import re
from functools import cache

from wortlaut import lexicon


@cache
def _pattern(topic: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in lexicon.load("extraction")[topic]), re.IGNORECASE)


def is_a(topic: str, line: str) -> bool:
    """Tell whether a line has the wording of `topic`, a key of the lexicon's *extraction*."""
    return bool(_pattern(topic).search(line.strip()))


def signs_of_consent(words: str) -> int:
    """Return how many signs of a notice in place of an embed a line has."""
    return len(_pattern("consent").findall(words)) if len(words) < 900 else 0


_BYLINE = re.compile("|".join(lexicon.load("extraction")["byline"]))
_SIGNATURE = re.compile(r"^[(\[]?(?:(?:mit (?:Material|Informationen) (?:von|der)|Quelle:)\s+)?(?P<marks>[\w-]{2,12}(?:\s?[/,]\s?[\w-]{2,12}|\s+und\s+[\w-]{2,12}){0,4})[)\]]?\.?$", re.IGNORECASE)  # fmt: skip


def authors_of(line: str) -> tuple[str, ...]:
    """Return the people a byline names; empty if the line is none."""
    match = _BYLINE.match(re.sub(r"^VON\b", "Von", line.strip()).replace("Von", "von", 1))
    return tuple(re.split(r", | und ", match["names"])) if match else ()


def agencies_of(line: str) -> tuple[str, ...] | None:
    """Return the agencies that a signature line names, () for a signature of initials only; None if it is no signature."""
    match = _SIGNATURE.match(line.strip())
    if not match or len(line.strip()) > 60:
        return None
    marks = re.split(r"\s?[/,]\s?|\s+und\s+", match["marks"])
    known = {a.casefold(): a for a in reversed(lexicon.load("extraction")["agencies"])}
    found = tuple(known[m.casefold()] for m in marks if m.casefold() in known)
    slashed = "/" in line or line.strip().startswith(("(", "["))
    if found or (slashed and all(len(m) <= 12 and " " not in m for m in marks) and len(marks) <= 4):
        others = tuple(
            m for m in marks if m[:1].isupper() and m.casefold() not in known and not m.isupper() and len(m) > 4
        )
        return (*found, *others) if slashed or found else found
    return None


def provider_of(words: str) -> str | None:
    """Return the third party that a notice or an address names."""
    lower = words.casefold()
    for key, name in lexicon.load("extraction")["providers"].items():
        if re.search(rf"(?<!\w){re.escape(key)}(?!\w)", lower):
            return str(name)
    return "X" if re.search(r"\bX\b", words) else None
