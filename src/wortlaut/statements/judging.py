"""The trained judge of acts: two linear models over signs, the second with the vector of the words.

A statement's signs are mostly enough; the vector, which costs more, is computed where they leave doubt. A statement is
judged by itself, so that nothing depends on what else is read. `training/acts.py` makes the file.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wortlaut.encoder import Encoder
from wortlaut.errors import ConfigurationError
from wortlaut.model import Act
from wortlaut.statements.acts import Decision
from wortlaut.statements.deciding import Case

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

FILE = "acts.npz"
"""The judge's file beside the model's weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Weights of signs [signs, acts] in eight bits, with a scale and a bias an act."""

    signs: "NDArray[np.int8]"
    scale: "Numbers"
    bias: "Numbers"

    def logits(self, rows: list[int]) -> "Numbers":
        """Return the logits of acts, given the numbers of the signs that hold."""
        total: Numbers = self.signs[rows].sum(0, dtype="int64") * self.scale + self.bias
        return total


@dataclass(frozen=True, slots=True, kw_only=True)
class ActJudge:
    """Judges by signs alone (`light`) where they are sure enough, else by signs (`full`) and `vector` [384, acts].

    `points` map the probability of the likeliest act to the share that was right.
    """

    encoder: Encoder
    acts: tuple[Act, ...]
    places: dict[str, int]
    light: Linear
    full: Linear
    vector: "Numbers"
    enough: float
    points: "Numbers"

    def __call__(self, case: Case, signs: tuple[str, ...], verdicts: tuple[Decision, ...]) -> Decision:
        """Return the likeliest act, with the words that made a rule say so, else the verb."""
        act, confidence = self.weigh(signs, case.words)
        agreed = next((verdict for verdict in verdicts if verdict.act is act), None)
        if agreed is not None:
            return Decision(act=act, cue=agreed.cue, confidence=confidence, by=f"model, as {agreed.by}")
        verb = case.clause.verb if case.clause is not None else None
        shown = (case.unit.sentence.tokens[verb].span,) if verb is not None and act is not Act.ASSERT else ()
        return Decision(act=act, cue=shown, confidence=confidence, by="model")

    def weigh(self, signs: tuple[str, ...], words: str) -> tuple[Act, float]:
        """Return the likeliest act and how often that is right."""
        import numpy as np

        rows = sorted({self.places[sign] for sign in signs if sign in self.places})
        chances = _softmax(self.light.logits(rows))
        if chances.max() < self.enough:
            chances = _softmax(self.full.logits(rows) + self.encoder.vectors([words])[0] @ self.vector)
        best = int(chances.argmax())
        return self.acts[best], round(float(np.interp(chances[best], self.points[:, 0], self.points[:, 1])), 3)


def _softmax(logits: "Numbers") -> "Numbers":
    import numpy as np

    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum(), np.float32)


def open_judge(encoder: Encoder) -> ActJudge | None:
    """Open the judge that a model brings; None if it brings none. Raise ConfigurationError if its file is not whole."""
    path = encoder.folder / FILE
    return _read(path, encoder) if path.exists() else None


def _read(path: Path, encoder: Encoder) -> ActJudge:
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as file:
            names = bytes(file["names"]).decode().split("\n")
            light, full = (
                Linear(
                    signs=file[f"{kind}_signs"],
                    scale=file[f"{kind}_scale"],
                    bias=file[f"{kind}_bias"],
                )
                for kind in ("light", "full")
            )
            return ActJudge(
                encoder=encoder,
                acts=tuple(Act(str(act)) for act in file["acts"]),
                places={name: place for place, name in enumerate(names)},
                light=light,
                full=full,
                vector=file["vector"].astype(np.float32),
                enough=float(file["enough"]),
                points=file["points"],
            )
    except (OSError, KeyError, ValueError) as error:
        raise ConfigurationError(f"{path.name} of the model cannot be used: {error}") from error
