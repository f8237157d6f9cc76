"""How the closed sets of the records are called on the screen. `_` marks words for the catalogues; templates translate them."""

from collections.abc import Mapping

from wortlaut.ledger import ChangeKind, EditKind
from wortlaut.model import Act, BlockKind, ConditionKind, EntityKind, Holder, QuoteKind, ReportRole, StatementSource


def _(words: str) -> str:
    return words


ACTS = {
    Act.COMMIT: _("promises"), Act.REFUSE: _("refuses"), Act.THREATEN: _("threatens"), Act.DEMAND: _("demands"), Act.DENY: _("denies"),
    Act.CRITICISE: _("criticises"), Act.ENDORSE: _("endorses"), Act.PREDICT: _("expects"), Act.ASSERT: _("says"),
}  # fmt: skip
CONDITIONS = {
    ConditionKind.IF: _("if"), ConditionKind.EVEN_IF: _("even if"), ConditionKind.UNLESS: _("unless"), ConditionKind.ONLY_IF: _("only if"),
    ConditionKind.UNTIL: _("until"), ConditionKind.AS_LONG_AS: _("as long as"),
}  # fmt: skip
CHANGES = {
    ChangeKind.REVERSED: _("reversed"), ChangeKind.HARDENED: _("hardened"), ChangeKind.SOFTENED: _("softened"),
    ChangeKind.CONDITION_ADDED: _("condition added"), ChangeKind.CONDITION_DROPPED: _("condition dropped"),
    ChangeKind.LIKELIHOOD_SHIFTED: _("likelihood shifted"), ChangeKind.REWORDED: _("only reworded"),
}  # fmt: skip
KINDS = {
    EntityKind.PERSON: _("person"), EntityKind.ORGANISATION: _("organisation"), EntityKind.STATE: _("state"), EntityKind.PLACE: _("place"),
    EntityKind.GROUP: _("group"), EntityKind.DOCUMENT: _("document"), EntityKind.OTHER: _("other"),
}  # fmt: skip
KINDS_OF_MANY = {
    EntityKind.PERSON: _("people"), EntityKind.ORGANISATION: _("organisations"), EntityKind.STATE: _("states"), EntityKind.PLACE: _("places"),
    EntityKind.GROUP: _("groups"), EntityKind.DOCUMENT: _("documents"), EntityKind.OTHER: _("others"),
}  # fmt: skip
QUOTES = {
    QuoteKind.DIRECT: _("direct speech"), QuoteKind.INDIRECT: _("indirect speech"), QuoteKind.REPORTED: _("reported speech"),
    QuoteKind.FREE_INDIRECT: _("free indirect speech"), QuoteKind.INDIRECT_FREE_INDIRECT: _("indirect speech, run on"),
}  # fmt: skip
SOURCES = {
    StatementSource.QUOTE: _("quoted"), StatementSource.NARRATION: _("told by the page"), StatementSource.HEADLINE: _("headline"),
    StatementSource.DOCUMENT: _("document"),
}  # fmt: skip
HOLDERS = {
    Holder.SPEAKER: _("the speaker"),
    Holder.QUESTION: _("the interviewer's question"),
    Holder.REPORTER: _("the reporter"),
}
ROLES = {ReportRole.MEDIUM: _("told to"), ReportRole.AGENCY: _("agency"), ReportRole.PUBLISHER: _("published by")}
BLOCKS = {
    BlockKind.CAPTION: _("caption"), BlockKind.CREDIT: _("credit"), BlockKind.NOTICE: _("notice"), BlockKind.RELATED: _("related"),
    BlockKind.TABLE: _("table"), BlockKind.CORRECTION: _("correction"), BlockKind.FURNITURE: _("page furniture"), BlockKind.EMBED: _("embed"),
    BlockKind.AGENCY: _("agency"), BlockKind.BYLINE: _("byline"), BlockKind.DATELINE: _("dateline"),
}  # fmt: skip
EDITS = {
    EditKind.HEADLINE: _("another headline"), EditKind.REATTRIBUTED: _("put into somebody else's mouth"), EditKind.REWORDED: _("reworded"),
    EditKind.REMOVED: _("removed"), EditKind.ADDED: _("added"),
}  # fmt: skip
STANCE = {
    Act.COMMIT: "for", Act.ENDORSE: "for", Act.REFUSE: "against", Act.DENY: "against", Act.THREATEN: "threat", Act.CRITICISE: "threat",
    Act.DEMAND: "demand", Act.PREDICT: "likely", Act.ASSERT: "plain",
}  # fmt: skip
"""The colours of acts."""

ALL: Mapping[str, object] = {
    "ACTS": ACTS, "CONDITIONS": CONDITIONS, "CHANGES": CHANGES, "KINDS": KINDS, "KINDS_OF_MANY": KINDS_OF_MANY, "QUOTES": QUOTES, "SOURCES": SOURCES,
    "HOLDERS": HOLDERS, "ROLES": ROLES, "BLOCKS": BLOCKS, "STANCE": STANCE, "EDITS": EDITS,
}  # fmt: skip
