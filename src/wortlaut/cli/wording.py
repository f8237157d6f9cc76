"""The language of tables: English as written in the code; German, by a catalogue (gettext), where the terminal's locale is German.

Messages and help are English, names of states and kinds in JSON are the contract's.
"""

import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def _(words: str) -> str:
    """Return words in the language of the terminal."""
    found = _texts().get(words, words)
    return found if isinstance(found, str) else found[0]


def called(label: str) -> str:
    """Return how a label of a closed set is called: that of `condition_added` is "condition added"."""
    return _(label.replace("_", " "))


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form that belongs to a number, with the number in it; German and English have the same two."""
    found = _texts().get(one, (one, many))
    return (found[number != 1] if isinstance(found, tuple) else found) % {"num": number}


def is_german() -> bool:
    """Tell whether the locale asks for German: the first of LC_ALL, LC_MESSAGES and LANG that is set."""
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return (next(filter(None, asked), "")).lower().startswith("de")


@cache
def _texts() -> Mapping[str, str | tuple[str, ...]]:
    if not is_german():
        return {}
    from babel.messages.pofile import read_po

    with files("wortlaut.cli").joinpath("locale", "de.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="de") if entry.id]
    return {
        entry.id if isinstance(entry.id, str) else entry.id[0]: tuple(entry.string)
        if isinstance(entry.string, list | tuple)
        else entry.string or ""
        for entry in entries
    }
