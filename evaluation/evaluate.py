"""Measure Wortlaut on the corpora, through its command line, and hold every figure to its recorded floor.

    python evaluation/evaluate.py [--data FOLDER] [--raise-floors]

The corpora may not be committed (their licences); they are looked for in ../shared beside the checkout, or where
--data or WORTLAUT_DATA says. A corpus that is not there is named and skipped. Nothing here knows how reading works: each
corpus's own scorer reads what `wortlaut read --format jsonl` prints. Exit status: 1 if a figure fell under its floor.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
Figures = dict[str, float]


def main() -> int:
    """Run every measure whose data is there; print one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=os.environ.get("WORTLAUT_DATA", HERE.parents[1] / "shared"))
    options.add_argument("--raise-floors", action="store_true", help="record today's figures where they are higher")
    chosen = options.parse_args()
    floors: Figures = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    figures: Figures = {}
    for name, measure, place in MEASURES:
        if not (chosen.data / place).exists():
            print(f"{name:10} not measured: there is no {place} in {chosen.data}")
            continue
        started = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            found = measure(chosen.data, Path(folder))
        print(f"{name:10} measured in {time.perf_counter() - started:.0f} s")
        figures |= {f"{name}.{key}": value for key, value in found.items()}
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


def _score(*command: str | Path) -> dict[str, object]:
    done = subprocess.run([sys.executable, *map(str, command), "--json"], capture_output=True, text=True, check=True)
    scored: dict[str, object] = json.loads(done.stdout)
    return scored


def quotes(data: Path, folder: Path) -> Figures:
    """Measure quotes on the corpus's dev part; macro F1, as in Petersen-Frey & Biemann 2024."""
    gold = data / "data/quotations/dev.jsonl.gz"
    files = []
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            path = folder / f"{document['documentName'].split('_')[0].split(' ')[0]}.txt"
            path.write_text(document["originalText"], encoding="utf-8", newline="")
            files.append(str(path))
    readings = _read(files, folder / "readings.jsonl", "--as", "text")
    scored = _score(data / "eval/score_quotes.py", "--gold", gold, "--system", readings)
    parts = {part: f"{part}.macro.f" for part in ("messages", "roles", "joint", "cue", "frame", "speaker", "addressee")}
    return _pick(scored, **parts, kind="kind.micro.f")


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


def times(data: Path, folder: Path) -> Figures:
    """Measure times on KRAUTS (TempEval-3, micro F1)."""
    scorer = data / "data/krauts/score_timex.py"
    gold = [data / "data/krauts/gold" / part for part in ("DieZeit", "Dolomiten-100", "Dolomiten-42")]
    exported = subprocess.run(
        [sys.executable, scorer, "--export-text", *gold], capture_output=True, text=True, check=True
    ).stdout
    found = folder / "times.jsonl"
    with found.open("w", encoding="utf-8") as output:
        for document, reading in _dated(exported, folder):
            output.writelines(
                json.dumps(
                    {"doc": document, "begin": t["start"], "end": t["end"], "type": t["type"], "value": t["value"]}
                )
                + "\n"
                for t in reading.get("times", ())
            )
    scored = _score(scorer, "--gold", *gold, "--sys", found)
    return _pick(scored, **{part: f"scores.ALL.{part}.2" for part in ("strict", "relaxed", "type", "value")})


def _dated(exported: str, folder: Path) -> Iterator[tuple[str, dict[str, list[dict[str, object]]]]]:
    """Read documents with their dates, by a manifest; yield each with its Reading."""
    rows, names = ["path,url,date,publisher"], []
    for document in map(json.loads, exported.splitlines()):
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


Measure = type(quotes)
MEASURES = (
    ("quotes", quotes, "data/quotations/dev.jsonl.gz"),
    ("german", articles("german", "--skip-flagged"), "data/pages/german"),
    ("bodies", articles("scrapinghub"), "data/pages/scrapinghub"),
    ("times", times, "data/krauts/gold"),
    ("whatif", whatif, "data/quotations/train.jsonl.gz"),
    ("changes", changes, "data"),
)

if __name__ == "__main__":
    raise SystemExit(main())
