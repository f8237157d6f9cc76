"""Our own labelled sentences: what each says, on which condition, how likely, on whose behalf.

A case that names what is still missed (`misses`) must go on missing it: whoever mends it strikes the word.
"""

import pytest

from tests.reading import Marked, cases, name, reading_of, unmark, words
from wortlaut import Reading, Statement

LEAD = "Die Lage am Montag\n\nIn der Stadt ist es am Abend sehr ruhig gewesen, und alle Leute gingen wieder nach Hause.\n\n"
CASES = cases("statements")


@pytest.mark.parametrize("case", CASES, ids=[str(case["id"]) for case in CASES])
def test_a_sentence_says_what_it_is_marked_with(case: dict[str, object]) -> None:
    marked = unmark(str(case["text"]))
    reading = reading_of(f"{LEAD}{marked.text}\n")
    found = [s for s in reading.statements if s.content[0].start >= len(LEAD)]
    missed = {key for key, holds in _compare(case, marked, reading, found).items() if not holds}
    assert missed == set(case.get("misses", ()))


def test_terms_of_likelihood_are_found_and_no_others() -> None:
    found = missed = wrong = 0
    asked = [case for case in CASES if str(case["id"]).startswith("likelihood-") and "term" in case]
    for case in asked:
        reading = reading_of(f"{LEAD}{unmark(str(case['text'])).text}\n")
        terms = {s.likelihood.term for s in reading.statements if s.likelihood and s.content[0].start >= len(LEAD)}
        found, missed = found + (case["term"] in terms), missed + (case["term"] != "" and case["term"] not in terms)
        wrong += len(terms - {case["term"]})
    assert sum(case["term"] != "" for case in asked) >= 100
    assert 2 * found / (2 * found + missed + wrong) >= 0.95, (found, missed, wrong)


def _compare(case: dict[str, object], marked: Marked, reading: Reading, found: list[Statement]) -> dict[str, bool]:
    holds: dict[str, bool] = {}
    if "act" in case:
        holds["act"] = any(s.act == case["act"] for s in found) if case["act"] else not found
    if "polarity" in case and holds.get("act"):
        holds["polarity"] = any(s.act == case["act"] and s.polarity == case["polarity"] for s in found)
    if "condition" in case:
        given = [(c.kind, words(reading, c.spans)) for s in found for c in s.conditions]
        kinds = case["condition"] if isinstance(case["condition"], list) else [case["condition"]]
        expected = zip(kinds, marked.marks.get("condition", ()), strict=False)
        holds["condition"] = (
            all(any(kind == k and _alike(w, v) for k, v in given) for kind, w in expected) if kinds[0] else not given
        )
    if "term" in case:
        terms = [s.likelihood.term for s in found if s.likelihood]
        holds["term"] = case["term"] in terms if case["term"] else not terms
    for role in ("speaker", "principal"):
        if role in case:
            holds[role] = case[role] in [name(reading, getattr(s, role)) for s in found]
    return holds


def _alike(one: str, other: str) -> bool:
    a, b = set(one.split()), set(other.split())
    return len(a & b) > 0.5 * len(a | b)
