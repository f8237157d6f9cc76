"""What is to be read, cut into shards: the pieces of work that one process takes at a time.

An archive file (WARC, JSONL) is a shard; of a folder, every archive file in it, and its other files, some hundred together.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wortlaut.bulk.sources import is_archive, pages_of
from wortlaut.errors import ConfigurationError, WortlautError
from wortlaut.model import Page, Problem, RejectionReason

FILES = 500
"""Single files that make up a shard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A piece of work: its place among the job's shards, its files (absolute paths), and their size in bytes."""

    number: int
    files: tuple[str, ...]
    size: int

    @property
    def name(self) -> str:
        """What its results are filed under."""
        return f"{self.number:06}"

    def pages(self) -> Iterator[Page]:
        """Yield its pages, in order, always the same; what breaks a file off is told as a last page with a problem."""
        for file in self.files:
            try:
                yield from pages_of(file)
            except (WortlautError, OSError, EOFError, ValueError) as error:
                problem = Problem(reason=RejectionReason.DAMAGED, detail=f"the rest cannot be read: {error}")
                yield Page(source=file, problem=problem)


def find_shards(inputs: Iterable[str]) -> tuple[Shard, ...]:
    """Return the shards of files and folders, in the order of the inputs; raise ConfigurationError for what is not there."""
    bundles: list[tuple[str, ...]] = []
    loose: list[str] = []
    for file in dict.fromkeys(file for place in inputs for file in _files(place)):
        if is_archive(file):
            bundles.append((file,))
        else:
            loose.append(file)
    bundles.extend(tuple(loose[at : at + FILES]) for at in range(0, len(loose), FILES))
    if not bundles:
        raise ConfigurationError("there is nothing to read: no file in what was named")
    return tuple(
        Shard(number=number, files=files, size=sum(Path(file).stat().st_size for file in files))
        for number, files in enumerate(bundles)
    )


def _files(place: str) -> Iterator[str]:
    path = Path(place).absolute()
    if path.is_file():
        yield str(path)
    elif path.is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (str(Path(folder, name)) for name in sorted(names) if not name.startswith("."))
    else:
        raise ConfigurationError(f"there is no {place}")
