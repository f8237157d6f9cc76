"""Measure speed, each part against its own unit; every section prints a ratio and an absolute figure.

    python evaluation/bench [SECTION …]

Machines differ, ratios hold: what is compared runs side by side on one core, and the best of several runs counts. What is printed is written into docs/reference/results.md.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

SECTIONS = ("gate", "stages", "articles", "quotes", "ledger", "bulk", "web")


def run(names: Sequence[str]) -> None:
    """Run sections."""
    sys.path.append(str(Path(__file__).parents[1]))
    remembered = import_module("results").remembered
    for name in names:
        print(f"{name}:", flush=True)
        with remembered("bench", name):
            import_module(name).main()


if __name__ == "__main__":
    run(sys.argv[1:] or SECTIONS)
