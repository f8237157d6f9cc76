"""Near-duplicates: what counts as one."""

from dataclasses import replace

from wortlaut.bulk.copies import Look, find_copies, sketch_of

TEXT = " ".join(f"Satz {n}: Die Fähre Nummer {n * 7} legt in Aldstadt um {n} Uhr ab." for n in range(30))


def look(number: int, text: str, url: str | None = None, sha256: str = "") -> Look:
    return Look(
        shard=0, number=number, source=f"page {number}", sha256=sha256 or str(number), url=url, sketch=sketch_of(text)
    )


def copies(*looks: Look) -> list[tuple[int, int]]:
    return [(copy.number, first.number) for copy, first in find_copies(looks)]


def test_a_text_with_another_sentence_is_a_copy_of_the_first_of_its_like() -> None:
    assert copies(look(0, TEXT), look(1, TEXT + " Mehr morgen."), look(2, TEXT.upper())) == [(1, 0), (2, 0)]


def test_a_text_of_which_a_third_is_new_is_none() -> None:
    assert copies(look(0, TEXT), look(1, TEXT[: len(TEXT) * 2 // 3] + TEXT[::-1][: len(TEXT) // 3])) == []


def test_other_bytes_from_the_same_place_are_an_edition_and_the_same_bytes_are_not() -> None:
    first = look(0, TEXT, url="https://bote.example/1")
    changed = look(1, TEXT + " Nachtrag.", url="https://bote.example/1")
    assert copies(first, changed) == []
    assert copies(first, replace(first, number=1)) == [(1, 0)]
    assert copies(first, replace(changed, url="https://echo.example/1")) == [(1, 0)]


def test_texts_of_a_few_words_are_not_compared() -> None:
    assert sketch_of("Die Brücke bleibt zu.") is None
    assert copies(look(0, ""), look(1, "")) == []
