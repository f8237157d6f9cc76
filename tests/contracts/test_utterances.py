"""One utterance, many reports."""

import pytest

from wortlaut import Ledger, Page, Reading, read
from wortlaut.model import PageForm

SAID = "Wir werden die Brücke in diesem Jahr nicht sperren, auch wenn der Fluss steigt."


def put(ledger: Ledger, publisher: str, day: str, text: str) -> None:
    page = Page(
        source=f"{publisher}.txt",
        url=f"https://{publisher.lower()}.example/{day}",
        content=text.encode(),
        published=day,
        publisher=publisher,
        form=PageForm.TEXT,
    )
    outcome = read(page)
    assert isinstance(outcome, Reading)
    ledger.add(page, outcome)


def story(words: str = SAID, agency: str = "", speaker: str = "Bürgermeisterin Ida Lund") -> str:
    signed = f"\n\n{agency}\n" if agency else "\n"
    return f"Brücke bleibt offen\n\n{speaker} sagte am Montag: „{words}“ Mehr sagte sie nicht.{signed}"


def test_one_quote_of_three_papers_is_one_utterance(ledger) -> None:
    put(ledger, "Bote", "2031-03-05", story(SAID.replace("in diesem Jahr ", ""), "dpa"))
    put(ledger, "Echo", "2031-03-04", story(agency="dpa"))
    put(ledger, "Kurier", "2031-03-06", story())
    (utterance,) = ledger.utterances()
    assert utterance.speaker == "Ida Lund"
    assert utterance.words == SAID
    assert [r.page.publisher for r in utterance.reports] == ["Echo", "Bote", "Kurier"]
    assert [r.origin for r in utterance.reports] == ["dpa", "dpa", "Kurier"]
    assert utterance.independent == 2
    assert [s.of(utterance.words) for s in utterance.reports[0].differs] == []


def test_the_wording_drifts(ledger) -> None:
    put(ledger, "Echo", "2031-03-04", story())
    put(ledger, "Bote", "2031-03-04", story(SAID.replace("die Brücke", "die alte Brücke")))
    (utterance,) = ledger.utterances()
    assert sorted(s.of(r.words) for r in utterance.reports for s in r.differs) in (["alte"], ["alte Brücke"], [])
    assert len({r.words for r in utterance.reports}) == 2


@pytest.mark.parametrize(
    "other",
    [
        story("Wir werden die Brücke in diesem Jahr sperren, auch wenn der Fluss steigt."),
        story(speaker="Stadtrat Ole Brink"),
        story("Wir werden die Schule in diesem Winter öffnen, auch wenn das Geld fehlt."),
    ],
)
def test_the_opposite_and_others_words_are_others(ledger, other: str) -> None:
    put(ledger, "Echo", "2031-03-04", story())
    put(ledger, "Bote", "2031-03-04", other)
    assert ledger.utterances() == ()


def test_the_same_words_said_again_later_are_another_utterance(ledger) -> None:
    put(ledger, "Echo", "2031-03-04", story())
    put(ledger, "Bote", "2031-05-04", story())
    assert ledger.utterances() == ()


def test_of_somebody_in_these_days(ledger) -> None:
    put(ledger, "Echo", "2031-03-04", story())
    put(ledger, "Bote", "2031-03-04", story() + "\nMehr folgt.\n")
    assert len(ledger.utterances("Lund")) == 1
    assert ledger.utterances("Brink") == ()
    assert ledger.utterances(since="2031-03-10") == ()
    assert len(ledger.utterances(until="2031-03-10")) == 1
