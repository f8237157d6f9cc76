"""What the words before a condition make of it: *auch wenn, nur wenn, außer wenn, auch dann nicht, wenn*."""

import re

from wortlaut.language import Order, Sentence
from wortlaut.model import ConditionKind
from wortlaut.text import Span

_BEFORE = (
    (ConditionKind.EVEN_IF, re.compile(r"(?:auch|selbst|sogar|nicht einmal|nicht mal)(?:,? dann)?(?: nicht)?,?\s*$")),
    (ConditionKind.ONLY_IF, re.compile(r"(?<!nicht )(?:nur|erst|einzig|allein|lediglich|ausschlie(?:ß|ss)lich|einzig und allein)(?:,? dann)?,?\s*$")),
    (ConditionKind.UNLESS, re.compile(r"(?:au(?:ß|ss)er|(?:es )?sei denn),?\s*$")),
)  # fmt: skip


def focus_before(text: str, start: int, at: int) -> tuple[int, ConditionKind] | None:
    """Return where the focus words end that stand right before `at` and begin behind `start`, and the kind they make.

    Fires: "auch dann nicht, [wenn", "nur dann, [wenn", "selbst [bei". Not: "nicht nur, [wenn".
    """
    before = text[start:at].lower()
    for kind, pattern in _BEFORE:
        if match := pattern.search(before):
            return start + match.start(), kind
    return None


def focus_around(sentence: Sentence, index: int) -> tuple[ConditionKind, Span] | None:
    """Return the kind that a focus word inside the main clause before makes, and its place: "werde nur zustimmen, wenn …".

    Not: "nicht nur zustimmen, wenn", "nur noch eine Woche, wenn".
    """
    main = sentence.clauses[index - 1] if index else None
    if main is None or main.order not in (Order.VERB_SECOND, Order.VERB_FIRST):
        return None
    inside = sentence.tokens[main.first : main.last]
    words = [t.lower for t in inside]
    for i, word in enumerate(words):
        before, behind = words[i - 1 : i], words[i + 1 : i + 2]
        if word in ("nur", "erst", "lediglich") and before != ["nicht"] and behind not in (["noch"], ["mehr"]):
            return ConditionKind.ONLY_IF, inside[i].span
        if word in ("auch", "selbst") and behind == ["dann"]:
            return ConditionKind.EVEN_IF, Span(inside[i].start, inside[i + 1].end)
    return None
