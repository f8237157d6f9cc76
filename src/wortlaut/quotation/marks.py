"""Quotation marks of German news and the stretches they enclose.

„ “ and » « are German, « » and ‹ › Swiss, “ ” and " " typed or English; the same sign opens in one style and closes in
another, so pairs are made by what opened. A stretch ends with its block: a mark that nobody closed encloses nothing.
"""

from dataclasses import dataclass

from wortlaut.text import Span

_CLOSERS = {"„": '“”"', "»": "«", "«": "»", "“": "”“", '"': '"', "‚": "‘’'", "›": "‹", "‹": "›", "”": "”"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A stretch between marks: `outer` with the marks, `inner` without; `level` counts enclosing stretches."""

    outer: Span
    inner: Span
    level: int


def find_marked(text: str, block: Span) -> tuple[Marked, ...]:
    """Return the marked stretches of a block in order of their opening mark."""
    stack: list[int] = []
    found: list[Marked] = []
    for at in range(block.start, block.end):
        char = text[at]
        opener = next((o for o in reversed(stack) if char in _CLOSERS[text[o]]), None)
        if opener is not None and not (char in "'’" and _within_word(text, at)):
            del stack[stack.index(opener) :]
            if at > opener + 1:
                found.append(Marked(outer=Span(opener, at + 1), inner=Span(opener + 1, at), level=len(stack)))
        elif char in _CLOSERS and char != "”":
            stack.append(at)
    return tuple(sorted(found, key=lambda m: m.outer))


def _within_word(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalpha() and text[at + 1].isalpha()
