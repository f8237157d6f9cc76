"""Measure speed against the work's own unit: `make bench`. One function a section; each prints its own lines.

Ratios hold better than times: compare what was measured in one run on one machine.
"""

import importlib.util
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ARTICLE_WORDS = 250
PEER = Path(__file__).parent / "peer.py"


def main() -> None:
    """Run every section."""
    for section in SECTIONS:
        print(f"== {section.__name__}")
        section()


def quotes() -> None:
    """Print how many articles of 250 words a second the whole stage reads, and how many times a generative peer costs."""
    from wortlaut.encoder import find_model, open_encoder

    name = find_model()
    if name is None:
        print("not measured: no model is installed")
        return
    started = time.perf_counter()
    open_encoder(name)
    print(f"loading          {time.perf_counter() - started:.2f} s")
    for engine in ("model", "rules"):
        seconds = _seconds_an_article(engine)
        print(
            f"{engine:16} {1 / seconds:.1f} articles of {ARTICLE_WORDS} words a second ({seconds * 1000:.0f} ms each)"
        )
        if engine == "model":
            ours = seconds
    print(f"memory           {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    peer = _peer()
    print(
        f"peer             {peer:.1f} s an article: {peer / ours:.0f} times ours"
        if peer
        else "peer not measured: it needs torch and transformers; set WORTLAUT_PEER_PYTHON"
    )


def _seconds_an_article(engine: str) -> float:
    """Return the time of the quote stage for 250 words of our own example pages, sentences included."""
    from wortlaut.archive import read_manifest
    from wortlaut.extraction import extract
    from wortlaut.language import analyse
    from wortlaut.model import Article, Engine
    from wortlaut.quotation.engine import quotation_by

    stage = quotation_by(Engine(engine))
    articles = [a for p in read_manifest(str(ROOT / "examples/manifest.csv")) if isinstance(a := extract(p), Article)]
    words = sum(len(a.text.split()) for a in articles)
    for _ in range(2):
        started = time.perf_counter()
        for article in articles:
            stage(article, analyse(article))
        seconds = time.perf_counter() - started
    return seconds * ARTICLE_WORDS / words


def _peer() -> float | None:
    """Return the seconds of one article with the peer's shape, where a Python with torch and transformers is at hand."""
    import os

    python = os.environ.get("WORTLAUT_PEER_PYTHON") or (sys.executable if importlib.util.find_spec("torch") else None)
    if python is None:
        return None
    done = subprocess.run([python, str(PEER)], capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1])["seconds"])


SECTIONS = (quotes,)

if __name__ == "__main__":
    main()
