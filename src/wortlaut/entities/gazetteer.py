"""What the lexicon knows of states, offices, bodies and given names, in the shape that mentions are looked up in."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale

from wortlaut import lexicon

Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office as found in a word: "Nato-Generalsekretär" has title *Generalsekretär* and prefix *Nato*."""

    title: str
    prefix: str | None
    gender: Gender
    speaks: bool


@cache
def state_names() -> dict[str, str]:
    """Map every spelling of a state's name, its genitive and its capital to the name we show."""
    table = lexicon.load("states")
    names = {str(name): str(name) for code, name in Locale("de").territories.items() if len(code) == 2}
    for state in table["state"]:
        names[state["name"]] = state["name"]
        if "capital" in state:
            names[state["capital"]] = state["name"]
    names["Vereinigtes Königreich"] = "Großbritannien"
    names["Vereinigte Staaten"] = "USA"
    names.update(table["alias"])
    for name in list(names):
        names.setdefault(name + ("’" if name.endswith(("s", "z", "x")) else "s"), names[name])
    return names


@cache
def adjectives() -> dict[str, str]:
    """Map the adjective of a state ("russisch") to its name."""
    return {state["adjective"]: state["name"] for state in lexicon.load("states")["state"]} | {"us-amerikanisch": "USA"}


@cache
def _offices() -> dict[str, tuple[str, Gender, bool]]:
    table: dict[str, tuple[str, Gender, bool]] = {}
    for key, speaks in (("person", False), ("speaks", True)):
        for male, female in lexicon.load("offices")[key]:
            table[female] = (female, "f", speaks)
            table[male] = (male, "m", speaks)
    for form, (title, gender, speaks) in list(table.items()):
        if form.endswith(("in", "rau")):
            continue
        for ending in ("s", "n", "en", "es"):
            table.setdefault(form + ending, (title, gender, speaks))
    return table


@cache
def office_in(word: str) -> Office | None:
    """Return the office that a word names or ends in; None if it names none."""
    table = _offices()
    if word in table:
        title, gender, speaks = table[word]
        return Office(title=title, prefix=None, gender=gender, speaks=speaks)
    head, hyphen, tail = word.rpartition("-")
    if hyphen and (inner := office_in(tail)):
        return Office(title=inner.title, prefix=head, gender=inner.gender, speaks=inner.speaks)
    for cut in range(3, len(word) - 3):
        tail = word[cut:]
        if tail.capitalize() in table and tail[0].islower():
            title, gender, speaks = table[tail.capitalize()]
            return Office(title=word[:cut] + title[0].lower() + title[1:], prefix=None, gender=gender, speaks=speaks)
    return None


def is_listed(word: str) -> bool:
    """Tell whether a word is an office of the lexicon and no body as well ("Personalvorstand", never "Vorstand")."""
    return word in _offices() and word not in lexicon.words("organisations", "heads")


@cache
def given_names() -> dict[str, Gender]:
    """Map given names to the gender they usually carry."""
    table = lexicon.load("names")
    genders: dict[str, Gender] = dict.fromkeys(table["female"].split(), "f")
    genders.update(dict.fromkeys(table["male"].split(), "m"))
    return genders


@cache
def body_in(word: str) -> str | None:
    """Return the head noun of an organisation that a word is or ends in ("Stahlkonzern" → Konzern)."""
    heads = lexicon.words("organisations", "heads")
    stem = next(
        (s for s in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("n")) if s in heads), None
    )
    if stem:
        return stem
    for cut in range(3, len(word) - 3):
        tail = word[cut:].lstrip("-")
        for form in (tail, tail.removesuffix("s"), tail.removesuffix("es")):
            if form.capitalize() in heads and len(form) > 3:
                return form.capitalize()
    return None


def is_acronym(word: str) -> bool:
    """Tell whether a word is a body known by letters, or looks like one (two to six capitals)."""
    return word in lexicon.words("organisations", "acronyms") or (
        word.isupper() and 2 <= len(word) <= 6 and word.isalpha()
    )
