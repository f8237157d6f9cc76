"""Drafts of quotes while a page is read, and the quotes they become."""

from dataclasses import dataclass

from wortlaut.model import Article, Medium, Quote, QuoteKind, content_id
from wortlaut.quotation.frames import Frame
from wortlaut.text import Span, Spans

_WRITING = frozenset(["schreiben", "twittern", "posten", "notieren", "festhalten"])
_THOUGHT = frozenset(
    [
        "glauben",
        "denken",
        "fürchten",
        "befürchten",
        "hoffen",
        "annehmen",
        "vermuten",
        "erwarten",
        "wollen",
        "ausgehen",
        "rechnen",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A quote without its id; `confidence` is the share of such quotes that were right on training pages."""

    kind: QuoteKind
    content: Spans
    frame: Frame | None = None
    frames: Spans = ()
    level: int = 0
    confidence: float


def to_quote(article: Article, draft: Draft, parent: str | None = None) -> Quote:
    """Return the quote of a draft; its id depends on the page, the content's place and its words."""
    frame = draft.frame
    lemma = frame.lemma if frame else ""
    medium = Medium.WRITING if lemma in _WRITING else Medium.THOUGHT if lemma in _THOUGHT else Medium.SPEECH
    return Quote(
        id=content_id(article.id, "quote", draft.content, "".join(s.of(article.text) for s in draft.content)),
        kind=draft.kind,
        medium=medium,
        level=draft.level,
        parent=parent,
        content=draft.content,
        cue=frame.cue if frame and draft.kind is not QuoteKind.INDIRECT_FREE_INDIRECT else (),
        frame=draft.frames or ((frame.span,) if frame and draft.kind is not QuoteKind.INDIRECT_FREE_INDIRECT else ()),
        speaker=frame.speaker if frame else (),
        addressee=frame.addressee if frame else (),
        confidence=draft.confidence,
    )


def key(span: Span) -> tuple[int, int]:
    """Order spans by start, longer first."""
    return span.start, -span.end
