"""HTML pages: the article's own parts in reading order, by structure, markup and wording, for any publisher.

The body is found by its running text, the headline among the headings, and the lines between and around the two are
typed one by one or, where an element is a box (a figure, the place of an embed, a teaser), as a whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser

from wortlaut.extraction.body import find_body
from wortlaut.extraction.boxes import find_box
from wortlaut.extraction.dates import find_stamp
from wortlaut.extraction.draft import Draft
from wortlaut.extraction.embeds import add_frame, add_notice
from wortlaut.extraction.figures import add_figure, credit_start
from wortlaut.extraction.head import divide_head
from wortlaut.extraction.headline import find_headline, is_kicker, split_behind, split_kicker
from wortlaut.extraction.lede import find_lede
from wortlaut.extraction.lines import END, kind_of
from wortlaut.extraction.metadata import Metadata
from wortlaut.extraction.outline import Box, Element, Line, Outline
from wortlaut.extraction.phrases import is_a
from wortlaut.extraction.tail import find_tail, source_kind
from wortlaut.extraction.title import find_title, letters
from wortlaut.model import BlockKind

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BLOCK_QUOTE, BlockKind.LEDE)
_PRESENTS = re.compile(r"\b(?:ist|schreibt|berichtet|arbeitet|leitet|lebt|is|writes|covers|reports|contributed)\b")
_BACK = 12
"""Lines before the headline that may belong to it: a kicker, the picture above."""

_HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
_FLAG = 2
_PARTS = 3
"""Linked headings that head parts of the text, at least; fewer lead elsewhere."""
_ABOVE = 3
"""Lines right before the headline that may be its kicker or its date."""

_SOURCE = 16
"""Words of a line that names the speaker of a quote set apart, at most."""

_PLACE = re.compile(r"[A-ZÄÖÜ][\w-]+(?:[ /][A-ZÄÖÜ][\w-]+){0,2}\.")
"""A place that opens the text on a line of its own: "Bad Lomnau."."""
_SIGN = 3
"""Characters of a line that is but an ornament: a quotation mark as large as a house."""
_SENTENCE = 12
"""Words of a line before the text that is a paragraph, at least."""
_LONG = 60
"""Words of a paragraph that nobody says twice in the same article."""
_PROBE = 30
_SHORT_STAMP = 6
_SHORT = 40
"""Characters of words that may be said twice wherever they stand."""
_TITLE = 4
"""Words of a link to another article, at least."""


@dataclass(slots=True)
class Body:
    """A page's lines and what was found of its shape."""

    lines: Sequence[Line]
    root: Element
    headline: int | None
    first: int
    lede: int | None = None
    holders: frozenset[int] = frozenset()
    authors: tuple[str, ...] = ()
    copying: bool = False
    seen: dict[str, None] = field(default_factory=dict)
    stamps: list[Line] = field(default_factory=list)


def read_body(tree: LexborHTMLParser, meta: Metadata) -> tuple[Draft, Body]:
    """Gather the article's blocks in reading order."""
    outline = Outline(tree.body) if tree.body is not None else None
    draft = Draft()
    if outline is None:
        return draft, Body([], Element("body", frozenset(), "", None, 0, 0), None, 0)
    body = _shape(outline, meta)
    if body.headline is None and (title := find_title(meta.titles, None, None, meta.publisher, meta.section)):
        draft.add(BlockKind.HEADLINE, title)
    start, stop = _scope(body)
    number = start
    while number < stop:
        number = _step(draft, body, number)
    for kind, words in find_tail(body.lines, body.root, body.holders):
        draft.add(kind, words)
    return _finish(draft, meta.authors), body


def _shape(outline: Outline, meta: Metadata) -> Body:
    root, lines = find_body(outline), outline.lines
    prose = [n for n in range(root.first, root.last) if lines[n].prose and not lines[n].element.junk]
    headline = find_headline(lines, prose[0] if prose else len(lines) - 1, root, meta)
    if headline is not None:
        prose = [n for n in prose if n > headline]
    first = prose[0] if prose else root.last
    body = Body(lines, root, headline, first, authors=meta.authors)
    chain = [*root.ancestors(), *(lines[headline].element.ancestors() if headline is not None else ())]
    body.holders = frozenset(map(id, chain))
    if headline is not None:
        free = {
            n for n in (*range(headline + 1, first), *prose[:12]) if find_box(lines[n], lines, body.holders) is None
        }
        head = [n for n in range(headline + 1, first) if n in free or _may_be_boxed(lines[n], lines, body.holders)]
        body.lede = find_lede(lines, head, [n for n in prose if n in free], root, lines[headline], meta)
        if body.lede is not None:
            body.first = next((n for n in prose if n > body.lede), root.last)
    return body


def _may_be_boxed(line: Line, lines: Sequence[Line], holders: frozenset[int]) -> bool:
    """Tell whether a lede may stand in what looks like a teaser: a header's teaser often is the lede.

    It is not if it stands below a link, as another article's teaser does, or in a picture's box as its caption.
    """
    if line.node is not None or not (line.prose or "lede" in line.element.roles):
        return False
    if any(e.tag == "figcaption" for e in line.element.ancestors()) or (box := find_box(line, lines, holders)) is None:
        return False
    kind, element = box
    if kind is Box.FIGURE and "lede" not in line.element.roles and element.roles & {"image", "caption"}:
        return False
    return not any(x.count >= _TITLE and x.link_share > 0.5 for x in lines[element.first : element.last])


def _scope(body: Body) -> tuple[int, int]:
    """Return the first and the last line that may belong to the article."""
    if body.headline is None:
        return body.root.first, body.root.last
    mine = {id(e) for e in body.root.ancestors()}
    common = next((e for e in body.lines[body.headline].element.ancestors() if id(e) in mine), body.root)
    start = max(common.first, min(body.headline, body.root.first) - _BACK)
    while start > max(0, common.first - _BACK) and _is_credited(body, start - 1):
        start -= 1
    return start, max(body.root.last, body.headline + 1)


def _is_credited(body: Body, number: int) -> bool:
    """Tell whether a line belongs to a picture with a credit: such a gallery may stand above the article's element."""
    box = find_box(body.lines[number], body.lines, body.holders)
    if box is None or box[0] is not Box.FIGURE:
        return False
    inside = body.lines[box[1].first : box[1].last]
    return any(line.words and credit_start(line.words) < len(line.words) for line in inside)


def _step(draft: Draft, body: Body, number: int) -> int:
    """Take one line, or the box that begins with it; return the number of the next."""
    line = body.lines[number]
    if number == body.headline:
        line, behind = split_behind(line)
        kicker, words = split_kicker(line)
        for part_kind, part in ((BlockKind.KICKER, kicker), (BlockKind.HEADLINE, words), *behind):
            draft.add(part_kind, part)
        return number + 1
    inside = number >= body.root.first
    if number + 1 == body.headline and _is_flag(line, body.lines[body.headline]):
        draft.add(BlockKind.KICKER, line.words)
        return number + 1
    if number != body.lede and (found := find_box(line, body.lines, body.holders)):
        box, element = found
        stop = body.lede if body.lede is not None and number < body.lede < element.last else element.last
        _take(draft, body, box, body.lines[number:stop], inside=inside)
        return max(stop, number + 1)
    if line.node is not None:
        if inside or line.node.tag in ("img", "amp-img"):
            add_frame(draft, line.node)
        return number + 1
    if not _says_something(line):
        return number + 1
    if _names_speaker(body.lines, number) and draft.add_speaker(line.words):
        return number + 1
    kind = _kind(body, number)
    if kind and _is_new(line, draft, body):
        if number < body.first or kind not in _PROSE:
            body.seen[line.words] = None
        _add(draft, body, kind, line)
    return number + 1


def _says_something(line: Line) -> bool:
    return len(line.words) > _SIGN or any(map(str.isalnum, line.words))


def _names_speaker(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line names who is quoted: in a cite or the footer of a quote, or as the only other line of its box."""
    line = lines[number]
    element, holder = line.element, line.element.parent
    if line.count > _SOURCE or holder is None:
        return False
    if all(p.tag == "cite" or p.words.isspace() for p in line.pieces) or {element.tag, holder.tag} & {
        "footer",
        "figcaption",
    }:
        return True
    if line.prose or element.quoted:
        return False
    before = filter(_says_something, reversed(lines[holder.first : number]))
    last = next(before, None)
    return last is not None and last.element.quoted and all(x.element.quoted for x in before)


def _add(draft: Draft, body: Body, kind: BlockKind, line: Line) -> None:
    if kind in (BlockKind.PARAGRAPH, BlockKind.LEDE):
        draft.add_paragraph(kind, line.words)
        return
    dated = next((n for n, p in enumerate(line.pieces) if n and (p.tag == "time" or "stamp" in p.roles)), None)
    if kind is BlockKind.BYLINE and dated:
        draft.add(kind, "".join(p.words for p in line.pieces[:dated]))
        parts = divide_head(" ".join("".join(p.words for p in line.pieces[dated:]).split()), BlockKind.DATELINE, ())
    elif kind in (BlockKind.BYLINE, BlockKind.DATELINE):
        parts = divide_head(line.words, kind, body.authors)
    elif kind is BlockKind.AGENCY and (at := credit_start(line.words)):
        parts = iter([(kind, line.words[:at]), (BlockKind.CREDIT, line.words[at:])])
    else:
        parts = iter([(kind, line.words)])
    for part, words in parts:
        draft.add(part, words)
        if part is BlockKind.DATELINE:
            body.stamps.append(line)


def _kind(body: Body, number: int) -> BlockKind | None:
    line = body.lines[number]
    if number == body.lede:
        return BlockKind.LEDE
    kind = kind_of(line, body.authors, head=number < body.first) or _beside(body, number)
    if kind is BlockKind.RELATED and _heads_part(body, line):
        kind = BlockKind.SUBHEAD
    if body.headline is None or number >= body.first:
        return kind
    if number < body.headline:
        return _above(body, number, kind) if number >= body.headline - _ABOVE else None
    if kind is BlockKind.SUBHEAD:
        if number < body.root.first or body.lede is None or number < body.lede:
            return None
        return BlockKind.FURNITURE if _is_reprinted(body) else kind
    linked = (
        line.element.tag == "p" and number >= body.root.first and line.count >= _SENTENCE and END.search(line.words)
    )
    return None if kind is BlockKind.PARAGRAPH and line.prose < _SENTENCE and not linked else kind


def _beside(body: Body, number: int) -> BlockKind | None:
    """Return the kind of a short line by what it stands before: the place before the first paragraph, what announces a list."""
    line, after = body.lines[number], body.lines[number + 1] if number + 1 < body.root.last else None
    if number < body.root.first or after is None or line.link_share > 0.5:
        return None
    if after.element.tag == "li" and line.words.endswith(":"):
        return BlockKind.PARAGRAPH
    return BlockKind.DATELINE if number + 1 == body.first and _PLACE.fullmatch(line.words) else None


def _is_flag(line: Line, headline: Line) -> bool:
    """Tell whether a line right before the headline is a word or two in the same box: "Live", whatever its markup says."""
    box = headline.element.parent
    apart = line.node is not None or line.linked or line.count > _FLAG or line.element.tag == "button"
    return not apart and line.words.isalpha() and any(e is box for e in line.element.ancestors())


def _heads_part(body: Body, line: Line) -> bool:
    """Tell whether a heading that is a link heads a part of the text: several stand among its own paragraphs, as in a list of goods."""
    if line.element.tag not in _HEADINGS or line.element.parent is not body.root:
        return False
    inside = body.lines[body.root.first : body.root.last]
    parts = (x for x in inside if x.element.tag == line.element.tag and x.element.parent is body.root and x.linked)
    return sum(1 for _ in parts) >= _PARTS


def _is_reprinted(body: Body) -> bool:
    """Tell whether headings between lede and text belong to a head for print, which says the headline once more."""
    headline = body.lines[body.headline or 0]
    head = (x for x in body.lines[body.root.first : body.first] if x is not headline and x.element.tag in _HEADINGS)
    return any(_is_same(line.words, headline.words) for line in head)


def _above(body: Body, number: int, kind: BlockKind | None) -> BlockKind | None:
    """Return the kind of a line right above the headline: its kicker or the day of publication."""
    line, headline = body.lines[number], body.lines[body.headline or 0]
    if is_kicker(line, headline, adjacent=number + 1 == body.headline):
        return BlockKind.KICKER
    return kind if kind is BlockKind.DATELINE and not line.linked else None


def _is_new(line: Line, draft: Draft, body: Body) -> bool:
    """Tell whether a line is none that the page has twice, for print, for phones or for a bar that sticks to the screen.

    That is one that only says the headline once more, one of the head, or a long paragraph with what follows it.
    """
    if body.headline is not None and _is_same(line.words, body.lines[body.headline].words):
        return False
    if line.words in body.seen and len(line.words) >= _SHORT:
        return False
    if not line.prose or (line.count < _LONG and not body.copying):
        return True
    middle = line.words[len(line.words) // 2 :][:_PROBE]
    body.copying = middle in draft.text and letters(line.words) in letters(draft.text)
    return not body.copying


def _is_same(words: str, others: str) -> bool:
    return abs(len(others) - len(words)) < 12 and letters(words) == letters(others)


def _is_stamp(line: Line) -> bool:
    """Tell whether a line beside a picture says when the article was published, not what the picture shows."""
    return (
        any(p.tag == "time" for p in line.pieces[:1])
        and line.count <= _SHORT_STAMP
        and find_stamp(line.words) is not None
    )


def _take(draft: Draft, body: Body, box: Box, members: Sequence[Line], *, inside: bool) -> None:
    words = " ".join(line.words for line in members if line.words)
    if box is Box.FIGURE and (teaser := _teaser_of(members)):
        draft.add(BlockKind.RELATED, " ".join(line.words for line in teaser))
        members = [line for line in members if line not in teaser and line.element.tag != "button"]
    if box is Box.FIGURE and _is_offered(draft, words):
        return
    if box is Box.FIGURE:
        if stamps := [line for line in members if _is_stamp(line)]:
            draft.add(BlockKind.DATELINE, stamps[0].words)
            body.stamps += stamps
        add_figure(draft, [line for line in members if line not in stamps], body.seen)
    elif box is Box.DROPPED and inside and (kind := source_kind(words)):
        draft.add(kind, words)
    elif box is Box.DROPPED or not inside or not words or words in body.seen:
        return
    elif box is Box.EMBED:
        add_notice(draft, words, members)
    elif len(words) < 1500:
        body.seen[words] = None
        kinds = {Box.RELATED: BlockKind.RELATED, Box.NOTICE: BlockKind.NOTICE, Box.TABLE: BlockKind.TABLE}
        draft.add(BlockKind.FURNITURE if is_a("reading_time", words) else kinds[box], words)


def _is_offered(draft: Draft, words: str) -> bool:
    """Tell whether the words beside a picture stand in an offer before: the same offer again, with a picture."""
    notices = (block.span.of(draft.text) for block in draft.blocks if block.kind is BlockKind.NOTICE)
    return len(words) >= _SHORT // 2 and any(words in notice for notice in notices)


def _teaser_of(members: Sequence[Line]) -> list[Line]:
    """Return the lines beside a picture that lead elsewhere, such as to a report to listen to: a linked heading and its like."""
    headings = [line for line in members if line.element.tag in _HEADINGS and line.link_share > 0.8]
    return [x for x in members if x.words and x.element.parent is headings[0].element.parent] if headings else []


def _finish(draft: Draft, authors: Sequence[str]) -> Draft:
    """Return the draft without a text that has no running text at all.

    Notes on the authors and on where to read on are told apart, and headings behind the text: they head what is not the article's.
    """
    prose = [n for n, block in enumerate(draft.blocks) if block.kind in _PROSE]
    if not prose:
        return Draft(embeds=draft.embeds, images=draft.images)
    for number in prose[-3:]:
        block = draft.blocks[number]
        words = block.span.of(draft.text)
        if is_a("agency_copy", words):
            draft.blocks[number] = replace(block, kind=BlockKind.AGENCY)
        elif is_a("afterword", words) or _is_about(words, authors):
            draft.blocks[number] = replace(block, kind=BlockKind.FURNITURE)
    _pull_quotes(draft)
    for number in range(prose[-1] + 1, len(draft.blocks)):
        if draft.blocks[number].kind is BlockKind.SUBHEAD:
            draft.blocks[number] = replace(draft.blocks[number], kind=BlockKind.RELATED)
    return draft


def _pull_quotes(draft: Draft) -> None:
    """Type a quote that is set apart as pulled out of the text if the text itself says half of it, word for word."""
    quotes = [n for n, block in enumerate(draft.blocks) if block.kind is BlockKind.BLOCK_QUOTE]
    if not quotes:
        return
    said = letters(" ".join(b.span.of(draft.text) for b in draft.blocks if b.kind is BlockKind.PARAGRAPH))
    for number in quotes:
        words = letters(draft.blocks[number].span.of(draft.text).split("\n")[0])
        half = max(_PROBE, len(words) // 2)
        if len(words) >= _SHORT and (words[:half] in said or words[-half:] in said):
            draft.blocks[number] = replace(draft.blocks[number], kind=BlockKind.PULL_QUOTE)


def _is_about(words: str, authors: Sequence[str]) -> bool:
    """Tell whether a paragraph presents an author: "Edda Kross ist Redakteurin im Lokalen."."""
    for name in authors:
        at = words.find(name, 0, 60 + len(name))
        if at >= 0 and _PRESENTS.search(words, at + len(name), at + len(name) + 50):
            return True
    return False
