"""What the lexicon knows of states, offices, bodies and given names, in the shape that mentions are looked up in."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale

from wortlaut import lexicon
from wortlaut.entities.morphology import Gender, is_word, person_noun
from wortlaut.language import lemma_of

AGE = "Jähriger"
"""The kind of "der 54-Jährige": it tells of a person, and is no office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office or function as found in a word: "Nato-Generalsekretär" has title *Generalsekretär* and prefix *Nato*.

    `kind` is its last part in the male form, for comparing; `speaks` says that the holder speaks for a body; `listed` that
    the lexicon has it, so that it is more than a noun for a person. `gender` is None where only the article tells it.
    """

    title: str
    kind: str
    prefix: str | None = None
    gender: Gender | None
    speaks: bool = False
    listed: bool = True
    compound: bool = False


_NO_STATES = frozenset(("EU", "EZ", "UN", "QO", "AC", "XA", "XB", "ZZ"))
"""What CLDR lists among territories and is none."""


@cache
def state_names() -> dict[str, str]:
    """Map every spelling of a state's or land's name and its genitive to the name we show."""
    table = lexicon.load("states")
    names = {
        str(name): str(name)
        for code, name in Locale("de").territories.items()
        if len(code) == 2 and code not in _NO_STATES
    }
    names |= {state["name"]: state["name"] for state in table["state"]}
    names |= {name: name for land in table["land"] for name in land["names"]}
    names["Vereinigtes Königreich"] = "Großbritannien"
    names["Vereinigte Staaten"] = "USA"
    names.update(table["alias"])
    names |= {name + "n": shown for name, shown in names.items() if name.endswith("de")}  # "mit den Niederlanden"
    for name in list(names):
        names.setdefault(name + ("’" if name.endswith(("s", "z", "x")) else "s"), names[name])
    return names


@cache
def capitals() -> dict[str, str]:
    """Map capitals to their states: as a place a city, as somebody who acts the state's leadership."""
    return {s["capital"]: s["name"] for s in lexicon.load("states")["state"] if "capital" in s}


@cache
def lands() -> dict[str, str]:
    """Map lands to their state."""
    return {name: land["of"] for land in lexicon.load("states")["land"] for name in land["names"]}


@cache
def adjectives() -> dict[str, str]:
    """Map the adjective of a state or land ("russisch") to its name."""
    table = lexicon.load("states")
    found = {state["adjective"]: state["name"] for state in table["state"]} | {"us-amerikanisch": "USA"}
    return found | {adjective: name for land in table["land"] for name, adjective in land["names"].items()}


def demonyms_of(adjective: str) -> tuple[str, ...]:
    """Return what the people of a state may be called, from its adjective: "norwegisch" → Norweger, "dänisch" → Däne."""
    stem = adjective.removesuffix("isch").capitalize()
    plain = stem.translate(str.maketrans("äöü", "aou"))
    return tuple(dict.fromkeys(s + e for s in (stem, plain) for e in ("er", "e", "ier", "")))


@cache
def _demonyms() -> dict[str, str]:
    found = {form: name for adjective, name in adjectives().items() for form in demonyms_of(adjective)}
    found.update(lexicon.load("states")["demonym"])
    return found


@lru_cache(maxsize=10_000)
def demonym(word: str, more: tuple[tuple[str, str], ...] = ()) -> str | None:
    """Return the state of "Norweger", "Norwegerin" or "Briten"; `more` are adjectives with their states of one page."""
    table = _demonyms() | {form: name for adjective, name in more for form in demonyms_of(adjective)}
    stem = word.removesuffix("in") if word.endswith("in") else word
    for form in (stem, stem + "e", stem.removesuffix("s"), stem.removesuffix("n"), stem.removesuffix("en")):
        if form in table and (not more or len(form) > 3):
            return table[form]
    return None


@cache
def _offices() -> dict[str, Office]:
    table: dict[str, Office] = {}
    for key, speaks in (("person", False), ("speaks", True)):
        for male, female in lexicon.load("offices")[key]:
            weak = male.removesuffix("r") if male.endswith("er") and female == male.removesuffix("r") else None
            table[male] = Office(title=male, kind=male, gender="m", speaks=speaks)
            table[female] = Office(title=female, kind=male, gender=None if weak else "f", speaks=speaks)
            forms = (female + "n",) if weak else (male + e for e in ("s", "n", "en", "es", "ens"))
            for form in forms:
                table.setdefault(form, Office(title=male, kind=male, gender=None if weak else "m", speaks=speaks))
    return table


@lru_cache(maxsize=50_000)
def office_in(word: str) -> Office | None:
    """Return the office that a word names or ends in, or the person that its form means; None if neither."""
    table = _offices()
    if word in table:
        return table[word]
    head, hyphen, tail = word.rpartition("-")
    if hyphen and tail[:1].isupper() and (inner := office_in(tail)):
        prefix = head if head != "Ex" else None
        return Office(
            title=inner.title,
            kind=inner.kind,
            prefix=prefix,
            gender=inner.gender,
            speaks=inner.speaks,
            listed=inner.listed,
            compound=inner.compound,
        )
    for cut in range(3, len(word) - 3):
        tail = word[cut:]
        if tail[0].islower() and (inner := table.get(tail.capitalize())):
            title = word[:cut] + inner.title[0].lower() + inner.title[1:]
            return Office(title=title, kind=inner.kind, gender=inner.gender, speaks=inner.speaks, compound=True)
    if gender := person_noun(word):
        title = word if gender == "f" else lemma_of(word) if is_word(word) else word
        return Office(
            title=title, kind=title.removesuffix("in") if gender == "f" else title, gender=gender, listed=False
        )
    if match := re.fullmatch(r"\d+-?[Jj]ährige[rnm]?", word):
        return Office(title=match[0], kind=AGE, gender=None, listed=False)
    return None


@cache
def given_names() -> dict[str, Gender | None]:
    """Map given names to the gender they usually carry; None for both."""
    table = lexicon.load("names")
    genders: dict[str, Gender | None] = dict.fromkeys(table["both"].split())
    genders.update(dict.fromkeys(table["female"].split(), "f"))
    genders.update(dict.fromkeys(table["male"].split(), "m"))
    return genders


@lru_cache(maxsize=50_000)
def body_in(word: str) -> str | None:
    """Return the head noun of an organisation that a word is or ends in ("Stahlkonzern" → Konzern)."""
    heads = lexicon.words("organisations", "heads")
    stem = next(
        (
            s
            for s in (
                word,
                word.removesuffix("s"),
                word.removesuffix("es"),
                word.removesuffix("n"),
                word.removesuffix("ses") + "s",
            )
            if s in heads
        ),
        None,
    )
    if stem:
        return stem
    for cut in range(3, len(word) - 2):
        tail = word[cut:].lstrip("-")
        for form in (tail, tail.removesuffix("s"), tail.removesuffix("es")):
            if form.capitalize() in heads and len(form) > 2:
                return form.capitalize()
    return None


_NUMERAL = re.compile(r"[IVX]+")
_LETTERS = re.compile(r"(?=(?:.*[A-ZÄÖÜ]){2})[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{1,6}")


@lru_cache(maxsize=20_000)
def is_acronym(word: str) -> bool:
    """Tell whether a word is a body known by letters, or looks like one: short, mostly capitals ("DFBd", "CSU")."""
    if word in lexicon.words("organisations", "acronyms"):
        return True
    if not _LETTERS.fullmatch(word) or is_numeral(word) or word in ("AG", "SE", "KG", "OHG", "TV", "CEO"):
        return False
    return sum(c.isupper() for c in word) * 2 > len(word)


def is_numeral(word: str) -> bool:
    """Tell whether a word counts rulers of one name: "Benedikt [XVI]."."""
    return bool(_NUMERAL.fullmatch(word))


def is_party(body: str) -> bool:
    """Tell whether a body is a party, by its noun or as a well-known one."""
    table = lexicon.load("organisations")
    return body in table["parties"] or body.endswith(("partei", "Partei"))


@lru_cache(maxsize=50_000)
def unknown(word: str) -> bool:
    """Tell whether no dictionary knows a word, so that it may be a name; given names count as unknown."""
    return word in given_names() or not is_word(word)
