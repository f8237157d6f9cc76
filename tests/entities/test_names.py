"""Names as news inflects and shortens them: the table's share that is read right may not fall under its target."""

import tomllib

import pytest

from tests.reading import ROOT, reading_of

TABLE = tomllib.loads((ROOT / "tests/cases/names/forms.toml").read_text(encoding="utf-8"))
LINES = [line for lines in TABLE.values() for line in lines]


def found(line: str) -> str | None:
    """Return the name of the entity that has a mention at the bracketed form."""
    marked, _, _ = line.partition(" | ")
    start, end = marked.index("["), marked.index("]") - 1
    reading = reading_of("Meldung des Tages\n\n" + marked.replace("[", "").replace("]", "") + "\n")
    shift = len("Meldung des Tages\n\n")
    shared = [
        (min(m.end, end + shift) - max(m.start, start + shift), m.start - m.end, entity.name)
        for entity in reading.entities
        for m in entity.mentions
        if m.start < end + shift and start + shift < m.end
    ]
    return max(shared)[2] if shared else None


def test_two_hundred_names() -> None:
    assert len(LINES) == 200
    missed = [(line, found(line)) for line in LINES if found(line) != line.partition(" | ")[2]]
    assert len(missed) <= 0.03 * len(LINES), missed


@pytest.mark.parametrize("kind", TABLE)
def test_no_kind_of_name_falls_behind(kind: str) -> None:
    missed = [line for line in TABLE[kind] if found(line) != line.partition(" | ")[2]]
    assert len(missed) <= 0.1 * len(TABLE[kind]), missed
