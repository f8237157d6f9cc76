"""Give the trained encoder a second output: sentence vectors like those of the encoder it was made from.

    python training/vectors.py --data ../shared/data --work FOLDER [--weights network.pt] [--rounds 6]

Training for quotes changes what the upper layers hold, but hardly the lower six, which soon stay as they are. On their
states stand six layers of their own, which begin as those of the untouched encoder and learn to give its vectors and the
likenesses between them, on sentences of the training corpora. Prints how near the vectors come, and how both encoders
do on our own paraphrases; writes `vector.pt`.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import corpora
import numpy as np
import torch
from judge import load
from network import Encoder, Vector
from pretrained import read_weights, word_tokenizer
from torch import Tensor

SENTENCES, HELD_OUT, BATCH, RATE = 6_000, 500, 48, 1.5e-4
PREFIX = "query: "
"""What the encoder was trained to see before a text that is compared with others."""
PARAPHRASES = Path(__file__).parents[1] / "evaluation/paraphrases.txt"


def sentences(data: Path, *, free: bool) -> list[str]:
    """Return sentences of the training corpora, news (our own for the open model) first."""

    def every() -> Iterator[str]:
        for document in corpora.own(corpora.OWN) if free else corpora.quotations(data / "quotations/train.jsonl.gz"):
            yield from (s.span.of(document.text) for s in document.sentences)
        for document in corpora.spkatt(data / "spkatt/task1.tar.gz"):
            yield from (s.span.of(document.text) for s in document.sentences[:40])

    return [s for s in dict.fromkeys(every()) if 15 < len(s) < 400][:SENTENCES]


@torch.no_grad()
def states(encoder: Encoder, tokenizer, texts: list[str], behind: int) -> list[Tensor]:
    """Return for each text the states of its pieces behind so many layers."""
    encoder.eval()
    texts = [PREFIX + text for text in texts]
    rows = [[0, *e.ids[:510], 2] for e in tokenizer.encode_batch(texts, add_special_tokens=False)]
    found: list[Tensor] = [torch.zeros(0)] * len(rows)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    for at in range(0, len(order), BATCH):
        batch = order[at : at + BATCH]
        longest = max(len(rows[i]) for i in batch)
        ids = torch.tensor([rows[i] + [1] * (longest - len(rows[i])) for i in batch])
        with torch.autocast("cpu", torch.bfloat16):
            last = encoder.states(ids, ids != 1, behind)[-1]
        for row, number in enumerate(batch):
            found[number] = last[row, : len(rows[number])].to(torch.bfloat16).clone()
    return found


def teacher_vectors(work: Path, texts: list[str]) -> Tensor:
    """Return the untouched encoder's vectors, computed once."""
    path = work / "teacher.npy"
    if not path.exists():
        source = work / "source"
        teacher = Encoder(250_002)
        teacher.load(read_weights(source / "e5-small-q4.bin"), list(range(250_002)))
        words = word_tokenizer(source / "tokenizer.json")
        means = [s.float().mean(0) for s in states(teacher, words, texts, 12)]
        np.save(path, torch.nn.functional.normalize(torch.stack(means), dim=-1).numpy())
    return torch.from_numpy(np.load(path))


def padded(rows: list[Tensor]) -> tuple[Tensor, Tensor]:
    """Return states of one length and their mask."""
    lengths = torch.tensor([len(r) for r in rows])
    both = torch.nn.utils.rnn.pad_sequence([r.float() for r in rows], batch_first=True)
    return both, torch.arange(both.shape[1])[None] < lengths[:, None]


def learn(vector: Vector, lower: list[Tensor], wanted: Tensor, rounds: int) -> None:
    """Let the layers learn the teacher's vectors and the likenesses between those of a batch."""
    optimiser = torch.optim.AdamW(vector.parameters(), lr=RATE, weight_decay=0.01, fused=True)
    chance, steps, done = random.Random(1), rounds * (len(lower) // BATCH), 0
    for number in range(rounds):
        order = sorted(range(len(lower)), key=lambda i: len(lower[i]) + chance.random() * 8)
        batches = [order[at : at + BATCH] for at in range(0, len(order) - BATCH + 1, BATCH)]
        chance.shuffle(batches)
        total = 0.0
        for batch in batches:
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (done + 1) / 30) * (1 - done / (steps + 1))
            with torch.autocast("cpu", torch.bfloat16):
                found = vector(*padded([lower[i] for i in batch])).float()
            goal = wanted[batch]
            near = (1 - (found * goal).sum(-1)).mean()
            alike = ((found @ found.T - goal @ goal.T) ** 2).mean()
            loss = near + 20 * alike
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(vector.parameters(), 1.0)
            optimiser.step()
            total, done = total + loss.item(), done + 1
        print(f"round {number} loss {total / len(batches):.4f}", flush=True)


@torch.no_grad()
def answers(vector: Vector, lower: list[Tensor]) -> Tensor:
    """Return the vectors of texts, given their states."""
    vector.eval()
    return torch.cat([vector(r.float()[None], None) for r in lower])


def retrieval(first: Tensor, second: Tensor, other: Tensor) -> tuple[float, float]:
    """Return how often the other wording comes first among all second wordings and distractors, and the mean 1/rank."""
    scores = first @ torch.cat([second, other]).T
    own = scores[torch.arange(len(first)), torch.arange(len(first))]
    ranks = (scores > own[:, None]).sum(1) + 1
    return float((ranks == 1).float().mean()), float((1 / ranks).mean())


def paraphrases() -> list[list[str]]:
    """Return our own sentences: wordings, other wordings, distractors."""
    lines = PARAPHRASES.read_text(encoding="utf-8").splitlines()
    return [list(column) for column in zip(*(x.split(" | ") for x in lines if x and x[0] != "#"), strict=True)]


def main() -> None:
    """Learn, judge, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--weights", default="network.pt")
    options.add_argument("--rounds", type=int, default=3, help="0 where the lower six layers stayed as they were")
    options.add_argument("--free", action="store_true", help="only sentences of our own and of SpkAtt")
    chosen = options.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    texts, pairs = sentences(chosen.data, free=chosen.free), paraphrases()
    if not chosen.rounds:
        texts = texts[:HELD_OUT]
    every = [*texts, *(text for column in pairs for text in column)]
    wanted = teacher_vectors(chosen.work, every)
    network, tokenizer = load(chosen.work, chosen.weights)
    lower = states(network.encoder, tokenizer, every, Vector.BEHIND)
    vector, original = Vector(), Encoder(4)
    original.load(read_weights(chosen.work / "source/e5-small-q4.bin"), [0, 1, 2, 3])
    for layer, number in zip(vector.layers, Vector.COPIED, strict=True):
        layer.load_state_dict(original.layers[number].state_dict())
    count, size = len(texts), len(pairs[0])
    learn(vector, lower[HELD_OUT:count], wanted[HELD_OUT:count], chosen.rounds)
    torch.save(vector.state_dict(), chosen.work / "vector.pt")
    found = answers(vector, [*lower[:HELD_OUT], *lower[count:]])
    print("cosine on sentences held out:", round(float((found[:HELD_OUT] * wanted[:HELD_OUT]).sum(-1).mean()), 4))
    for name, rows in (("original", wanted[count:]), ("ours", found[HELD_OUT:])):
        first, rank = retrieval(*rows.split(size))
        print(f"{name:9} first {first:.3f}, mean 1/rank {rank:.3f}")


if __name__ == "__main__":
    main()
