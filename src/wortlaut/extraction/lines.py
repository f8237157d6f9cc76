"""What kind of block a line of an HTML article is, by its element and its wording; None for what is not part of it."""

import re

from wortlaut.extraction.dates import find_stamp
from wortlaut.extraction.figures import credit_start
from wortlaut.extraction.outline import Line, is_near
from wortlaut.extraction.people import clean_names, is_desk
from wortlaut.extraction.phrases import agencies_of, authors_of, is_a
from wortlaut.model import BlockKind

_SUBHEADS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
END = re.compile(r"[.!?…:,;][\"“”«»‹›)’‘'\]]*$")
"""The end of a sentence or of a part of one."""
_SHORT = 220
_CREDITED = 120
"""Characters of a line that credits a picture."""
_SIGNS = " ;,|–-"
_VON = re.compile(r"(?:Von|By) ")
_BY_DESK = 5
"""Words of a byline that names a desk: "Von Bote-online, ek"."""
_BESIDE = 3
"""Words beside the names of a byline, at most."""
_AROUND = 4
"""Elements around a quote that may say how it is set."""


def kind_of(line: Line, authors: tuple[str, ...], *, head: bool) -> BlockKind | None:
    """Return a line's kind; `head` says that it stands before the text."""
    element, words = line.element, line.words
    count = line.count
    if element.junk and element.roles & {"tools", "unseen"}:
        return None
    if len(words) < _SHORT and (kind := _by_wording(line, authors, head=head)):
        return kind
    if line.link_share > 0.8 and count < 25:
        return BlockKind.RELATED if count >= 4 and not head else None
    if element.tag in _SUBHEADS or "subhead" in element.roles:
        return BlockKind.SUBHEAD if len(words) < _SHORT else BlockKind.PARAGRAPH
    if element.quoted:
        pulled = any("pull" in e.roles for e, _ in zip(element.ancestors(), range(_AROUND), strict=False))
        return BlockKind.PULL_QUOTE if pulled else BlockKind.BLOCK_QUOTE
    if element.tag in ("li", "dd", "dt") or (
        element.tag == "p" and element.parent is not None and element.parent.tag == "li"
    ):
        return BlockKind.LIST_ITEM
    if line.prose:
        return BlockKind.PARAGRAPH
    if element.tag == "p":
        return BlockKind.SUBHEAD if _bold(line) else BlockKind.PARAGRAPH
    return None


def _names_only(words: str, authors: tuple[str, ...]) -> bool:
    """Tell whether a line has the names of declared authors and little else: "Edda Kross, Elbtaler Bote"."""
    rest = words
    for name in authors:
        rest = rest.replace(name, "")
    return rest != words and len(rest.split()) <= _BESIDE and not END.search(words)


def _by_wording(line: Line, authors: tuple[str, ...], *, head: bool) -> BlockKind | None:
    element, words = line.element, line.words
    if authors_of(words) or (
        head and (is_near(line, "byline") or _names_only(words, authors)) and clean_names([words])[0]
    ):
        return BlockKind.BYLINE
    if head and line.count <= _BY_DESK and _VON.match(words) and is_desk(words):
        return BlockKind.BYLINE
    if is_a("stamp", words) or ("stamp" in element.roles and any(c.isdigit() for c in words)):
        return BlockKind.DATELINE
    if head and find_stamp(words) and line.count <= 14:
        return BlockKind.BYLINE if is_a("byline_start", words) else BlockKind.DATELINE
    if is_a("reading_time", words):
        return BlockKind.FURNITURE
    if head and is_a("translated", words):
        return BlockKind.NOTICE
    agencies = agencies_of(words)
    if agencies is not None and (agencies or not head):
        return BlockKind.BYLINE if head else BlockKind.AGENCY
    if len(words) < _CREDITED and element.tag not in _SUBHEADS and (at := credit_start(words)) < len(words):
        if at == 0:
            return BlockKind.CREDIT
        if not head and agencies_of(words[:at].rstrip(_SIGNS)) is not None:
            return BlockKind.AGENCY
    if is_a("correction", words):
        return BlockKind.CORRECTION
    heading = element.tag in _SUBHEADS and not line.linked
    if is_a("related", words) and not heading:
        return BlockKind.RELATED
    if not head and is_a("notice", words) and not heading:
        return BlockKind.NOTICE
    return None


def _bold(line: Line) -> bool:
    """Tell whether a paragraph is a heading in bold: short, all of it bold, no sentence."""
    return line.bold >= 0.95 * len(line.words) and len(line.words) <= 100 and not END.search(line.words)
