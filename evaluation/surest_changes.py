"""Write the surest changes of a ledger as a list for an independent reviewer: both wordings and where they stand, no score.

python evaluation/surest_changes.py LEDGER [--number 30] > changes.md
"""

import argparse
import sys
from pathlib import Path

from wortlaut import Ledger
from wortlaut.ledger import Answer


def told(answer: Answer) -> str:
    """Return a wording with the day of its page and the page's source."""
    return f"{answer.page.source}, {(answer.page.published or '')[:10]}: {' '.join(answer.words.split())}"


def main() -> int:
    """List them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("ledger", type=Path)
    options.add_argument("--number", type=int, default=30)
    chosen = options.parse_args()
    with Ledger.open(chosen.ledger, create=False) as ledger:
        found = sorted(ledger.changes(everything=True), key=lambda c: -c.score)[: chosen.number]
    for number, change in enumerate(found, 1):
        print(
            f"{number}. **{change.before.principal}**, {change.change}\n   - {told(change.before)}\n   - {told(change.after)}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
