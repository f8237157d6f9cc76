"""The labelled sentences read with the trained model: what statements make of its quotes is about as good as of the rules'."""

from tests.reading import reading_of, unmark
from tests.statements.test_cases import CASES, LEAD, _compare
from wortlaut.model import Engine


def share_right(engine: Engine) -> float:
    right = asked = 0
    for case in CASES:
        marked = unmark(str(case["text"]))
        reading = reading_of(f"{LEAD}{marked.text}\n", engine=engine)
        found = [s for s in reading.statements if s.content[0].start >= len(LEAD)]
        holds = _compare(case, marked, reading, found)
        right, asked = right + sum(holds.values()), asked + len(holds)
    return right / asked


def test_statements_stand_on_the_models_quotes_as_on_the_rules() -> None:
    by_rules, by_model = share_right(Engine.RULES), share_right(Engine.MODEL)
    assert by_model > by_rules - 0.08, (by_model, by_rules)
