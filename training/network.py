"""The network: multilingual-e5-small, tags of words from its states, and a second look at each quote for its roles.

The second look is one transformer layer over the words near a quote; each word sees the quote's own vector, its distance
from the quote's ends, whether it lies in the quote, and the tags around. It answers, for every word, the four roles, and
for the quote its medium, its kind, and whether it is one at all.
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody uses
from torch import Tensor, nn

from wortlaut.model import Medium
from wortlaut.quotation.features import SIZES
from wortlaut.quotation.near import BUCKETS
from wortlaut.quotation.tags import KINDS, TAGS

HIDDEN, HEADS, LAYERS, STATE = 384, 12, 12, 256


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT; dropout takes whole channels of a sequence, which is cheap."""

    def __init__(self, width: int, heads: int, drop: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return states of the same shape; mask [batch, 1, 1, length] is true where a piece is."""
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        weights = (q * (width // self.heads) ** -0.5) @ k.transpose(-1, -2)
        if mask is not None:
            weights.add_((~mask).to(weights.dtype) * -1e4)
        seen = weights.softmax(-1, dtype=weights.dtype).to(v.dtype) @ v
        x = self.norm1(x + self._dropped(self.out(seen.transpose(1, 2).reshape(batch, length, width))))
        return self.norm2(x + self._dropped(self.down(F.gelu(self.up(x)))))

    def _dropped(self, x: Tensor) -> Tensor:
        if not self.training or not self.drop:
            return x
        return x * (torch.rand(x.shape[0], 1, x.shape[2], dtype=x.dtype) >= self.drop).to(x.dtype) / (1 - self.drop)


class Encoder(nn.Module):
    """multilingual-e5-small with a pruned vocabulary."""

    def __init__(self, pieces: int, drop: float = 0.1) -> None:
        super().__init__()
        self.drop = drop
        self.word, self.position = nn.Embedding(pieces, HIDDEN), nn.Embedding(512, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(HIDDEN, HEADS, drop) for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        """Return states [batch, length, 384] of piece ids [batch, length]; mask is true where a piece is."""
        return self.states(ids, mask)[-1]

    def states(self, ids: Tensor, mask: Tensor | None, behind: int = LAYERS) -> list[Tensor]:
        """Return the states before the first layer and after each of the layers before number `behind`."""
        x = self.norm(self.word(ids) + self.position.weight[: ids.shape[1]] + self.kind)
        states = [F.dropout(x, self.drop, self.training)]
        wide = None if mask is None else mask[:, None, None, :]
        for layer in self.layers[:behind]:
            states.append(layer(states[-1], wide))
        return states

    def upper(self, x: Tensor, mask: Tensor | None, first: int) -> Tensor:
        """Return the last states, given those before layer number `first`."""
        x = F.dropout(x, self.drop, self.training)
        for layer in self.layers[first:]:
            x = layer(x, None if mask is None else mask[:, None, None, :])
        return x

    @torch.no_grad()
    def load(self, tensors: dict[str, np.ndarray], keep: list[int]) -> None:
        """Take over pretrained weights, of the vocabulary only the pieces `keep`."""

        def give(target: Tensor, *names: str) -> None:
            target.copy_(torch.from_numpy(np.concatenate([tensors[name] for name in names])))

        self.word.weight.copy_(torch.from_numpy(tensors["emb.word"][keep]))
        give(self.position.weight, "emb.pos")
        self.kind.copy_(torch.from_numpy(tensors["emb.type"][0].copy()))
        give(self.norm.weight, "emb.ln.w")
        give(self.norm.bias, "emb.ln.b")
        for number, layer in enumerate(self.layers):
            for part in ("w", "b"):
                field = "weight" if part == "w" else "bias"
                give(getattr(layer.qkv, field), *(f"l{number}.{x}.{part}" for x in "qkv"))
                for module, name in (
                    (layer.out, "ao"),
                    (layer.up, "fi"),
                    (layer.down, "fo"),
                    (layer.norm1, "aln"),
                    (layer.norm2, "oln"),
                ):
                    give(getattr(module, field), f"l{number}.{name}.{part}")


class Vector(nn.Module):
    """A sentence's vector, from the states behind the sixth layer: six layers of its own, then the mean, of unit length.

    The six begin as the upper layers of the untouched encoder.
    """

    BEHIND, COPIED = 6, (6, 7, 8, 9, 10, 11)

    def __init__(self, drop: float = 0.0) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(HIDDEN, HEADS, drop) for _ in self.COPIED)

    def states(self, lower: Tensor, mask: Tensor | None) -> Tensor:
        """Return the last states [batch, length, 384], of which a vector is the mean."""
        x = lower
        for layer in self.layers:
            x = layer(x, None if mask is None else mask[:, None, None, :])
        return x

    def forward(self, lower: Tensor, mask: Tensor | None) -> Tensor:
        """Return vectors [batch, 384] of states [batch, length, 384]."""
        return self.mean(self.states(lower, mask), mask)

    @staticmethod
    def mean(x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the means of last states, of unit length."""
        mean = x.mean(1) if mask is None else (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return mean / mean.norm(dim=-1, keepdim=True)


@dataclass(frozen=True, slots=True)
class Near:
    """Quotes and the words near them, padded: word numbers, mask, distances, in-quote, tags [quotes, words]; ends [quotes, 2]."""

    index: Tensor
    mask: Tensor
    from_start: Tensor
    from_end: Tensor
    inside: Tensor
    tags: Tensor
    ends: Tensor
    kind: Tensor
    level: Tensor


class Network(nn.Module):
    """Encoder, tagger and second look."""

    def __init__(self, pieces: int, drop: float = 0.1) -> None:
        super().__init__()
        self.drop = drop
        self.encoder = Encoder(pieces, drop)
        self.features = nn.ModuleList(nn.Embedding(size, 16) for size in SIZES)
        self.state = nn.Linear(HIDDEN + 16 * len(SIZES), STATE)
        self.tags = nn.ModuleList(nn.Linear(STATE, TAGS) for _ in range(2))
        self.near = nn.Linear(HIDDEN + 16 * len(SIZES), STATE)
        self.quote = nn.Linear(3 * STATE, STATE)
        self.from_start, self.from_end = nn.Embedding(BUCKETS, STATE), nn.Embedding(BUCKETS, STATE)
        self.inside, self.around = nn.Embedding(2, STATE), nn.Embedding(TAGS, STATE)
        self.kind, self.level = nn.Embedding(len(KINDS), STATE), nn.Embedding(2, STATE)
        for table in (self.from_start, self.from_end, self.inside, self.around, self.kind, self.level):
            nn.init.normal_(table.weight, std=0.1)
        self.norm, self.layer = nn.LayerNorm(STATE), Layer(STATE, 8, drop)
        self.roles = nn.Linear(STATE, 4)
        self.verdict = nn.Linear(2 * STATE, 1 + len(KINDS) + len(Medium))
        nn.init.constant_(self.roles.bias, -2.5)

    def words(self, states: Tensor, features: Tensor) -> Tensor:
        """Return word vectors [words, 448] of first-piece states and features [words, 4]."""
        told = [table(features[:, i]) for i, table in enumerate(self.features)]
        return F.dropout(torch.cat([states, *told], -1), self.drop, self.training)

    def tag(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Return the tag logits of both levels [words, TAGS]."""
        state = F.dropout(F.gelu(self.state(words)), self.drop, self.training)
        return self.tags[0](state), self.tags[1](state)

    def look(self, state: Tensor, near: Near) -> tuple[Tensor, Tensor]:
        """Return role logits [quotes, words, 4] and the verdict [quotes, 1 + kinds + media], given `near(words)`."""
        x = state[near.index]
        share = near.inside.to(x.dtype) / near.inside.sum(1, keepdim=True).clamp(min=1)
        mean = (x * share[..., None]).sum(1)
        quote = self.quote(torch.cat([mean, state[near.ends[:, 0]], state[near.ends[:, 1]]], -1))
        quote = quote + self.kind(near.kind) + self.level(near.level)
        x = x + quote[:, None] + self.from_start(near.from_start) + self.from_end(near.from_end)
        x = x + self.inside(near.inside) + self.around(near.tags)
        x = self.layer(F.dropout(self.norm(x), self.drop, self.training), near.mask[:, None, None, :])
        seen = (x * share[..., None]).sum(1)
        return self.roles(x), self.verdict(torch.cat([seen, quote], -1))
