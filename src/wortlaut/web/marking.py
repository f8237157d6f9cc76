"""An article's text with its quotes marked: stretches that do not overlap, each with everything that is said of it.

Spans of quotes nest, overlap and are discontinuous; HTML elements may do neither. So the text of a block is cut at every edge of
every span, and each piece lists the marks it lies in; pieces of one quote share its id. Offsets stay code points: nothing is
converted, because the pieces are cut here and not in the browser.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from wortlaut.model import Quote, QuoteKind, Reading, Statement
from wortlaut.text import Span

ORDER = ("quote", "direct", "inner", "narrated", "condition", "likelihood", "speaker", "addressee", "cue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A role that a stretch of text plays in a quote or a statement, by the id that links them."""

    role: str
    owner: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text. `roles` are those of all marks on it, `owners` the quotes and statements; `opens` are owners that begin here."""

    text: str
    roles: tuple[str, ...]
    owners: tuple[str, ...]
    opens: tuple[str, ...]


def find_marks(reading: Reading) -> tuple[Mark, ...]:
    """Return all marks of a reading; those of a statement belong to its quote, if it has one."""
    marks = [mark for quote in reading.quotes for mark in _of_quote(quote)]
    for statement in reading.statements:
        marks += _of_statement(statement)
    return tuple(marks)


def owner_of(statement: Statement) -> str:
    """Return the id that links a statement to its stretches of text: its quote's, or its own if the page tells it."""
    return statement.quote or statement.id


def _of_quote(quote: Quote) -> Iterator[Mark]:
    roles = {
        "inner" if quote.level else "quote": quote.content, "speaker": quote.speaker, "addressee": quote.addressee, "cue": quote.cue,
    }  # fmt: skip
    if quote.kind is QuoteKind.DIRECT:
        roles["direct"] = quote.content
    for role, spans in roles.items():
        yield from (Mark(role=role, owner=quote.id, span=span) for span in spans)


def _of_statement(statement: Statement) -> Iterator[Mark]:
    owner = owner_of(statement)
    if statement.quote is None:
        yield from (Mark(role="narrated", owner=owner, span=span) for span in statement.content)
        yield from (Mark(role="cue", owner=owner, span=span) for span in statement.act_cue)
    for condition in statement.conditions:
        yield from (Mark(role="condition", owner=owner, span=span) for span in condition.spans)
    if statement.likelihood is not None:
        yield from (Mark(role="likelihood", owner=owner, span=span) for span in statement.likelihood.spans)


def cut(text: str, block: Span, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Cut a block at the edges of all marks on it."""
    own = [mark for mark in marks if mark.span.overlaps(block)]
    edges = {block.start, block.end}
    for mark in own:
        edges |= {max(block.start, mark.span.start), min(block.end, mark.span.end)}
    places = sorted(edges)
    return tuple(_piece(text, Span(start, end), own) for start, end in pairwise(places))


def _piece(text: str, span: Span, marks: list[Mark]) -> Piece:
    on = [mark for mark in marks if mark.span.overlaps(span)]
    roles = {mark.role for mark in on}
    return Piece(
        text=span.of(text),
        roles=tuple(role for role in ORDER if role in roles),
        owners=tuple(dict.fromkeys(mark.owner for mark in on)),
        opens=tuple(
            dict.fromkeys(
                m.owner for m in on if m.role in {"quote", "inner", "narrated"} and m.span.start == span.start
            )
        ),
    )
