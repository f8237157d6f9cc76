"""What the ledger answers with: statements with their words, page and reason. These are the contract's answer lines."""

from dataclasses import dataclass
from enum import StrEnum

from wortlaut.model import QuoteKind, Statement
from wortlaut.text import Spans


class ChangeKind(StrEnum):
    """How a position differs from the one before."""

    REVERSED = "reversed"
    HARDENED = "hardened"
    SOFTENED = "softened"
    CONDITION_ADDED = "condition_added"
    CONDITION_DROPPED = "condition_dropped"
    LIKELIHOOD_SHIFTED = "likelihood_shifted"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """Where a statement stands. `id` is the article's."""

    id: str
    source: str
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A statement as an answer. `score` is a fraction of 1; `why` says what made it one, in words.

    `speaker_actor` and `principal_actor` are the ledger's own actors, `speaker` and `principal` their names; `quote_kind` is
    that of the quote behind the statement: only the words of a direct one are the speaker's own.
    """

    statement: Statement
    words: str
    condition_words: tuple[str, ...]
    speaker: str | None
    principal: str | None
    speaker_actor: int | None = None
    principal_actor: int | None = None
    quote_kind: QuoteKind | None = None
    page: AnswerPage
    score: float = 1.0
    why: dict[str, str]
    hits: Spans = ()
    condition_hits: tuple[Spans, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two positions of one principal on one proposition. `score`: the higher, the surer that it is one; `shared`: words of both."""

    change: ChangeKind
    before: Answer
    after: Answer
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding a page did: `new` is False if the ledger had exactly this page already, or had `forgotten` it on request."""

    page: str
    new: bool
    statements: int
    forgotten: bool = False
