"""What is gathered of an HTML page on the way to an Article: the text grows, blocks point into it."""

from dataclasses import dataclass, field, replace

from wortlaut.extraction.edges import divide_paragraph
from wortlaut.model import Block, BlockKind, Embed, Image
from wortlaut.text import Span

_UNSEEN = "\u00ad\u200b\ufeff\u2060"
"""Soft hyphens and marks of no width: they tell a browser where to break a line."""


@dataclass(slots=True)
class Draft:
    """Words of blocks, one after another with a blank line between them, and the things that stand beside them."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    embeds: list[Embed] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)

    def add(self, kind: BlockKind, words: str, *, gap: str = "\n\n") -> Span | None:
        """Append words as a block and return their place, None if there are none; what nobody sees is left out."""
        for sign in _UNSEEN:
            words = words.replace(sign, "")
        words = " ".join(words.split())
        if not words:
            return None
        if self.parts:
            self.parts.append(gap)
            self.length += len(gap)
        span = Span(self.length, self.length + len(words))
        self.parts.append(words)
        self.length = span.end
        self.blocks.append(Block(kind=kind, start=span.start, end=span.end))
        return span

    def add_speaker(self, words: str) -> bool:
        """Append who said it to a quote set apart, on a line of its own in the same block; tell whether there is one."""
        quote = self.blocks[-1] if self.blocks else None
        if quote is None or quote.kind not in (BlockKind.BLOCK_QUOTE, BlockKind.PULL_QUOTE):
            return False
        if span := self.add(quote.kind, words, gap="\n"):
            self.blocks[-2:] = [replace(quote, end=span.end)]
        return True

    def add_paragraph(self, kind: BlockKind, words: str) -> None:
        """Append running text; a dateline or a signature at its edges becomes a block of its own, after one space."""
        for number, (part, span, agencies) in enumerate(divide_paragraph(words, kind)):
            self.add(part, span.of(words), gap=" " if number else "\n\n")
            self.agencies += agencies

    @property
    def text(self) -> str:
        """All words so far; joined once until more is added."""
        if len(self.parts) > 1:
            self.parts = ["".join(self.parts)]
        return self.parts[0] if self.parts else ""

    def count(self, *kinds: BlockKind) -> int:
        """Return how many characters blocks of these kinds have."""
        return sum(b.end - b.start for b in self.blocks if b.kind in kinds)
