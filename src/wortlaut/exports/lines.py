"""JSON lines: a statement a line, exactly as the ledger answers (docs/reference/contract.md)."""

from pathlib import Path

from wortlaut.codec import to_json
from wortlaut.exports.pages import Wanted, pages_of
from wortlaut.ledger import Ledger


def write(ledger: Ledger, wanted: Wanted, path: Path) -> int:
    """Write the statements, page by page."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for exported in pages_of(ledger, wanted):
            for answer in exported.answers:
                file.write(to_json(answer) + "\n")
            count += len(exported.answers)
    return count
