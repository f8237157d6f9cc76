"""Words for people in their language: English as written in the code, others by catalogues (gettext) in a package's `locale`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What texts are called in one language; a text with a plural has two forms."""

    texts: Mapping[str, str | tuple[str, ...]]

    def gettext(self, words: str) -> str:
        """Return words in this language; as they are where nobody has translated them."""
        found = self.texts.get(words, words)
        return found if isinstance(found, str) else found[0]

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form that belongs to a number; German and English have the same two."""
        found = self.texts.get(one, (one, many))
        return found[number != 1] if isinstance(found, tuple) else found


@cache
def open_catalogue(package: str, language: str) -> Catalogue:
    """Open a package's catalogue of a language; that of English is empty."""
    texts: dict[str, str | tuple[str, ...]] = {}
    if language != "en":
        from babel.messages.pofile import read_po

        with files(package).joinpath("locale", f"{language}.po").open("rb") as file:
            entries = read_po(file, locale=language)
        for entry in entries:
            if entry.id and entry.string:
                key = entry.id if isinstance(entry.id, str) else entry.id[0]
                texts[key] = tuple(entry.string) if isinstance(entry.string, tuple | list) else entry.string
    return Catalogue(texts=texts)
