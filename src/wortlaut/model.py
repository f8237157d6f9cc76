"""The records that the stages hand on; labels (`labels.py`) and pages (`page.py`) are named here, too.

Names and meanings are those of the JSON contract (see docs/reference/contract.md): a record's fields are the contract's
keys. All offsets are half-open code point offsets into `Article.text`. Records are values: frozen, compared by content.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from wortlaut.labels import (
    QUOTABLE,
    Access,
    Act,
    BlockKind,
    ConditionKind,
    Engine,
    EntityKind,
    Holder,
    Kind,
    Medium,
    PageForm,
    Polarity,
    QuoteKind,
    RejectionReason,
    RelationKind,
    ReportRole,
    StatementSource,
    TimexType,
)
from wortlaut.page import Page, PageRecord, Problem, Rights
from wortlaut.text import Span, Spans

__all__ = [
    "QUOTABLE",
    "READING_SCHEMA",
    "REJECTION_SCHEMA",
    "Access",
    "Act",
    "Article",
    "Block",
    "BlockKind",
    "Condition",
    "ConditionKind",
    "Embed",
    "Engine",
    "Entity",
    "EntityKind",
    "Evidence",
    "Holder",
    "Image",
    "Kind",
    "Likelihood",
    "Making",
    "Medium",
    "Outcome",
    "Page",
    "PageForm",
    "PageRecord",
    "Polarity",
    "Problem",
    "Quote",
    "QuoteKind",
    "Reading",
    "Rejection",
    "RejectionReason",
    "Relation",
    "RelationKind",
    "Report",
    "ReportRole",
    "Rights",
    "Role",
    "Statement",
    "StatementSource",
    "Timex",
    "TimexType",
    "When",
    "content_id",
]

READING_SCHEMA: Literal["wortlaut.reading/1"] = "wortlaut.reading/1"
REJECTION_SCHEMA: Literal["wortlaut.rejection/1"] = "wortlaut.rejection/1"


def content_id(*parts: str | int | Span | Iterable[Span]) -> str:
    """Return 16 hex digits that depend on `parts` alone: the identity of a record is its place and its words.

    The first 64 bits of a SHA-256: two of a million records share an id with a chance of about 3e-8.
    """
    digest = hashlib.sha256()
    for part in parts:
        plain = part if isinstance(part, str | int) else repr([*part])
        digest.update(f"{plain}\x1f".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A typed stretch of the article, white space at its edges left out."""

    kind: BlockKind
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The block's place."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A piece of a third party inside the page; `start` and `end` are None when it has no words."""

    provider: str | None
    url: str | None = None
    start: int | None = None
    end: int | None = None
    consent_notice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture with the places of its caption and its credit."""

    src: str | None = None
    alt: str | None = None
    caption: Span | None = None
    credit: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says. `published` and `modified` are ISO 8601 dates or date-times; `url` is the page's own (canonical).

    `authors` are people; only where the page names a desk or an agency in their place, that stands there.
    """

    id: str
    language: str | None = "de"
    publisher: str | None = None
    section: str | None = None
    url: str | None = None
    access: Access | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    text: str
    blocks: tuple[Block, ...] = ()
    embeds: tuple[Embed, ...] = ()
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Reproduced speech, thought or writing. `level` is 0 for outermost; `parent` is the id of the enclosing quote."""

    id: str
    kind: QuoteKind
    medium: Medium = Medium.SPEECH
    level: int = 0
    parent: str | None = None
    content: Spans
    cue: Spans = ()
    frame: Spans = ()
    speaker: Spans = ()
    addressee: Spans = ()
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A temporal expression (TIMEX3). `anchor` is the date the value was computed from; None for absolute values.

    `point` is the date to which a duration leads from the anchor: that of "vor drei Jahren" (P3Y) on 2031-03-04 is 2028.
    """

    id: str
    type: TimexType
    value: str | None
    mod: str | None = None
    anchor: str | None = None
    point: str | None = None
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The expression's place."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An office or function somebody holds; `organisation` is a name as on the page, the times are TIMEX3 values."""

    title: str
    organisation: str | None = None
    since: str | None = None
    until: str | None = None
    evidence: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie of this entity to `object`, another entity's id."""

    kind: RelationKind
    object: str
    since: str | None = None
    evidence: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody, with every place where the page speaks of them.

    `named` is False where the page gives no name and `name` holds its words for them ("Sprecher der Polizei").
    """

    id: str
    name: str
    kind: EntityKind
    named: bool = True
    mentions: Spans
    roles: tuple[Role, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a statement depends on. Spans hold the condition's words with its conjunction or preposition.

    `cue` are the words that make it a condition of its kind: "auch dann nicht, wenn", the verb of "[Sollte] …".
    """

    kind: ConditionKind
    spans: Spans
    holder: Holder = Holder.SPEAKER
    cue: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """A verbal probability. `low` and `high` are fractions of 1, None for terms with a direction and no range."""

    term: str
    spans: Spans
    scale: str | None = None
    low: float | None = None
    high: float | None = None
    direction: Literal["up", "down"]
    holder: Holder = Holder.SPEAKER


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A resolved time (TIMEX3 value) and the id of the Timex it comes from."""

    value: str
    time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A link of the chain that carried a statement."""

    role: ReportRole
    name: str
    evidence: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a field of a statement has its value: the words that led to it (`spans` may be empty) and the rule, `by`.

    `value` is the field's as people read it: a name, a label, a date; `words` are those at `spans`.
    """

    field: str
    value: str | None
    spans: Spans = ()
    words: str = ""
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A declared position or assertion. `speaker`, `principal` and `addressee` are entity ids of the same Reading.

    `explain` is left empty unless the reader was asked for it.
    """

    id: str
    source: StatementSource
    quote: str | None = None
    content: Spans
    speaker: str | None = None
    speaker_span: Spans = ()
    principal: str | None = None
    addressee: str | None = None
    act: Act
    act_cue: Spans = ()
    polarity: Polarity = Polarity.POSITIVE
    proposition: Spans = ()
    conditions: tuple[Condition, ...] = ()
    likelihood: Likelihood | None = None
    said: When | None = None
    due: When | None = None
    same_as: str | None = None
    reported_by: tuple[Report, ...] = ()
    explain: tuple[Evidence, ...] = ()
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What made a Reading: the version of wortlaut, what found the quotes (a model with its version, or rules), a digest of the lexicon."""

    program: str
    model: str | None = None
    lexicon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything learned from one page. A value: it can be printed, sent, stored, thrown away."""

    schema: Literal["wortlaut.reading/1"] = READING_SCHEMA
    page: PageRecord
    article: Article
    quotes: tuple[Quote, ...] = ()
    times: tuple[Timex, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    made_by: Making | None = None

    def wording(self, statement: Statement) -> QuoteKind | None:
        """Return the kind of the quote that a statement rests on; indirect where it takes in words beyond direct ones."""
        kind = next((quote.kind for quote in self.quotes if quote.id == statement.quote), None)
        if kind is not QuoteKind.DIRECT:
            return kind
        marked = [span for quote in self.quotes if quote.kind is QuoteKind.DIRECT for span in quote.content]
        literal = all(any(own.contains(span) for own in marked) for span in statement.content)
        return kind if literal else QuoteKind.INDIRECT

    def entity(self, entity_id: str | None) -> Entity | None:
        """Return the entity of that id, or None."""
        return next((entity for entity in self.entities if entity.id == entity_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A page that gave no Reading, and why."""

    schema: Literal["wortlaut.rejection/1"] = REJECTION_SCHEMA
    page: PageRecord
    reason: RejectionReason
    detail: str


Outcome = Reading | Rejection
"""What a page comes to."""
