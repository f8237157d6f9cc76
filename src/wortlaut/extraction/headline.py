"""The page's own headline among its headings, and the kicker that shares its line."""

from collections.abc import Sequence
from dataclasses import replace

from wortlaut.extraction.metadata import Metadata
from wortlaut.extraction.outline import Element, Line, Piece
from wortlaut.extraction.title import letters, without_tails
from wortlaut.model import BlockKind

_HEADINGS = ("h1", "h2", "h3", "h4")
_BEHIND = {"comments": BlockKind.FURNITURE, "lede": BlockKind.LEDE}
"""What markup calls a part of a heading that stands behind the headline: how many have commented, a subtitle."""
_SHORTEST = 10
"""Characters of a headline that is left when something is taken off its line, at least."""
_KICKERS = ("p", "span", "h2", "h3", "h4", "h5", "h6", "div", "strong")


def find_headline(lines: Sequence[Line], before: int, root: Element, meta: Metadata) -> int | None:
    """Return the index of the headline's line: the heading at or before the text that is most like the declared titles.

    Where none is like them, it is the first heading of the innermost element that holds both a heading and the text; on a page
    without headings, the line that says a declared title, with or without the names behind it.
    """
    titles = [letters(t) for t in meta.titles if t]
    headings = [n for n, line in enumerate(lines[: before + 1]) if _may_be(line)]
    shown = [n for n in headings if not _is_path(lines[n])]
    best = max(shown, key=lambda n: _worth(lines[n], titles), default=None)
    if best is not None and _worth(lines[best], titles) > 0.5:
        return best
    for holder in root.ancestors():
        inside = [n for n in shown if holder.first <= n < holder.last and lines[n].element.tag in ("h1", "h2")]
        if inside:
            return inside[0]
    if headings:
        return next((n for n in headings if _worth(lines[n], titles) > 0.5), None)
    said = {letters(part) for title in meta.titles if title for part in without_tails(title) if len(part) >= _SHORTEST}
    plain = (n for n, line in enumerate(lines[: before + 1]) if line.words and not line.element.junk)
    return next((n for n in plain if letters(lines[n].words) in said and not _is_path(lines[n])), None)


def _worth(line: Line, titles: Sequence[str]) -> float:
    alike = max((_likeness(letters(line.words), title) for title in titles), default=0.0)
    return alike + {"h1": 0.3, "h2": 0.2}.get(line.element.tag, 0.1) if alike > 0.3 else 0.0


def _is_path(line: Line) -> bool:
    """Tell whether a heading stands in a path of links or is not shown at all."""
    return any(e.roles & {"tools", "unseen"} for e in [*line.element.ancestors()][:3])


def _may_be(line: Line) -> bool:
    if not line.words or line.element.junk or len(line.words) > 300:
        return False
    return line.element.tag in _HEADINGS or "headline" in line.element.roles


def _likeness(one: str, other: str) -> float:
    """Return 1 for equal letters, less where one begins or ends the other, 0 where neither holds the other."""
    if not one or not other:
        return 0.0
    if one in other or other in one:
        return min(len(one), len(other)) / max(len(one), len(other))
    return 0.0


def split_behind(line: Line) -> tuple[Line, list[tuple[BlockKind, str]]]:
    """Return a headline's line without what stands behind the headline in the same heading, and that with its kinds."""
    pieces, behind = list(line.pieces), list[tuple[BlockKind, str]]()
    while pieces and (kind := _kind_behind(pieces[-1])):
        behind.insert(0, (kind, pieces.pop().words))
    words = " ".join("".join(piece.words for piece in pieces).split())
    if not behind or len(words) < _SHORTEST:
        return line, []
    return replace(line, words=words, pieces=tuple(pieces)), behind


def _kind_behind(piece: Piece) -> BlockKind | None:
    named = next((kind for role, kind in _BEHIND.items() if role in piece.roles), None)
    return BlockKind.LEDE if piece.tag == "small" and "kicker" not in piece.roles else named


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
    separate = (
        line.pieces[0].tag in ("span", "small", "strong", "a", "em", "div", "p")
        and len(first.split()) <= 6
        and len(groups) == 2
    )
    if (marked or separate) and len(first) <= 80 and len(rest) >= _SHORTEST:
        return first.rstrip(" :|"), rest.lstrip(": |")
    return "", line.words


def is_kicker(line: Line, headline: Line, *, adjacent: bool = False) -> bool:
    """Tell whether a line before the headline is its kicker: named so, or short and in the same box.

    Right before it (`adjacent`), it may stand in a box of its own beside the headline's.
    """
    if line.node is not None or len(line.words) > 80 or line.words.endswith((".", "!")) or line.prose >= 12:
        return False
    if "kicker" in line.element.roles or any("kicker" in p.roles for p in line.pieces):
        return True
    if line.element.tag not in _KICKERS or line.link_share >= 0.5 or len(line.words.split()) > 6:
        return False
    return _is_near(line.element, headline.element, adjacent=adjacent) and not any(c.isdigit() for c in line.words)


def _is_near(element: Element, headline: Element, *, adjacent: bool) -> bool:
    parent, other = element.parent, headline.parent
    if parent in (other, headline):
        return True
    return adjacent and parent is not None and other is not None and parent.parent in (other, other.parent)
