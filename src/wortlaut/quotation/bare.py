"""Quotes without what only surrounds their words: outer marks, the comma before a frame, the full stop behind.

The corpus counts these signs to the quote, and so does a Reading; what is stated is stated by the words. It also counts
a reported quote's speaker and cue to its content and gives it no frame: here the content is the gist alone, in its frame.
"""

from collections.abc import Sequence
from dataclasses import replace

from wortlaut.language import MARKS
from wortlaut.model import Quote, QuoteKind
from wortlaut.quotation.marks import find_marked
from wortlaut.text import Span, Spans, hull, subtract, trim

_SIGNS = " \t\r\n\u00a0,.;:–—-"


def bare(text: str, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the same quotes, with the same ids, whose content and frame begin and end with words.

    „Nein“, sagte sie → Nein · sagte sie; not: Er nannte es „falsch“ → Er nannte es „falsch
    """
    return tuple(_bare(text, _gist(text, quote)) for quote in quotes)


def _bare(text: str, quote: Quote) -> Quote:
    frame = _stripped(text, quote.frame, _SIGNS + MARKS)
    return replace(quote, content=_content(text, quote) or quote.content, frame=frame or quote.frame)


def _gist(text: str, quote: Quote) -> Quote:
    """Take speaker and cue out of a reported quote's content: Die Kammer begrüßte das Urteil → das Urteil."""
    if quote.kind is not QuoteKind.REPORTED or quote.frame:
        return quote
    rest = tuple(part for span in quote.content for part in subtract(span, (*quote.speaker, *quote.cue)))
    gist = tuple(span for part in rest if (span := trim(text, part.start, part.end)) and _has_words(text, span))
    return replace(quote, content=gist, frame=quote.content) if gist else quote


def _has_words(text: str, span: Span) -> bool:
    return any(c.isalnum() for c in span.of(text))


def _content(text: str, quote: Quote) -> Spans:
    signs = " \t\r\n,;:" if quote.kind is QuoteKind.DIRECT else _SIGNS
    content = _stripped(text, quote.content, signs)
    if not content:
        return ()
    whole = hull(content)
    if any(marked.outer == whole for marked in find_marked(text, whole)):
        return _within(content, Span(whole.start + 1, whole.end - 1))
    return content


def _stripped(text: str, spans: Spans, signs: str) -> Spans:
    """Cut signs off at both ends of the whole; a part that holds nothing else goes."""
    kept = [span for span in spans if span.of(text).strip(_SIGNS + MARKS)]
    if not kept:
        return ()
    first, last = kept[0].of(text), kept[-1].of(text)
    start = kept[0].start + len(first) - len(first.lstrip(signs))
    end = kept[-1].end - len(last) + len(last.rstrip(signs))
    return _within(tuple(kept), Span(start, end))


def _within(spans: Spans, limit: Span) -> Spans:
    cut = ((max(s.start, limit.start), min(s.end, limit.end)) for s in spans)
    return tuple(Span(start, end) for start, end in cut if start < end)
