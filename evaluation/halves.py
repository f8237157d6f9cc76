"""Measure article extraction on two halves of the publishers, one of which no developer opens.

    python evaluation/halves.py [--data FOLDER] [--list] [--errors FILE]

The rule was fixed before the rules of extraction were written: a publisher belongs to the half kept back if the SHA-256 of
its name (German pages: the folder's name; bodies: the host without "www.") ends in an odd digit. --list names the pages of
the half for development, --errors writes the faults of that half and of no other.
"""

import argparse
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).parent
HALVES = ("development", "kept back")
CORPORA = {"german": ["--skip-flagged"], "scrapinghub": []}


def half_of(publisher: str) -> str:
    """Return the half a publisher belongs to."""
    return HALVES[int(hashlib.sha256(publisher.encode()).hexdigest()[-1], 16) % 2]


def publisher_of(gold: Path) -> str:
    """Return what the rule is computed of: the folder of a German page, the host of another."""
    if gold.parent.name != "scrapinghub":
        return gold.parent.name
    url: str = json.loads(gold.read_text(encoding="utf-8"))["url"]
    return urlsplit(url).netloc.lower().removeprefix("www.")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=os.environ.get("WORTLAUT_DATA", HERE.parents[1] / "shared"))
    options.add_argument("--list", action="store_true", help="name the pages for development")
    options.add_argument("--errors", type=Path, help="write the faults of the half for development, a file a corpus")
    chosen = options.parse_args()
    for corpus, flags in CORPORA.items():
        for half in HALVES:
            gold = [
                p for p in (chosen.data / "data/pages" / corpus).rglob("*.json") if half_of(publisher_of(p)) == half
            ]
            if chosen.list:
                print(*(sorted(gold) if half == HALVES[0] else ()), sep="\n")
                continue
            wanted = [*flags, "--errors", f"{chosen.errors}.{corpus}"] if chosen.errors and half == HALVES[0] else flags
            print(
                f"{corpus}, {half}:", _measure(sorted(gold), chosen.data / "eval/score_articles.py", wanted), sep="\n"
            )


def _measure(gold: list[Path], scorer: Path, flags: list[str]) -> str:
    """Extract the pages of some gold files and return what the corpus's scorer prints."""
    from wortlaut.codec import to_builtins
    from wortlaut.extraction import extract
    from wortlaut.model import Page, Rejection

    with tempfile.TemporaryDirectory() as folder:
        with Path(folder, "readings.jsonl").open("w", encoding="utf-8") as lines:
            for path in gold:
                shutil.copy(path, folder)
                page = path.with_name(path.name.removesuffix(".json") + ".html.gz")
                found = extract(Page(source=str(page), content=gzip.decompress(page.read_bytes())))
                line = found if isinstance(found, Rejection) else {"page": {"source": str(page)}, "article": found}
                lines.write(json.dumps(to_builtins(line)) + "\n")
        command = [sys.executable, str(scorer), "--gold", folder, "--system", f"{folder}/readings.jsonl", *flags]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
