"""What of a shard is there: its parts, without a gap, and the word that it is finished, with its counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wortlaut.bulk.folder import Folder, write_text
from wortlaut.bulk.parts import counts_of
from wortlaut.bulk.shards import Shard
from wortlaut.codec import from_line, to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A shard of which every page has its row."""

    files: tuple[str, ...]
    parts: tuple[str, ...]
    counts: dict[str, int]


def parts_of(folder: Folder, shard: str) -> tuple[list[Path], int]:
    """Return the parts of a shard that are there, up to the first gap, and the number of the page behind them."""
    parts: list[Path] = []
    behind = 0
    while (part := folder.part(shard, behind)).exists():
        parts.append(part)
        behind += counts_of(part).total()
    return parts, behind


def write_finished(folder: Folder, shard: Shard, parts: Iterable[Path]) -> None:
    """Say that a shard is finished."""
    parts = tuple(parts)
    counts = sum((counts_of(part) for part in parts), Counter())
    finished = Finished(
        files=shard.files, parts=tuple(part.name for part in parts), counts=dict(sorted(counts.items()))
    )
    write_text(folder.finished(shard.name), to_json(finished) + "\n")


def read_finished(folder: Folder) -> tuple[Finished, ...]:
    """Return what is finished, in the order of the shards."""
    files = sorted((folder.path / "shards").glob("*.json"))
    return tuple(from_line(file.read_bytes(), Finished) for file in files)
