"""Measure speed, each part against the work's own unit; every section prints a ratio and an absolute figure.

    python evaluation/bench.py [SECTION …]

Processor time of one core, the best of five runs: other people's work on the machine hardly shows.
"""

import importlib.util
import json
import os
import resource
import subprocess
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


PEER = Path(__file__).parent / "peer.py"
QUOTE_WORDS = 250
"""Words of a usual news article."""


def quotes() -> None:
    """Quotes: articles of 250 words a second by each engine, whole stage, and what a generative peer costs beside it.

    Wall time on all cores, best of three: that is how a user waits.
    """
    from wortlaut.encoder import find_model, open_encoder
    from wortlaut.model import Engine
    from wortlaut.quotation.engine import quotation_by

    name = find_model()
    started = time.perf_counter()
    if name:
        open_encoder(name)
        print(f"quotes     {name} loads in {time.perf_counter() - started:.2f} s")
    pages = [Page(source=path.name, content=path.read_bytes()) for path in EXAMPLES.glob("*-*.*")]
    articles = [article for page in pages if isinstance(article := extract(page), Article)]
    words = sum(len(article.text.split()) for article in articles)
    seconds = {}
    for engine in (Engine.MODEL, Engine.RULES) if name else (Engine.RULES,):
        stage, taken = quotation_by(engine), []
        for _ in range(3):
            started = time.perf_counter()
            for article in articles:
                stage(article, analyse(article))
            taken.append(time.perf_counter() - started)
        seconds[engine] = min(taken) * QUOTE_WORDS / words
        print(f"quotes     {engine.value}: {1 / seconds[engine]:.1f} articles of {QUOTE_WORDS} words a second")
    print(f"quotes     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB of memory at most")
    _against_peer(seconds.get(Engine.MODEL))


def _against_peer(ours: float | None) -> None:
    """Print how many times our cost the peer's is, where a Python with torch and transformers is at hand."""
    python = os.environ.get("WORTLAUT_PEER_PYTHON") or (sys.executable if importlib.util.find_spec("torch") else None)
    if python is None or ours is None:
        print(
            "quotes     peer not measured: it needs a Python with torch and transformers, named by WORTLAUT_PEER_PYTHON"
        )
        return
    done = subprocess.run([python, str(PEER)], capture_output=True, text=True, check=True)
    peer = float(json.loads(done.stdout.splitlines()[-1])["seconds"])
    print(f"quotes     a generative peer: {peer:.1f} s an article, {peer / ours:.0f} times ours")


SECTIONS = {"times": times, "quotes": quotes}

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        SECTIONS[name]()
