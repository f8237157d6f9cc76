"""Measure the two questions on a ledger of a million generated statements, on disk.

    python evaluation/bench/ledger.py [--statements 1000000] [--keep FOLDER]

Statements are put together from lists of actors, deeds and events of our own; distinct conditions are one in ten. A real
model needs hours for a million sentences, so each distinct text gets a random vector here; the event asked for is turned
into a vector by the installed model, or at random where there is none. What is measured is what a user waits for.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text

from wortlaut import Ledger
from wortlaut.encoder import find_model, open_encoder
from wortlaut.ledger.vectors import SIZE

ACTORS = [f"{kind} {place}" for kind in ("Stadt", "Land", "Partei", "Verband", "Bund", "Amt", "Werk", "Klub") for place in (
    "Norrland", "Veskien", "Talmark", "Aldstadt", "Lestrien", "Tarvien", "Morvanien", "Berund", "Dolmar", "Karsow", "Seehagen")]  # fmt: skip
OBJECTS = [
    "Brücke",
    "Steuer",
    "Grenze",
    "Flotte",
    "Schule",
    "Werft",
    "Bahn",
    "Maut",
    "Rente",
    "Klinik",
    "Halle",
    "Leitung",
    "Deponie",
    "Siedlung",
    "Kaserne",
    "Messe",
    "Zeitung",
    "Quote",
    "Reform",
    "Anlage",
    "Straße",
    "Fähre",
    "Mühle",
    "Börse",
    "Küste",
    "Insel",
    "Kirche",
    "Bühne",
    "Akademie",
    "Behörde",
    "Kammer",
    "Polizei",
    "Feuerwehr",
    "Ernte",
    "Miete",
]
VERBS = [
    "schließen",
    "öffnen",
    "verkaufen",
    "bauen",
    "verlegen",
    "prüfen",
    "sperren",
    "fördern",
    "kürzen",
    "erhöhen",
    "besetzen",
    "räumen",
    "verteidigen",
    "aufgeben",
]
TIMES = ["im Mai", "im Herbst", "noch heute", "bis 2032", "im Winter", "nach Ostern", "zum Jahresende", "am Montag"]
Vectors = NDArray[np.float32]


class Random:
    """Random vectors under the installed model's name, or the model's own for single texts."""

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
    """Write statements straight into the tables, as `add` would have left them."""
    chance = random.Random(1)  # noqa: S311 - no secret
    kinds: list[int] = []
    known: dict[tuple[int, str], int] = {}
    rows: dict[str, list[tuple[Any, ...]]] = {"told": [], "page": [], "statement": [], "condition": []}

    def tell(kind: int, words: str) -> int:
        found = known.get((kind, words))
        if found is None:
            found = known[kind, words] = len(known) + 1
            kinds.append(kind)
            families = " ".join(sorted({w.casefold().rstrip("en") for w in words.split() if len(w) > 3}))
            rows["told"].append((found, found, kind, words, families))
        return found

    def event() -> str:
        actor, thing, verb, when = (chance.choice(x) for x in (ACTORS, OBJECTS, VERBS, TIMES))
        return f"{actor} die {thing} {when} {verb} {chance.randrange(40)}"

    events = [event() for _ in range(count // 10)]
    for number in range(count // 12 + 1):
        day = f"20{chance.randrange(10, 40)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        about = tell(0, f"{event()} {number}")
        rows["page"].append((f"p{number}", "bench", "x", day, b"", "", about))
        for place in range(12):
            own, condition = event(), chance.choice(events)
            words, opener = f"{own}, wenn {condition}", f"wenn {condition}"
            id_ = f"s{number}-{place}"
            record = f'{{"id":"{id_}","source":"quote","content":[[0,9]],"act":"commit","conditions":[{{"kind":"if","spans":[[0,9]]}}],"confidence":0.9}}'
            actor = chance.randrange(20_000) + 1
            proposition = tell(2, words)
            families = rows["told"][-1][4]
            rows["statement"].append(
                (
                    f"p{number}",
                    id_,
                    day,
                    "commit",
                    "positive",
                    actor,
                    actor,
                    0.9,
                    0,
                    words,
                    own,
                    record,
                    proposition,
                    families,
                )
            )
            rows["condition"].append((f"p{number}", id_, 0, "if", opener, tell(1, condition)))
    _insert(ledger, rows)
    vectors = ledger.vectors
    step = 100_000
    random_rows = np.random.default_rng(2)
    for start in range(0, len(kinds), step):
        part = kinds[start : start + step]
        made = random_rows.standard_normal((len(part), SIZE), dtype=np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        vectors.append_rows(dict(enumerate(part, start + 1)), made, start + 1, start + len(part))


def _insert(ledger: Ledger, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    columns = {
        "told": "id, key, kind, words, families", "page": "id, source, sha256, published, content, reading, told",
        "statement": "page, id, at, act, polarity, speaker, principal, confidence, repeats, words, proposition, record, told, families",
        "condition": "page, statement, number, kind, words, told",
    }  # fmt: skip
    with ledger.writing() as connection:
        raw = connection.connection.cursor()
        raw.executemany(
            "INSERT INTO actor (id, name, kind) VALUES (?, ?, 'organisation')",
            [(n + 1, f"{ACTORS[n % len(ACTORS)]} {n}") for n in range(20_000)],
        )
        for table, names in columns.items():
            marks = ", ".join("?" * len(names.split(",")))
            raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows[table])  # noqa: S608 - our own names
        connection.execute(text("INSERT INTO told_words (told_words) VALUES ('rebuild')"))


def timed(questions: Sequence[str], ask: Any) -> tuple[float, float]:
    """Return median and 95th percentile, milliseconds."""
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append(1000 * (time.perf_counter() - started))
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


def main(arguments: Sequence[str] = ()) -> int:
    """Fill, open anew, ask."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--statements", type=int, default=1_000_000)
    options.add_argument("--keep", type=Path, help="a folder that keeps the ledger for the next time")
    chosen = options.parse_args(list(arguments))
    with tempfile.TemporaryDirectory() as folder:
        path = (chosen.keep or Path(folder)) / "bench.ledger"
        maker = Random()
        if not path.exists():
            with Ledger.open(path, maker=lambda: maker) as ledger:
                fill(ledger, chosen.statements)
        measure(path, maker)
    return 0


def measure(path: Path, maker: Random) -> None:
    """Print the figures of a ledger."""
    chance = random.Random(3)  # noqa: S311 - no secret
    asked = [
        f"{chance.choice(ACTORS)} wird die {chance.choice(OBJECTS)} {chance.choice(TIMES)} {chance.choice(VERBS)}"
        for _ in range(60)
    ]
    with Ledger.open(path, maker=lambda: maker) as ledger:
        print("pages, statements:", *ledger.count())
        started = time.perf_counter()
    with Ledger.open(path, maker=lambda: maker) as ledger:
        ledger.whatif(asked[0])
        print(f"first what-if after opening: {1000 * (time.perf_counter() - started):.0f} ms")
        print("what-if, median and p95: {:.0f} and {:.0f} ms".format(*timed(asked, ledger.whatif)))
        names = [f"{ACTORS[n % len(ACTORS)]} {n}" for n in range(10_000, 10_040)]
        print("changes of one principal, median and p95: {:.0f} and {:.0f} ms".format(*timed(names, ledger.changes)))
        with ledger.writing() as connection:
            tables = "'told', 'sqlite_autoindex_told_1', 'told_words_data', 'told_words_idx', 'told_words_docsize'"
            query = f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({tables})"  # noqa: S608 - our own names
            told = connection.execute(text("SELECT count(*) FROM told")).scalar_one()
            by_kind = connection.execute(
                text("SELECT kind, avg(length(words) + length(families)) FROM told GROUP BY kind")
            ).all()
            try:
                held = connection.execute(text(query)).scalar_one()
            except Exception as error:  # noqa: BLE001 - this SQLite may be built without dbstat
                held = 0
                print("no dbstat:", type(error).__name__)
        print(
            f"index: {Path(f'{path}.vectors').stat().st_size / told:.0f} + {held / told:.0f} bytes a distinct text; letters {by_kind}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
