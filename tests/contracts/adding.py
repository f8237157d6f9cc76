"""A program that adds pages until it is done or killed; pages to add; and whether what a ledger holds is whole."""

import multiprocessing
import os
import zlib
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from sqlalchemy import func, select, text

from tests.ledger.trigrams import Trigrams
from tests.reading import page_of, reading_of
from wortlaut import Ledger, Page, Reading, to_json
from wortlaut.ledger import schema
from wortlaut.ledger.storing import needed

TEXT = """Streit um die Brücke

Bürgermeisterin Ida Lund von der SPD sagte: „Wir werden die Brücke nicht sperren, solange die Fähre fehlt.“
Minister Olav Brandt sagte, ein Scheitern bis zum 1. Mai sei sehr wahrscheinlich, falls der Rat ablehne.

Die Vorsitzende der Mitte-Partei, Jana Holm, forderte am Montag eine Maut. Das ist Meldung {number}.
"""
Work = tuple[Page, Reading]


def pages() -> Iterator[Work]:
    """Yield pages without end, no two alike."""
    number = 0
    while True:
        words, source = TEXT.format(number=number), f"{number}.txt"
        yield page_of(words, source=source), reading_of(words, source=source)
        number += 1


def add(place: str, work: Sequence[Work], cache: str, told: Connection) -> None:
    """Add pages, and tell of each when it is done; before the first, tell that it begins."""
    os.environ["XDG_CACHE_HOME"] = cache
    told.send("")
    with Ledger.open(place, maker=Trigrams) as ledger:
        for page, reading in work:
            told.send(ledger.add(page, reading).page)
            ledger.index()


def begin(place: str, work: Sequence[Work]) -> tuple[BaseProcess, Connection]:
    """Start a program that adds pages; return it and what it tells, once it begins."""
    programs = multiprocessing.get_context("forkserver")
    programs.set_forkserver_preload(["tests.contracts.warm"])
    heard, told = programs.Pipe(duplex=False)
    program = programs.Process(target=add, args=(place, work, os.environ["XDG_CACHE_HOME"], told), daemon=True)
    program.start()
    told.close()
    heard.recv()
    return program, heard


def finished(heard: Connection) -> list[str]:
    """Return the pages that a program that is no more has told of."""
    found: list[str] = []
    try:
        while True:
            found.append(heard.recv())
    except EOFError:
        return found


def check(ledger: Ledger, work: Sequence[Work]) -> set[str]:
    """Return the pages that a ledger holds; fail if one is not whole, or the database is not sound."""
    with ledger.reading() as connection:
        kept = set(connection.scalars(select(schema.page.c.id)))
        records = {row.page: zlib.decompress(row.record) for row in connection.execute(select(schema.reading))}
        columns = (schema.statement.c.page, schema.statement.c.id)
        statements = sorted(tuple(row) for row in connection.execute(select(*columns)))
        columns = (schema.appearance.c.page, schema.appearance.c.entity)
        appearances = {tuple(row) for row in connection.execute(select(*columns))}
        conditions = connection.scalar(select(func.count()).select_from(schema.condition))
        sought = select(schema.statement.c.id).join(schema.told, schema.told.c.id == schema.statement.c.told)
        told = sorted(connection.scalars(sought))
    whole = [reading for _, reading in work if reading.article.id in kept]
    said = [(reading.article.id, statement) for reading in whole for statement in reading.statements]
    assert records == {reading.article.id: to_json(reading).encode() for reading in whole}
    assert len(records) == len(kept)
    assert statements == sorted((page, statement.id) for page, statement in said)
    assert told == sorted(statement.id for _, statement in said)
    assert conditions == sum(len(statement.conditions) for _, statement in said)
    assert appearances == {(reading.article.id, entity) for reading in whole for entity in needed(reading)}
    _check_file(ledger)
    return kept


def _check_file(ledger: Ledger) -> None:
    """Fail if a file is damaged, or its indexes of words are not those of its words."""
    with ledger.writing() as connection:
        if connection.dialect.name != "sqlite":
            return
        assert connection.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        for index in ("statement_words", "told_words"):
            connection.execute(text(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"))
