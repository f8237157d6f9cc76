"""Plain text as a crawler leaves it: every line gets its kind from its wording and its place.

The text is kept character for character. A line is a block; what a line's wording does not say, its place does: the first
line is the headline, the first longer one behind it the lede, two equal lines or one before a credit are captions.
"""

import itertools
import re
from dataclasses import dataclass

from wortlaut.extraction.kicker import find_kicker
from wortlaut.extraction.phrases import agencies_of, authors_of, is_a, provider_of
from wortlaut.extraction.draft import Draft
from wortlaut.model import Article, Block, BlockKind, Embed, Image
from wortlaut.text import Span

_DATELINE = re.compile(
    r"^(?:[A-ZÄÖÜ][A-ZÄÖÜ/ .-]{2,40}|[A-ZÄÖÜ][\w-]+(?:/[A-ZÄÖÜ][\w-]+)?)\s*(?:\((?P<agency>[\w/-]{2,20})\)\s*[-–—.]?|[-–—])\s+(?=\S)"
)
_TRAILING = re.compile(r"\s*\((?P<agency>[A-Za-z]{2,12}(?:[/,]\s?[A-Za-z]{2,12})*)\)\s*$")
_SENTENCE = re.compile(r"[.!?…:][\"“”«»‹›)’‘]*$")


@dataclass(slots=True)
class Line:
    """A line while its kind is being found."""

    span: Span
    words: str
    kind: BlockKind | None = None


def type_plain(
    text: str,
) -> tuple[tuple[Block, ...], tuple[Embed, ...], tuple[Image, ...], tuple[str, ...], tuple[str, ...]]:
    """Return blocks, embeds, images, agencies and authors of plain text; the blocks cover every non-white character."""
    lines = [Line(Span(m.start(), m.end()), m.group()) for m in re.finditer(r"\S[^\n\r]*(?<=\S)|\S", text)]
    lines = [_tightened(text, line) for line in lines]
    _by_wording(lines)
    embeds = _consent(lines)
    _captions(lines)
    _head(lines)
    lines = _cut_kicker(text, lines)
    _rest(lines)
    agencies = _agencies(lines)
    authors = tuple(a for line in lines if line.kind is BlockKind.BYLINE for a in authors_of(line.words))
    blocks, marks = _blocks(lines)
    return blocks, embeds, _images(lines), tuple(dict.fromkeys((*agencies, *marks))), authors


def _tightened(text: str, line: Line) -> Line:
    start, end = line.span
    while end > start and text[end - 1].isspace():
        end -= 1
    return Line(Span(start, end), text[start:end])


def _by_wording(lines: list[Line]) -> None:
    for number, line in enumerate(lines):
        short = len(line.words) < 220
        if is_a("credit", line.words) and short:
            line.kind = BlockKind.CREDIT
        elif authors_of(line.words):
            line.kind = BlockKind.BYLINE
        elif number > 0 and agencies_of(line.words) is not None and number >= len(lines) - 3:
            line.kind = BlockKind.AGENCY
        elif is_a("correction", line.words):
            line.kind = BlockKind.CORRECTION
        elif number > 0 and short and is_a("related", line.words):
            line.kind = BlockKind.RELATED
        elif is_a("stamp", line.words) and short:
            line.kind = BlockKind.FURNITURE
        elif number > 1 and short and is_a("notice", line.words) and not is_a("consent", line.words):
            line.kind = BlockKind.NOTICE
        elif re.match(r"^[•*–-]\s+\S", line.words):
            line.kind = BlockKind.LIST_ITEM
    for line, following in itertools.pairwise(lines):
        bare = line.kind is BlockKind.RELATED and len(line.words) < 32
        if bare and following.kind is None and len(following.words) < 140 and not re.search(r"\.$", following.words):
            following.kind = BlockKind.RELATED


def _consent(lines: list[Line]) -> tuple[Embed, ...]:
    """Find the runs of lines that stand in place of an embed; each has at least two signs or one clear start."""
    embeds = []
    number = 0
    while number < len(lines):
        last = number
        while last < len(lines) and lines[last].kind in (None, BlockKind.NOTICE) and _consents(lines[last].words):
            last += 1
        run = lines[number:last]
        signs = sum(len(re.findall("|".join(f"(?:{p})" for p in _signs()), line.words, re.IGNORECASE)) for line in run)
        if run and number > 0 and signs >= 2:
            for line in run:
                line.kind = BlockKind.EMBED
            words = " ".join(line.words for line in run)
            embeds.append(
                Embed(provider=provider_of(words), start=run[0].span.start, end=run[-1].span.end, consent_notice=True)
            )
        number = max(last, number + 1)
    return tuple(embeds)


def _signs() -> list[str]:
    from wortlaut import lexicon

    return list(lexicon.load("extraction")["consent"])


def _consents(words: str) -> bool:
    return is_a("consent", words) or (is_a("consent_start", words) and len(words) < 120)


def _captions(lines: list[Line]) -> None:
    for one, other in itertools.pairwise(lines):
        if one.words == other.words and one.kind is None and one is not lines[0] and len(one.words) < 400:
            one.kind = other.kind = BlockKind.CAPTION
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if (
            line.kind is BlockKind.CREDIT
            and before
            and before.kind is None
            and number > 1
            and len(before.words) < 300
            and number - 1 > _headline_at(lines)
        ):
            before.kind = BlockKind.CAPTION


def _headline_at(lines: list[Line]) -> int:
    """Return the index of the headline: the first untyped line, or the second if the first is a short kicker."""
    free = [i for i, line in enumerate(lines) if line.kind is None]
    if not free:
        return -1
    if len(free) > 1 and free[1] == free[0] + 1:
        first, second = lines[free[0]].words, lines[free[1]].words
        kicker = len(first) <= 45 and len(first.split()) <= 5 and not _SENTENCE.search(first.rstrip(":"))
        if kicker and len(second) <= 160 and len(second.split()) >= 3 and not second.endswith((".", ".“", ".«")):
            return free[1]
    return free[0]


def _head(lines: list[Line]) -> None:
    at = _headline_at(lines)
    if at < 0:
        return
    for line in lines[:at]:
        line.kind = line.kind or BlockKind.KICKER
    lines[at].kind = BlockKind.HEADLINE if len(lines[at].words) <= 250 else BlockKind.PARAGRAPH
    following = next(
        (line for line in lines[at + 1 :] if line.kind not in (BlockKind.BYLINE, BlockKind.FURNITURE)), None
    )
    if (
        following is not None
        and following.kind is None
        and len(following.words.split()) >= 8
        and len(following.words) <= 600
    ):
        later = [line for line in lines if line.kind is None and line is not following and len(line.words.split()) >= 8]
        if later and not _DATELINE.match(following.words):
            following.kind = BlockKind.LEDE


def _cut_kicker(text: str, lines: list[Line]) -> list[Line]:
    """Divide a headline's line that begins with its kicker."""
    head = next((i for i, line in enumerate(lines) if line.kind is BlockKind.HEADLINE), None)
    if head is None:
        return lines
    start, end = lines[head].span
    at = find_kicker(lines[head].words, text[end:])
    if at is None:
        return lines
    kicker = _tightened(text, Line(Span(start, start + at), "", BlockKind.KICKER))
    headline = Line(Span(start + at, end), text[start + at : end], BlockKind.HEADLINE)
    return [*lines[:head], Line(kicker.span, kicker.words, BlockKind.KICKER), headline, *lines[head + 1 :]]


def _rest(lines: list[Line]) -> None:
    for number, line in enumerate(lines):
        if line.kind is None:
            following = next((x for x in lines[number + 1 :] if x.kind is None or x.kind is BlockKind.PARAGRAPH), None)
            short = len(line.words) <= 90 and not re.search(r"[.!…:][\"“”«»‹›)’‘]*$", line.words)
            line.kind = BlockKind.SUBHEAD if short and following is not None else BlockKind.PARAGRAPH


def _agencies(lines: list[Line]) -> tuple[str, ...]:
    return tuple(a for line in lines if line.kind is BlockKind.AGENCY for a in agencies_of(line.words) or ())


def _blocks(lines: list[Line]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Make blocks; a dateline at a paragraph's start and an agency in brackets at its end become blocks of their own."""
    blocks: list[Block] = []
    agencies: list[str] = []
    for line in lines:
        start, end = line.span
        kind = line.kind or BlockKind.PARAGRAPH
        if kind in (BlockKind.PARAGRAPH, BlockKind.LEDE):
            if match := _DATELINE.match(line.words):
                cut = start + len(match.group().rstrip())
                blocks.append(Block(kind=BlockKind.DATELINE, start=start, end=cut))
                start += match.end()
                agencies += [a for a in agencies_of(f"({match['agency']})") or () if match["agency"]]
            tail = _TRAILING.search(line.words)
            named = agencies_of(tail.group().strip()) if tail else None
            if tail and named and line.span.start + tail.start() > start:
                blocks.append(Block(kind=kind, start=start, end=line.span.start + tail.start()))
                start, kind = end - len(tail.group().strip()), BlockKind.AGENCY
                agencies += named
        blocks.append(Block(kind=kind, start=start, end=end))
    return tuple(blocks), tuple(agencies)


def _images(lines: list[Line]) -> tuple[Image, ...]:
    images = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        credit = following.span if following and following.kind is BlockKind.CREDIT else None
        if line.kind is BlockKind.CAPTION and not (following and following.words == line.words):
            images.append(Image(caption=line.span, credit=credit))
        elif line.kind is BlockKind.CREDIT and not (number and lines[number - 1].kind is BlockKind.CAPTION):
            images.append(Image(credit=line.span))
    return tuple(images)


def words_of(article: Article | Draft, kind: BlockKind) -> str | None:
    """Return the words of the first block of a kind, white space folded."""
    block = next((b for b in article.blocks if b.kind is kind), None)
    return " ".join(block.span.of(article.text).split()) if block else None
