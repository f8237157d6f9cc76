"""When: temporal expressions of German news, anchored at the day of publication (TIMEX3, ISO-TimeML)."""

import re
from datetime import date

from wortlaut.model import Article, Block, BlockKind, Timex, content_id
from wortlaut.temporal.grammar import constructions
from wortlaut.temporal.resolve import RESOLVERS
from wortlaut.text import Span

__all__ = ["find_times"]

_SILENT = frozenset(
    (BlockKind.EMBED, BlockKind.NOTICE, BlockKind.RELATED, BlockKind.CREDIT, BlockKind.AGENCY, BlockKind.BYLINE)
)
_LOWER = frozenset(
    (
        "day",
        "present",
        "vague_past",
        "vague_future",
        "set_word",
        "this_year",
        "ago",
        "ahead",
        "duration",
        "unit",
        "span_back",
        "set_of",
        "quarter",
    )
)
_NAME_BEFORE = re.compile(r"(?:Herr|Frau|Dr\.|Peter|Anna|[A-ZÄÖÜ][a-zäöü]+(?:er|in))\s$")


def find_times(article: Article) -> tuple[Timex, ...]:
    """Return the temporal expressions of an article in text order; values stay relative where it has no date."""
    anchor = _anchor(article.published)
    found = [t for block in article.blocks if block.kind not in _SILENT for t in _in_block(article, block, anchor)]
    return tuple(sorted(found, key=lambda t: t.span))


def _anchor(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _in_block(article: Article, block: Block, anchor: date | None) -> list[Timex]:
    taken: list[Span] = []
    found = []
    for name, pattern in constructions():
        for match in pattern.finditer(article.text, block.start, block.end):
            span = Span(match.start(), match.end())
            if any(span.overlaps(other) for other in taken) or not _plausible(article.text, name, match):
                continue
            before = article.text[max(block.start, span.start - 20) : span.start]
            kind, value, mod = RESOLVERS[name](match, anchor, before)
            if value is None:
                continue
            taken.append(span)
            relative = anchor is not None and name not in (
                "plain_year",
                "year_part",
                "decade",
                "duration",
                "span_back",
                "set_of",
                "set_word",
            )
            found.append(
                Timex(
                    id=content_id(article.id, "timex", span, span.of(article.text)),
                    type=kind,
                    value=value,
                    mod=mod,
                    anchor=anchor.isoformat() if relative and anchor else None,
                    start=span.start,
                    end=span.end,
                )
            )
    return found


def _plausible(text: str, name: str, match: re.Match[str]) -> bool:
    """Refuse names ("Herr Sonntag", "März sagte"), small letters where German has capitals, and the other way round."""
    words = match.group()
    if name in ("weekday", "month", "season", "holiday", "weekend"):
        key = next((match.groupdict().get(g) for g in ("weekday", "month", "season", "holiday")), None) or words
        named = match.groupdict().get("weekday") or match.groupdict().get("month") or key
        if not named[:1].isupper():
            return False
    if name == "month":
        before = text[max(0, match.start() - 16) : match.start()]
        bare = match["year"] is None and match["mod"] is None
        return not bare or bool(
            re.search(
                r"(?:im|bis|seit|ab|vom|zum|und|Monat|des|dem|vergangenen|kommenden|nächsten|letzten|vorigen|Anfang|Mitte|Ende|im Mai|für)\s$",
                before,
            )
        )
    if name == "weekday":
        before = text[max(0, match.start() - 12) : match.start()]
        return not _NAME_BEFORE.search(before) or bool(re.search(r"(?:dieser|jeder)\s$", before))
    if name in _LOWER and name == "day" and words[:1].isupper():
        return match.start() == 0 or text[match.start() - 2 : match.start()].strip() in ("", ".", "“", "«")
    return not (name == "plain_year" and text[match.start() - 1 : match.start()] in ("-", "/", "("))
