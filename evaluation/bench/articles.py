"""Extraction against trafilatura's fast mode, from bytes to text; without the stored pages, on the tests' golden pages."""

import gzip
import os
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Print times of extraction and of trafilatura side by side, then the memory of 5,000 readings."""
    data = Path(os.environ.get("WORTLAUT_DATA", HERE.parents[2] / "shared"))
    import trafilatura

    from wortlaut.extraction import extract
    from wortlaut.model import Page

    stored = sorted((data / "data/pages").rglob("*.html.gz"))
    pages = [gzip.decompress(p.read_bytes()) for p in stored]
    pages = pages or [p.read_bytes() for p in sorted((HERE.parents[1] / "tests/golden").glob("*.html"))]
    ways: dict[str, Callable[[bytes], object]] = {
        "wortlaut": lambda page: extract(Page(source="page", content=page)),
        "trafilatura, fast": lambda page: trafilatura.extract(page, fast=True),
        "trafilatura, fast, with metadata": lambda page: trafilatura.extract(page, fast=True, with_metadata=True),
    }
    best = _side_by_side(ways, pages, rounds=5)
    for name, seconds in best.items():
        print(f"  {name:34} {1000 * seconds:6.2f} ms a page   {seconds / best['wortlaut']:5.2f} times ours")
    early = 0
    for number in range(5_000):
        ways["wortlaut"](pages[number % len(pages)])
        early = _memory() if number == 999 else early
    print(f"  memory after 1,000 readings {early} MB, after 5,000 {_memory()} MB")


def _side_by_side(ways: dict[str, Callable[[bytes], object]], pages: list[bytes], *, rounds: int) -> dict[str, float]:
    """Return the seconds a page of each way: all take turns, the first round warms up, the best of the others counts."""
    best = dict.fromkeys(ways, float("inf"))
    for number in range(rounds + 1):
        for name, way in ways.items():
            started = time.process_time()
            for page in pages:
                way(page)
            if number:
                best[name] = min(best[name], (time.process_time() - started) / len(pages))
    return best


def _memory() -> int:
    """Return what this process holds in memory now, in MB (Linux)."""
    return (
        int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    )
