"""Teach biases and norms of the vector's layers to tell acts apart: everything else stays as it is and is shared.

BitFit (Ben Zaken, Goldberg & Ravfogel 2022). The layers are those of the shipped `pooler.onnx`, in four bits as it holds
them; they learn on the states that the shipped tagger gives them. A piece in content, cue or speaker has a mark of its own.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody uses
from network import HIDDEN, Vector
from onnx import numpy_helper
from torch import Tensor, nn

from wortlaut.encoder import Encoder
from wortlaut.text import Spans

KINDS, BATCH, ROUNDS, RATE, WARM, SCALE = 3, 24, 5, 3e-3, 40, 4.0
"""Kinds of marks; texts a step; rounds; learning rate, and its steps of growing; what the means are multiplied by."""
PARTS = ("qkv", "out", "up", "down")


def shipped_layers(path: Path) -> Vector:
    """Return the vector's layers as `pooler.onnx` holds them, their four bits unpacked."""
    graph = onnx.load(path).graph
    tables = {table.name: numpy_helper.to_array(table) for table in graph.initializer}
    state = {name.removeprefix("vector."): torch.tensor(t) for name, t in tables.items() if name.startswith("vector.")}
    for number, node in enumerate(node for node in graph.node if node.op_type == "MatMulNBits"):
        sizes = {field.name: onnx.helper.get_attribute_value(field) for field in node.attribute}
        packed, scales = (tables[name] for name in node.input[1:3])
        values = (
            np.stack([packed & 15, packed >> 4], -1).reshape(sizes["N"], -1, sizes["block_size"]).astype(np.float32) - 8
        )
        weight = (values * scales.reshape(sizes["N"], -1, 1)).reshape(sizes["N"], -1)[:, : sizes["K"]]
        state[f"layers.{number // 4}.{PARTS[number % 4]}.weight"] = torch.from_numpy(weight.copy())
    vector = Vector(drop=0.1)
    vector.load_state_dict(state)
    return vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A text as the layers get it: states [pieces, 384], and which pieces lie in the text and in marks of each kind [1 + kinds, pieces]."""

    lower: Tensor
    inside: Tensor


def read(encoder: Encoder, words: str, marks: Sequence[Spans]) -> Read:
    """Return a text as `wortlaut.encoder.Adapted` gives it to the layers."""
    lower, inside = encoder.marked(words, marks)
    return Read(lower=torch.from_numpy(lower).to(torch.bfloat16), inside=torch.from_numpy(inside))


class Adapter(nn.Module):
    """The vector's layers, of which biases and norms learn, marks, and a linear model over means of the last states."""

    def __init__(self, layers: Vector, answers: int) -> None:
        super().__init__()
        self.vector = layers
        for name, weight in self.vector.named_parameters():
            weight.requires_grad_("bias" in name or "norm" in name)
        self.marks = nn.Parameter(torch.zeros(KINDS, HIDDEN))
        self.head = nn.Linear((1 + KINDS) * HIDDEN, answers)

    def forward(self, texts: Sequence[Read]) -> Tensor:
        """Return logits [texts, answers]."""
        lower = nn.utils.rnn.pad_sequence(
            [t.lower.float() + t.inside[1:].T @ self.marks for t in texts], batch_first=True
        )
        inside = torch.zeros(len(texts), 1 + KINDS, lower.shape[1])
        for row, text in zip(inside, texts, strict=True):
            row[:, : text.inside.shape[1]] = text.inside
        with torch.autocast("cpu", torch.bfloat16):
            states = self.vector.states(lower, inside[:, 0] > 0)
        means = inside @ states.float() / inside.sum(-1, keepdim=True).clamp(min=1)
        return self.head(F.dropout(means.flatten(1), 0.1, self.training) * SCALE)

    def numbers(self) -> dict[str, np.ndarray]:
        """Return what was learned, by the names that the run-time reads."""
        learned = {f"vector.{n}": p for n, p in self.vector.named_parameters() if p.requires_grad}
        learned |= {"marks": self.marks, "words": self.head.weight.T * SCALE}
        halves = {name: weight.detach().numpy().astype(np.float16) for name, weight in learned.items()}
        return halves | {"words_bias": self.head.bias.detach().numpy()}


def learn(layers: Path, texts: Sequence[Read], wanted: np.ndarray, weights: np.ndarray) -> Adapter:
    """Learn the shares of answers [texts, answers] of texts of different weights."""
    torch.manual_seed(1)
    chance, goals, worth = random.Random(1), torch.from_numpy(wanted).float(), torch.from_numpy(weights).float()
    adapter = Adapter(shipped_layers(layers), wanted.shape[1])
    taught = [weight for weight in adapter.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(taught, lr=RATE, weight_decay=0.02)
    steps, done, began = ROUNDS * -(-len(texts) // BATCH), 0, time.monotonic()
    for number in range(ROUNDS):
        order = sorted(range(len(texts)), key=lambda i: len(texts[i].lower) + chance.random() * 10)
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        chance.shuffle(batches)
        total = 0.0
        for batch in batches:
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (done + 1) / WARM) * (1 - done / (steps + 1))
            missed = -(goals[batch] * F.log_softmax(adapter([texts[i] for i in batch]), -1)).sum(-1)
            loss = (missed * worth[batch]).sum() / worth[batch].sum()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(taught, 1.0)
            optimiser.step()
            total, done = total + loss.item(), done + 1
        print(f"round {number} loss {total / len(batches):.3f} after {time.monotonic() - began:.0f} s", flush=True)
    return adapter.eval()


@torch.no_grad()
def chances(adapter: Adapter, texts: Sequence[Read]) -> np.ndarray:
    """Return probabilities [texts, answers]; each text by itself."""
    return np.concatenate([F.softmax(adapter([text]), -1).numpy() for text in texts])
