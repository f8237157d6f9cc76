"""When: temporal expressions of German news, anchored at the day of publication (TIMEX3, ISO-TimeML).

Words get classes (`words`), rules find phrases of classes (`grammar`), readers find their values (`resolve`).
"""

from datetime import date

from wortlaut.language import Sentence
from wortlaut.model import Article, Block, BlockKind, Timex, TimexType, content_id
from wortlaut.temporal.direction import Tenses
from wortlaut.temporal.grammar import find_phrases
from wortlaut.temporal.resolve import Setting, Value, resolve
from wortlaut.temporal.words import find_words
from wortlaut.text import Span

__all__ = ["find_times"]

_SILENT = frozenset(
    (BlockKind.EMBED, BlockKind.NOTICE, BlockKind.RELATED, BlockKind.CREDIT, BlockKind.AGENCY, BlockKind.BYLINE)
)


def find_times(article: Article, sentences: tuple[Sentence, ...] = ()) -> tuple[Timex, ...]:
    """Return the temporal expressions of an article in text order; values stay relative where it has no date.

    `sentences` tell by their tense whether "am Freitag" is the last or the next one; without them it is the last.
    """
    anchor = _anchor(article.published)
    tenses = Tenses(sentences)
    found: list[Timex] = []
    for block in article.blocks:
        if block.kind not in _SILENT:
            found.extend(_in_block(article, block, anchor, tenses, found[-1].value if found else None))
    return tuple(found)


def _anchor(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _in_block(article: Article, block: Block, anchor: date | None, tenses: Tenses, named: str | None) -> list[Timex]:
    words = find_words(article.text, block.start, block.end)
    stops = [word.end for word in words if word.kind == "stop"]
    found: list[Timex] = []
    free, near, beside, sentence = block.start, None, None, 0
    for phrase in find_phrases(words):
        span = Span(phrase.words[0].start, phrase.words[-1].end)
        if span.start < free:
            continue
        if sentence != (sentence := sum(stop <= span.start for stop in stops)):
            beside = None
        direction, lasting = tenses.at(span)
        setting = Setting(
            anchor=anchor, direction=direction, lasting=lasting, named=near or named, near=near, beside=beside
        )
        value = resolve(phrase, setting)
        if value is not None or phrase.read == "nothing":
            free = span.end
        if value is None:
            continue
        found.append(_timex(article, span, value, anchor))
        if value.type is TimexType.DATE and value.value[:4].isdigit() and not phrase.looks_back:
            near = beside = value.value
    return found


def _timex(article: Article, span: Span, value: Value, anchor: date | None) -> Timex:
    return Timex(
        id=content_id(article.id, "timex", span, span.of(article.text)),
        type=value.type,
        value=value.value,
        mod=value.mod,
        anchor=anchor.isoformat() if anchor and value.anchored else None,
        start=span.start,
        end=span.end,
        point=value.point,
    )
