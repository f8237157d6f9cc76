"""Who wrote the article and when, where declarations and the page's own lines must be weighed against each other."""

from wortlaut.extraction.dates import find_stamp, to_iso
from wortlaut.extraction.draft import Draft
from wortlaut.extraction.html import Body
from wortlaut.extraction.metadata import Metadata
from wortlaut.extraction.people import clean_names, is_agency
from wortlaut.extraction.phrases import agencies_of, authors_of, witnesses
from wortlaut.model import BlockKind


def credited(meta: Metadata, draft: Draft, body: Body) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return authors and agencies. People come first; a desk or an agency is the author only where nobody else is named."""
    lines = [
        (authors_of(line.words), ()) if authors_of(line.words) else clean_names([line.words]) for line in body.bylines
    ]
    people = meta.authors or next((people for people, _ in lines if people), ())
    corporate = meta.corporate or next((others for _, others in lines if others), ())
    named = [n for n in (*meta.corporate, *(o for _, others in lines for o in others)) if is_agency(n)]
    signed = [b.span.of(draft.text) for b in draft.blocks if b.kind is BlockKind.AGENCY]
    others = (
        witnesses(b.span.of(draft.text) for b in draft.blocks if b.kind is not BlockKind.AGENCY)
        if signed
        else frozenset()
    )
    agencies = (*named, *draft.agencies, *(agency for words in signed for agency in agencies_of(words, others) or ()))
    return people or corporate, tuple(dict.fromkeys(agencies))


def stamped(body: Body) -> str | None:
    """Return the date that the page shows beside its headline."""
    for line in body.stamps:
        if stamp := to_iso(line.stamp or "") or find_stamp(line.words):
            return stamp
    return None
