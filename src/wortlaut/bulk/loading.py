"""From a job's folder into a ledger, by one process."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wortlaut.bulk.finished import read_finished
from wortlaut.bulk.folder import Folder
from wortlaut.bulk.parts import Kind, iter_readings
from wortlaut.bulk.plan import Plan
from wortlaut.codec import from_line
from wortlaut.errors import ConfigurationError
from wortlaut.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Pages and statements that a ledger got, pages it had before, near-duplicates passed over, and shards that are not finished."""

    added: int
    known: int
    statements: int
    copies: int
    unfinished: int


def load(
    folder: str | os.PathLike[str], ledger: Ledger, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Loaded:
    """Add all pages that were read and whose shards are finished; a page that is there already changes nothing.

    `progress` is told how many pages are through and how many there are. Whoever stops it begins anew without harm. Raise
    ConfigurationError if the folder holds no job.
    """
    if not (Path(folder) / "job.json").exists():
        raise ConfigurationError(f"{folder} holds no bulk job; make one with: wortlaut bulk INPUT… --out {folder}")
    finished = read_finished(Folder(Path(folder)))
    shards = len(from_line((Path(folder) / "job.json").read_bytes(), Plan).shards)
    total, copies = (sum(shard.counts.get(kind, 0) for shard in finished) for kind in (Kind.READ, Kind.COPY))
    added = known = statements = 0
    for part in (Path(folder) / "pages" / name for shard in finished for name in shard.parts):
        for page, reading in iter_readings(part):
            new = ledger.add(page, reading).new
            added, known = added + new, known + (not new)
            statements += len(reading.statements) if new else 0
            progress(added + known, total)
    return Loaded(added=added, known=known, statements=statements, copies=copies, unfinished=shards - len(finished))
