"""The closed sets of labels that records use. Their values are the contract's words (see docs/reference/contract.md)."""

from enum import StrEnum


class PageForm(StrEnum):
    """How the bytes of a page are to be understood."""

    AUTO = "auto"
    TEXT = "text"
    HTML = "html"


class Engine(StrEnum):
    """What finds quotes; AUTO is a trained model where one is installed, else the rules."""

    AUTO = "auto"
    MODEL = "model"
    RULES = "rules"


class BlockKind(StrEnum):
    """What a stretch of an article is."""

    KICKER = "kicker"
    HEADLINE = "headline"
    LEDE = "lede"
    BYLINE = "byline"
    DATELINE = "dateline"
    AGENCY = "agency"
    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    LIST_ITEM = "list_item"
    BLOCK_QUOTE = "block_quote"
    PULL_QUOTE = "pull_quote"
    CAPTION = "caption"
    CREDIT = "credit"
    EMBED = "embed"
    NOTICE = "notice"
    RELATED = "related"
    TABLE = "table"
    CORRECTION = "correction"
    FURNITURE = "furniture"


QUOTABLE = frozenset(
    {
        BlockKind.HEADLINE,
        BlockKind.LEDE,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.BLOCK_QUOTE,
        BlockKind.PULL_QUOTE,
    }
)
"""Kinds of block in which quotes and statements are looked for."""


class QuoteKind(StrEnum):
    """How speech, thought or writing is reproduced (Redewiedergabe)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    REPORTED = "reported"
    FREE_INDIRECT = "free_indirect"
    INDIRECT_FREE_INDIRECT = "indirect_free_indirect"


class Medium(StrEnum):
    """What is reproduced; two letters where two readings are possible."""

    SPEECH = "speech"
    THOUGHT = "thought"
    WRITING = "writing"
    SPEECH_OR_THOUGHT = "st"
    SPEECH_OR_WRITING = "sw"
    THOUGHT_OR_WRITING = "tw"


class TimexType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class EntityKind(StrEnum):
    """What sort of somebody an entity is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    PLACE = "place"
    GROUP = "group"
    DOCUMENT = "document"
    OTHER = "other"


class RelationKind(StrEnum):
    """A lasting tie between two entities."""

    MEMBER_OF = "member_of"
    PARTNER_OF = "partner_of"
    PART_OF = "part_of"
    LEADS = "leads"


class StatementSource(StrEnum):
    """Where on the page a statement stands."""

    QUOTE = "quote"
    NARRATION = "narration"
    HEADLINE = "headline"
    DOCUMENT = "document"


class Kind(StrEnum):
    """What a statement stands in: a kind of quote, or the page's own words."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    REPORTED = "reported"
    FREE_INDIRECT = "free_indirect"
    INDIRECT_FREE_INDIRECT = "indirect_free_indirect"
    NARRATION = "narration"
    HEADLINE = "headline"
    DOCUMENT = "document"


class Act(StrEnum):
    """What a speaker does by saying it (illocution)."""

    COMMIT = "commit"
    REFUSE = "refuse"
    THREATEN = "threaten"
    DEMAND = "demand"
    DENY = "deny"
    CRITICISE = "criticise"
    ENDORSE = "endorse"
    PREDICT = "predict"
    ASSERT = "assert"


class Polarity(StrEnum):
    """Whether the proposition is affirmed or negated."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class ConditionKind(StrEnum):
    """How a statement depends on an event."""

    IF = "if"
    EVEN_IF = "even_if"
    UNLESS = "unless"
    ONLY_IF = "only_if"
    UNTIL = "until"
    AS_LONG_AS = "as_long_as"


class Holder(StrEnum):
    """Whose words a condition or a likelihood are."""

    SPEAKER = "speaker"
    QUESTION = "question"
    REPORTER = "reporter"


class ReportRole(StrEnum):
    """A link of the reporting chain."""

    MEDIUM = "medium"
    AGENCY = "agency"
    PUBLISHER = "publisher"


class Access(StrEnum):
    """Who may read the page in full; `CUT` means that its bytes hold only the beginning."""

    FREE = "free"
    PAYWALLED = "paywalled"
    CUT = "cut"


class RejectionReason(StrEnum):
    """Why a page gave no Reading."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    BINARY = "binary"
    ENCODING = "encoding"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NOT_AN_ARTICLE = "not_an_article"
    INDEX_PAGE = "index_page"
    VIDEO_PAGE = "video_page"
    LOGIN_WALL = "login_wall"
    ERROR_PAGE = "error_page"
    FAILED = "failed"
    NOT_FETCHED = "not_fetched"
    NOT_ALLOWED = "not_allowed"
    DAMAGED = "damaged"
