"""Measure a ledger of a million generated statements on disk, in a file and on a PostgreSQL server of its own.

    python evaluation/bench/ledger.py [--statements 1000000] [--only file|server] [--keep FOLDER]

Twenty-four thousand statements (`generated.py`) are added as `wortlaut add` adds them; the rest are copies of these on pages of their
own, so that lists of words and actors are as long as they would be. Adding is measured afterwards, on top of all. A real model needs
hours for a million sentences, so each distinct text gets a random vector; the event asked for is turned into one by the
installed model, or at random where there is none. What is measured is what a user waits for.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from generated import ACTORS, PARTIES, QUOTES, THINGS, TIMES, VERBS, World
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, func, insert, literal, select, text

from wortlaut import Ledger
from wortlaut.encoder import find_model, open_encoder
from wortlaut.ledger import schema
from wortlaut.ledger.vectors import SIZE

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.contracts.server import programs, running

ORIGINALS = 24_000
_STEP = 100_000
Vectors = NDArray[np.float32]


class Random:
    """Random vectors under the installed model's name, or the model's own for single texts."""

    folder = None

    def __init__(self) -> None:
        name = find_model()
        self._model = open_encoder(name) if name else None
        self.name = name or "random"

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors."""
        if self._model:
            return self._model.vectors(texts)
        rows = np.random.default_rng(len(texts[0])).standard_normal((len(texts), SIZE), dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def fill(ledger: Ledger, count: int) -> None:
    """Add statements, copy them, and give what they tell random vectors."""
    originals = min(count, ORIGINALS)
    for page, reading in islice(World().pages(), originals // QUOTES):
        ledger.add(page, reading)
    for copy in range(1, count // originals):
        with ledger.writing() as connection:
            _copy(connection, copy)
    with ledger.writing() as connection:
        if connection.dialect.name == "postgresql":
            _go_on_counting(connection)
    with ledger.reading() as connection:
        kinds = dict(connection.execute(select(schema.told.c.id, schema.told.c.kind).order_by(schema.told.c.id)).all())
    vectors, chance, last = ledger.vectors, np.random.default_rng(2), max(kinds)
    for start in range(1, last + 1, _STEP):
        part = {i: kinds[i] for i in range(start, min(start + _STEP, last + 1)) if i in kinds}
        made = chance.standard_normal((len(part), SIZE), dtype=np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        vectors.append_rows(part, made, start, min(start + _STEP - 1, last))


_SHIFTED = {
    "told": {"id": "told"}, "page": {"told": "told"}, "reading": {"id": "reading"}, "appearance": {}, "office": {},
    "statement": {"number": "statement", "reading": "reading", "told": "told"},
    "condition": {"statement": "statement", "told": "told"},
}  # fmt: skip
"""Tables to copy, with their columns of numbers, and whose numbers these are."""


def _copy(connection: Connection, copy: int) -> None:
    """Copy what was added, once more, with other numbers and pages."""
    keys = {"told": schema.told.c.id, "reading": schema.reading.c.id, "statement": schema.statement.c.number}
    sizes = {name: _originals(connection, key, copy) for name, key in keys.items()}
    for name, shifted in _SHIFTED.items():
        table = schema.metadata.tables[name]
        values: dict[str, Any] = {column.name: column for column in table.columns}
        for column, of in shifted.items():
            values[column] = table.c[column] + copy * sizes[of]
        for column in {"page": ["id", "url"]}.get(name, ["page"] if "page" in values else []):
            values[column] = table.c[column] + literal(f"-{copy}")
        if name == "told":
            values["key"] = table.c.id + copy * sizes["told"]
        chosen = select(*values.values()).where(_is_original(table, sizes))
        connection.execute(insert(table).from_select([*values], chosen))


def _originals(connection: Connection, key: Any, copy: int) -> int:
    """Return the last number of the originals, which are followed by as many numbers for each copy."""
    return (connection.scalar(select(func.max(key))) or 0) // copy


def _is_original(table: Table, sizes: dict[str, int]) -> Any:
    if table.name == "condition":
        return table.c.statement <= sizes["statement"]
    if table.name in sizes:
        return next(iter(table.primary_key.columns)) <= sizes[table.name]
    return (table.c.id if table.name == "page" else table.c.page).not_like("%-%")


def _go_on_counting(connection: Connection) -> None:
    for name, key in (("told", "id"), ("reading", "id"), ("statement", "number")):
        last = f"SELECT setval(pg_get_serial_sequence('{name}', '{key}'), (SELECT max({key}) FROM {name}))"  # noqa: S608 - our own names
        connection.execute(text(last))


def timed(questions: Sequence[Any], ask: Callable[[Any], object]) -> tuple[float, float]:
    """Return median and 95th percentile, milliseconds."""
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append(1000 * (time.perf_counter() - started))
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


def measure(place: str, maker: Random) -> None:
    """Print the figures of a ledger that is filled."""
    chance = random.Random(3)  # noqa: S311 - no secret

    def some(names: Sequence[str]) -> str:
        return names[int(len(names) ** chance.random()) - 1]

    def show(what: str, aim: str, times: tuple[float, float]) -> None:
        print("  {}, median and p95: {:.1f} and {:.1f} ms{}".format(what, *times, aim), flush=True)

    def open_it(_: object) -> None:
        with Ledger.open(place, maker=lambda: maker) as ledger:
            ledger.actors("Nobody")

    words = [some(THINGS) for _ in range(30)] + [f"{some(THINGS)} {some(VERBS)}" for _ in range(30)]
    names = [some(names) for names in (ACTORS, PARTIES) for _ in range(30)]
    events = [f"{some(PARTIES)} wird die {some(THINGS)} {some(TIMES)} {some(VERBS)}" for _ in range(40)]
    show("opening, with a first question", " (aim 50)", timed(range(20), open_it))
    with Ledger.open(place, maker=lambda: maker) as ledger:
        pages, statements = ledger.count()
        print(
            f"  {statements} statements on {pages} pages, {_size(ledger) / statements:.0f} bytes a statement",
            flush=True,
        )
        show("search", " (aim 100)", timed(words, ledger.search))
        show("who, the last 20 shown", " (aim 50)", timed(names, lambda name: ledger.who(name, limit=20)))
        first = timed(events[:1], ledger.whatif)[0]
        print(f"  first what-if: {first:.0f} ms")
        show("what-if", "", timed(events, ledger.whatif))
        show("changes of one principal", "", timed(names[:20], ledger.changes))
        speed, alone = _adding(ledger)
        print(
            f"  adding, one page a transaction: {speed:.0f} statements a second (aim 2000); {alone:.0f} a second of one core's time"
        )


def _adding(ledger: Ledger, pages: int = 100) -> tuple[float, float]:
    """Return how many statements are added in a second, and in one of this program's processor time; pages being read already."""
    fresh = list(islice(World(seed=int(time.time())).pages(publishers=7), pages))
    started = time.perf_counter(), time.process_time()
    for page, reading in fresh:
        ledger.add(page, reading)
    taken = time.perf_counter() - started[0], time.process_time() - started[1]
    count = sum(len(reading.statements) for _, reading in fresh)
    return count / taken[0], count / taken[1]


def _size(ledger: Ledger) -> int:
    with ledger.reading() as connection:
        if connection.dialect.name == "postgresql":
            return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)
        pages, size = (connection.scalar(text(f"PRAGMA {what}")) or 0 for what in ("page_count", "page_size"))
        return int(pages * size)


@contextmanager
def places(only: str | None, folder: Path) -> Iterator[Iterator[str]]:
    """Give the places to measure at."""

    def each() -> Iterator[str]:
        if only != "server":
            yield str(folder / "bench.ledger")
        found = programs()
        if only != "file" and found:
            with running(found) as url:
                yield url
        elif only != "file":
            print("no PostgreSQL in /usr/lib/postgresql: only the file is measured")

    yield each()


def main(arguments: Sequence[str] = ()) -> int:
    """Fill, open anew, ask."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--statements", type=int, default=1_000_000)
    options.add_argument("--only", choices=("file", "server"))
    options.add_argument("--keep", type=Path, help="a folder that keeps the file for the next time")
    chosen = options.parse_args(list(arguments))
    maker = Random()
    with tempfile.TemporaryDirectory() as scratch, places(chosen.only, chosen.keep or Path(scratch)) as each:
        for place in each:
            print(f"{place.partition(':')[0] if '://' in place else 'file'}:", flush=True)
            with Ledger.open(place, maker=lambda: maker) as ledger:
                if not ledger.count()[0]:
                    started = time.perf_counter()
                    fill(ledger, chosen.statements)
                    print(f"  filled in {time.perf_counter() - started:.0f} s", flush=True)
            measure(place, maker)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
