"""Plain text as a crawler leaves it: every line gets its kind from its wording and its place.

The text is kept character for character. A line is a block, except that a kicker before a headline, a dateline before a
paragraph and a credit or a signature behind one are blocks of their own. What a line's wording does not say, its place
does: the head is what stands before the first running text, the tail what stands behind the last.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wortlaut.extraction.draft import Draft
from wortlaut.extraction.edges import divide_paragraph, has_dateline
from wortlaut.extraction.figures import labelled_credit
from wortlaut.extraction.kicker import find_kicker
from wortlaut.extraction.phrases import (
    agencies_of,
    authors_of,
    is_a,
    is_beside_consent,
    is_consent,
    provider_of,
    witnesses,
)
from wortlaut.model import Article, Block, BlockKind, Embed, Image
from wortlaut.text import Span, trim

_SENTENCE = re.compile(r"[.!?…:][\"“”«»‹›)’‘]*$")
_SAID = re.compile(r"^[„“\"»«][^„“”\"»«]+[”“\"«»]$")
_QUOTED = re.compile(r"^[„“\"»«].{10,250}[.!?…][”“\"«»]$")
_LIST = re.compile(r"^[•*–-]\s+\S")
_SHORT = 220
_LEDE = 240
"""Characters of a lede that nothing else marks; paragraphs are mostly longer."""


@dataclass(slots=True, eq=False)
class Line:
    """A line while its kind is being found; `gap` says that an empty line stands before it."""

    span: Span
    words: str
    gap: bool = True
    kind: BlockKind | None = None

    @property
    def prose(self) -> bool:
        """Whether it is running text, by its length and its end."""
        return len(self.words.split()) >= 12 and bool(_SENTENCE.search(self.words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What is found in plain text."""

    blocks: tuple[Block, ...]
    embeds: tuple[Embed, ...]
    images: tuple[Image, ...]
    agencies: tuple[str, ...]
    authors: tuple[str, ...]
    stamp: str | None


def type_plain(text: str) -> Typed:
    """Return what is in plain text; the blocks cover every character that is not white space."""
    lines = _lines(text)
    for number, line in enumerate(lines):
        line.kind = _by_wording(line, number, len(lines))
    embeds = _consent(lines)
    lines = _captions(text, lines)
    lines = _head(text, lines)
    _tail(lines)
    _rest(lines)
    blocks, marks = _blocks(text, lines)
    named = witnesses(line.words for line in lines if line.kind is not BlockKind.AGENCY)
    signed = [a for line in lines if line.kind is BlockKind.AGENCY for a in agencies_of(line.words, named) or ()]
    return Typed(
        blocks=blocks,
        embeds=embeds,
        images=_images(lines),
        agencies=tuple(dict.fromkeys((*signed, *marks))),
        authors=tuple(a for line in lines if line.kind is BlockKind.BYLINE for a in authors_of(line.words)),
        stamp=next((line.words for line in lines if line.kind is BlockKind.DATELINE), None),
    )


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    for match in re.finditer(r"\S[^\n\r]*", text):
        span = trim(text, match.start(), match.end())
        if span:
            before = text[lines[-1].span.end : span.start] if lines else "\n\n"
            lines.append(Line(span, span.of(text), before.replace("\r\n", "\n").count("\n") > 1))
    return lines


def _by_wording(line: Line, number: int, count: int) -> BlockKind | None:
    words = line.words
    short = len(words) < _SHORT
    if is_a("correction", words):
        return BlockKind.CORRECTION
    if _LIST.match(words):
        return BlockKind.LIST_ITEM
    if not short:
        return None
    if is_a("reading_time", words) or is_a("furniture", words):
        return BlockKind.FURNITURE
    if is_a("stamp", words):
        return BlockKind.DATELINE
    if number and number >= count / 2 and agencies_of(words) is not None:
        return BlockKind.AGENCY
    if is_a("credit", words):
        return BlockKind.CREDIT
    if authors_of(words):
        return BlockKind.BYLINE
    if number and is_a("notice", words) and not is_consent(words):
        return BlockKind.NOTICE
    return BlockKind.RELATED if number and is_a("related", words) and not is_consent(words) else None


def _consent(lines: Sequence[Line]) -> tuple[Embed, ...]:
    """Find the runs of lines that stand in place of an embed: lines that say so, and short ones beside them."""
    sure = {
        n: None
        for n, line in enumerate(lines)
        if n and line.kind in (None, BlockKind.NOTICE) and is_consent(line.words)
    }
    embeds: list[Embed] = []
    taken = -1
    for number in sure:
        if number <= taken:
            continue
        first = number
        while first > 1 and _joins(lines[first - 1], tight=not lines[first].gap):
            first -= 1
        last = number
        while last + 1 < len(lines) and (last + 1 in sure or _joins(lines[last + 1], tight=not lines[last + 1].gap)):
            last += 1
        run = lines[first : last + 1]
        for line in run:
            line.kind = BlockKind.EMBED
        taken = last
        provider = provider_of(" ".join(line.words for line in run))
        embeds.append(Embed(provider=provider, start=run[0].span.start, end=run[-1].span.end, consent_notice=True))
    return tuple(embeds)


def _joins(line: Line, *, tight: bool) -> bool:
    """Tell whether a line belongs to the notice next to it; `tight` says that no empty line stands between them."""
    if line.kind not in (None, BlockKind.NOTICE, BlockKind.RELATED) or (line.prose and not is_consent(line.words)):
        return False
    return is_beside_consent(line.words) or (
        tight and len(line.words.split()) <= 8 and not _SENTENCE.search(line.words)
    )


def _captions(text: str, lines: list[Line]) -> list[Line]:
    """Find captions: equal lines, lines before a credit, and lines that end in one."""
    found: list[Line] = []
    for line in lines:
        at = labelled_credit(line.words) if line.kind is None and len(line.words) < 300 and found else None
        if at:
            start, end = line.span
            caption, credit = trim(text, start, start + at), trim(text, start + at, end)
            if caption and credit:
                found.append(Line(caption, caption.of(text), gap=line.gap, kind=BlockKind.CAPTION))
                line = Line(credit, credit.of(text), gap=False, kind=BlockKind.CREDIT)  # noqa: PLW2901 - the rest of it
        found.append(line)
    for one, other in pairwise(found):
        if one.words == other.words and one.kind is None and one is not found[0] and len(one.words) < 400:
            one.kind = other.kind = BlockKind.CAPTION
    free = [line for line in found if line.kind is None][:2]
    for before, line in pairwise(found):
        near = (
            len(before.words) < 300
            and before not in free[:1]
            and not (before in free[1:] and _is_kicker(free[0], free[1]))
        )
        if line.kind is BlockKind.CREDIT and before.kind is None and near:
            before.kind = BlockKind.CAPTION
    return found


def _is_kicker(line: Line, following: Line) -> bool:
    """Tell whether a line is the kicker of the headline behind it; what somebody said is none: "»Ich trete nicht an«"."""
    words = line.words.split()
    if len(words) > 2 and _SAID.match(line.words):
        return False
    short = len(line.words) <= 60 and len(words) <= 7 and not _SENTENCE.search(line.words.rstrip(":"))
    head = len(following.words.split()) >= 3 and len(following.words) <= 160
    return short and head and not re.search(r"\.[“«\"]?$", following.words)


def _head(text: str, lines: list[Line]) -> list[Line]:
    """Find headline, kicker and lede among the lines before the first running text."""
    free = [n for n, line in enumerate(lines) if line.kind is None]
    first = next((n for n in free if lines[n].prose), len(lines))
    free = [n for n in free if n <= first]
    titles = [n for n in free if n < first and not _is_menu(lines[n].words)]
    for n in set(free) - set(titles):
        if n < first and titles:
            lines[n].kind = BlockKind.FURNITURE
    if not titles:
        if free and len(lines[free[0]].words) <= 250 and free[0] == 0:
            lines[free[0]].kind = BlockKind.HEADLINE
        return lines
    at = titles[0]
    if len(titles) > 1 and titles[1] == at + 1 and _is_kicker(lines[at], lines[titles[1]]):
        lines[at].kind, at = BlockKind.KICKER, titles[1]
    lines[at].kind = BlockKind.HEADLINE if len(lines[at].words) <= 250 else BlockKind.PARAGRAPH
    _find_lede(lines, at)
    return _cut_kicker(text, lines, at)


def _is_menu(words: str) -> bool:
    """Tell whether a line is a list of links: four words or more, all in capitals, none of them doing anything."""
    parts = words.split()
    return len(parts) >= 4 and all(p[:1].isupper() for p in parts) and all(p.isalpha() for p in parts)


def _find_lede(lines: Sequence[Line], headline: int) -> None:
    """Mark the lede: the first running text if it is short, or longer and set off by what follows it."""
    aside = (BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.FURNITURE)
    at = next((n for n in range(headline + 1, len(lines)) if lines[n].kind not in aside), None)
    if at is None or lines[at].kind is not None or len(lines[at].words.split()) < 8 or has_dateline(lines[at].words):
        return
    if not any(line.kind is None and line.prose for line in lines[at + 1 :]):
        return
    size = len(lines[at].words)
    others = sorted(len(line.words) for line in lines[at + 1 :] if line.kind is None and line.prose)
    following = lines[at + 1].kind if at + 1 < len(lines) else None
    named = any(line.kind is BlockKind.BYLINE for line in lines[headline:at])
    set_off = following in (*aside, BlockKind.CAPTION, BlockKind.CREDIT) and not named
    if size <= _LEDE or (size <= 450 and set_off and size < others[len(others) // 2]):
        lines[at].kind = BlockKind.LEDE


def _cut_kicker(text: str, lines: list[Line], at: int) -> list[Line]:
    """Divide a headline's line that begins with its kicker."""
    start, end = lines[at].span
    alone = lines[at].kind is BlockKind.HEADLINE and not any(line.kind is BlockKind.KICKER for line in lines)
    cut = find_kicker(lines[at].words, text[end:]) if alone else None
    kicker = trim(text, start, start + cut) if cut else None
    if cut is None or kicker is None:
        return lines
    headline = Span(start + cut, end)
    parts = [
        Line(kicker, kicker.of(text), kind=BlockKind.KICKER),
        Line(headline, headline.of(text), gap=False, kind=BlockKind.HEADLINE),
    ]
    return [*lines[:at], *parts, *lines[at + 1 :]]


def _tail(lines: Sequence[Line]) -> None:
    """Type what a page shows behind its signature or its last running text, and teasers of other articles."""
    for line, following in pairwise(lines):
        bare = line.kind is BlockKind.RELATED and len(line.words) < 32 and is_a("related", line.words)
        if bare and following.kind is None and not following.prose and len(following.words) < 140:
            following.kind = BlockKind.RELATED
        if line.kind is BlockKind.RELATED and following.kind is BlockKind.BYLINE and not following.gap:
            following.kind = BlockKind.RELATED
    last = max((n for n, line in enumerate(lines) if line.kind is None and line.prose), default=-1)
    signed = next((n for n in range(last + 1, len(lines)) if lines[n].kind is BlockKind.AGENCY), None)
    if last < 0 or signed is None:
        return
    for line in lines[signed + 1 :]:
        line.kind = line.kind or BlockKind.FURNITURE


def _rest(lines: Sequence[Line]) -> None:
    last = max((n for n, line in enumerate(lines) if line.kind in (None, BlockKind.PARAGRAPH)), default=-1)
    for number, line in enumerate(lines):
        if line.kind is not None:
            continue
        following = lines[number + 1] if number + 1 < len(lines) else None
        if _QUOTED.match(line.words) and following and _is_speaker(following):
            line.kind = following.kind = BlockKind.PULL_QUOTE
            continue
        short = len(line.words) <= 90 and not re.search(r"[.!…:][\"“”«»‹›)’‘]*$", line.words)
        line.kind = BlockKind.SUBHEAD if short and number < last else BlockKind.PARAGRAPH


def _is_speaker(line: Line) -> bool:
    """Tell whether a line names the speaker of a quote set apart: "Eva Lund, Ministerin"."""
    return line.kind is None and not line.gap and len(line.words.split()) <= 8 and not _SENTENCE.search(line.words)


def _blocks(text: str, lines: Sequence[Line]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Make blocks of lines; return the agencies that stand at the edges of paragraphs beside them."""
    blocks: list[Block] = []
    agencies: list[str] = []
    for line in lines:
        kind = line.kind or BlockKind.PARAGRAPH
        whole = ((kind, Span(0, len(line.words)), ()),)
        divided = kind in (BlockKind.PARAGRAPH, BlockKind.LEDE)
        for part, span, named in divide_paragraph(line.words, kind) if divided else whole:
            place = span.shifted(line.span.start)
            blocks.append(Block(kind=part, start=place.start, end=place.end))
            agencies += named
    return _joined(text, blocks), tuple(agencies)


def _joined(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Join the lines of one quote set apart."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if (
            before
            and before.kind is block.kind is BlockKind.PULL_QUOTE
            and text[before.end : block.start].count("\n") < 2
        ):
            joined[-1] = Block(kind=block.kind, start=before.start, end=block.end)
        else:
            joined.append(block)
    return tuple(joined)


def _images(lines: Sequence[Line]) -> tuple[Image, ...]:
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
