"""Interviews: turns that a name and a colon open, "Lund: Wir bauen nicht."; no marks are set, whole turns are direct speech.

A page is an interview if several of its blocks begin with a voice. Whoever mostly asks is the interviewer, whose questions
nobody is held to; where one voice alone is named, the blocks before its turns are the questions.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from wortlaut.model import Article, BlockKind, QuoteKind
from wortlaut.quotation.drafts import Draft
from wortlaut.quotation.frames import Frame
from wortlaut.text import Span

_TURN = re.compile(r"(?P<who>[A-ZÄÖÜ][\w&.-]*(?: (?:von |van |de |der )?[A-ZÄÖÜ][\w&.-]*){0,3})\s?:\s+(?=\S)")
_SPOKEN = frozenset((BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.SUBHEAD, BlockKind.LEDE))
_ENOUGH = 4
"""Least number of turns that make an interview: two questions and two answers."""
_ALONE = 3
"""Least number of answers where only these have a name before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn: `block` is the block's index, `who` the name before the colon, `said` the rest of the block."""

    block: int
    who: Span
    said: Span
    voice: str


def find_turns(article: Article) -> tuple[Turn, ...]:
    """Return the turns of an interview in order, questions included; empty if the page is none."""
    turns = []
    for index, block in enumerate(article.blocks):
        match = _TURN.match(article.text, block.start, block.end) if block.kind in _SPOKEN else None
        if match:
            who = Span(match.start("who"), match.end("who"))
            voice = match["who"].split()[-1].casefold()
            turns.append(Turn(block=index, who=who, said=Span(match.end(), block.end), voice=voice))
    voices = {turn.voice for turn in turns}
    if len(voices) == 1:
        return _with_questions(article, turns)
    return tuple(turns) if len(turns) >= _ENOUGH and 1 < len(voices) <= len(turns) / 2 else ()


def _with_questions(article: Article, answers: list[Turn]) -> tuple[Turn, ...]:
    """Return the answers of one voice with the blocks before them, if most of these are questions."""
    own = {turn.block for turn in answers}
    before = [n for n in (turn.block - 1 for turn in answers) if n not in own and article.blocks[n].kind in _SPOKEN]
    asked = [n for n in before if article.blocks[n].span.of(article.text).rstrip(" “»").endswith("?")]
    if len(answers) < _ALONE or len(asked) <= len(answers) / 2:
        return ()
    questions = (
        Turn(block=n, who=Span(b.start, b.start), said=b.span, voice="") for n in before if (b := article.blocks[n])
    )
    return tuple(sorted((*answers, *questions), key=lambda turn: turn.block))


def find_answers(article: Article, turns: tuple[Turn, ...]) -> tuple[Draft, ...]:
    """Return a direct quote for each turn of those who do not mostly ask; its frame is the name before the colon."""
    asked: dict[str, list[bool]] = defaultdict(list)
    for turn in turns:
        asked[turn.voice].append(article.text[: turn.said.end].rstrip().endswith("?"))
    askers = {voice for voice, ends in asked.items() if not voice or sum(ends) > len(ends) / 2}
    return tuple(
        Draft(
            kind=QuoteKind.DIRECT,
            content=(turn.said,),
            frame=Frame(span=turn.who, cue=(), speaker=(turn.who,)),
            confidence=0.85,
        )
        for turn in turns
        if turn.voice not in askers
    )
