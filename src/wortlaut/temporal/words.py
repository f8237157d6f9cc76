"""The words of a block and the class each has for the grammar: a month, a weekday, a number, a word of no interest.

A page has a thousand words and ten that tell time. Classing each word once by a dictionary, and matching the grammar on
one letter a class instead of on the text, is what makes this stage fast.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from unicodedata import is_normalized, normalize

from wortlaut import lexicon

_CLOSED = ("adverb", "preposition", "pronoun", "determiner", "conjunction", "subjunction", "negation")
_NO_CLASS = ("endings", "tense")
_ADJECTIVE = ("", "n", "r", "s", "m")
_LINKED = ("weekdays", "short_weekdays", "months")
"""Words that a hyphen makes a range: "Mo-Fr"."""
_UNITS_OF_TEN = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_LENGTHS = {"minütig": "TM", "stündig": "TH", "tägig": "D", "wöchig": "W", "monatig": "M", "jährig": "Y"}
_LONG = re.compile(rf"(\w+?)-?({'|'.join(_LENGTHS)})(?:e[nrsm]?)?")
_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
"""A character with the marks set over or under it."""
_MONTH_PARTS = ("hälfte", "woche", "wochenende")
_COUNTS: dict[str, float | str] = {"ein": 1, "ganz": 1, "halb": 0.5, "mehr": "X"}
_NUMERAL = (
    ("iso", r"(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d(?!\d)"),
    ("numeric", r"(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.(?:\s?(?:1[5-9]|20)\d\d(?!\d)|\d\d(?!\d))?(?!\d)"),
    ("eras", r"(?:(?:1[5-9]|20)\d|[1-9])0-?ern?(?:-?Jahren?)?(?!-?\w)"),
    ("long", r"\d{1,2}-(?:minütig|stündig|tägig|wöchig|monatig|jährig)(?:e[nrsm]?)?"),
    ("other", r"\d+-[^\W\d]\w*(?:-\w+)*|\d{10,}|(?<=\w)\d+"),
    ("thousands", r"\d{1,3}(?:\.\d{3}){1,3}(?!\d)"),
    ("decimals", r"\d{1,9},\d{1,9}"),
    ("short_year", r"['’]\d\d(?!\w)"),
    ("stopwatch", r"\d+(?::\d\d)+(?:[.,]\d+)?(?=\s+(?:Stunden|Minuten))"),
    ("clock", r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?!\d|,[\d-])"),
    ("day", r"(?<!\d{4}/)(?:0?[1-9]|[12]\d|3[01])\.(?![\d.])"),
    ("year", r"(?:1[1-9]|20)\d\d(?!\w)"),
    ("digits", r"\d+"),
)
MARKS = {"-": "dash", "–": "dash", "—": "dash", "/": "slash", ",": "comma", "(": "open", ".": "stop", "!": "stop", "?": "stop", ":": "stop", "€": "money", "$": "money", "%": "money"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark. `value` is what the lexicon says of it, or a number's own digits."""

    start: int
    end: int
    text: str
    kind: str
    value: Any = None


NO_WORD = Word(0, 0, "", "stop")


def find_words(text: str, start: int, end: int) -> list[Word]:
    """Return the classed words between two places of `text`, in order."""
    words: list[Word] = []
    opening = True
    composed, places = _composed(text, start, end)
    for match in _token().finditer(composed):
        word, group = match.group(), match.lastgroup or ""
        if group in ("phrase", "linked", "word", "mark", "long"):
            kind, value = _class_of(word, opening=opening)
        elif group == "thousands":
            kind, value = "digits", word.replace(".", "")
        elif group == "short_year":  # "'89"
            kind, value = group, ("19" if word[1] > "2" else "20") + word[1:]
        else:
            kind, value = group, word
        words.append(Word(places[match.start()], places[match.end()], word, kind, value))
        opening = kind == "stop" or (opening and group == "mark")
    return words


def _composed(text: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """Return a stretch of text with its umlauts as one character each, and the place of each character in `text`."""
    stretch = text[start:end]
    if is_normalized("NFC", stretch):
        return stretch, range(start, end + 1)
    letters = [(normalize("NFC", match.group()), start + match.start()) for match in _LETTER.finditer(stretch)]
    places = [place for letter, place in letters for _ in letter]
    return "".join(letter for letter, _ in letters), [*places, end]


@lru_cache(maxsize=50_000)
def _class_of(word: str, *, opening: bool) -> tuple[str, Any]:
    if word in MARKS:
        return MARKS[word], None
    small, capital = _dictionary()
    lower = " ".join(word.lower().split())
    tables = (small, capital) if opening or " " in lower else (capital, small) if word[0].isupper() else (small,)
    for table in tables:
        if lower in table:
            return table[lower]
    if word[0].isupper() and not (opening and any(lower in lexicon.words("closed", kind) for kind in _CLOSED)):
        return "name", None
    return _long(lower) or ("word" if word[0].isalpha() else "mark", None)


def _long(lower: str) -> tuple[str, Any] | None:
    """Class "zweiwöchig", a length of time in an adjective."""
    match = _LONG.fullmatch(lower)
    if match is None:
        return None
    number = int(match[1]) if match[1].isdigit() else _COUNTS.get(match[1]) or _numbers().get(match[1])
    kind = "long_years" if match[2] == "jährig" and number != "X" else "long"
    return (kind, (number, _LENGTHS[match[2]])) if number else None


@cache
def kinds() -> tuple[str, ...]:
    """Return the names of all classes."""
    numerals = (name for name, _ in _NUMERAL)
    others = ("weekday_parts", "month_parts", "long_years", "name", "word", "mark")
    return tuple(dict.fromkeys((*(kind for kind, _ in _tables()), *numerals, *MARKS.values(), *others)))


def _tables() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each class of the lexicon with its words and their values."""
    for kind, entries in lexicon.load("times").items():
        if kind == "plain":
            yield from ((plain, dict.fromkeys(words, 0)) for plain, words in entries.items())
        elif isinstance(entries, dict) and kind not in _NO_CLASS:
            yield kind, _numbers() if kind == "numbers" else entries


@cache
def _numbers() -> dict[str, float]:
    numbers: dict[str, float] = dict(lexicon.load("times")["numbers"])
    tens = {word: value for word, value in numbers.items() if value in range(20, 100, 10)}
    for word, value in tens.items():
        numbers |= {f"{one}und{word}": value + n for n, one in enumerate(_UNITS_OF_TEN, 1)}
    numbers |= {f"{one}einhalb": n + 0.5 for n, one in enumerate(_UNITS_OF_TEN, 1)}
    for word, value in (("hundert", 100), ("tausend", 1000)):
        numbers |= {f"{one}{word}": value * n for n, one in enumerate(_UNITS_OF_TEN, 1)}
    return numbers


@cache
def _dictionary() -> tuple[dict[str, tuple[str, Any]], dict[str, tuple[str, Any]]]:
    """Return the classes of words in small letters and of those with a capital."""
    lexicon_ = lexicon.load("times")
    small: dict[str, tuple[str, Any]] = {}
    capital: dict[str, tuple[str, Any]] = {}
    for kind, entries in _tables():
        table = capital if kind in lexicon_["nouns"] else small
        endings = _ADJECTIVE if kind in lexicon_["adjectives"] else ("", *lexicon_["endings"].get(kind, ()))
        for word, value in entries.items():
            for ending in endings:
                table.setdefault(word + ending, (kind, value))
    return small, capital | _compounds(lexicon_) | {w: c for w, c in small.items() if " " in w}


def _compounds(lexicon_: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """Class "Dienstagabend", and "Maihälfte"."""
    months = {month + part: ("month_parts", n) for month, n in lexicon_["months"].items() for part in _MONTH_PARTS}
    return months | {
        day + part + ending: ("weekday_parts", (number, code))
        for day, number in lexicon_["weekdays"].items()
        for part, code in lexicon_["parts"].items()
        for ending in ("", "s")
    }


@cache
def _token() -> re.Pattern[str]:
    small, capital = _dictionary()
    several = _any_of(sorted((w for w in {*small, *capital} if " " in w), key=len, reverse=True))
    linked = "|".join(word.title() for kind in _LINKED for word in lexicon.load("times")[kind])
    numeral = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _NUMERAL)
    return re.compile(
        rf"(?P<phrase>\b(?:{several})\b)|(?=[\d'’])(?:{numeral})|(?P<linked>\b(?:{linked})(?=-(?:{linked})\b))|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)|(?P<mark>[^\w\s]|_)"
    )


def _any_of(phrases: list[str]) -> str:
    """Return a pattern of phrases in any case that looks at the first letter first: most words have another."""
    initials: dict[str, list[str]] = {}
    for phrase in phrases:
        initials.setdefault(phrase[0], []).append(r"\s+".join(map(re.escape, phrase.split()))[1:])
    return "|".join(f"[{letter}{letter.upper()}](?i:{'|'.join(rests)})" for letter, rests in initials.items())
