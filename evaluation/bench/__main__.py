"""Measure speed, each part against its own unit; every section prints a ratio and an absolute figure.

    python evaluation/bench [SECTION …]

Machines differ, ratios hold: what is compared runs side by side on one core, and the best of several runs counts.
"""

import sys
from importlib import import_module

SECTIONS = ("gate", "stages", "articles", "quotes", "ledger", "bulk", "web")

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        print(f"{name}:", flush=True)
        import_module(name).main()
