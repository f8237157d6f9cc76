"""Pieces of third parties: frames, posts, and the notices that stand in their place."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from wortlaut.extraction.draft import Draft
from wortlaut.extraction.figures import is_dot, source_of
from wortlaut.extraction.outline import Line
from wortlaut.extraction.phrases import provider_of
from wortlaut.lexicon import providers
from wortlaut.model import BlockKind, Embed, Image


def provider_at(url: str) -> str | None:
    """Return whose piece an address is: the known provider, else the host. The one place that asks who embeds what."""
    host = re.sub(r"^(?:https?:)?//(?:www\.)?([^/?#:]+).*$", r"\1", url, flags=re.DOTALL)
    known = providers.provider_of(url)
    return known.name if known else host if "." in host and host != url else None


def add_frame(draft: Draft, node: LexborNode) -> None:
    """Append a picture or a frame that has no words of its own."""
    if node.tag in ("img", "amp-img"):
        if not is_dot(node) and (source := source_of(node)):
            draft.images.append(Image(src=source, alt=node.attributes.get("alt") or None))
        return
    source = node.attributes.get("src") or node.attributes.get("data-src")
    if source and (provider := provider_at(source)):
        draft.embeds.append(Embed(provider=provider, url=source))


def add_notice(draft: Draft, words: str, members: Sequence[Line]) -> None:
    """Append what stands in the place of an embed, with the address of the frame if the page has it."""
    span = draft.add(BlockKind.EMBED, words)
    if span is None:
        return
    frame = next((n for line in members if (n := line.node) is not None and n.tag == "iframe"), None)
    url = (frame.attributes.get("src") or frame.attributes.get("data-src")) if frame is not None else None
    provider = (provider_at(url) if url else None) or provider_of(words)
    notice = members[0].element.tag != "blockquote"
    draft.embeds.append(Embed(provider=provider, url=url, start=span.start, end=span.end, consent_notice=notice))
