"""The language of tables: English, or German where the terminal's locale is German.

Messages and help are English, names of states and kinds in JSON are the contract's.
"""

import os

from wortlaut.catalogue import Catalogue, open_catalogue


def _(words: str) -> str:
    """Return words in the language of the terminal."""
    return _catalogue().gettext(words)


def called(label: str) -> str:
    """Return how a label of a closed set is called: that of `condition_added` is "condition added"."""
    return _(label.replace("_", " "))


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form that belongs to a number, with the number in it."""
    return _catalogue().ngettext(one, many, number) % {"num": number}


def is_german() -> bool:
    """Tell whether the locale asks for German: the first of LC_ALL, LC_MESSAGES and LANG that is set."""
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return (next(filter(None, asked), "")).lower().startswith("de")


def _catalogue() -> Catalogue:
    return open_catalogue("wortlaut.cli", "de" if is_german() else "en")
