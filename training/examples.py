"""Training examples: windows of a document with the numbers the network learns from."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from corpora import ROLES, Document, Gold
from network import Near
from tokenizers import Tokenizer
from torch import Tensor

from wortlaut.model import Medium, QuoteKind
from wortlaut.quotation.features import lexicon_cues
from wortlaut.quotation.near import look_near
from wortlaut.quotation.tags import KINDS, Tagged, levels_of, to_tags
from wortlaut.quotation.windows import Prepared, last_unit, pack, prepare

MEDIA = tuple(Medium)
UNKNOWN = -100
STYLES = ("„“", "»«", "«»", "“”", '""', "„”")


@dataclass(slots=True)
class Example:
    """A window: piece ids, first pieces, features; tags and weights a level; its quotes as (words, gold)."""

    ids: list[int]
    firsts: list[int]
    features: np.ndarray
    tags: list[np.ndarray]
    weights: np.ndarray
    quotes: list[tuple[Tagged, dict[str, list[int] | None], Gold]]
    whole: bool
    opens: bool
    lower: Tensor | None = None
    """States of the pieces behind the frozen layers, where those are kept."""


def restyled(text: str, chance: random.Random) -> str:
    """Return the text with its German marks exchanged for those of another style, one sign for one sign."""
    opening, closing = chance.choice(STYLES)
    if "„" not in text or text.count("„") != text.count("“"):
        return text
    return text.replace("„", "\0").replace("“", closing).replace("\0", opening)


def examples(
    document: Document, tokenizer: Tokenizer, chance: random.Random, *, restyle: float = 0.3
) -> Iterator[Example]:
    """Yield windows that cover a document; where they begin changes with `chance`."""
    text = restyled(document.text, chance) if chance.random() < restyle else document.text
    prepared = prepare(tokenizer, text, document.sentences, lexicon_cues())
    starts = np.asarray([s.start for s in prepared.spans])
    ends = np.asarray([s.end for s in prepared.spans])
    at = [_words(gold.content, starts, ends) for gold in document.quotes]
    levels = levels_of(at)
    kept = [
        (
            Tagged(kind=gold.kind or QuoteKind.INDIRECT, level=level, words=tuple(words)),
            {role: None if spans is None else _words(spans, starts, ends) for role, spans in gold.roles.items()},
            gold,
        )
        for gold, words, level in zip(document.quotes, at, levels, strict=True)
        if words and level is not None
    ]
    rows = to_tags((quote for quote, *_ in kept), len(starts))
    weights = _weights(kept, len(starts))
    for first, behind in _cuts(prepared, chance):
        yield _example(prepared, first, behind, kept, rows, weights, whole=document.whole)


def _cuts(prepared: Prepared, chance: random.Random) -> Iterator[tuple[int, int]]:
    units, first = prepared.units, 0
    while first < len(units):
        behind = last_unit(units, first)
        if behind < len(units) and behind - first > 4:
            behind -= chance.randrange((behind - first) // 2)
        yield first, behind
        if behind >= len(units):
            return
        first = max(first + 1, behind - min(3, (behind - first) // 3))


def _example(
    prepared: Prepared,
    first: int,
    behind: int,
    kept: list,
    rows: Sequence[list[int]],
    weights: np.ndarray,
    *,
    whole: bool,
) -> Example:
    units = prepared.units[first:behind]
    ids, firsts = pack(units)
    low, high = units[0].first, units[-1].behind
    quotes = [
        (
            Tagged(kind=q.kind, level=q.level, words=tuple(w - low for w in q.words)),
            {r: None if ws is None else [w - low for w in ws if low <= w < high] for r, ws in roles.items()},
            gold,
        )
        for q, roles, gold in kept
        if q.words[0] >= low and q.words[-1] < high
    ]
    return Example(
        ids,
        firsts,
        np.asarray(prepared.features[low:high], np.int64).reshape(-1, 4),
        [np.asarray(row[low:high], np.int64) for row in rows],
        weights[:, low:high] if whole else np.zeros((2, high - low), np.float32),
        quotes,
        whole,
        low == 0,
    )


def _weights(kept: list, count: int) -> np.ndarray:
    """Short quotes and reported ones count more a word, so that each quote counts about the same, as in the measure."""
    weights = np.ones((2, count), np.float32)
    for quote, *_ in kept:
        weight = float(np.clip(12 / len(quote.words), 0.6, 2)) * (1.6 if quote.kind is QuoteKind.REPORTED else 1)
        weights[quote.level, list(quote.words)] = weight
    return weights


def _words(spans: Sequence[tuple[int, int]], starts: np.ndarray, ends: np.ndarray) -> list[int]:
    found: set[int] = set()
    for start, end in spans:
        found.update(np.flatnonzero((starts < end) & (ends > start)).tolist())
    return sorted(found)


def padded(batch: Sequence[Example]) -> tuple[Tensor, Tensor | None]:
    """Return piece ids and mask of a batch, padded to a multiple of 32."""
    longest = -(-max(len(e.ids) for e in batch) // 32) * 32
    ids = torch.ones(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.bool)
    for row, example in enumerate(batch):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        mask[row, : len(example.ids)] = True
    return ids, mask


def nears(batch: Sequence[Example], candidates: Sequence[tuple[int, Tagged, Sequence[int]]]) -> Near:
    """Return what is near candidates (example number, quote, level-0 tags), with word numbers counted over the batch."""
    base = np.cumsum([0, *(len(e.firsts) for e in batch)])
    near = [look_near(quote, tags, len(batch[n].firsts)) for n, quote, tags in candidates]
    longest = -(-max(len(n.index) for n in near) // 32) * 32

    def stack(rows: list[np.ndarray]) -> Tensor:
        return torch.from_numpy(np.stack([np.pad(row, (0, longest - len(row))) for row in rows]))

    return Near(
        index=stack([n.index + base[c[0]] for n, c in zip(near, candidates, strict=True)]),
        mask=stack([np.ones(len(n.index), bool) for n in near]),
        from_start=stack([n.from_start for n in near]),
        from_end=stack([n.from_end for n in near]),
        inside=stack([n.inside for n in near]),
        tags=stack([n.tags for n in near]),
        ends=torch.from_numpy(np.stack([n.ends for n in near])) + torch.tensor([[int(base[c[0]])] for c in candidates]),
        kind=torch.tensor([n.kind for n in near]),
        level=torch.tensor([n.level for n in near]),
    )


@dataclass(frozen=True, slots=True)
class Targets:
    """What the second look should say of each candidate; role weights are 0 where nothing is known."""

    roles: Tensor
    role_weights: Tensor
    likeness: Tensor
    likeness_weights: Tensor
    kind: Tensor
    medium: Tensor


def targets(candidates: Sequence[tuple], near: Near, batch: Sequence[Example]) -> Targets:
    """Return the targets of candidates, each judged by the gold quote it is most like (token F1)."""
    shape = (*near.index.shape, len(ROLES))
    roles, weights = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    likeness, known = np.zeros(len(candidates), np.float32), np.ones(len(candidates), np.float32)
    kinds, media = np.full(len(candidates), UNKNOWN), np.full(len(candidates), UNKNOWN)
    for row, (number, quote, _) in enumerate(candidates):
        known[row] = batch[number].whole
        best = max(batch[number].quotes, key=lambda g: likeness_of(g[0], quote), default=None)
        likeness[row] = likeness_of(best[0], quote) if best else 0.0
        if best is None or likeness[row] < 0.5:
            continue
        gold = best[2]
        low = max(0, quote.words[0] - 120)
        for place, role in enumerate(ROLES):
            if best[1].get(role) is not None:
                weights[row, :, place] = near.mask[row]
                inside = [w - low for w in best[1][role] if 0 <= w - low < shape[1]]
                roles[row, inside, place] = 1
        if gold.kind is not None:
            kinds[row] = KINDS.index(gold.kind)
        if gold.medium is not None:
            media[row] = MEDIA.index(gold.medium)
    return Targets(*(torch.from_numpy(x) for x in (roles, weights, likeness, known, kinds, media)))


def likeness_of(one: Tagged, other: Tagged) -> float:
    """Return the token F1 of two quotes' contents."""
    both = len(set(one.words) & set(other.words))
    return 2 * both / (len(one.words) + len(other.words))
