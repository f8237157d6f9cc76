"""The file of vectors: exact, made once, made anew for another model."""

from pathlib import Path

import numpy as np
import pytest

from tests.ledger.trigrams import Trigrams
from wortlaut.ledger.vectors import VectorFile

TEXTS = [
    f"{who} {what}" for who in ("Der Rat", "Die Werft", "Das Amt") for what in ("baut", "verkauft", "schließt", "prüft")
]


@pytest.fixture
def vectors(tmp_path: Path) -> VectorFile:
    file = VectorFile(tmp_path / "a.vectors", Trigrams())
    file.append({n: (n % 2, text) for n, text in enumerate(TEXTS, 1)}, len(TEXTS))
    return file


def test_the_nearest_of_each_kind_are_those_of_an_exact_search(vectors: VectorFile) -> None:
    query = vectors.vectors(["Die Werft verkauft"])[0]
    exact = vectors.vectors(TEXTS) @ query
    for kind in (0, 1):
        own = [n for n in range(1, len(TEXTS) + 1) if n % 2 == kind]
        wanted = sorted(own, key=lambda n: -exact[n - 1])[:3]
        assert set(vectors.nearest(query, {kind: 3})) == set(wanted)


def test_eight_bits_lose_little(vectors: VectorFile) -> None:
    query = vectors.vectors(["Das Amt prüft"])[0]
    exact = vectors.vectors(TEXTS) @ query
    found = vectors.cosines(query, [*range(1, len(TEXTS) + 1), 999])
    assert list(found) == [*range(1, len(TEXTS) + 1)]
    assert np.allclose(list(found.values()), exact, atol=0.03)


def test_another_model_makes_everything_anew(vectors: VectorFile, tmp_path: Path) -> None:
    assert len(VectorFile(tmp_path / "a.vectors", Trigrams())) == len(TEXTS)
    assert len(VectorFile(tmp_path / "a.vectors", Trigrams(seed=7))) == 0


def test_a_gap_stays_empty(vectors: VectorFile) -> None:
    vectors.append({20: (1, "Der Rat tagt")}, 20)
    assert len(vectors) == 20
    assert not vectors.rows([15]).any()
    assert vectors.rows([20]).any()
    assert not vectors.rows([21]).any()
