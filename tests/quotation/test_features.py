"""What a model is told beside the words: the cues it was trained with, and where a lede stands."""

import pytest

from wortlaut.encoder import Words
from wortlaut.errors import ConfigurationError
from wortlaut.language import parse
from wortlaut.model import BlockKind
from wortlaut.quotation.features import Cues, find_features, lexicon_cues, read_cues, write_cues
from wortlaut.text import Span

CUES = Cues(verbs=frozenset(["raunen"]), nouns=frozenset(["Zusage"]), openers=frozenset(["laut"]))


def features(*blocks: tuple[BlockKind, str], cues: Cues = CUES) -> list[tuple[str, int, int]]:
    """Return each word with its cue and position."""
    text = "\n".join(words for _, words in blocks)
    sentences, at = [], 0
    for number, (kind, words) in enumerate(blocks):
        sentences += parse(text, Span(at, at + len(words)), block=number, kind=kind)
        at += len(words) + 1
    own = [
        Words(spans=tuple(Span(t.start, t.end) for t in s.tokens), ids=(), firsts=tuple(range(len(s.tokens))))
        for s in sentences
    ]
    spans = [span for words in own for span in words.spans]
    rows = find_features(text, sentences, own, cues)
    return [(text[s.start : s.end], row[2], row[3]) for s, row in zip(spans, rows, strict=True)]


def test_only_the_model_s_own_cues_are_told() -> None:
    assert "sagen" in lexicon_cues().verbs
    told = {
        word: cue for word, cue, _ in features((BlockKind.PARAGRAPH, "Sie raunte, laut Berg sagte er die Zusage ab."))
    }
    assert (told["raunte"], told["Zusage"], told["laut"], told["sagte"]) == (1, 2, 3, 0)


def test_cues_can_be_written_and_read(tmp_path) -> None:
    write_cues(CUES, tmp_path / "cues.toml")
    assert read_cues(tmp_path / "cues.toml") == CUES
    with pytest.raises(ConfigurationError, match=r"missing\.toml"):
        read_cues(tmp_path / "missing.toml")


def test_the_block_behind_the_first_is_the_lede_whatever_it_is_called() -> None:
    page = [
        (BlockKind.PARAGRAPH, "Eins kommt."),
        (BlockKind.PARAGRAPH, "Zwei geht."),
        (BlockKind.PARAGRAPH, "Drei bleibt."),
    ]
    assert [position for _, _, position in features(*page)] == [2, 0, 0, 5, 3, 3, 2, 0, 0]
    assert [position for _, _, position in features(*page[:2])] == [2, 0, 0, 2, 0, 0]
