"""What each party said it will do if an event happens.

Conditions that mean the event come first, then propositions about it. A condition of the other direction ("wenn die
Angriffe nicht enden" asked of "die Angriffe enden") is no answer.
"""

import math
from collections import Counter
from dataclasses import replace

from wortlaut.ledger.answers import Answer
from wortlaut.ledger.matching import content_words, is_negative, overlap

_ENOUGH = 0.6
"""Least weighted overlap of an answer, chosen on the examples."""


def find_whatif(event: str, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Return the answers to an event, best first; `why` names the shared words and where they stand."""
    asked = content_words(event)
    if not asked:
        return ()
    weight = _weights(answers)
    found = [hit for answer in answers if (hit := _hit(event, asked, answer, weight))]
    return tuple(sorted(found, key=lambda a: (-a.score, a.page.published or "", a.statement.id)))


def _weights(answers: tuple[Answer, ...]) -> dict[str, float]:
    """Return how rare each word family is among the statements (inverse document frequency)."""
    counts = Counter(word for answer in answers for word in content_words(answer.words))
    return {word: math.log(1 + len(answers) / (0.5 + count)) for word, count in counts.items()}


def _hit(event: str, asked: frozenset[str], answer: Answer, weight: dict[str, float]) -> Answer | None:
    best: Answer | None = None
    for words in answer.condition_words:
        found = content_words(words)
        score = overlap(asked, found, weight)
        if score >= _ENOUGH and is_negative(words) == is_negative(event) and (best is None or score > best.score):
            why = {"in": "condition", "words": words, "shared": ", ".join(sorted(asked & found))}
            best = replace(answer, score=round(min(1.0, score), 3), why=why)
    if best is not None:
        return best
    found = content_words(answer.words)
    shared = overlap(asked, found, weight) if len(asked & found) > 1 or len(asked) == 1 else 0.0
    if shared >= _ENOUGH and len(asked & found) >= 0.6 * len(asked):
        why = {"in": "proposition", "words": answer.words, "shared": ", ".join(sorted(asked & found))}
        return replace(answer, score=round(min(0.5, shared / 2), 3), why=why)
    return None
