"""Train the network: from the corpora to averaged weights, resumable.

    python training/train.py --data ../shared/data --work FOLDER --minutes 70 [--threads 2] [--seed 1] [--open]

FOLDER (outside the checkout) keeps the pretrained weights, the chosen vocabulary, a checkpoint every ten minutes, and at
the end `network.pt`. The same command goes on where the last checkpoint was. The learning rate falls to zero over the
given minutes of work, however many rounds that makes.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import corpora
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody uses
from corpora import Document
from examples import UNKNOWN, Example, examples, nears, padded, targets
from network import Network
from pretrained import choose_pieces, fetch, read_weights, word_tokenizer
from threads import Threads
from torch import Tensor

from wortlaut.quotation.sequence import best_tags
from wortlaut.quotation.tags import KINDS, Tagged, from_tags

RATE, HEAD_RATE, LAYER_DECAY = 2.5e-4, 1e-3, 0.88
WARM_UP = 60
SAVE_EVERY = 600
OFTEN = 4
"""How often a round of the open model reads each of our own passages, each time among others, besides once alone."""
CANDIDATES = 22
"""Quotes looked at a second time in a step, true and false."""
AVERAGE_FROM = 0.8
FREEZE_AT, FROZEN_THEN, VARIANTS = 0.18, 6, 3
"""When the lower layers have learned enough to stay as they are; their states are then kept, for so many variants of
windows. This makes a step a third cheaper."""


def main() -> None:
    """Train for the given minutes."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--minutes", type=float, default=70)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--pieces", type=int, default=1400, help="pieces a step")
    options.add_argument("--frozen", type=int, default=0, help="lower layers that stay as they were")
    options.add_argument("--free", action="store_true", help="only our own passages and SpkAtt")
    options.add_argument("--limit", type=int, help="documents a corpus, to try things out")
    chosen = options.parse_args()
    Training(chosen).run()


class Training:
    """The state of one training run."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.chosen, self.work = chosen, chosen.work
        self.threads = Threads(chosen.threads)
        self.chance = random.Random(chosen.seed)
        np.random.seed(chosen.seed)
        torch.manual_seed(chosen.seed)
        weights, tokenizer = fetch(self.work / "source")
        self.news, self.older, self.speeches = self._documents(chosen.data)
        keep = self._vocabulary(tokenizer)
        self.tokenizer = word_tokenizer(tokenizer, keep)
        self.network = Network(len(keep))
        self.network.encoder.load(read_weights(weights), keep)
        self.copies: list[Tensor] = []
        self.masters: list[Tensor] = []
        self._freeze(chosen.frozen)
        self.step, self.round, self.spent = 0, 0, 0.0
        self.average: dict[str, Tensor] = {}
        self.averaged = 0
        self._resume()

    def _documents(self, data: Path) -> tuple[list[Document], list[Document], list[Document]]:
        """Return what every round reads, and what is read besides: older news and speeches."""
        limit = self.chosen.limit
        if self.chosen.free:
            passages = [d for d in corpora.own(corpora.OWN) if not corpora.kept_back(d)][:limit]
            orders = [self.chance.sample(passages, len(passages)) for _ in range(OFTEN)]
            speeches = [*corpora.spkatt(data / "spkatt/task1.tar.gz", kinds=True)][:limit]
            return [*passages, *(d for order in orders for d in corpora.joined(order))], [], speeches
        news = list(corpora.quotations(data / "quotations/train.jsonl.gz"))[:limit]
        older = list(corpora.redewiedergabe(data / "redewiedergabe/tsv.tar.gz"))[:limit]
        return news, older, list(corpora.spkatt(data / "spkatt/task1.tar.gz"))[:limit]

    def _vocabulary(self, tokenizer: Path) -> list[int]:
        path = self.work / "vocabulary.json"
        if not path.exists():
            from wordfreq import top_n_list

            texts = [d.text for d in (*self.news, *self.older, *self.speeches)]
            lists = [*top_n_list("de", 150_000), *top_n_list("en", 8_000)]
            keep = choose_pieces(word_tokenizer(tokenizer), texts, lists)
            path.write_text(json.dumps(keep), encoding="utf-8")
        return json.loads(path.read_text(encoding="utf-8"))

    def _freeze(self, frozen: int) -> None:
        """Let only the layers from `frozen` on learn, from now on: bfloat16 with float32 masters, lower ones more slowly."""
        encoder, self.frozen, self.since = self.network.encoder, frozen, 0
        known = self._weights() if self.masters else {}
        for parameter in encoder.parameters():
            parameter.requires_grad = False
        places = {id(parameter): name for name, parameter in self.network.named_parameters()}
        self.copies, self.masters, groups = [], [], []
        encoder.to(torch.bfloat16)
        for number in range(frozen, len(encoder.layers)):
            copies = list(encoder.layers[number].parameters())
            masters = [known.get(places[id(p)], p.detach().float()).clone() for p in copies]
            for parameter in copies:
                parameter.requires_grad = True
            self.copies.extend(copies)
            self.masters.extend(masters)
            rate = RATE * LAYER_DECAY ** (len(encoder.layers) - 1 - number)
            groups.append({"params": masters, "lr": rate, "base": rate, "weight_decay": 0.01})
        self.heads = [p for name, p in self.network.named_parameters() if not name.startswith("encoder.")]
        groups.append({"params": self.heads, "lr": HEAD_RATE, "base": HEAD_RATE, "weight_decay": 0.01})
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        self.variants: list[list[Example]] = []

    def progress(self) -> float:
        """Share of the given minutes that is used up."""
        return self.spent / (60 * self.chosen.minutes)

    def run(self) -> None:
        """Go through rounds until the time is used up; then write the averaged network."""
        saved = self.spent
        while self.progress() < 1:
            if self.progress() >= FREEZE_AT and self.frozen < FROZEN_THEN:
                self._freeze(FROZEN_THEN)
            losses: list[list[float]] = []
            for batch in self._batches():
                started = time.perf_counter()
                self.threads.adapt()
                losses.append(self._learn(batch))
                self.spent += time.perf_counter() - started
                if self.step % 50 == 0 or self.step < 5:
                    mean = " ".join(f"{x:.3f}" for x in np.mean(losses[-50:], 0))
                    print(
                        f"round {self.round} step {self.step} {self.progress():.3f} loss {mean} s {self.spent:.0f} threads {self.threads.now}",
                        flush=True,
                    )
                if self.spent - saved > SAVE_EVERY:
                    self._save()
                    saved = self.spent
                if self.progress() >= 1:
                    break
            self.round += 1
            if self.progress() >= AVERAGE_FROM:
                self._add_to_average()
        self._save()
        mean = {name: value / self.averaged for name, value in self.average.items()}
        torch.save({"network": mean, "last": self._weights(), "rounds": self.round}, self.work / "network.pt")

    def _windows(self) -> list[Example]:
        """Return one round: all news, and at first a share of the other corpora; later one of a few kept variants.

        For the open model each variant holds all our passages and its share of the speeches.
        """
        if self.frozen == FROZEN_THEN:
            if len(self.variants) < VARIANTS:
                speeches = self.speeches[len(self.variants) :: VARIANTS] if self.chosen.free else []
                windows = [w for d in (*self.news, *speeches) for w in examples(d, self.tokenizer, self.chance)]
                self._keep_lower(windows)
                self.variants.append(windows)
                return windows
            return self.variants[self.round % VARIANTS]
        share = max(0.0, 0.6 - 1.2 * self.progress())
        documents = [
            *self.news,
            *self.chance.sample(self.older, int(share * len(self.older))),
            *self.chance.sample(self.speeches, int(share * len(self.speeches) / 2)),
        ]
        return [w for d in documents for w in examples(d, self.tokenizer, self.chance)]

    @torch.no_grad()
    def _keep_lower(self, windows: list[Example]) -> None:
        """Compute the states behind the frozen layers once."""
        self.network.eval()
        for window in windows:
            ids, _ = torch.tensor([window.ids]), self.threads.adapt()
            window.lower = self.network.encoder.states(ids, None, self.frozen)[-1][0]

    def _batches(self) -> Iterator[list[Example]]:
        """Yield the batches of one round, each of windows of about the same length."""
        windows = [w for w in self._windows() if w.quotes or self.chance.random() < 0.6]
        self.chance.shuffle(windows)
        batches: list[list[Example]] = []
        for at in range(0, len(windows), 64):
            batch: list[Example] = []
            for window in sorted(windows[at : at + 64], key=lambda w: len(w.ids)):
                if batch and (len(batch) + 1) * len(window.ids) > self.chosen.pieces:
                    batches.append(batch)
                    batch = []
                batch.append(window)
            batches.append(batch)
        self.chance.shuffle(batches)
        yield from batches

    def _learn(self, batch: list[Example]) -> list[float]:
        self.network.train()
        fall = min(1.0, (self.since + 1) / WARM_UP) * max(0.01, 1 - self.progress())
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * fall
        losses = self._losses(batch)
        loss = losses[0] + losses[1] + 0.3 * losses[2]
        for parameter in (*self.copies, *self.heads):
            parameter.grad = None
        loss.backward()
        for copy, master in zip(self.copies, self.masters, strict=True):
            master.grad = copy.grad.float()
        torch.nn.utils.clip_grad_norm_([*self.masters, *self.heads], 1.0)
        self.optimiser.step()
        with torch.no_grad():
            torch._foreach_copy_(self.copies, self.masters)
        self.step += 1
        self.since += 1
        return [x.item() for x in losses]

    def _losses(self, batch: list[Example]) -> list[Tensor]:
        """Return the losses of tags, roles and verdict."""
        with torch.autocast("cpu", torch.bfloat16):
            states = self._states(batch)
            rows = [states[i, torch.tensor(e.firsts, dtype=torch.long)] for i, e in enumerate(batch)]
            features = torch.from_numpy(np.concatenate([e.features for e in batch]))
            features = torch.where(torch.rand(features.shape) < 0.05, 0, features)
            words = self.network.words(torch.cat(rows).float(), features)
            logits = self.network.tag(words)
            tag_loss = sum(self._tag_loss(logits[level].float(), batch, level) for level in (0, 1))
            candidates = self._candidates(batch, logits)
            if not candidates:
                return [tag_loss, torch.zeros(()), torch.zeros(())]
            near = nears(batch, candidates)
            roles, verdict = self.network.look(self.network.near(words), near)
        return [tag_loss, *_second_losses(roles.float(), verdict.float(), targets(candidates, near, batch))]

    def _states(self, batch: list[Example]) -> Tensor:
        """Return the encoder's states; some pieces are hidden from it, that it may not lean on single ones."""
        ids, mask = padded(batch)
        seen = None if bool(mask.all()) else mask
        if batch[0].lower is not None:
            longest = ids.shape[1]
            lower = torch.stack([F.pad(e.lower, (0, 0, 0, longest - len(e.lower))) for e in batch])
            return self.network.encoder.upper(lower, seen, self.frozen)
        hidden = (torch.rand(ids.shape) < 0.04) & mask & (ids > 3)
        return self.network.encoder(torch.where(hidden, torch.tensor(3), ids), seen)

    @staticmethod
    def _tag_loss(logits: Tensor, batch: list[Example], level: int) -> Tensor:
        gold = torch.from_numpy(np.concatenate([e.tags[level] for e in batch]))
        weights = torch.from_numpy(np.concatenate([e.weights[level] for e in batch]))
        losses = F.cross_entropy(logits, gold, reduction="none", label_smoothing=0.02)
        return (losses * weights).sum() / weights.sum().clamp(min=1)

    def _candidates(self, batch: list[Example], logits: tuple[Tensor, Tensor]) -> list[tuple[int, Tagged, list[int]]]:
        """Return the gold quotes, and later in training also what noisy tags spell, true or not."""
        found = [(n, quote, e.tags[0].tolist()) for n, e in enumerate(batch) for quote, *_ in e.quotes]
        if self.progress() < 0.2:
            return found[:CANDIDATES]
        others: list[tuple[int, Tagged, list[int]]] = []
        at = 0
        for number, example in enumerate(batch):
            count = len(example.firsts)
            own = [logits[level][at : at + count].detach().float().numpy() for level in (0, 1)]
            at += count
            if not example.whole:
                continue
            noise = self.chance.uniform(0.5, 2.5)
            bias = {"out": self.chance.uniform(-3, 1), "opening": self.chance.uniform(-2, 0)}
            rows = [best_tags(x + noise * np.random.randn(*x.shape).astype(np.float32), **bias) for x in own]
            spelled = [q for level in (0, 1) for q in from_tags(rows[level], level)]
            gold = {quote.words for quote, *_ in example.quotes}
            new = [q for q in spelled if q.words not in gold and (q.words[0] or example.opens) and len(q.words) > 1]
            others.extend((number, q, rows[0]) for q in new)
        self.chance.shuffle(others)
        return [*found[:CANDIDATES], *others[: max(6, CANDIDATES - len(found))]]

    def _weights(self) -> dict[str, Tensor]:
        state = {name: value.detach().float().clone() for name, value in self.network.state_dict().items()}
        places = {id(parameter): name for name, parameter in self.network.named_parameters()}
        for copy, master in zip(self.copies, self.masters, strict=True):
            state[places[id(copy)]] = master.detach().clone()
        return state

    def _add_to_average(self) -> None:
        self.averaged += 1
        for name, value in self._weights().items():
            self.average[name] = self.average.get(name, 0) + value

    def _save(self) -> None:
        path = self.work / "checkpoint.pt"
        state = {
            "weights": self._weights(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "round": self.round,
            "spent": self.spent,
            "frozen": self.frozen,
            "average": self.average,
            "averaged": self.averaged,
            "chance": self.chance.getstate(),
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
        print(f"saved {path} at {self.spent:.0f} s", flush=True)

    def _resume(self) -> None:
        path = self.work / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=False)
        self.network.load_state_dict(state["weights"])
        if state.get("frozen", self.frozen) != self.frozen:
            self._freeze(state["frozen"])
        places = {id(parameter): name for name, parameter in self.network.named_parameters()}
        for copy, master in zip(self.copies, self.masters, strict=True):
            master.copy_(state["weights"][places[id(copy)]])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.round, self.spent = state["step"], state["round"], state["spent"]
        self.average, self.averaged = state["average"], state["averaged"]
        self.chance.setstate(state["chance"])
        print(f"goes on at round {self.round}, {self.spent:.0f} s", flush=True)


def _second_losses(roles: Tensor, verdict: Tensor, goal) -> list[Tensor]:
    each = F.binary_cross_entropy_with_logits(roles, goal.roles, reduction="none") * goal.role_weights
    known = (goal.role_weights.sum((1, 2)) > 0).sum().clamp(min=1)
    role_loss = each.sum() / 45 / known
    found = F.binary_cross_entropy_with_logits(verdict[:, 0], goal.likeness, reduction="none")
    verdict_loss = (found * goal.likeness_weights).mean()
    for labels, logits in ((goal.kind, verdict[:, 1 : 1 + len(KINDS)]), (goal.medium, verdict[:, 1 + len(KINDS) :])):
        if bool((labels != UNKNOWN).any()):
            verdict_loss = verdict_loss + F.cross_entropy(logits, labels, ignore_index=UNKNOWN)
    return [role_loss, verdict_loss]


if __name__ == "__main__":
    main()
