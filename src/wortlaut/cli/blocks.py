"""An article as a table for those who check extraction: what was declared, then one line a block with its kind."""

from collections.abc import Iterator

from wortlaut.model import Article, Rejection


def rows(outcome: Article | Rejection) -> Iterator[tuple[str, str]]:
    """Yield pairs of a name or kind and its words: first the metadata that are known, then the blocks in their order."""
    if isinstance(outcome, Rejection):
        yield "rejected", f"{outcome.reason.value}: {outcome.detail}"
        return
    facts: dict[str, str | None] = {
        "title": outcome.title, "authors": ", ".join(outcome.authors), "agencies": ", ".join(outcome.agencies),
        "publisher": outcome.publisher, "section": outcome.section, "published": outcome.published,
        "modified": outcome.modified, "language": outcome.language, "access": outcome.access, "url": outcome.url,
    }  # fmt: skip
    yield from ((f"# {name}", str(value)) for name, value in facts.items() if value)
    for embed in outcome.embeds:
        yield (
            "# embed",
            f"{embed.provider or '?'}{' (notice)' if embed.consent_notice else ''} {embed.url or ''}".rstrip(),
        )
    for block in outcome.blocks:
        yield block.kind.value, " ".join(block.span.of(outcome.text).split())


def table(outcome: Article | Rejection) -> str:
    """Return the rows as lines, the kinds in a column of their own."""
    return "\n".join(f"{name:12} {words}" for name, words in rows(outcome))
