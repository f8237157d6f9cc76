"""Judge a network on development pages with the run-time decoder, in torch: the way to compare and to tune.

python training/judge.py --data ../shared/data --work FOLDER [--weights network.pt] [--documents 40]
"""

import argparse
import gzip
import importlib.util
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import corpora
import numpy as np
import torch
from network import Near, Network
from pretrained import word_tokenizer

from wortlaut.model import QuoteKind
from wortlaut.quotation import decoder as decoding
from wortlaut.quotation.decoder import Decoder
from wortlaut.quotation.features import Cues, lexicon_cues
from wortlaut.quotation.model import ROLES, pad
from wortlaut.quotation.near import Near as NearQuote
from wortlaut.quotation.records import Found
from wortlaut.quotation.sequence import best_tags
from wortlaut.quotation.settings import Settings
from wortlaut.quotation.windows import Prepared, prepare

PLAIN = Settings(
    readings=(0.0,),
    opening=0.0,
    least_words=2,
    least=dict.fromkeys(QuoteKind, 0.3),
    marked=0.6,
    roles=(0.5, 0.5, 0.5, 0.5),
    gap=0.5,
    rest=0.5,
    tag_kind=1.0,
    calibration=((0.0, 0.0), (1.0, 1.0)),
)


class TorchModel:
    """The run-time's model, computed by torch."""

    def __init__(self, network: Network) -> None:
        self.network = network.eval()

    @torch.no_grad()
    def tag(self, ids: Sequence[int], firsts: Sequence[int], features: Sequence[Sequence[int]]) -> tuple:
        """Return tag logits of both levels and word states."""
        with torch.autocast("cpu", torch.bfloat16):
            states = self.network.encoder(torch.tensor([list(ids)]), None)[0, torch.tensor(list(firsts))]
        words = self.network.words(states.float(), torch.tensor(features))
        return (*(x.numpy() for x in self.network.tag(words)), self.network.near(words).numpy())

    @torch.no_grad()
    def look(self, states: np.ndarray, near: Sequence[NearQuote]) -> tuple:
        """Return role logits and verdicts."""
        longest = max(len(n.index) for n in near)
        columns = {
            f: pad([getattr(n, f) for n in near], longest)
            for f in ("index", "from_start", "from_end", "inside", "tags")
        }
        mask = pad([np.ones(len(n.index), np.int64) for n in near], longest).astype(bool)
        both = Near(
            mask=torch.from_numpy(mask),
            ends=torch.from_numpy(np.stack([n.ends for n in near])),
            kind=torch.tensor([n.kind for n in near]),
            level=torch.tensor([n.level for n in near]),
            **{name: torch.from_numpy(value) for name, value in columns.items()},
        )
        roles, verdict = self.network.look(torch.from_numpy(states), both)
        return tuple(r[: len(n.index)].numpy() for r, n in zip(roles, near, strict=True)), verdict.numpy()


def remember_tags() -> None:
    """Let the decoder keep the best rows of tags, too."""
    rows: dict = {}

    def remembered(logits: np.ndarray, *, out: float, opening: float) -> list[int]:
        name = (id(logits), out, opening)
        if name not in rows:
            rows[name] = best_tags(logits, out=out, opening=opening)
        return rows[name]

    decoding.best_tags = remembered


class Remembered:
    """A model that keeps what it said of a window, so that settings can be tried without computing it again."""

    def __init__(self, model: TorchModel) -> None:
        self.model, self.tags, self.looks = model, {}, {}

    def tag(self, ids: Sequence[int], firsts: Sequence[int], features: Sequence[Sequence[int]]) -> tuple:
        """As the model has it."""
        name = tuple(ids)
        if name not in self.tags:
            self.tags[name] = self.model.tag(ids, firsts, features)
        return self.tags[name]

    def look(self, states: np.ndarray, near: Sequence[NearQuote]) -> tuple:
        """As the model has it, quote by quote."""
        names = [(id(states), n.inside.tobytes(), n.tags.tobytes(), n.index[0], n.kind, n.level) for n in near]
        new = [i for i, name in enumerate(names) if name not in self.looks]
        if new:
            roles, verdicts = self.model.look(states, [near[i] for i in new])
            self.looks.update({names[i]: (r, v) for i, r, v in zip(new, roles, verdicts, strict=True)})
        return tuple(self.looks[n][0] for n in names), np.stack([self.looks[n][1] for n in names])


def load_scorer(folder: Path):
    """Return the corpus's scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_quotes", folder / "score_quotes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Bench:
    """Development documents, prepared, with their gold; words are turned into the corpus's tokens once."""

    def __init__(self, data: Path, tokenizer, cues: Cues, documents: int | None = None) -> None:
        path = data / "quotations/dev.jsonl.gz"
        self.scorer = load_scorer(data.parent / "eval")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines][:documents]
        texts = {d.name: d for d in corpora.quotations(path)}
        self.gold, self.prepared, self.tokens = [], {}, {}
        for record in records:
            name = record["documentName"]
            document = texts[name.split(" - ")[0]]
            self.prepared[name] = prepare(tokenizer, document.text, document.sentences, cues)
            self.tokens[name] = _tokens_of(self.prepared[name], record["tokens"])
            gold = [self.scorer.gold_quote(a) for a in record["annotations"]]
            self.gold.append({"documentName": name, "tokens": (), "annotations": gold})
        self.scorer.gold_quote = lambda quote: quote
        self.scorer.system_quote = lambda quote, _: quote

    def score(self, decoder: Decoder) -> dict:
        """Return the scorer's figures for a decoder."""
        answers = {name: [self.answer(name, f) for f in decoder.find(p)] for name, p in self.prepared.items()}
        return self.scorer.score(self.gold, answers)[0]

    def answer(self, name: str, found: Found) -> dict:
        """Return a found quote as the scorer has it: sets of the corpus's tokens."""

        def ids(words: Sequence[int]) -> frozenset[int]:
            return frozenset().union(*(self.tokens[name][w] for w in words))

        roles = {role: ids(words) for role, words in zip(ROLES, found.roles, strict=True)}
        return {"kind": found.kind.value, "medium": found.medium.value, "content": ids(found.words), **roles}


def _tokens_of(prepared: Prepared, tokens: list[dict]) -> list[frozenset[int]]:
    """Return, for each word, the corpus's tokens that it shares characters with."""
    return [
        frozenset(t["id"] for t in tokens if t["charBegin"] < span.end and t["charEnd"] > span.start)
        for span in prepared.spans
    ]


def line(figures: dict) -> str:
    """Return the figures in one line."""
    macro = " ".join(
        f"{part} {100 * figures[part]['macro']['f']:.1f}" for part in ("messages", "roles", "joint", *ROLES)
    )
    precise = f"P {100 * figures['messages']['macro']['p']:.0f} R {100 * figures['messages']['macro']['r']:.0f}"
    found = " ".join(f"{kind} {v['found']}/{v['of']}" for kind, v in figures["found"].items())
    labels = " ".join(f"{label} {100 * figures[label]['micro']['f']:.1f}" for label in ("kind", "medium"))
    return f"{precise} {macro} {labels} | {found}"


def load(work: Path, weights: str) -> tuple[Network, object]:
    """Return the network with the named weights, and its tokenizer."""
    keep = json.loads((work / "vocabulary.json").read_text(encoding="utf-8"))
    network = Network(len(keep))
    state = torch.load(work / weights, weights_only=False)
    network.load_state_dict(state.get("network") or state["weights"])
    return network, word_tokenizer(work / "source/tokenizer.json", keep)


def main() -> None:
    """Print the figures of plain and of readier readings."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--weights", default="network.pt")
    options.add_argument("--documents", type=int)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    network, tokenizer = load(chosen.work, chosen.weights)
    cues = lexicon_cues()
    bench = Bench(chosen.data, tokenizer, cues, chosen.documents)
    model = Remembered(TorchModel(network))
    remember_tags()
    for readings in ((0.0,), (0.0, -1.5), (0.0, -1.0, -2.0, -3.0)):
        for least in (0.0, 0.3, 0.4, 0.5):
            settings = replace(PLAIN, readings=readings, least=dict.fromkeys(QuoteKind, least))
            decoder = Decoder(tokenizer=tokenizer, model=model, settings=settings, cues=cues)
            print(readings, least, line(bench.score(decoder)), flush=True)


if __name__ == "__main__":
    main()
