"""When: temporal expressions of German news, anchored at the day of publication (TIMEX3, ISO-TimeML).

Words get classes (`words`), rules find phrases of classes (`grammar`), readers find their values (`resolve`).
"""

from datetime import MAXYEAR, MINYEAR, date

from wortlaut.language import Sentence
from wortlaut.model import Article, BlockKind, Timex, TimexType, content_id
from wortlaut.temporal.direction import Tenses
from wortlaut.temporal.grammar import Phrase, find_phrases
from wortlaut.temporal.resolve import resolve
from wortlaut.temporal.setting import Setting, Value
from wortlaut.temporal.words import Word, find_words
from wortlaut.text import Span

__all__ = ["find_times"]

_SILENT = frozenset(
    (BlockKind.EMBED, BlockKind.NOTICE, BlockKind.RELATED, BlockKind.CREDIT, BlockKind.AGENCY, BlockKind.BYLINE)
)


def find_times(article: Article, sentences: tuple[Sentence, ...] = ()) -> tuple[Timex, ...]:
    """Return the temporal expressions of an article in text order; values stay relative where it has no date.

    `sentences` tell by their tense whether "am Freitag" is the last or the next one; without them it is the last.
    """
    story = _Story(_anchor(article.published), Tenses(sentences))
    found = []
    for block in article.blocks:
        if block.kind not in _SILENT:
            words = find_words(article.text, block.start, block.end)
            story.begin_paragraph()
            for phrase, value in find_phrases(words, story.resolve):
                story.remember(phrase, value)
                if value.value:
                    found.append(_timex(article, phrase.span, value, story.anchor))
    return tuple(found)


def _anchor(published: str | None) -> date | None:
    """Return the day of publication, unless it is near an end of the calendar."""
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
    return day if day and MINYEAR + 200 < day.year < MAXYEAR - 200 else None


_RANGES = (["until"], ["until", "at"], ["dash"], ["for"])
_DAYS = ("weekdays", "weekday_parts", "days", "day_adjectives", "day")
"""Classes of words that make a time of the day one of its own day: "Freitagabend"."""


class _Story:
    """The dates that a text has named so far; the setting of the next expression."""

    def __init__(self, anchor: date | None, tenses: Tenses) -> None:
        self.anchor = anchor
        self._tenses = tenses
        self._named: str | None = None
        self.begin_paragraph()

    def begin_paragraph(self) -> None:
        self._near: str | None = None
        self._last: Phrase | None = None

    def resolve(self, phrase: Phrase) -> Value | None:
        between = self._between(phrase)
        beside = between is not None and not any(word.kind == "stop" and word.text != ":" for word in between)
        outlook = self._tenses.at(phrase.span)
        setting = Setting(
            anchor=self.anchor,
            outlook=outlook,
            named=self._named,
            near=self._near,
            beside=self._near if beside else None,
            ranged=[word.kind for word in between or ()][:2] in _RANGES,
            framed=self._frame() if beside and outlook.direction < 0 else None,
        )
        return resolve(phrase, setting)

    def _frame(self) -> str | None:
        """Return the year that the sentence of the last date begins with: "1953 kam", "Im Jahr 1953 kam"."""
        if self._last is None or self._last.read != "year" or self._last.has("edges", "part"):
            return None
        ahead = ["stop", *(word.kind for word in self._last.block[: self._last.first])]
        return self._near if ahead[-1] == "stop" or ahead[-2:] == ["stop", "at"] else None

    def _between(self, phrase: Phrase) -> list[Word] | None:
        """Return the words between the last date of the paragraph and a phrase, without the stop of "Sa."."""
        if self._last is None:
            return None
        short = self._last.words[-1].kind == "short_weekdays"
        between = phrase.block[self._last.last : phrase.first]
        return between[1:] if short and between[:1] and between[0].kind == "stop" else between

    def remember(self, phrase: Phrase, value: Value) -> None:
        """Keep a date, unless the text only looks back to it and goes on from the one before: "Vortag", "Tag zuvor"."""
        back = phrase.has("before_units") or (phrase.get("later") or 0) < 0
        names = value.type is TimexType.DATE or (value.type is TimexType.TIME and phrase.has(*_DAYS))
        if names and value.value[:4].isdigit() and not back:
            self._named = self._near = value.value.partition("T")[0]
            self._last = phrase


def _timex(article: Article, span: Span, value: Value, anchor: date | None) -> Timex:
    return Timex(
        id=content_id(article.id, "timex", span, span.of(article.text)),
        type=value.type,
        value=value.value,
        mod=value.mod,
        anchor=anchor.isoformat() if anchor and value.anchored else None,
        point=value.point,
        start=span.start,
        end=span.end,
    )
