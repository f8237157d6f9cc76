"""Teach the judge of acts: two linear models over what the rules say, words, grammar, and the vector of the words.

    python training/acts.py --data ../shared/data --work FOLDER --model models/wortlaut-de/src/wortlaut_de

Learns from `evaluation/acts/train.jsonl` (offsets into training documents) and `own_acts.txt` (our own sentences). Figures
come from a cross-validation by document, of the labels that were not chosen for being doubtful; no measured document is
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

import corpora
import numpy as np
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from wortlaut import Page, Reader, Reading
from wortlaut.encoder import Encoder, open_folder
from wortlaut.model import Act, PageForm, Quote, QuoteKind, content_id
from wortlaut.statements import find_statements
from wortlaut.statements.acts import Decision
from wortlaut.statements.deciding import Case
from wortlaut.statements.judging import FILE
from wortlaut.text import Span, Spans

HERE = Path(__file__).parent
LABELS, OWN = HERE.parent / "evaluation/acts/train.jsonl", HERE / "own_acts.txt"
RANK = (Act.REFUSE, Act.THREATEN, Act.COMMIT, Act.DEMAND, Act.DENY, Act.CRITICISE, Act.ENDORSE, Act.PREDICT, Act.ASSERT)
"""The more committing act of a quote's several statements counts, as in `score_acts.py`."""
SECOND = 0.2
"""How much of a label's weight goes to the acts that are acceptable, too."""
CHOSEN, INVENTED = 0.6, 0.5
"""Weights of quotes that were chosen for being doubtful, and of our own sentences."""
C, SPREAD, LEAST, FOLDS, ENOUGH, RARE = 0.3, 0.1, 3, 5, 0.6, 0.15
"""Regularisation; spread of each number of the vector; how often a sign must be seen; folds; how sure the light model
must be to decide alone; how much of the log of an act's share is taken back, so that rare acts are not overlooked."""
GRID = np.linspace(0.2, 1.0, 17)
"""Probabilities at which the calibration is noted."""
LEAD = "In der Stadt ist es am Abend sehr ruhig gewesen, und alle Leute gingen wieder nach Hause.\n\n"


@dataclass(kw_only=True)
class Example:
    """A statement of a labelled quote; `quote` numbers the label, `group` its document."""

    quote: int
    group: str
    act: str
    also: tuple[str, ...]
    drawn: str
    signs: tuple[str, ...]
    ruled: str
    words: str
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
            words=case.words,
            weight=CHOSEN if "drawn" in label else 1.0,
            teaches=any(one is t for t in telling),
        )


def invented() -> Iterator[Example]:
    """Yield the statements of our own sentences."""
    for number, line in enumerate(OWN.read_text(encoding="utf-8").splitlines()):
        if line.startswith("#"):
            continue
        act, marked = line.split("\t")
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
        kind = QuoteKind.DIRECT if "»" in marked else QuoteKind.INDIRECT
        for case, signs, ruled in read(text + "\n", [(kind, {r: tuple(s) for r, s in spans.items()})]).cases[:1]:
            yield Example(
                quote=-1 - number,
                group="own",
                act=act,
                also=(),
                drawn="invented",
                signs=signs,
                ruled=ruled.act,
                words=case.words,
                weight=INVENTED,
            )


def vectors(encoder: Encoder, texts: list[str], work: Path) -> np.ndarray:
    """Return the vectors of texts, kept in the folder for the next time."""
    digest = hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]
    path = work / f"acts-{digest}.npy"
    if not path.exists():
        np.save(path, np.concatenate([encoder.vectors(texts[at : at + 64]) for at in range(0, len(texts), 64)]))
    return np.load(path)


@dataclass(kw_only=True)
class Model:
    """A fitted model: its signs' names in order of columns, weights [signs, acts], of the vector [384, acts], biases."""

    names: list[str]
    signs: np.ndarray
    vector: np.ndarray
    bias: np.ndarray

    def chances(self, examples: list[Example], rows: np.ndarray | None) -> np.ndarray:
        """Return probabilities of acts [examples, acts]."""
        places = {name: place for place, name in enumerate(self.names)}
        logits = np.stack([self.signs[[places[s] for s in set(e.signs) if s in places]].sum(0) for e in examples])
        logits += self.bias + (rows @ self.vector if rows is not None else 0)
        powers = np.exp(logits - logits.max(1, keepdims=True))
        return powers / powers.sum(1, keepdims=True)


def fit(examples: list[Example], rows: np.ndarray | None) -> Model:
    """Fit on examples, with the rows of their vectors or without."""
    seen = Counter(sign for e in examples for sign in set(e.signs))
    table = DictVectorizer()
    matrix = table.fit_transform([{s: 1.0 for s in e.signs if seen[s] >= LEAST} for e in examples])
    columns = matrix.shape[1]
    spread = np.ones(384)
    if rows is not None:
        spread = rows.std(0)
        matrix = sparse.hstack([matrix, sparse.csr_matrix((rows - rows.mean(0)) / spread * SPREAD)]).tocsr()
    index, acts, weights = [], [], []
    for n, e in enumerate(examples):
        shares = {e.act: 1 - (SECOND if e.also else 0)} | {a: SECOND / len(e.also) for a in e.also if a != e.act}
        for act, share in shares.items():
            index.append(n)
            acts.append(RANK.index(Act(act)))
            weights.append(share * e.weight)
    fitted = LogisticRegression(C=C, max_iter=500).fit(matrix[index], acts, sample_weight=weights)
    shares = np.bincount(acts, weights, len(RANK)) / sum(weights)
    weight = fitted.coef_.T
    vector = weight[columns:] / spread[:, None] * SPREAD if rows is not None else np.zeros((384, len(RANK)))
    bias = fitted.intercept_ - RARE * np.log(shares) - (rows.mean(0) @ vector if rows is not None else 0)
    return Model(names=list(table.feature_names_), signs=weight[:columns], vector=vector, bias=bias)


def judged(light: Model, full: Model, examples: list[Example], rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return probabilities as the run-time gives them, and where the light model decided."""
    chances = light.chances(examples, None)
    alone = chances.max(1) >= ENOUGH
    chances[~alone] = full.chances(examples, rows)[~alone]
    return chances, alone


def cross_validated(examples: list[Example], rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each example's probabilities by models that have not seen its document."""
    chances, alone = np.zeros((len(examples), len(RANK))), np.zeros(len(examples), bool)
    folds = GroupKFold(FOLDS, shuffle=True, random_state=0)
    for train, test in folds.split(examples, groups=[e.group for e in examples]):
        own = [n for n, e in enumerate(examples) if e.teaches and (n in set(train) or e.group == "own")]
        taught = [examples[n] for n in own]
        given = judged(fit(taught, None), fit(taught, rows[own]), [examples[n] for n in test], rows[test])
        chances[test], alone[test] = given
    return chances, alone


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


def save(path: Path, light: Model, full: Model, points: np.ndarray) -> None:
    """Write both models; both know the same signs. Weights of signs in eight bits, of the vector in sixteen."""
    table = {
        "acts": np.array([str(act) for act in RANK]),
        "names": np.frombuffer("\n".join(full.names).encode(), np.uint8),
        "vector": full.vector.astype(np.float16),
        "enough": np.float32(ENOUGH),
        "points": points,
    }
    for name, model in (("light", light), ("full", full)):
        scale = np.abs(model.signs).max(0) / 127
        table[f"{name}_signs"] = np.rint(model.signs / scale).astype(np.int8)
        table[f"{name}_scale"], table[f"{name}_bias"] = scale.astype(np.float32), model.bias.astype(np.float32)
    np.savez_compressed(path, **table)
    print(path.name, f"{path.stat().st_size / 1e3:.0f} kB, {len(full.names)} signs")


def main() -> None:
    """Read, cross-validate, fit on all, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--work", "--model"):
        options.add_argument(name, type=Path, required=True)
    chosen = options.parse_args()
    chosen.work.mkdir(parents=True, exist_ok=True)
    examples = [*labelled(chosen.data), *invented()]
    rows = vectors(open_folder(chosen.model, "taught"), [e.words for e in examples], chosen.work)
    print(len(examples), "statements, of them teach", sum(e.teaches for e in examples))
    print("rules", figures(examples, [Act(e.ruled) for e in examples]))
    chances, alone = cross_validated(examples, rows)
    print("judge", figures(examples, [RANK[n] for n in chances.argmax(1)]), f"; by signs alone {alone.mean():.2f}")
    points = calibrated(examples, chances)
    own = [n for n, e in enumerate(examples) if e.teaches]
    taught = [examples[n] for n in own]
    save(chosen.model / FILE, fit(taught, None), fit(taught, rows[own]), points)


if __name__ == "__main__":
    main()
