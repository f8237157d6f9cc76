"""Words found again."""

from hypothesis import given
from hypothesis import strategies as st

from wortlaut.ledger.textquotes import State, find_again, select_quote
from wortlaut.text import Span

TEXT = (
    "Streit um die Maut\n\nJana Holm sagte am Montag: „Wir werden keine Maut einführen.“ Die Kammer widersprach. "
    "Später sagte Olav Brandt: „Die Maut kommt im Mai.“\n"
)
WORDS = "Wir werden keine Maut einführen."
SELECTOR = select_quote(TEXT, Span(TEXT.index(WORDS), TEXT.index(WORDS) + len(WORDS)))


def state(text: str) -> State:
    return find_again(text, SELECTOR).state


def test_words_that_stand_are_found_wherever_the_page_has_grown() -> None:
    assert state(TEXT) is State.FOUND
    assert state("Eilmeldung\n\n" + TEXT.replace("am Montag", "am Montag in Nordstadt")) is State.FOUND
    assert state(TEXT.replace("keine Maut", "keine\n  Maut")) is State.FOUND


def test_words_in_other_surroundings_have_moved() -> None:
    moved = find_again(f"Zitat des Tages. {WORDS} Mehr lesen Sie hier.", SELECTOR)
    assert (moved.state, moved.words) == (State.MOVED, WORDS)


def test_other_words_in_their_place_are_shown() -> None:
    found = find_again(TEXT.replace("keine Maut einführen", "vorerst keine Maut einführen"), SELECTOR)
    assert found.state is State.CHANGED
    assert "vorerst" in (found.words or "")


def test_words_that_nobody_says_any_more_are_gone() -> None:
    assert state("Streit um die Maut\n\nDie Kammer äußerte sich nicht.\n") is State.GONE
    assert state("") is State.GONE


def test_of_two_places_the_one_with_the_same_surroundings() -> None:
    twice = f"„{WORDS}“ steht im Programm.\n\n{TEXT}"
    place = find_again(twice, SELECTOR).place
    assert place is not None
    assert place.start == twice.rindex(WORDS)


@given(st.text(min_size=1, max_size=60), st.data())
def test_every_stretch_is_found_in_its_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    if span.of(text).strip():
        assert find_again(text, select_quote(text, span)).state in (State.FOUND, State.MOVED)
