"""Measure speed, each part against the work's own unit; every section prints a ratio and an absolute figure.

    python evaluation/bench.py [SECTION …]

Processor time of one core, the best of five runs: other people's work on the machine hardly shows.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from wortlaut.entities import find_entities
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


def entities() -> None:
    """Who is who: milliseconds for an article of 250 words on one core, and against the analysis every stage shares."""
    pages = [Page(source=path.name, content=path.read_bytes()) for path in EXAMPLES.glob("*-*.*")]
    articles = [article for page in pages if isinstance(article := extract(page), Article)] * 10
    sentences = [analyse(article) for article in articles]
    length = sum(len(article.text.split()) for article in articles) / 250
    found = best(lambda: [find_entities(*pair) for pair in zip(articles, sentences, strict=True)])
    analysed = best(lambda: [analyse(article) for article in articles])
    print(f"entities   {found / analysed:.2f} of the language analysis, {1000 * found / length:.1f} ms for 250 words")


SECTIONS = {"times": times, "entities": entities}

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        SECTIONS[name]()
