"""Teach the vector what "the same matter" is: its biases and norms learn on positions of invented parties.

    python training/matters.py --model models/wortlaut-de/src/wortlaut_de

Of each line of `own_changes.txt` the later position on the same matter shall come nearer to the earlier one than the position
on another matter that sounds alike, and than those of all other lines in a step (InfoNCE: van den Oord, Li & Vinyals 2018); the
vectors may not go far from where they were. Every fifth line is left out first and judged, then all lines are learned. Prints also
how our own paraphrases are found. Writes the new numbers into `pooler.onnx`, whose other weights stay.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody uses
from adapter import Read, read, shipped_layers
from network import Vector
from onnx import numpy_helper
from torch import Tensor
from vectors import paraphrases, retrieval

from wortlaut.encoder import open_folder

LINES = Path(__file__).with_name("own_changes.txt")
BATCH, ROUNDS, RATE, WARM, HEAT, STAY = 24, 5, 1e-3, 10, 0.05, 20.0
"""Lines a step; rounds; learning rate, and its steps of growing; temperature; what leaving one's place costs."""


def vectors(layers: Vector, texts: Sequence[Read]) -> Tensor:
    """Return vectors [texts, 384]."""
    lower = torch.nn.utils.rnn.pad_sequence([text.lower.float() for text in texts], batch_first=True)
    lengths = torch.tensor([len(text.lower) for text in texts])
    vectors: Tensor = layers(lower, torch.arange(lower.shape[1])[None] < lengths[:, None])
    return vectors


@torch.no_grad()
def judged(layers: Vector, lines: Sequence[Sequence[Read]], others: Sequence[Sequence[Read]]) -> str:
    """Return how often the same matter is the nearer one in lines, and how well paraphrases are found."""
    layers.eval()
    first, second, other = (vectors(layers, column) for column in zip(*others, strict=True))
    found, rank = retrieval(first, second, other)
    before, later, far = (vectors(layers, column) for column in zip(*lines, strict=True))
    nearer = ((before * later).sum(1) > (before * far).sum(1)).float().mean()
    return f"same matter nearer {nearer:.3f}; paraphrases first {found:.3f}, mean 1/rank {rank:.3f}"


def learn(path: Path, lines: Sequence[Sequence[Read]]) -> Vector:
    """Learn on lines of an earlier position, the later one, and the one on another matter."""
    torch.manual_seed(1)
    layers, chance, done = shipped_layers(path), random.Random(1), 0
    for name, weight in layers.named_parameters():
        weight.requires_grad_("bias" in name or "norm" in name)
    layers.eval()
    with torch.no_grad():
        places = [vectors(layers, line) for line in lines]
    optimiser = torch.optim.AdamW([w for w in layers.parameters() if w.requires_grad], lr=RATE, weight_decay=0.0)
    batches = len(lines) // BATCH
    for _ in range(ROUNDS):
        layers.train()
        order = chance.sample(range(len(lines)), len(lines))
        for at in range(0, batches * BATCH, BATCH):
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (done + 1) / WARM) * (1 - done / (ROUNDS * batches + 1))
            own = order[at : at + BATCH]
            found = vectors(layers, [lines[n][column] for column in range(3) for n in own])
            before, later, far = found.split(BATCH)
            right = torch.arange(BATCH)
            told = F.cross_entropy(torch.cat([before @ later.T, before @ far.T], 1) / HEAT, right)
            told = told + F.cross_entropy(torch.cat([later @ before.T, later @ far.T], 1) / HEAT, right)
            stay = (
                1 - (found * torch.cat([places[n][column][None] for column in range(3) for n in own])).sum(-1)
            ).mean()
            loss = told + STAY * stay
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            done += 1
    return layers


def write(layers: Vector, path: Path) -> None:
    """Put what was learned in the place of the graph's own numbers."""
    model = onnx.load(path)
    learned = {f"vector.{name}": w.detach().numpy() for name, w in layers.named_parameters() if w.requires_grad}
    for table in model.graph.initializer:
        if table.name in learned:
            table.CopyFrom(numpy_helper.from_array(learned[table.name].astype(np.float32), table.name))
    onnx.save(model, path)


def main() -> None:
    """Judge on lines left out, learn on all, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", type=Path, required=True)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    encoder, path = open_folder(chosen.model, "taught"), chosen.model / "pooler.onnx"
    rows = (x.split(" | ")[2:] for x in LINES.read_text(encoding="utf-8").splitlines() if x and x[0] != "#")
    lines = [[read(encoder, text, ()) for text in row] for row in rows]
    others = [[read(encoder, text, ()) for text in row] for row in zip(*paraphrases(), strict=True)]
    print("before:", judged(shipped_layers(path), lines[::5], others), flush=True)
    print(
        "four of five:",
        judged(learn(path, [line for n, line in enumerate(lines) if n % 5]), lines[::5], others),
        flush=True,
    )
    layers = learn(path, lines)
    print("all:", judged(layers, lines[::5], others))
    write(layers, path)


if __name__ == "__main__":
    main()
