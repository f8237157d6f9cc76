"""Who wrote the article and when, where declarations and the page's own lines must be weighed against each other."""

import re

from wortlaut.extraction.dates import find_stamp, to_iso
from wortlaut.extraction.draft import Draft
from wortlaut.extraction.html import Body
from wortlaut.extraction.metadata import Metadata
from wortlaut.extraction.people import clean_names, is_agency
from wortlaut.extraction.phrases import agencies_of, authors_of, initials_of, witnesses
from wortlaut.model import BlockKind

_NAMING = (BlockKind.BYLINE, BlockKind.DATELINE)
_SIGN = re.compile(r"[\w-]+")
_BY = re.compile(r"\b[Vv]on\s+(?=[A-ZÄÖÜ])")


def credited(meta: Metadata, draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return authors and agencies.

    People come first, those of a byline if all that are declared are among them, then the initials that sign the text without an agency's, whose report
    they would only edit; a desk
    or an agency is the author only where nobody else is named.
    """
    lines = [_named(b.span.of(draft.text), b.kind, meta.publisher) for b in draft.blocks if b.kind in _NAMING]
    shown = next((people for people, _ in lines if people and set(people) >= set(meta.authors)), ())
    corporate = meta.corporate or next((others for _, others in lines if others), ())
    signs = (w for b in draft.blocks if b.kind is BlockKind.BYLINE for w in _SIGN.findall(b.span.of(draft.text)))
    named = [
        n
        for n in (*meta.corporate, *(o for _, others in lines for o in others), *filter(_is_sign, signs))
        if is_agency(n)
    ]
    signed = [b.span.of(draft.text) for b in draft.blocks if b.kind is BlockKind.AGENCY]
    others = (
        witnesses(b.span.of(draft.text) for b in draft.blocks if b.kind is not BlockKind.AGENCY)
        if signed
        else frozenset()
    )
    agencies = (*named, *draft.agencies, *(agency for words in signed for agency in agencies_of(words, others) or ()))
    initials = tuple(dict.fromkeys(m for words in signed if not agencies_of(words) for m in initials_of(words)))
    return shown or meta.authors or initials or corporate, tuple(dict.fromkeys(agencies))


def _is_sign(word: str) -> bool:
    """Tell whether a word of a byline is an agency's sign as it is written: "mit AP", not a person called Idea."""
    return word.isupper() or word in ("dpa", "epd", "sda", "dapd")


def _named(line: str, kind: BlockKind, publisher: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return people and others of a byline, or of a dateline that says who wrote it, too: "4.3.2031 von Edda Kross".

    Whose the page is stands behind the names on many: "Edda Kross, Elbtaler Bote".
    """
    if publisher and line.casefold().endswith(f" {publisher.casefold()}"):
        line = line[: -len(publisher)].rstrip(" ,|•·–-")
    at = _BY.search(line)
    people = authors_of(line) or (authors_of(f"V{line[at.start() + 1 :]}") if at else ())
    return (people, ()) if people or kind is BlockKind.DATELINE else clean_names([line])


def stamped(body: Body) -> str | None:
    """Return the first date that the page shows beside its headline, with the hour if another line of that day has it."""
    stamps = [s for line in body.stamps if (s := to_iso(line.stamp or "") or find_stamp(line.words))]
    return max((s for s in stamps if s.startswith(stamps[0])), key=len, default=None)
