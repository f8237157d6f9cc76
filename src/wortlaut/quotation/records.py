"""Found quotes as records: words become spans of the text, nesting becomes parents, likeness becomes confidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wortlaut.model import Article, Medium, Quote, QuoteKind, content_id
from wortlaut.quotation.drafts import key
from wortlaut.text import Span, Spans, hull


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A quote as numbers of its words: content, roles in the order of ROLES.

    `likeness` is its expected token F1 with a true quote, `sureness` that times how sure its speaker is.
    """

    kind: QuoteKind
    medium: Medium
    level: int
    words: tuple[int, ...]
    roles: tuple[tuple[int, ...], ...]
    likeness: float
    sureness: float


Calibration = Sequence[tuple[float, float]]


def to_quotes(
    article: Article, spans: Sequence[Span], found: Iterable[Found], calibration: Calibration
) -> tuple[Quote, ...]:
    """Return quotes in text order, each with the smallest quote around it as its parent."""
    edges = frozenset(block.start for block in article.blocks)
    quotes: list[Quote] = []
    for one in sorted(found, key=lambda f: (-len(f.words), f.words)):
        content = to_spans(one.words, spans, edges)
        parent = min(
            (q for q in quotes if hull(q.content).contains(hull(content)) and q.content != content),
            key=lambda q: hull(q.content).end - hull(q.content).start,
            default=None,
        )
        speaker, cue, frame, addressee = (to_spans(words, spans, edges) for words in one.roles)
        quote = Quote(
            id=content_id(article.id, "quote", content, "".join(s.of(article.text) for s in content)),
            kind=one.kind,
            medium=one.medium,
            level=parent.level + 1 if parent else 0,
            parent=parent.id if parent else None,
            content=content,
            cue=cue,
            frame=frame,
            speaker=speaker,
            addressee=addressee,
            confidence=confidence(one.sureness, calibration),
        )
        if all(quote.id != other.id for other in quotes):
            quotes.append(quote)
    return tuple(sorted(quotes, key=lambda q: (key(q.content[0]), q.level)))


def to_spans(words: Sequence[int], spans: Sequence[Span], edges: frozenset[int] = frozenset()) -> Spans:
    """Return the runs of words as spans; a run ends where a block does."""
    runs: list[Span] = []
    last = None
    for word in words:
        place = spans[word]
        joined = last is not None and word == last + 1 and not edges.intersection(range(runs[-1].end, place.start + 1))
        if joined:
            runs[-1] = Span(runs[-1].start, place.end)
        else:
            runs.append(place)
        last = word
    return tuple(runs)


def confidence(sureness: float, calibration: Calibration) -> float:
    """Return the share of right quotes among those of this sureness, between the calibration's points."""
    for (low, below), (high, above) in pairwise(calibration):
        if sureness <= high:
            share = (sureness - low) / (high - low) if high > low else 1.0
            return round(below + max(0.0, share) * (above - below), 3)
    return round(calibration[-1][1], 3) if calibration else round(sureness, 3)
