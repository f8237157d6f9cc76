"""The page's own headline among its headings, and the kicker that shares its line."""

import re
from collections.abc import Sequence

from wortlaut.extraction.body import prose_of
from wortlaut.extraction.metadata import Metadata
from wortlaut.extraction.outline import Line

_HEADINGS = ("h1", "h2", "h3", "h4")


def find_headline(lines: Sequence[Line], before: int, meta: Metadata) -> int | None:
    """Return the index of the headline's line: the heading at or before the text that is most like the declared titles."""
    titles = [_letters(t) for t in meta.titles]
    best, score = None, 0.0
    for number, line in enumerate(lines[: before + 1]):
        if not line.words or line.element.junk or len(line.words) > 300:
            continue
        tag = line.element.tag
        if tag not in _HEADINGS and "headline" not in line.element.roles:
            continue
        alike = max((_likeness(_letters(line.words), title) for title in titles), default=0.0)
        worth = alike + {"h1": 0.6, "h2": 0.2}.get(tag, 0.1) - (0.3 if "unseen" in line.element.roles else 0) + 1e-4 * number / len(lines)  # fmt: skip
        if worth > score and (alike > 0.5 or tag == "h1"):
            best, score = number, worth
    return best


def _letters(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


def _likeness(one: str, other: str) -> float:
    """Return 1 for equal letters, less where one begins or ends the other, 0 where neither holds the other."""
    if not one or not other:
        return 0.0
    if one in other or other in one:
        return min(len(one), len(other)) / max(len(one), len(other))
    return 0.0


def split_kicker(line: Line) -> tuple[str, str]:
    """Return the kicker and the headline proper of a headline's line; the kicker is empty if there is none."""
    groups: list[list[str | bool]] = []
    for piece in line.pieces:
        words = piece.words.strip()
        if not words:
            continue
        if words in (":", "|", "-", "–", "•", "/") and groups:
            groups[-1][0] = f"{groups[-1][0]}{words}"
            continue
        named = "kicker" in piece.roles
        groups.append([words, named])
    if len(groups) < 2:
        return "", line.words
    first = str(groups[0][0])
    rest = " ".join(" ".join(str(g[0]) for g in groups[1:]).split())
    marked = groups[0][1] or first.endswith((":", "|")) or rest.startswith(":")
    separate = line.pieces[0].tag in ("span", "small", "strong", "a", "em") and len(first.split()) <= 6 and len(groups) == 2
    if (marked or separate) and len(first) <= 80 and len(rest) >= 10:
        return first.rstrip(" :|"), rest.lstrip(": |")
    return "", line.words


def is_kicker(line: Line, headline: Line) -> bool:
    """Tell whether a line before the headline is its kicker: named so, or short and in the same box."""
    if line.node is not None or len(line.words) > 80 or line.words.endswith((".", "!")) or prose_of(line) >= 12:
        return False
    if "kicker" in line.element.roles or any("kicker" in p.roles for p in line.pieces):
        return True
    near = line.element.parent in (headline.element.parent, headline.element) and line.element.tag in ("p", "span", "h2", "h3", "h4", "h5", "h6", "div", "strong")
    return near and line.link_share < 0.5 and len(line.words.split()) <= 6 and not any(c.isdigit() for c in line.words)
