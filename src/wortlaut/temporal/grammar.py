"""The shapes of German temporal expressions: the rules of time_rules.toml, matched on the classes of words.

Spans follow KRAUTS (Strötgen et al. 2018, https://aclanthology.org/L18-1085/): the expression with its article and
adjectives, without its preposition; of two dates or hours that share a word, each is one expression.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from wortlaut import lexicon
from wortlaut.errors import LexiconError
from wortlaut.temporal.words import Word, kinds


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
    def before(self) -> str:
        """The class of the word before."""
        return self.block[self.first - 1].kind if self.first else "stop"

    @property
    def looks_back(self) -> bool:
        """Whether the text only looks back to this day and goes on from the one before: "Vortag", "am Tag zuvor"."""
        return self.get("before_units") is not None or (self.get("later") or 0) < 0

    def get(self, *kinds: str) -> Any:
        """Return the value of the first matched word of one of these classes, or None."""
        return next((word.value for word in self.words if word.kind in kinds), None)

    def get_shared(self, *kinds: str) -> Any:
        """Return the same, also from a word soon after the match that belongs to it: "5. bis 9. Februar"."""
        return next((word.value for word in self.block[self.first : self.last + 6] if word.kind in kinds), None)

    def get_following(self, *kinds: str) -> Any:
        """Return the value of the last of these words if just they follow the match: "Mai bis Juni 2029"."""
        following = self.block[self.last : self.last + len(kinds)]
        fits = len(following) == len(kinds) and all(
            w.kind in _KINDS.get(k, (k,)) for w, k in zip(following, kinds, strict=True)
        )
        return following[-1].value if fits else None


_KINDS = {"to": ("and", "until", "dash", "slash", "comma")}


def find_phrases(words: list[Word]) -> Iterator[Phrase]:
    """Yield all matches of all rules, the longer before the shorter where they begin at the same word."""
    letters = _letters()
    line = "".join(letters[word.kind] for word in words)
    found = [
        (match.start(), -match.end(), order)
        for order, (_, pattern) in enumerate(_rules())
        for match in pattern.finditer(line)
        if match.end() > match.start()
    ]
    for first, last, order in sorted(found):
        yield Phrase(_rules()[order][0], words, first, -last)


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
