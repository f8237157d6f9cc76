"""Measure speed, each part against the work's own unit; every section prints a ratio and an absolute figure.

    python evaluation/bench.py [SECTION …]

Processor time of one core, the best of five runs: other people's work on the machine hardly shows.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from wortlaut.extraction import extract
from wortlaut.language import analyse
from wortlaut.model import Article, Page
from wortlaut.temporal import find_times

EXAMPLES = Path(__file__).parents[1] / "examples"
KRAUTS_LENGTH = 2274
"""Mean characters of a KRAUTS document (development half)."""


def best(work: Callable[[], object], runs: int = 5) -> float:
    """Return the least processor time of a run, in seconds."""
    taken = []
    for _ in range(runs):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def times() -> None:
    """Time expressions: documents of the KRAUTS length a second and core, and against the analysis every stage shares."""
    pages = [
        Page(source=path.name, content=path.read_bytes(), published="2031-03-04") for path in EXAMPLES.glob("*-*.*")
    ]
    articles = [article for page in pages if isinstance(article := extract(page), Article)] * 10
    sentences = [analyse(article) for article in articles]
    documents = sum(len(article.text) for article in articles) / KRAUTS_LENGTH
    found = best(lambda: [find_times(*pair) for pair in zip(articles, sentences, strict=True)])
    analysed = best(lambda: [analyse(article) for article in articles])
    print(
        f"times      {found / analysed:.2f} of the language analysis, {documents / found:.0f} documents a second and core"
    )


SECTIONS = {"times": times}

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        SECTIONS[name]()
