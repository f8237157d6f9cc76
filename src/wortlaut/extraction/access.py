"""Whether a page is free to read, paywalled, or only the beginning of its article."""

from wortlaut.extraction.draft import Draft
from wortlaut.extraction.metadata import Metadata
from wortlaut.extraction.phrases import is_a
from wortlaut.model import Access, BlockKind

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BLOCK_QUOTE)
_BEGINNING = 1500
"""Characters of running text that pages show at most of an article that is to be paid for."""


def access_of(meta: Metadata, draft: Draft) -> Access | None:
    """Return who may read the article; None where the page says nothing and nothing points to a paywall."""
    offers = any(
        is_a("paywall", b.span.of(draft.text)) for b in draft.blocks if b.kind in (BlockKind.NOTICE, BlockKind.RELATED)
    )
    if meta.free or (meta.free is None and not offers):
        return Access.FREE if meta.free else None
    size = draft.count(*_PROSE)
    whole = len(meta.body or "")
    last = next((b.span.of(draft.text) for b in reversed(draft.blocks) if b.kind in _PROSE), "")
    cut = size < _BEGINNING or size < 0.6 * whole or last.endswith(("…", "..."))
    return Access.CUT if cut else Access.PAYWALLED
