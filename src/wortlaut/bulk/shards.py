"""What is to be read, cut into shards: the pieces of work that one process takes at a time.

An archive file (WARC, JSONL) is a shard; of a folder, every archive file in it, and its other files, some hundred together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wortlaut.archive import files_in, is_archive, pages_of
from wortlaut.errors import ConfigurationError
from wortlaut.model import Page

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
        """Yield its pages, in order, always the same; what cannot be read is a page with a problem."""
        for file in self.files:
            yield from pages_of(file)


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
        Shard(number=number, files=files, size=sum(_size(file) for file in files))
        for number, files in enumerate(bundles)
    )


def _files(place: str) -> Iterator[str]:
    path = Path(place).absolute()
    if not path.exists():
        raise ConfigurationError(f"there is no {place}")
    return map(str, files_in(path) if path.is_dir() else (path,))


def _size(file: str) -> int:
    try:
        return Path(file).stat().st_size
    except OSError:  # a folder that is closed to us, which a page will say
        return 0
