"""Tune the decoder's settings on development pages, with the exported files, and write them beside the weights.

    python training/tune.py --data ../shared/data --model models/wortlaut-de/src/wortlaut_de

One setting after another is moved to where messages, roles, joint and kind are best on the whole. Then
sureness is calibrated: the share of quotes that are right, which means a content like a gold quote's (token F1 of at
least 0.5) and a speaker that shares a word with its speaker (or none, where it has none). Prints the reliability table,
made with the points of one half of the pages on the other half.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from judge import PLAIN, Bench, Remembered, line, remember_tags

from wortlaut.encoder import open_folder
from wortlaut.model import QuoteKind
from wortlaut.quotation.decoder import Decoder
from wortlaut.quotation.features import read_cues
from wortlaut.quotation.graphs import GraphModel
from wortlaut.quotation.records import confidence
from wortlaut.quotation.settings import Settings

READINGS = ((0.0,), (0.5, -0.5), (1.0, -0.5), (1.0, -1.0), (1.0, 0.0, -1.0), (1.5, 0.0, -1.5))
FOUND = {"direct": 0.93, "indirect": 0.8, "indirect_free_indirect": 0.8, "free_indirect": 0.68, "reported": 0.3}
"""Shares of quotes to be found at least."""
BINS = 8
Points = tuple[tuple[float, float], ...]


def goal(figures: dict) -> float:
    """Return what is to be as high as it can be; a kind of which too few quotes are found counts against it."""
    found = figures["found"]
    lacking = sum(max(0.0, least - found[kind]["found"] / found[kind]["of"]) for kind, least in FOUND.items())
    means = sum(figures[p]["macro"]["f"] for p in ("messages", "roles", "joint")) + figures["kind"]["micro"]["f"]
    return means - 2 * lacking


def neighbours(settings: Settings) -> Iterator[Iterator[Settings]]:
    """Yield, for each setting, the values to try for it."""
    yield (replace(settings, readings=readings) for readings in READINGS)
    yield (replace(settings, opening=x) for x in (-1.5, -1.0, -0.5, 0.0, 0.5))
    yield (replace(settings, least_words=x) for x in (1, 2, 3))
    yield (replace(settings, least=dict.fromkeys(QuoteKind, x)) for x in np.arange(0.3, 0.71, 0.05).round(2).tolist())
    yield (replace(settings, marked=x) for x in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 2.0))
    yield (replace(settings, tag_kind=x) for x in (0.0, 0.5, 1.0, 2.0, 9.0))
    for place in range(4):
        yield (
            replace(settings, roles=(*settings.roles[:place], x, *settings.roles[place + 1 :]))
            for x in (0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6)
        )
    yield (replace(settings, gap=x) for x in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0))
    yield (replace(settings, rest=x) for x in (0.0, 0.5, 0.7, 0.8, 0.9, 0.95))
    for kind in QuoteKind:
        base = settings.least[kind]
        yield (
            replace(settings, least={**settings.least, kind: round(base + x, 2)}) for x in (-0.1, -0.05, 0, 0.05, 0.1)
        )


def tuned(bench: Bench, make, settings: Settings, rounds: int) -> Settings:
    """Return the best settings found."""
    best = goal(bench.score(make(settings)))
    for _ in range(rounds):
        for number in range(len(list(neighbours(settings)))):
            for tried in list(neighbours(settings))[number]:
                value = goal(bench.score(make(tried)))
                if value > best + 1e-6:
                    best, settings = value, tried
        print("so far", line(bench.score(make(settings))), flush=True)
    return settings


def outcomes(bench: Bench, decoder: Decoder) -> list[list[tuple[float, bool]]]:
    """Return sureness and rightness of each found quote, document by document."""
    scorer, result = bench.scorer, []
    for record in bench.gold:
        name = record["documentName"]
        found = list(decoder.find(bench.prepared[name]))
        system = [bench.answer(name, f) for f in found]
        partner = {id(s): g for g, s in scorer.pairs(record["annotations"], system)}
        result.append([(f.sureness, _right(scorer, partner[id(s)], s)) for f, s in zip(found, system, strict=True)])
    return result


def _right(scorer, gold: dict, system: dict) -> bool:
    alike = gold is not scorer.NO_QUOTE and scorer.overlap(gold, system) >= 0.5
    return alike and (bool(gold["speaker"] & system["speaker"]) or gold["speaker"] == system["speaker"])


def calibrated(pairs: list[tuple[float, bool]]) -> Points:
    """Return points (sureness, share right) that never fall: means of equal bins, pooled where they would."""
    pools = [[np.mean([s for s, _ in b]), np.mean([r for _, r in b]), len(b)] for b in _bins(sorted(pairs))]
    at = 0
    while at + 1 < len(pools):
        if pools[at][1] > pools[at + 1][1]:
            (s, r, n), (t, q, m) = pools[at], pools.pop(at + 1)
            pools[at] = [(s * n + t * m) / (n + m), (r * n + q * m) / (n + m), n + m]
            at = max(0, at - 1)
        else:
            at += 1
    points = [(round(float(s), 3), round(float(r), 3)) for s, r, _ in pools]
    top = min(0.99, points[-1][1] + 0.02)
    return ((0.0, 0.0), *points, (1.0, round(top, 3)))


def _bins(pairs: list) -> list[list]:
    edges = np.linspace(0, len(pairs), BINS + 1).astype(int)
    return [pairs[a:b] for a, b in pairwise(edges) if b > a]


def reliability(documents: list[list[tuple[float, bool]]]) -> None:
    """Print what confidence says and what came true, each half judged by the other's points."""
    judged: list[tuple[float, bool]] = []
    for half in (0, 1):
        points = calibrated([p for d in documents[half::2] for p in d])
        judged += [(confidence(s, points), r) for d in documents[1 - half :: 2] for s, r in d]
    print("confidence  quotes  says  right")
    for low in np.arange(0, 1, 0.1):
        inside = [(c, r) for c, r in judged if low <= c < low + 0.1 or (low > 0.85 and c >= 0.9)]
        if inside:
            says, right = np.mean([c for c, _ in inside]), np.mean([r for _, r in inside])
            print(f"{low:.1f}–{low + 0.1:.1f}     {len(inside):6} {says:6.2f} {right:6.2f}")


def write(settings: Settings, path: Path) -> None:
    """Write settings as TOML."""
    lines = [
        "# Tuned on development pages by training/tune.py; what each means stands in wortlaut/quotation/settings.py.",
        f"readings = {list(settings.readings)}",
        f"opening = {settings.opening}",
        f"least_words = {settings.least_words}",
        f"marked = {settings.marked}",
        f"roles = {list(settings.roles)}",
        f"gap = {settings.gap}",
        f"rest = {settings.rest}",
        f"tag_kind = {settings.tag_kind}",
        f"calibration = {[list(p) for p in settings.calibration]}",
        "",
        "[least]",
        *(f"{kind} = {value}" for kind, value in settings.least.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Tune, calibrate, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--model", type=Path, required=True)
    options.add_argument("--documents", type=int)
    options.add_argument("--rounds", type=int, default=1)
    chosen = options.parse_args()
    encoder = open_folder(chosen.model, chosen.model.name)
    cues = read_cues(chosen.model / "cues.toml")
    bench = Bench(chosen.data, encoder.tokenizer, cues, chosen.documents)
    model = Remembered(GraphModel(encoder))
    remember_tags()

    def make(settings: Settings) -> Decoder:
        return Decoder(tokenizer=encoder.tokenizer, model=model, settings=settings, cues=cues)

    print("plain", line(bench.score(make(PLAIN))), flush=True)
    settings = tuned(bench, make, PLAIN, chosen.rounds)
    documents = outcomes(bench, make(settings))
    reliability(documents)
    settings = replace(settings, calibration=calibrated([p for d in documents for p in d]))
    write(settings, chosen.model / "settings.toml")


if __name__ == "__main__":
    main()
