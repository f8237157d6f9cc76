"""Vectors of what was told, in a file beside the ledger: eight bits a number, mapped into memory, searched exactly.

Row n belongs to row n + 1 of the table `told`. The file can be thrown away: it is made anew from the table. Its head names
the model and keeps the vector of one fixed sentence; a model that gives that sentence another vector has not made the file,
and everything is made anew. The head also keeps the mean of plain sentences: what all German sentences have in common is
taken away before two are compared. An exact look at a million rows takes a tenth of a second; numpy is imported on use.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from wortlaut import lexicon

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZE = 384
_PROBE = "Wer hat was gesagt, zu wem, in welchen Worten?"
_SCALE = 400  # no number of a centred unit vector was over 0.27, so that little is lost by cutting at 127 / 400
_CHUNK = 256


class Vectoriser(Protocol):
    """What makes vectors of texts: `wortlaut.encoder.Encoder` is one."""

    @property
    def name(self) -> str:
        """The model's name, kept with what it made."""

    @property
    def folder(self) -> Path | None:
        """Where the model brings what else was trained on its vectors, if it does."""

    def vectors(self, texts: Sequence[str]) -> "NDArray[Any]":
        """Return unit-length vectors [texts, 384]."""


class VectorFile:
    """The vectors of one ledger, made by one model."""

    def __init__(self, path: Path, maker: Vectoriser) -> None:
        import numpy as np

        self._path, self._maker = path, maker
        self._head = np.dtype([("model", "S64"), ("probe", "f4", SIZE), ("centre", "f4", SIZE)])
        self._row = np.dtype([("kind", "i1"), ("vector", "i1", SIZE)])
        self._centre = self._open()
        self._kinds: NDArray[Any] = np.zeros(0, np.int8)
        self._places: dict[int, NDArray[Any]] = {}

    def _open(self) -> "NDArray[Any]":
        """Return the centre of the file; begin a new file if there is none of this model."""
        import numpy as np

        probe = self._maker.vectors([_PROBE])[0]
        if self._path.exists() and self._path.stat().st_size >= self._head.itemsize:
            head = np.fromfile(self._path, self._head, 1)[0]
            if float(head["probe"] @ probe) > 0.999:
                return np.asarray(head["centre"])
        head = np.zeros(1, self._head)
        head["model"], head["probe"] = self._maker.name.encode()[:64], probe
        head["centre"] = self._maker.vectors(lexicon.load("plain")["sentences"]).mean(0)
        head.tofile(self._path)
        return np.asarray(head["centre"][0])

    @property
    def model(self) -> str:
        """The model that made the vectors."""
        return self._maker.name

    @property
    def folder(self) -> Path | None:
        """Where that model brings what else was trained on its vectors."""
        return self._maker.folder

    def __len__(self) -> int:
        return (self._path.stat().st_size - self._head.itemsize) // self._row.itemsize

    def vectors(self, texts: Sequence[str]) -> "NDArray[Any]":
        """Return centred unit vectors [texts, 384]."""
        import numpy as np

        rows = self._maker.vectors(texts) - self._centre
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def append(self, texts: Mapping[int, tuple[int, str]], last: int) -> None:
        """Add the rows up to the id `last`; `texts` holds kind and words by id, what is not in it stays empty."""
        first = len(self) + 1
        self.append_rows(
            {i: k for i, (k, _) in texts.items()}, self.vectors([t for _, t in texts.values()]), first, last
        )

    def append_rows(self, kinds: Mapping[int, int], vectors: "NDArray[Any]", first: int, last: int) -> None:
        """Add rows whose vectors are known, the ids `first` to `last`."""
        import numpy as np

        rows = np.zeros(last - first + 1, self._row)
        places = np.array(list(kinds), int) - first
        rows["kind"][places] = list(kinds.values())
        rows["vector"][places] = np.clip(np.rint(vectors * _SCALE), -127, 127)
        with self._path.open("r+b") as file:
            file.seek(self._head.itemsize + (first - 1) * self._row.itemsize)
            file.write(rows.tobytes())
            file.truncate()

    def _rows(self) -> "NDArray[Any]":
        import numpy as np

        count = len(self)
        if not count:
            return np.zeros(0, self._row)
        return np.memmap(self._path, self._row, "r", self._head.itemsize, (count,))

    def nearest(self, query: "NDArray[Any]", counts: Mapping[int, int]) -> tuple[int, ...]:
        """Return the ids nearest to a vector: of each kind as many as `counts` says."""
        import numpy as np

        rows = self._rows()
        scores = self._scores(rows["vector"], query)
        if len(self._kinds) != len(rows):
            self._kinds = np.array(rows["kind"])
            self._places = {kind: np.flatnonzero(self._kinds == kind) for kind in np.unique(self._kinds).tolist()}
        found: list[int] = []
        for kind, count in counts.items():
            own = self._places.get(kind, self._kinds[:0].astype(int))
            best = own[np.argpartition(scores[own], -count)[-count:]] if len(own) > count else own
            found.extend((best + 1).tolist())
        return tuple(found)

    def cosines(self, query: "NDArray[Any]", ids: Sequence[int]) -> dict[int, float]:
        """Return the cosine of a vector with each of these rows."""
        import numpy as np

        count = len(self)
        there = [i for i in ids if 0 < i <= count]
        scores = self._scores(self._rows()["vector"][np.array(there, int) - 1], query)
        return dict(zip(there, scores.tolist(), strict=True))

    def rows(self, ids: Sequence[int]) -> "NDArray[Any]":
        """Return the vectors of these ids [ids, 384]; of an id that has none, zeros."""
        import numpy as np

        places = np.array(ids, int) - 1
        known = (places >= 0) & (places < len(self))
        found = np.zeros((len(ids), SIZE), np.float32)
        found[known] = self._rows()["vector"][places[known]]
        return found / _SCALE

    @staticmethod
    def _scores(vectors: "NDArray[Any]", query: "NDArray[Any]") -> "NDArray[Any]":
        """Multiply in pieces that stay in the processor's cache; einsum needs no threads of its own and is as fast."""
        import numpy as np

        scores = np.empty(len(vectors), np.float32)
        room = np.empty((_CHUNK, SIZE), np.float32)
        for start in range(0, len(vectors), _CHUNK):
            piece = vectors[start : start + _CHUNK]
            part = room[: len(piece)]
            part[...] = piece
            np.einsum("ij,j->i", part, query, out=scores[start : start + len(piece)])
        return scores / _SCALE


_HEAD, _ROW = 64 + 2 * 4 * SIZE, 1 + SIZE
"""Bytes of the head and of a row, see `VectorFile`."""


def erase_rows(path: Path, left: Iterable[int]) -> None:
    """Empty the rows of a file of vectors, if there is one, but those of these ids."""
    if not path.exists():
        return
    kept, empty = set(left), bytes(_ROW)
    with path.open("r+b") as file:
        for row in range((path.stat().st_size - _HEAD) // _ROW):
            if row + 1 not in kept:
                file.seek(_HEAD + row * _ROW)
                file.write(empty)
