"""Teach the judge of acts: a linear model over what the rules say, words and grammar, and the encoder with biases of its own.

    python training/acts.py --data ../shared/data --work FOLDER --model models/wortlaut-de/src/wortlaut_de

Learns from `evaluation/acts/train.jsonl` (offsets into training documents), `own_acts.txt` and `own_acts_words.txt` (our own
sentences; the latter teach the encoder alone: they are worded as news is, but not as often in each way). Figures come from a cross-validation by document, of the labels that were not chosen for being doubtful; no measured document is
read. Writes `acts.npz` into the model's folder.
"""

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import adapter
import corpora
import numpy as np
import torch
from scipy.special import softmax
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from wortlaut import Page, Reader, Reading
from wortlaut.encoder import open_folder
from wortlaut.model import Act, PageForm, Quote, QuoteKind, content_id
from wortlaut.statements import find_statements
from wortlaut.statements.acts import Decision
from wortlaut.statements.deciding import Case
from wortlaut.statements.judging import FILE
from wortlaut.text import Span, Spans

HERE = Path(__file__).parent
LABELS = HERE.parent / "evaluation/acts/train.jsonl"
OWN, WORDED = "own_acts.txt", "own_acts_words.txt"
RANK = (Act.REFUSE, Act.THREATEN, Act.COMMIT, Act.DEMAND, Act.DENY, Act.CRITICISE, Act.ENDORSE, Act.PREDICT, Act.ASSERT)
"""The more committing act of a quote's several statements counts, as in `score_acts.py`."""
SECOND = 0.2
"""How much of a label's weight goes to the acts that are acceptable, too."""
CHOSEN, INVENTED = 0.6, 0.5
"""Weights of quotes that were chosen for being doubtful, and of our own sentences."""
C, LEAST, FOLDS, ENOUGH, SHARE, RARE = 0.3, 3, 5, 0.6, 0.5, 0.15
"""Regularisation; how often a sign must be seen; folds; how sure signs must be to decide alone; the words' part where they
do not; how much of the log of an act's share is taken back from signs, so that rare acts are not overlooked."""
GRID = np.linspace(0.2, 1.0, 17)
"""Probabilities at which the calibration is noted."""
LEAD = "In der Stadt ist es am Abend sehr ruhig gewesen, und alle Leute gingen wieder nach Hause.\n\n"


@dataclass(kw_only=True)
class Example:
    """A statement of a labelled quote; `quote` numbers the label, `group` its document or our own file."""

    quote: int
    group: str
    act: str
    also: tuple[str, ...]
    drawn: str
    signs: tuple[str, ...]
    ruled: str
    words: tuple[str, tuple[Spans, ...]]
    weight: float = 1.0
    teaches: bool = True


@dataclass
class Recorder:
    """A judge that leaves the decision to the rules and notes what it was asked."""

    cases: list[tuple[Case, tuple[str, ...], Decision]] = field(default_factory=list)

    def __call__(self, case: Case, signs: tuple[str, ...], verdicts: tuple[Decision, ...]) -> Decision:
        """Note a case and return the rules' verdict."""
        self.cases.append((case, signs, verdicts[0]))
        return verdicts[0]


def read(text: str, quotes: list[tuple[QuoteKind, dict[str, Spans]]]) -> Recorder:
    """Read a text whose quotes are known, and return what a judge is asked."""
    recorder = Recorder()
    known = tuple(
        Quote(id=content_id("known", n), kind=kind, confidence=1.0, **spans) for n, (kind, spans) in enumerate(quotes)
    )

    def statements(*seen: object) -> tuple:
        return find_statements(*seen, judge=recorder)

    reader = replace(Reader(), quotation=lambda *_: known, statements=statements)
    page = Page(source="page.txt", content=text.encode(), form=PageForm.TEXT, published="2020-01-01")
    if not isinstance(reader.read(page), Reading):
        raise SystemExit(f"a text was not read: {text[:60]}")
    return recorder


def labelled(data: Path) -> Iterator[Example]:
    """Yield the statements of labelled quotes."""
    labels = defaultdict(list)
    for number, line in enumerate(LABELS.read_text(encoding="utf-8").splitlines()):
        labels[json.loads(line)["document"]].append((number, json.loads(line)))
    for document in corpora.quotations(data / "quotations/train.jsonl.gz"):
        name = document.name.split(" ")[0]
        if name not in labels:
            continue
        quotes = [
            (gold.kind, {"content": _spans(gold.content), **{r: _spans(s or ()) for r, s in gold.roles.items()}})
            for gold in document.quotes
            if gold.content
        ]
        cases = read(document.text, quotes).cases
        for number, label in labels[name]:
            yield from _of_label(number, label, cases)


def _spans(pairs: corpora.Spans) -> Spans:
    return tuple(Span(start, end) for start, end in pairs)


def _of_label(number: int, label: dict, cases: list) -> Iterator[Example]:
    """Yield the statements that touch a labelled quote; those teach that are its own, and of several the telling ones."""
    wanted = {place for start, end in label["quote"] for place in range(start, end)}

    def likeness(quote: Quote) -> float:
        places = {place for span in quote.content for place in range(*span)}
        return 2 * len(places & wanted) / (len(places) + len(wanted))

    touching = [c for c in cases if any(not wanted.isdisjoint(range(*span)) for span in c[0].unit.content)]
    best = max((case.quote for case, *_ in touching), key=likeness, default=None)
    own = [c for c in touching if c[0].quote is best]
    telling = [c for c in own if c[2].act == label["act"]] or own[:1]
    for one in touching:
        case, signs, ruled = one
        yield Example(
            quote=number,
            group=label["document"],
            act=label["act"],
            also=tuple(a for a in label["also"] if a in set(Act)),
            drawn=label.get("drawn", "random"),
            signs=signs,
            ruled=ruled.act,
            words=case.words(),
            weight=CHOSEN if "drawn" in label else 1.0,
            teaches=any(one is t for t in telling),
        )


def invented(name: str) -> Iterator[Example]:
    """Yield the statements of our own sentences in a file."""
    for number, line in enumerate((HERE / name).read_text(encoding="utf-8").splitlines()):
        if line.startswith("#"):
            continue
        acts, marked = line.split("\t")
        act, *also = acts.split("/")
        text, spans = LEAD, defaultdict(list)
        for part in re.split(r"(\[[^]]*\]|\{[^}]*\}|<[^>]*>)", marked):
            role = {"[": "content", "{": "cue", "<": "speaker"}.get(part[:1])
            words = part[1:-1] if role else part
            if role:
                spans[role].append(Span(len(text), len(text) + len(words)))
            elif any(c.isalpha() for c in words):
                spans["frame"].append(Span(len(text), len(text) + len(words)))
            text += words
        spans["frame"] = sorted({*spans["frame"], *spans["cue"], *spans["speaker"]})
        kind = QuoteKind.DIRECT if "»" in marked or "„" in marked else QuoteKind.INDIRECT
        cases = read(text + "\n", [(kind, {r: tuple(s) for r, s in spans.items()})]).cases
        for case, signs, ruled in [c for c in cases if c[2].act == act] or cases[:1]:
            yield Example(
                quote=-1 - number,
                group=name,
                act=act,
                also=tuple(also),
                drawn="invented",
                signs=signs,
                ruled=ruled.act,
                words=case.words(),
                weight=INVENTED,
            )


def shares(examples: list[Example]) -> np.ndarray:
    """Return what part of each example's label each act has [examples, acts]."""
    table = np.zeros((len(examples), len(RANK)))
    for row, e in zip(table, examples, strict=True):
        also = [act for act in e.also if act != e.act]
        row[RANK.index(Act(e.act))] = 1 - (SECOND if also else 0)
        for act in also:
            row[RANK.index(Act(act))] = SECOND / len(also)
    return table


@dataclass(kw_only=True)
class Signs:
    """A fitted model: names of signs in order, weights [signs, acts], biases."""

    names: list[str]
    weights: np.ndarray
    bias: np.ndarray

    def chances(self, examples: list[Example]) -> np.ndarray:
        """Return probabilities of acts [examples, acts]."""
        places = {name: place for place, name in enumerate(self.names)}
        logits = np.stack([self.weights[[places[s] for s in set(e.signs) if s in places]].sum(0) for e in examples])
        return softmax(logits + self.bias, axis=1)


def fit(examples: list[Example]) -> Signs:
    """Fit the signs of examples."""
    seen = Counter(sign for e in examples for sign in set(e.signs))
    table = DictVectorizer()
    matrix = table.fit_transform([{s: 1.0 for s in e.signs if seen[s] >= LEAST} for e in examples])
    wanted = shares(examples) * np.array([[e.weight] for e in examples])
    index, acts = wanted.nonzero()
    fitted = LogisticRegression(C=C, max_iter=500).fit(matrix[index], acts, sample_weight=wanted[index, acts])
    bias = fitted.intercept_ - RARE * np.log(wanted.sum(0) / wanted.sum())
    return Signs(names=list(table.feature_names_), weights=fitted.coef_.T, bias=bias)


def taught(
    examples: list[Example], reads: list[adapter.Read], own: list[int], layers: Path
) -> tuple[Signs, adapter.Adapter]:
    """Teach both on those examples whose numbers are given."""
    signs = fit([examples[n] for n in own if examples[n].group != WORDED])
    weights = np.array([examples[n].weight for n in own])
    return signs, adapter.learn(layers, [reads[n] for n in own], shares([examples[n] for n in own]), weights)


def cross_validated(examples: list[Example], reads: list[adapter.Read], layers: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return each example's probabilities by models that have not seen its document, and where in the labelled ones signs decided alone."""
    chances, alone = np.zeros((len(examples), len(RANK))), np.zeros(len(examples), bool)
    folds = GroupKFold(FOLDS, shuffle=True, random_state=0)
    labelled = [n for n, e in enumerate(examples) if e.group not in (OWN, WORDED)]
    for _, fold in folds.split(labelled, groups=[examples[n].group for n in labelled]):
        test = [labelled[n] for n in fold]
        kept = {examples[n].group for n in test}
        own = [n for n, e in enumerate(examples) if e.teaches and e.group not in kept]
        signs, reader = taught(examples, reads, own, layers)
        by_signs, by_words = (
            signs.chances([examples[n] for n in test]),
            adapter.chances(reader, [reads[n] for n in test]),
        )
        both = softmax((1 - SHARE) * np.log(by_signs) + SHARE * np.log(by_words), axis=1)
        alone[test] = by_signs.max(1) >= ENOUGH
        chances[test] = np.where(alone[test, None], by_signs, both)
        for name, table in (("signs", by_signs), ("words", by_words), ("both", both), ("judge", chances[test])):
            print(name, figures([examples[n] for n in test], [RANK[n] for n in table.argmax(1)]), flush=True)
    return chances, alone[labelled]


def figures(examples: list[Example], acts: list[Act]) -> str:
    """Return accuracy, strict accuracy and macro F1 of quotes drawn at random, as `score_acts.py` counts."""
    quotes = defaultdict(list)
    for example, act in zip(examples, acts, strict=True):
        if example.drawn == "random":
            quotes[example.quote].append((RANK.index(act), example))
    right, strict, pairs = 0, 0, Counter()
    for given in quotes.values():
        place, e = min(given, key=lambda g: g[0])
        act = RANK[place]
        right += act in (e.act, *e.also)
        strict += act == e.act
        pairs[e.act if act not in e.also else act, act] += 1
    scores = {}
    for act in sorted({gold for gold, _ in pairs}):
        both = sum(n for pair, n in pairs.items() for side in pair if side == act)
        scores[act] = 2 * pairs[act, act] / both
    each = " ".join(f"{act} {100 * score:.0f}" for act, score in scores.items())
    macro = 100 * np.mean(list(scores.values()))
    return f"right {100 * right / len(quotes):.1f} strict {100 * strict / len(quotes):.1f} macro F1 {macro:.1f}: {each}"


def curve(sure: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the share right at each of `GRID`, by a logistic curve over the logit of the probability."""
    fitted = LogisticRegression(C=1e3).fit(logit(sure)[:, None], right)
    return fitted.predict_proba(logit(GRID)[:, None])[:, 1]


def logit(chances: np.ndarray) -> np.ndarray:
    """Return log odds; certainty is held off."""
    held = np.clip(chances, 1e-3, 1 - 1e-3)
    return np.log(held / (1 - held))


def calibrated(examples: list[Example], chances: np.ndarray) -> np.ndarray:
    """Return points (probability of the likeliest act, share right) and print how far each tenth is to be believed.

    Each half of the documents is judged by the other half's curve.
    """
    kept = [n for n, e in enumerate(examples) if e.drawn == "random" and e.teaches]
    sure = chances[kept].max(1)
    right = np.array([RANK[chances[n].argmax()] in (examples[n].act, *examples[n].also) for n in kept])
    half = np.array([int(hashlib.sha256(examples[n].group.encode()).hexdigest(), 16) % 2 for n in kept])
    said = np.zeros(len(kept))
    for own in (0, 1):
        said[half == own] = np.interp(sure[half == own], GRID, curve(sure[half != own], right[half != own]))
    print("| confidence | statements | it says | right |")
    for low in range(3, 10):
        inside = (said * 10 >= low) & (said * 10 < low + 1)
        if inside.any():
            share = f"{said[inside].mean():.2f} | {right[inside].mean():.2f}"
            print(f"| {low / 10}–{(low + 1) / 10} | {inside.sum()} | {share} |")
    return np.stack([GRID, curve(sure, right)], 1).astype(np.float32)


def save(path: Path, signs: Signs, reader: adapter.Adapter, points: np.ndarray) -> None:
    """Write the judge: weights of signs in eight bits, of the encoder's biases in sixteen."""
    scale = np.abs(signs.weights).max(0) / 127
    table = {
        "acts": np.array([str(act) for act in RANK]),
        "names": np.frombuffer("\n".join(signs.names).encode(), np.uint8),
        "signs": np.rint(signs.weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "signs_bias": signs.bias.astype(np.float32),
        "enough": np.float32(ENOUGH),
        "share": np.float32(SHARE),
        "points": points,
    }
    np.savez_compressed(path, **table, **reader.numbers())
    print(path.name, f"{path.stat().st_size / 1e3:.0f} kB, {len(signs.names)} signs")


def main() -> None:
    """Read, cross-validate, teach on all, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--model"):
        options.add_argument(name, type=Path, required=True)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    examples = [*labelled(chosen.data), *invented(OWN), *invented(WORDED)]
    encoder, layers = open_folder(chosen.model, "taught"), chosen.model / "pooler.onnx"
    reads = [adapter.read(encoder, *e.words) for e in examples]
    print(len(examples), "statements, of them teach", sum(e.teaches for e in examples))
    print("rules", figures(examples, [Act(e.ruled) for e in examples]))
    chances, alone = cross_validated(examples, reads, layers)
    print("judge", figures(examples, [RANK[n] for n in chances.argmax(1)]), f"; by signs alone {alone.mean():.2f}")
    points = calibrated(examples, chances)
    own = [n for n, e in enumerate(examples) if e.teaches]
    save(chosen.model / FILE, *taught(examples, reads, own, layers), points)


if __name__ == "__main__":
    main()
