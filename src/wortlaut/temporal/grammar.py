"""The shapes of German temporal expressions: one regular expression a construction, built from the lexicon.

Spans follow KRAUTS (Strötgen et al. 2018): the expression without its preposition, but with *vor* in "vor drei Tagen".
"""

import re
from functools import cache

from wortlaut import lexicon


def _any(key: str) -> str:
    return "|".join(sorted((re.escape(w) for w in lexicon.load("times")[key]), key=len, reverse=True))


@cache
def constructions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return (name, pattern) pairs, the more specific first; `resolve` has a function of each name."""
    month, day = f"(?P<month>{_any('months')})", f"(?P<weekday>{_any('weekdays')})"
    number = rf"(?P<number>\d+|{_any('numbers')}|einigen|wenigen|mehreren|vielen)"
    unit = r"(?P<unit>Sekunde|Minute|Stunde|Tag|Woche|Monat|Jahrzehnt|Jahr|Quartal)(?:e?n|e|s|es)?"
    way = f"(?P<past>{_any('past')})|(?P<next>{_any('next')})|(?P<this>{_any('this')})"
    year = r"(?P<year>(?:1[5-9]|20)\d\d)"
    part = r"(?:(?P<part>Morgen|früh|Vormittag|Mittag|Nachmittag|Abend|Nacht))?"
    raw = (
        ("full_date", rf"(?P<day>[0-3]?\d)\.\s?{month}(?:\s{year})?"),
        ("numeric_date", rf"(?P<day>[0-3]?\d)\.\s?(?P<mm>[01]?\d)\.(?:\s?{year}|(?P<yy>\d\d)(?!\d))?(?=\D|$)"),
        ("month", rf"(?:(?P<mod>Anfang|Mitte|Ende)\s)?{month}(?:\s{year}|\s(?P<way>vergangenen|vorigen|letzten|kommenden|nächsten|dieses)\sJahres)?(?=\W|$)"),
        ("weekday", rf"(?:(?:{way})\s)?{day}{part}(?:s)?(?=\W|$)"),
        ("day", rf"(?P<deictic>{_any('days')})(?:\s(?P<part>früh|Morgen|Vormittag|Mittag|Nachmittag|Abend|Nacht))?(?=\W|$)"),
        ("ago", rf"vor\s(?:rund\s|etwa\s|gut\s|knapp\s|fast\s)?{number}\s{unit}(?=\W|$)"),
        ("ahead", rf"in\s{number}\s{unit}(?=\W|$)"),
        ("span_back", rf"(?:den\s|die\s)?(?:{way})\s{number}\s{unit}(?=\W|$)"),
        ("unit", rf"(?:{way})\s{unit}(?=\W|$)"),
        ("weekend", rf"(?:(?:{way})\s)?Wochenende(?=\W|$)"),
        ("previous_year", r"Vorjahr(?:es|s)?(?=\W|$)"),
        ("this_year", r"heuer(?=\W|$)"),
        ("year_part", rf"(?P<mod>Anfang|Mitte|Ende)\s{year}"),
        ("quarter", rf"(?P<which>ersten|zweiten|dritten|vierten)\s(?P<kind>Quartal|Halbjahr)s?(?:\s{year})?"),
        ("season", rf"(?P<season>Frühjahr|Frühling|Sommer|Herbst|Winter)(?:\s{year})?(?=\W|$)"),
        ("decade", r"(?P<decade>[2-9]0)er(?:[ -]Jahren?)?(?=\W|$)"),
        ("holiday", rf"(?P<holiday>{_any('holidays')})(?:\s{year})?(?=\W|$)"),
        ("clock", r"(?P<hour>[0-2]?\d)(?:[.:](?P<minute>[0-5]\d))?\sUhr(?:\s(?P<more>[0-5]\d))?"),
        ("duration", rf"(?:(?:rund|etwa|gut|knapp|fast|mehr als)\s)?{number}\s{unit}(?=\W|$)"),
        ("set_of", r"(?:pro|je|jede[nrs]?)\s(?P<unit>Tag|Woche|Monat|Jahr|Stunde)(?=\W|$)"),
        ("set_word", rf"(?P<set>{_any('sets')})(?=\W|$)"),
        ("plain_year", r"(?P<year>(?:19|20)\d\d)(?![\w%-]|[.,]\d|\s(?:Euro|Menschen|Stellen|Personen|Meter|Einwohner|Beschäftigte|Soldaten|Franken|Dollar))"),
        ("present", rf"(?:{_any('present')})(?=\W|$)"),
        ("vague_past", rf"(?:{_any('vague_past')})(?=\W|$)"),
        ("vague_future", rf"(?:{_any('vague_future')})(?=\W|$)"),
    )  # fmt: skip
    return tuple((name, re.compile(rf"(?<![\w.,-]){pattern}", re.IGNORECASE)) for name, pattern in raw)
