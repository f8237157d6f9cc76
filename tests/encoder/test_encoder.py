"""Words, vectors, and what opening a model needs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wortlaut.encoder import find_model, find_words, open_encoder, open_folder
from wortlaut.errors import ConfigurationError
from wortlaut.text import Span

MARKS = "„“‚‘»«.,:;!?()"


@pytest.fixture(scope="module")
def encoder():
    name = find_model()
    assert name, "no model is installed: make setup installs it from models/"
    return open_encoder(name)


def words_of(encoder, text: str) -> list[str]:
    (found,) = find_words(encoder.tokenizer, text, [Span(0, len(text))])
    return [span.of(text) for span in found.spans]


def test_words_are_cut_at_marks(encoder) -> None:
    assert words_of(encoder, "„Nein“, sagte Meyer-Lund (1.000 Euro).") == [
        *("„", "Nein", "“", ",", "sagte", "Meyer-Lund", "(", "1.000", "Euro", ")", "."),
    ]


@settings(deadline=None)
@given(text=st.text(alphabet=st.one_of(st.characters(), st.sampled_from(MARKS + "äöüß \n")), max_size=60))
def test_words_of_any_text_lie_in_it_in_order_without_white_space(encoder, text) -> None:
    (found,) = find_words(encoder.tokenizer, text, [Span(0, len(text))])
    assert len(found.spans) == len(found.firsts)
    assert all(0 <= s.start < s.end <= len(text) and s.of(text).strip() == s.of(text) for s in found.spans)
    assert list(found.spans) == sorted(found.spans, key=lambda s: s.start)
    assert all(first < len(found.ids) for first in found.firsts)


def test_a_text_has_the_same_vector_alone_and_among_32(encoder) -> None:
    texts = [f"Satz Nummer {n} handelt von {'Brücken und ' * (n % 7)}Wegen." for n in range(32)]
    together = encoder.vectors(texts)
    assert together.shape == (32, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    for number in (0, 13, 31):
        assert np.array_equal(encoder.vectors([texts[number]])[0], together[number])


def test_no_texts_no_vectors_and_any_length(encoder) -> None:
    assert encoder.vectors([]).shape == (0, 384)
    assert encoder.vectors(["", "Wort " * 5000]).shape == (2, 384)


def test_like_sentences_are_nearer_than_others(encoder) -> None:
    one, same, other = encoder.vectors(
        [
            "Die Regierung schickt keine Soldaten.",
            "Truppen werden nicht entsandt, so das Kabinett.",
            "Der Trainer lobte den jungen Torwart.",
        ]
    )
    assert one @ same > one @ other


def test_a_missing_or_broken_model_says_so(tmp_path) -> None:
    with pytest.raises(ConfigurationError, match="not installed"):
        open_encoder("wortlaut_nowhere")
    with pytest.raises(ConfigurationError, match=r"tagger\.onnx"):
        open_folder(tmp_path, "empty")
