"""What a capitalised word may be, told by itself and its neighbours: shared by persons and bodies."""

from dataclasses import dataclass
from functools import cache

import simplemma

from wortlaut import lexicon
from wortlaut.entities.gazetteer import Gender, Office, given_names, is_acronym, state_names
from wortlaut.language import Tag, Token
from wortlaut.model import EntityKind
from wortlaut.text import Span

DEFINITE = frozenset(["der", "die", "das", "den", "dem", "des", "dieser", "diese", "dieses", "diesem", "diesen"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place that speaks of somebody. `name` is None for nominal phrases and pronouns; `body` the organisation named in it."""

    span: Span
    kind: EntityKind
    name: str | None = None
    gender: Gender | None = None
    office: Office | None = None
    body: str | None = None
    head: str | None = None
    pronoun: bool = False
    subject: bool = False
    sentence: int = 0


def unknown(word: str) -> bool:
    """Tell whether no dictionary knows a word, so that it may be a name; given names count as unknown."""
    return not simplemma.is_known(word, lang="de") or word in given_names()


def bare(name: str, known: frozenset[str] = frozenset()) -> str:
    """Strip the genitive of a name: "Merkels" → "Merkel", if the bare form is known or the ending cannot be the name's own."""
    if name.endswith(("’", "'")):
        return name[:-1]
    if (
        name.endswith("s")
        and len(name) > 3
        and (name[:-1] in known or name[:-1] in state_names() or is_acronym(name[:-1]))
    ):
        return name[:-1]
    return name


def is_subject(tokens: tuple[Token, ...], at: int) -> bool:
    """Tell whether the phrase that begins at `at` may be a subject: no preposition and no oblique article before it."""
    before = tokens[at - 1] if at else None
    if before is None:
        return True
    return not (before.tag is Tag.PREPOSITION or before.lower in ("den", "dem", "des", "einen", "einem", "eines"))


@cache
def times() -> frozenset[str]:
    """Return words in capitals that are times or titles, never names: "Ende März", "Frau"."""
    table = lexicon.load("times")
    words = {
        *table["months"],
        *table["weekdays"],
        *table["parts"],
        *table["seasons"],
        "ende",
        "anfang",
        "mitte",
        "herr",
        "frau",
    }
    return frozenset(words)
