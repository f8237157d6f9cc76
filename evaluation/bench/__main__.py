"""Measure speed, each part against its own unit; every section prints a ratio and an absolute figure.

    python evaluation/bench [SECTION …]

Machines differ, ratios hold: what is compared runs side by side on one core, and the best of several runs counts. A run of all sections is written into docs/reference/results.md.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

SECTIONS = ("gate", "stages", "articles", "quotes", "ledger", "bulk", "web")


def run(names: Sequence[str]) -> None:
    """Run sections."""
    for name in names:
        print(f"{name}:", flush=True)
        import_module(name).main()


if __name__ == "__main__":
    if sys.argv[1:]:
        run(sys.argv[1:])
    else:
        sys.path.append(str(Path(__file__).parents[1]))
        with import_module("results").remembered("bench"):
            run(SECTIONS)
