"""Give the trained encoder a second output: sentence vectors like those of the encoder it was made from.

    python training/vectors.py --data ../shared/data --work FOLDER [--weights network.pt]

Training for quotes changes what the upper layers hold. A linear map from the means of three layers back to the vectors of
the untouched encoder is solved in closed form (ridge regression) on the sentences of the training corpora. Prints how
near the vectors come, and how both encoders do on our own paraphrases; writes `vector.pt`.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import corpora
import numpy as np
import torch
from judge import load
from network import Encoder, Vector
from pretrained import read_weights, word_tokenizer

SENTENCES = 12_000
RIDGE = 1.0
PARAPHRASES = Path(__file__).parents[1] / "evaluation/paraphrases.txt"


def sentences(data: Path) -> list[str]:
    """Return sentences of the training corpora, news first."""

    def every() -> Iterator[str]:
        for document in corpora.quotations(data / "quotations/train.jsonl.gz"):
            yield from (s.span.of(document.text) for s in document.sentences)
        for document in corpora.spkatt(data / "spkatt/task1.tar.gz"):
            yield from (s.span.of(document.text) for s in document.sentences[:40])

    return [s for s in dict.fromkeys(every()) if 15 < len(s) < 400][:SENTENCES]


@torch.no_grad()
def means(encoder: Encoder, tokenizer, texts: list[str], layers: tuple[int, ...]) -> np.ndarray:
    """Return for each text the means of the states of the named layers, one behind the other."""
    encoder.eval()
    rows = [[0, *e.ids[:510], 2] for e in tokenizer.encode_batch(texts, add_special_tokens=False)]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    found = np.zeros((len(rows), 384 * len(layers)), np.float32)
    for at in range(0, len(order), 48):
        batch = order[at : at + 48]
        longest = max(len(rows[i]) for i in batch)
        ids = torch.tensor([rows[i] + [1] * (longest - len(rows[i])) for i in batch])
        mask = ids != 1
        with torch.autocast("cpu", torch.bfloat16):
            states = encoder.states(ids, mask)
        share = mask / mask.sum(1, keepdim=True)
        parts = [(states[layer].float() * share[..., None]).sum(1) for layer in layers]
        found[batch] = torch.cat(parts, -1).numpy()
    return found


def unit(rows: np.ndarray) -> np.ndarray:
    """Return rows of length 1."""
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def solve(inputs: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and bias of the ridge regression from inputs to wanted rows."""
    centre, goal = inputs.mean(0), wanted.mean(0)
    x, y = (inputs - centre).astype(np.float64), (wanted - goal).astype(np.float64)
    weights = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ y)
    return weights.T.astype(np.float32), (goal - centre @ weights).astype(np.float32)


def retrieval(first: np.ndarray, second: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Return how often the other wording comes first among all second wordings and distractors, and the mean 1/rank."""
    scores = first @ np.concatenate([second, other]).T
    own = scores[np.arange(len(first)), np.arange(len(first))]
    ranks = (scores > own[:, None]).sum(1) + 1
    return float((ranks == 1).mean()), float((1 / ranks).mean())


def paraphrases() -> list[list[str]]:
    """Return our own sentences: wordings, other wordings, distractors."""
    lines = PARAPHRASES.read_text(encoding="utf-8").splitlines()
    return [list(column) for column in zip(*(x.split(" | ") for x in lines if x and x[0] != "#"), strict=True)]


def main() -> None:
    """Solve, judge, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--weights", default="network.pt")
    chosen = options.parse_args()
    torch.set_num_threads(1)
    texts, (a, b, c) = sentences(chosen.data), paraphrases()
    network, tokenizer = load(chosen.work, chosen.weights)
    teacher_file = chosen.work / "teacher.npy"
    if not teacher_file.exists():
        source = chosen.work / "source"
        teacher = Encoder(250_002)
        teacher.load(read_weights(source / "e5-small-q4.bin"), list(range(250_002)))
        words = word_tokenizer(source / "tokenizer.json")
        np.save(teacher_file, unit(means(teacher, words, [f"query: {t}" for t in (*texts, *a, *b, *c)], (12,))))
    wanted = np.load(teacher_file)
    inputs = means(network.encoder, tokenizer, [*texts, *a, *b, *c], Vector.LAYERS)
    count, pairs, held = len(texts), len(a), 1000
    weights, bias = solve(inputs[held:count], wanted[held:count])
    found = unit(inputs @ weights.T + bias)
    print("cosine on sentences held out:", round(float((found[:held] * wanted[:held]).sum(1).mean()), 4))
    for name, rows in (("original", wanted), ("ours", found)):
        parts = [rows[count + n * pairs : count + (n + 1) * pairs] for n in range(3)]
        print(name, "first %.3f, mean 1/rank %.3f" % retrieval(*parts))
    torch.save({"map.weight": torch.from_numpy(weights), "map.bias": torch.from_numpy(bias)}, chosen.work / "vector.pt")


if __name__ == "__main__":
    main()
