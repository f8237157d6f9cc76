"""The shapes of German temporal expressions: the rules of time_rules.toml, matched on the classes of words.

Spans follow KRAUTS (Strötgen et al. 2018, https://aclanthology.org/L18-1085/): the expression with its article and
adjectives, without its preposition; of two dates or hours that share a word, each is one expression.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from wortlaut import lexicon
from wortlaut.errors import LexiconError
from wortlaut.temporal.words import NO_WORD, Word, kinds
from wortlaut.text import Span

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A match of a rule: the words from `first` to `last` (half-open) of a block's words."""

    read: str
    block: list[Word]
    first: int
    last: int

    @property
    def words(self) -> list[Word]:
        """The matched words."""
        return self.block[self.first : self.last]

    @property
    def span(self) -> Span:
        """The phrase's place in the text."""
        return Span(self.block[self.first].start, self.block[self.last - 1].end)

    @property
    def before(self) -> Word:
        """The word before; a mark where there is none."""
        return self.block[self.first - 1] if self.first else NO_WORD

    @property
    def after(self) -> Word:
        """The word after; a mark where there is none."""
        return self.block[self.last] if self.last < len(self.block) else NO_WORD

    def has(self, *kinds: str) -> bool:
        """Tell whether a matched word is of one of these classes."""
        return any(word.kind in kinds for word in self.words)

    def get(self, *kinds: str) -> Any:
        """Return the value of the first matched word of one of these classes, or None."""
        return next((word.value for word in self.words if word.kind in kinds), None)

    def get_part(self) -> Any:
        """Return the part of the day that is named, or None."""
        return self.get("parts", "part_adverbs", "day_parts")

    def get_shared(self, *kinds: str) -> Any:
        """Return the same as `get`, also from a word soon after the match that belongs to it: "5. bis 9. Februar"."""
        return next((word.value for word in self.block[self.first : self.last + 6] if word.kind in kinds), None)

    def get_following(self, *kinds: str) -> Any:
        """Return the value of the last of these words if they follow the next one: "Mai bis Juni 2029"."""
        following = self.block[self.last + 1 : self.last + 1 + len(kinds)]
        return following[-1].value if tuple(word.kind for word in following) == kinds else None


def find_phrases(words: list[Word], resolve: Callable[[Phrase], Found | None]) -> Iterator[tuple[Phrase, Found]]:
    """Yield the phrases of a block from left to right, the longest at each place, with what `resolve` makes of them.

    Where it makes None, the next longest is tried.
    """
    letters = _letters()
    line = "".join(letters[word.kind] for word in words)
    waiting: dict[int, re.Match[str]] = {}

    def search(order: int, start: int) -> None:
        if match := _rules()[order][1].search(line, start):
            waiting[order] = match
        else:
            waiting.pop(order, None)

    for order in range(len(_rules())):
        search(order, 0)
    while waiting:
        order, match = min(waiting.items(), key=lambda item: (item[1].start(), -item[1].end(), item[0]))
        phrase = Phrase(_rules()[order][0], words, match.start(), match.end())
        value = resolve(phrase)
        if value is None:
            search(order, match.start() + 1)
            continue
        yield phrase, value
        for late, other in list(waiting.items()):
            if other.start() < match.end():
                search(late, match.end())


@cache
def _letters() -> dict[str, str]:
    return {kind: chr(0xE000 + at) for at, kind in enumerate(kinds())}


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = lexicon.load("time_rules")
    return tuple((rule["read"], _compile(rule["pattern"], data["groups"])) for rule in data["rule"])


def _compile(pattern: str, groups: dict[str, str]) -> re.Pattern[str]:
    """Turn names of classes and groups into letters."""

    def letter(match: re.Match[str]) -> str:
        name = match.group()
        if name in groups:
            return f"(?:{re.sub(r'[a-z_]+', letter, groups[name])})"
        if name not in _letters():
            raise LexiconError("time_rules.toml", pattern, f"there is no class {name}")
        return _letters()[name]

    return re.compile(re.sub(r"\s+", "", re.sub(r"[a-z_]+", letter, pattern)))
