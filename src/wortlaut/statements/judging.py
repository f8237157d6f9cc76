"""The trained judge of acts: a linear model over signs, and the encoder with biases of its own, which reads the words.

A statement's signs are often enough; the words, which cost more, are read where they leave doubt. A statement is
judged by itself, so that nothing depends on what else is read. `training/acts.py` makes the file. Biases alone are
taught (Ben Zaken, Goldberg & Ravfogel 2022, *BitFit*), so that one graph and one set of weights serve both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wortlaut.encoder import Adapted, Encoder
from wortlaut.errors import ModelError
from wortlaut.model import Act
from wortlaut.statements.acts import Decision
from wortlaut.statements.deciding import Case
from wortlaut.text import Spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

FILE = "acts.npz"
"""The judge's file beside the model's weights."""
LAYERS = "vector.layers."
"""What the names of the encoder's biases and norms begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActJudge:
    """Judges by signs alone where they are sure enough, else by signs and words together.

    `places` number the signs; `signs` [signs, acts] in eight bits with a scale and a bias an act; `words` [4 * 384, acts] with a
    bias an act. `share` is the words' part; `points` map the probability of the likeliest act to the share that was right.
    """

    acts: tuple[Act, ...]
    places: dict[str, int]
    signs: "NDArray[np.int8]"
    scale: "Numbers"
    signs_bias: "Numbers"
    encoder: Adapted
    words: "Numbers"
    words_bias: "Numbers"
    enough: float
    share: float
    points: "Numbers"

    def __call__(self, case: Case, signs: tuple[str, ...], verdicts: tuple[Decision, ...]) -> Decision:
        """Return the likeliest act, with the words that made a rule say so, else the verb."""
        act, confidence = self.weigh(signs, *case.words())
        agreed = next((verdict for verdict in verdicts if verdict.act is act), None)
        if agreed is not None:
            return Decision(act=act, cue=agreed.cue, confidence=confidence, by=f"model, as {agreed.by}")
        verb = case.clause.verb if case.clause is not None else None
        shown = (case.unit.sentence.tokens[verb].span,) if verb is not None and act is not Act.ASSERT else ()
        return Decision(act=act, cue=shown, confidence=confidence, by="model")

    def weigh(self, signs: tuple[str, ...], words: str, marks: Sequence[Spans]) -> tuple[Act, float]:
        """Return the likeliest act and how often that is right."""
        import numpy as np

        rows = sorted({self.places[sign] for sign in signs if sign in self.places})
        chances = _softmax(self.signs[rows].sum(0, dtype="int64") * self.scale + self.signs_bias)
        if chances.max() < self.enough:
            read = _softmax(self.encoder.means(words, marks) @ self.words + self.words_bias)
            chances = _softmax((1 - self.share) * np.log(chances) + self.share * np.log(read))
        best = int(chances.argmax())
        return self.acts[best], round(float(np.interp(chances[best], self.points[:, 0], self.points[:, 1])), 3)


def _softmax(logits: "NDArray[np.floating]") -> "Numbers":
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
            layers = {name: file[name] for name in file.files if name.startswith(LAYERS)}
            return ActJudge(
                acts=tuple(Act(str(act)) for act in file["acts"]),
                places={name: place for place, name in enumerate(bytes(file["names"]).decode().split("\n"))},
                signs=file["signs"],
                scale=file["scale"],
                signs_bias=file["signs_bias"],
                encoder=encoder.adapted(layers, file["marks"].astype(np.float32)),
                words=file["words"].astype(np.float32),
                words_bias=file["words_bias"],
                enough=float(file["enough"]),
                share=float(file["share"]),
                points=file["points"],
            )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(path.name, error) from error
