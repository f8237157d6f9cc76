"""Values of durations, with the date they lead to, and of sets."""

import re
from functools import cache

from wortlaut import lexicon
from wortlaut.model import TimexType
from wortlaut.temporal.calendar import length, period, shifted
from wortlaut.temporal.grammar import Phrase
from wortlaut.temporal.setting import Setting, Value

_NUMBERS = ("numbers", "digits", "decimals", "year", "some")
_UNITS = ("units", "plurals", "weekends")
_GREAT_TO_SMALL = ("Y", "M", "W", "D", "TH", "TM", "TS")


def find_duration(phrase: Phrase, setting: Setting) -> Value:
    """Resolve fünf Jahren, den letzten zehn Jahren, halbes Jahr, seit Monaten; not an age: "ab 16 Jahren"."""
    count, unit = _count(phrase), phrase.get_shared(*_UNITS)
    if phrase.has("this"):  # "in diesen Tagen"
        return Value("PRESENT_REF")
    if unit == "WE" and count == "X" and phrase.before.kind == "at":  # "an Wochenenden"
        return _set("P1WE")
    if (unit == "Y" and phrase.has("digits") and _is_age(phrase)) or _is_praise(phrase):
        return Value("")
    mod = phrase.get("measured", "scarce") or (phrase.before.value if phrase.before.kind == "approximate" else None)
    return Value(length(count, unit), mod or None, TimexType.DURATION, _point(phrase, setting, count, unit))


def find_long_duration(phrase: Phrase, _: Setting) -> Value | None:
    """Resolve zwei Stunden und zehn Minuten; None of units that do not go from great to small."""
    numbers = [1 if w.kind == "one" else w.value for w in phrase.words if w.kind in ("numbers", "digits", "one")]
    units = [word.value for word in phrase.words if word.kind in _UNITS]
    if units != [unit for unit in _GREAT_TO_SMALL if unit in units]:
        return None
    parts = list(zip(numbers, units, strict=True))
    days = "".join(f"{number}{unit}" for number, unit in parts if len(unit) == 1)
    hours = "".join(f"{number}{unit[1]}" for number, unit in parts if len(unit) == 2)
    value = f"P{days}T{hours}" if hours else f"P{days}"
    return Value(value, phrase.get("measured") or None, TimexType.DURATION, anchored=False)


def _is_praise(phrase: Phrase) -> bool:
    """Tell whether a time is a good one: "ein guter Tag"; not "eine gute Stunde", "nach einem guten Jahr"."""
    measured = phrase.before.kind in ("after", "ago", "since", "in", "for") or phrase.after.kind == "later"
    return phrase.get("scarce") == "MORE_THAN" and not measured and not phrase.get(*_UNITS).startswith("T")


def _is_age(phrase: Phrase) -> bool:
    """Tell whether a number of years is an age: ab 16 Jahren, bis 15 Jahre, von 6 bis 10 Jahren; not 3 bis 5 Jahre."""
    before, kinds = phrase.before, [word.kind for word in phrase.block[max(0, phrase.first - 3) : phrase.first]]
    if before.kind == "until" and kinds[-2:-1] == ["digits"]:
        return kinds[0] in ("for", "from", "with")
    ranged = before.kind == "for" and phrase.after.kind == "until"
    return ranged or before.kind in ("from", "with", "until")


def _count(phrase: Phrase) -> float | str:
    if phrase.has("half"):
        return 0.5
    number = phrase.get(*_NUMBERS) or (1 if phrase.has("one", "units") else "X")
    if number == "X":
        return "X"
    times: float = phrase.get("multipliers") or 1  # "zwei Dutzend", "150 Millionen"
    return float(str(number).replace(",", ".")) * times


def _point(phrase: Phrase, setting: Setting, count: float | str, unit: str) -> str | None:
    """Return the date a length leads to from the day of publication: vor, seit, in den letzten; in, in den nächsten."""
    before = phrase.before
    if before.kind == "for" and phrase.first > 1:  # "innerhalb von zwei Wochen"
        before = phrase.block[phrase.first - 2]
    ahead = None if setting.direction < 0 else 1  # "in zwei Wochen verlor er alles"
    way = phrase.get("ways") or {"ago": -1, "since": -1, "in": ahead}.get(before.kind)
    if way is None or setting.anchor is None or isinstance(count, str) or count % 1 or phrase.has("ordinals"):
        return None
    return shifted(setting.anchor, unit, int(count) * (1 if way > 0 else -1))


def find_stopwatch(phrase: Phrase, _: Setting) -> Value | None:
    """Resolve 2:08:30 Stunden, 1:32,45 Minuten, 2.30 Stunden."""
    clock = phrase.get("clock")  # "2.30 Stunden"
    shown = (clock.replace(".", ":") if clock else phrase.get("stopwatch").replace(",", ".")).split(":")
    units = {"TH": "HMS", "TM": "MS"}.get(phrase.get("plurals"), "")
    if len(shown) > len(units):
        return None
    parts = (f"{part.lstrip('0') or '0'}{unit}" for part, unit in zip(shown, units, strict=False) if float(part))
    return Value(f"PT{''.join(parts)}", type=TimexType.DURATION, anchored=False)


def find_the_unit(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve des Jahres (the present one), das Jahr (a length); not die Stunde."""
    article, unit = phrase.words[0].text.lower(), phrase.get("units")
    if article == "des":
        value = period(setting.anchor, unit) if setting.anchor and unit in ("D", "M", "Q", "H", "Y") else None
        return Value(value) if value else None
    return Value(length(1, unit), type=TimexType.DURATION, anchored=False) if article in ("das", "dem", "den") else None


def find_long(phrase: Phrase, _: Setting) -> Value | None:
    """Resolve zweiwöchig, 14-tägig, ganztägig, zehnjährige Haft; not the age in "zehnjähriges Mädchen"."""
    number, unit = phrase.get("long", "long_years")
    following = phrase.block[phrase.last : phrase.last + 3]
    noun = next((word.text.lower() for word in following if word.kind == "name"), "")
    if phrase.has("long_years") and not _lasting().search(noun):
        return None
    return Value(length(number, unit), type=TimexType.DURATION, anchored=False)


@cache
def _lasting() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(lexicon.load('times')['lasting'])})(?:e?s|e?n|e)?$")


def _set(value: str) -> Value:
    return Value(value, type=TimexType.SET, anchored=False)


def find_set(phrase: Phrase, _: Setting) -> Value:
    """Resolve täglich, nachts, sonntags, jeden Dienstag, jeden Morgen, jeden Sommer."""
    if word := phrase.get("sets", "set_days"):
        return _set(word)
    if phrase.has(*_UNITS):  # "jeden letzten Samstag im Monat"
        return _set(length(1, phrase.get(*_UNITS)))
    if part := phrase.get_part():
        return _set(f"XXXX-XX-XX{part}")
    if season := phrase.get("seasons"):
        return _set(f"XXXX-{season}")
    if month := phrase.get("months"):
        return _set(f"XXXX-{month:02d}")
    return _set(f"XXXX-WXX-{phrase.get('weekdays', 'adverb_days', 'plural_days') or phrase.get('weekday_parts')[0]}")


def find_set_unit(phrase: Phrase, _: Setting) -> Value | None:
    """Resolve pro Jahr, alle fünf Jahre, je zwei Wochen, Nacht für Nacht."""
    if word := phrase.get("sets"):  # "zweimal täglich"
        return _set(word)
    if part := phrase.get_part():
        return _set(f"XXXX-XX-XX{part}")
    if len(phrase.words) == 1 and phrase.before.text.lower() in ("zu", "zur", "vom"):  # "bis zur Stunde"
        return None
    count = _count(phrase) if phrase.has(*_NUMBERS) else phrase.get("ordinals") or 1
    return _set(length(count, phrase.get(*_UNITS)))


def find_speed(phrase: Phrase, _: Setting) -> Value | None:
    """Keep the words of a speed from other rules; not those of "2000 Kilometer pro Jahr"."""
    return Value("") if phrase.get("units") in ("TH", "TM", "TS") else None
