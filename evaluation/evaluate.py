"""Measure Wortlaut on the corpora, through its command line, and hold every figure to its recorded floor.

    python evaluation/evaluate.py [--data FOLDER] [--raise-floors] [MEASURE …]

The corpora may not be committed (their licences); they are looked for in ../shared beside the checkout, or where
--data or WORTLAUT_DATA says. A corpus that is not there is named and skipped. Nothing here knows how reading works: each
corpus's own scorer reads what `wortlaut read --format jsonl` prints. What is measured is written into docs/reference/results.md.
Exit status: 1 if a figure fell under its floor.
"""

import argparse
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import results

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
Figures = dict[str, float]


def main() -> int:
    """Run every measure whose data is there; print one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=os.environ.get("WORTLAUT_DATA", HERE.parents[1] / "shared"))
    options.add_argument("--raise-floors", action="store_true", help="record today's figures where they are higher")
    options.add_argument("measures", nargs="*", metavar="MEASURE", help="all by default, but for what is held back")
    chosen = options.parse_args()
    floors: Figures = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    figures: Figures = {}
    names = chosen.measures or [name for name, *_ in MEASURES if name not in HELD_BACK]
    for name, measure, place in MEASURES:
        if name not in names:
            continue
        if not (chosen.data / place).exists():
            print(f"{name:10} not measured: there is no {place} in {chosen.data}")
            continue
        started = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            found = measure(chosen.data, Path(folder))
        print(f"{name:10} measured in {time.perf_counter() - started:.0f} s")
        measured = {f"{name}.{key}": value for key, value in found.items()}
        results.keep("evaluate", name, results.table(measured, floors))
        figures |= measured
    fallen = _table(figures, floors)
    if chosen.raise_floors:
        _record(floors | {k: v for k, v in figures.items() if v > floors.get(k, -1)})
    return int(fallen)


def _table(figures: Figures, floors: Figures) -> bool:
    fallen = False
    for key, value in figures.items():
        floor = floors.get(key)
        below = floor is not None and value < floor - 0.05
        fallen |= below
        print(
            f"  {key:32} {value:6.1f}   floor {'-' if floor is None else f'{floor:5.1f}'}{'   FELL' if below else ''}"
        )
    return fallen


def _record(floors: Figures) -> None:
    head = "# Figures that may only rise: `make evaluate` fails under them. Percent; written by evaluate.py --raise-floors.\n"
    FLOORS.write_text(head + "".join(f'"{k}" = {v:.1f}\n' for k, v in sorted(floors.items())), encoding="utf-8")


def _read(files: list[str], into: Path, *options: str) -> Path:
    """Run the command line over files and keep what it prints; a rejected page is a result, too."""
    with into.open("wb") as output:
        command = [sys.executable, "-m", "wortlaut", "read", "--format", "jsonl", *options, *files]
        done = subprocess.run(command, stdout=output, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"wortlaut read failed with exit status {done.returncode}")
    return into


def _score(*command: str | Path) -> dict[str, Any]:
    done = subprocess.run([sys.executable, *map(str, command), "--json"], capture_output=True, text=True, check=True)
    scored: dict[str, Any] = json.loads(done.stdout)
    return scored


def quotes(engine: str) -> "Measure":
    """Make a measure of one engine's quotes on the corpus's dev part; macro F1, as in Petersen-Frey & Biemann 2024."""

    def measure(data: Path, folder: Path) -> Figures:
        gold = data / "data/quotations/dev.jsonl.gz"
        files = []
        with gzip.open(gold, "rt", encoding="utf-8") as lines:
            for document in map(json.loads, lines):
                path = folder / f"{document['documentName'].split('_')[0].split(' ')[0]}.txt"
                path.write_text(document["originalText"], encoding="utf-8", newline="")
                files.append(str(path))
        readings = _read(files, folder / "readings.jsonl", "--as", "text", "--engine", engine)
        scored = _score(data / "eval/score_quotes.py", "--gold", gold, "--system", readings)
        found = {f"found.{kind}": 100 * n["found"] / n["of"] for kind, n in scored.pop("found").items()}
        roles = ("cue", "frame", "speaker", "addressee")
        parts = {part: f"{part}.macro.f" for part in ("messages", "roles", "joint", *roles)}
        return _pick(scored, **parts, kind="kind.micro.f", medium="medium.micro.f") | found

    return measure


def articles(corpus: str, *options: str) -> "Measure":
    """Make a measure of article extraction on one of the two collections of stored pages."""

    def measure(data: Path, folder: Path) -> Figures:
        gold = data / "data/pages" / corpus
        files = sorted(str(path) for path in gold.rglob("*.html.gz"))
        readings = _read(files, folder / "readings.jsonl")
        scored = _score(data / "eval/score_articles.py", "--gold", gold, "--system", readings, *options)
        if corpus == "scrapinghub":
            return _pick(scored, text="text.f")
        typed = {kind: f"{kind}.f" for kind in ("text", "lede", "subhead", "caption", "credit")}
        figures = _pick(scored, **typed, title="title", date="date", authors="authors", leak="leak")
        figures["no_leak"] = 100 - figures.pop("leak")
        return figures

    return measure


def times(half: str) -> "Measure":
    """Make a measure of times on one half of KRAUTS (TempEval-3, micro F1)."""

    def measure(data: Path, folder: Path) -> Figures:
        scorer = data / "data/krauts/score_timex.py"
        gold = [data / "data/krauts/gold" / part for part in ("DieZeit", "Dolomiten-100", "Dolomiten-42")]
        split = folder / "split.json"
        names = [name for part in gold for name in _half(part, half)]
        split.write_text(json.dumps({half: names}), encoding="utf-8")
        exported = subprocess.run(
            [sys.executable, scorer, "--export-text", *gold], capture_output=True, text=True, check=True
        ).stdout
        documents = [document for document in map(json.loads, exported.splitlines()) if document["doc"] in names]
        found = folder / "times.jsonl"
        with found.open("w", encoding="utf-8") as output:
            for document, reading in _dated(documents, folder):
                output.writelines(
                    json.dumps(
                        {"doc": document, "begin": t["start"], "end": t["end"], "type": t["type"], "value": t["value"]}
                    )
                    + "\n"
                    for t in reading.get("times", ())
                )
        scored = _score(scorer, "--gold", *gold, "--sys", found, "--split", f"{split}:{half}")
        return _pick(scored, **{part: f"scores.ALL.{part}.2" for part in ("strict", "relaxed", "type", "value")})

    return measure


def _half(folder: Path, half: str) -> list[str]:
    """Return the names of a folder's documents that belong to a half: every second one by the SHA-256 of its name."""
    names = sorted((p.stem for p in folder.glob("*.tml")), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return names[half == "check" :: 2]


def _dated(documents: list[dict[str, str]], folder: Path) -> Iterator[tuple[str, dict[str, list[dict[str, object]]]]]:
    """Read documents with their dates, by a manifest; yield each with its Reading."""
    rows, names = ["path,url,date,publisher"], []
    for document in documents:
        (folder / f"{document['doc']}.txt").write_text(document["text"], encoding="utf-8", newline="")
        rows.append(f"{document['doc']}.txt,,{document['dct'] or ''},")
        names.append(document["doc"])
    manifest = folder / "pages.csv"
    manifest.write_text("\n".join(rows), encoding="utf-8")
    readings = _read([], folder / "readings.jsonl", "--as", "text", "--manifest", str(manifest))
    with readings.open(encoding="utf-8") as lines:
        yield from zip(names, map(json.loads, lines), strict=True)


def whatif(data: Path, folder: Path) -> Figures:
    """Measure what-if on a ledger of the quotation corpus, from its gold quotes and read end to end."""
    figures: Figures = {}
    for name, options in (("gold", ("--gold",)), ("read", ())):
        ledger = folder / f"{name}.ledger"
        subprocess.run([sys.executable, HERE / "corpus_ledger.py", ledger, "--data", data, *options], check=True)
        scored = _score(HERE / "score_whatif.py", ledger)
        figures |= {f"{name}.{key}": float(value) for key, value in scored.items()}  # type: ignore[arg-type]
    return figures


def changes(_data: Path, _folder: Path) -> Figures:
    """Measure the types of changes on pairs of our own."""
    return {key: float(value) for key, value in _score(HERE / "score_changes.py").items()}  # type: ignore[arg-type]


def _pick(scored: object, **paths: str) -> Figures:
    """Take figures out of a scorer's nested result by their dotted paths, as percent of 1."""
    figures = {}
    for name, path in paths.items():
        value: object = scored
        for key in path.split("."):
            value = value[int(key) if isinstance(value, list) else key]  # type: ignore[index]
        figures[name] = 100 * float(value)  # type: ignore[arg-type]
    return figures


def speakers(half: str) -> "Measure":
    """Make a measure of who is behind quotes, on one half of the labels (see score_speakers.py)."""

    def measure(data: Path, _: Path) -> Figures:
        scored = _score(HERE / "score_speakers.py", "--data", data, "--half", half)
        return {key: float(str(value)) for key, value in scored.items()}

    return measure


def acts(data: Path, _: Path) -> Figures:
    """Measure acts, conditions and principals from gold quotes on labels of independent annotators (see score_acts.py)."""
    return {key: float(str(value)) for key, value in _score(HERE / "score_acts.py", data).items()}


Measure = Callable[[Path, Path], Figures]
MEASURES: tuple[tuple[str, Measure, str], ...] = (
    ("quotes", quotes("auto"), "data/quotations/dev.jsonl.gz"),
    ("rules", quotes("rules"), "data/quotations/dev.jsonl.gz"),
    ("german", articles("german", "--skip-flagged"), "data/pages/german"),
    ("bodies", articles("scrapinghub"), "data/pages/scrapinghub"),
    ("times", times("develop"), "data/krauts/gold"),
    ("times_check", times("check"), "data/krauts/gold"),
    ("speakers", speakers("development"), "data/quotations/train.jsonl.gz"),
    ("speakers_check", speakers("held-out"), "data/quotations/train.jsonl.gz"),
    ("acts", acts, "data/quotations/train.jsonl.gz"),
    ("whatif", whatif, "data/quotations/train.jsonl.gz"),
    ("changes", changes, "data"),
)
HELD_BACK = frozenset(["times_check", "speakers_check"])
"""Measures on documents that nobody develops on; looked at when a piece of work is done, not before."""

if __name__ == "__main__":
    raise SystemExit(main())
