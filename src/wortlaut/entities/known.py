"""Bodies that are known by name, whatever their words look like, and the name that we show for each: "Grünen" → Grüne."""

from functools import cache

from wortlaut import lexicon
from wortlaut.language import Token


@cache
def _bodies() -> dict[str, tuple[tuple[list[str], str, str], ...]]:
    """Return well-known bodies by the first word of their name: the name's words, the name we show, its head."""
    table: dict[str, list[tuple[list[str], str, str]]] = {}
    for head, names in lexicon.load("organisations")["known"].items():
        for form in names:
            spelling, _, name = form.partition(" = ")
            table.setdefault(spelling.split()[0], []).append((spelling.split(), name or spelling, head))
    return {first: tuple(sorted(entries, key=lambda e: -len(e[0]))) for first, entries in table.items()}


@cache
def shown_names() -> frozenset[str]:
    """Return the names that we show for well-known bodies."""
    return frozenset(name for entries in _bodies().values() for _, name, _ in entries)


def find_known(tokens: tuple[Token, ...], at: int) -> tuple[int, str, str] | None:
    """Return where a well-known body's name ends, the name we show, and its head."""
    for first in (tokens[at].text, tokens[at].text.removesuffix("s")):
        for words, name, head in _bodies().get(first, ()):
            found = [t.text for t in tokens[at : at + len(words)]]
            if len(found) == len(words) and (
                found[:-1] == words[:-1] and found[-1].removesuffix("s") == words[-1].removesuffix("s")
            ):
                return at + len(words), name, head
    return None


def is_listed(word: str) -> bool:
    """Tell whether a well-known body's name begins with a word."""
    return word in _bodies()


def canonical(name: str) -> str:
    """Return the name we show for a well-known body: "Grünen" → "Grüne"."""
    entry = next((e for e in _bodies().get(name.split(maxsplit=1)[0], ()) if " ".join(e[0]) == name), None)
    return entry[1] if entry else name
