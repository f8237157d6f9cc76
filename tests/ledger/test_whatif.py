"""What if: by words, by vectors, and what is no answer."""

from pathlib import Path

import pytest

from tests.ledger.trigrams import Trigrams
from tests.reading import page_of
from wortlaut import Ledger, Reading, read

PAGES = {
    "2031-03-01": "Streit um Norrland\n\nDie Ministerin Änne Östberg sagte: „Wir werden keine Soldaten schicken, auch wenn Veskien "
    "die Grenze überschreitet.“ Der Präsident Olav Brandt drohte mit Sanktionen, falls Veskien den Beschuss nicht einstelle.\n",
    "2031-03-09": "Neue Töne\n\nDie Ministerin Änne Östberg sagte: „Wir werden Soldaten schicken, wenn Veskien die Grenze überschreitet.“\n",
}


@pytest.fixture(params=[None, Trigrams], ids=["words", "vectors"])
def ledger(tmp_path: Path, request):
    with Ledger.open(tmp_path / "a.ledger", maker=request.param) as opened:
        for day, text in PAGES.items():
            page = page_of(text, published=day, source=f"{day}.txt")
            outcome = read(page)
            assert isinstance(outcome, Reading)
            opened.add(page, outcome)
        yield opened


def test_the_condition_and_not_its_opposite(ledger: Ledger) -> None:
    (asked,) = [a for a in ledger.whatif("Veskien beschießt weiter", everything=True) if "Beschuss" in a.words][:1]
    assert "direction" not in asked.why
    ended = [a for a in ledger.whatif("Veskien stellt den Beschuss ein", everything=True) if "Beschuss" in a.words]
    assert ended[0].why["direction"] == "opposite"
    assert not [a for a in ledger.whatif("Veskien stellt den Beschuss ein") if "Beschuss" in a.words]


def test_an_older_position_is_marked(ledger: Ledger) -> None:
    answers = ledger.whatif("Veskien überschreitet die Grenze")
    marked = {a.page.published: a.why.get("superseded", "") for a in answers if "Soldaten" in a.words}
    assert marked["2031-03-01"].startswith("2031-03-09: ")
    assert marked["2031-03-09"] == ""


def test_scores_fall(ledger: Ledger) -> None:
    scores = [a.score for a in ledger.whatif("Veskien überschreitet die Grenze", everything=True)]
    assert scores == sorted(scores, reverse=True)
    assert ledger.whatif("!?") == ()


def test_what_stops_halfway_goes_on_later(tmp_path: Path, ledger: Ledger) -> None:
    ledger.index()
    vectors = tmp_path / "a.ledger.vectors"
    if not vectors.exists():
        pytest.skip("words alone need no vectors")
    before = ledger.whatif("Veskien überschreitet die Grenze")
    whole = vectors.read_bytes()
    vectors.write_bytes(whole[:-1000])
    assert ledger.whatif("Veskien überschreitet die Grenze") == before
    assert vectors.read_bytes() == whole


def test_what_is_less_sure_stands_apart_and_says_so(ledger: Ledger) -> None:
    ended = "Veskien stellt den Beschuss ein"
    sure, others = ledger.whatif_apart(ended)
    assert sure == ledger.whatif(ended)
    assert others
    assert {answer.why.get("sure") for answer in others} == {"no"}
    assert not any("sure" in answer.why for answer in sure)
    both = ledger.whatif(ended, limit=None, everything=True)
    assert {a.statement.id for a in both} == {a.statement.id for a in (*sure, *others)}
    assert ledger.whatif_apart(ended, limit=1, less_sure=1) == (sure[:1], others[:1])
