"""Near-duplicates: the same agency text in forty papers is read once and counted.

Two pages are near-duplicates if their articles share so many runs of five words that their Jaccard similarity, estimated by
MinHash (Broder 1997), is at least 0.8. The first one, in the order of the shards, is read. Candidates come from a
locality-sensitive index (datasketch, https://ekzhu.com/datasketch/lsh.html). A page that was fetched from the same URL as the
one it resembles, but with other bytes, is no copy: it is another edition, and silent edits are what the ledger shows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from wortlaut.errors import ConfigurationError

LEAST = 0.8
"""Least estimated similarity of near-duplicates."""
_PERMUTATIONS = 128
"""Numbers of a sketch; the estimate's standard error at 0.8 is 0.035."""
_SCHEME = "affine32"
"""datasketch's family of permutations; sketches of different families cannot be compared."""
_RUN = 5
"""Words of a run."""
_FEWEST = 20
"""Runs that a text needs to be compared: very short ones resemble each other by chance."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A page as far as near-duplicates go: its place, bytes' hash, URL, and the sketch of its text, None where it has too little."""

    shard: int
    number: int
    source: str
    sha256: str | None
    url: str | None
    sketch: bytes | None


def sketch_of(text: str) -> bytes | None:
    """Return the MinHash of a text's runs of words, None if it has too few."""
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + _RUN]).encode() for at in range(len(words) - _RUN + 1)}
    if len(runs) < _FEWEST:
        return None
    made = _datasketch().MinHash(permutations=_permutations(), scheme=_SCHEME)
    made.update_batch(sorted(runs))
    return np.asarray(made.hashvalues, np.uint32).tobytes()


def find_copies(looks: Iterable[Look]) -> Iterator[tuple[Look, Look]]:
    """Yield near-duplicates with the page that each is one of; pages come in order, and the first of its like is none."""
    index = _datasketch().MinHashLSH(threshold=LEAST, num_perm=_PERMUTATIONS)
    kept: dict[int, tuple[Look, Any]] = {}
    for number, look in enumerate(looks):
        if look.sketch is None:
            continue
        made = _from_bytes(look.sketch)
        first = next((kept[key][0] for key in sorted(index.query(made)) if _is_copy(look, made, *kept[key])), None)
        if first:
            yield look, first
        else:
            index.insert(number, made, check_duplication=False)
            kept[number] = look, made


def _is_copy(look: Look, made: Any, other: Look, its: Any) -> bool:
    edition = look.url and look.url == other.url and look.sha256 != other.sha256
    return not edition and made.jaccard(its) >= LEAST


def _from_bytes(sketch: bytes) -> Any:
    numbers = np.frombuffer(sketch, np.uint32)
    return _datasketch().MinHash(hashvalues=numbers, permutations=_permutations(), scheme=_SCHEME)


@cache
def _permutations() -> Any:
    return _datasketch().MinHash(num_perm=_PERMUTATIONS, scheme=_SCHEME).permutations


def _datasketch() -> Any:
    try:
        import datasketch
    except ModuleNotFoundError as error:
        raise ConfigurationError("for bulk jobs: pip install 'wortlaut[bulk]'") from error
    return datasketch
