"""Values of durations, with the date they lead to, and of sets."""

from wortlaut.model import TimexType
from wortlaut.temporal.calendar import length, period, shifted
from wortlaut.temporal.grammar import Phrase
from wortlaut.temporal.setting import Setting, Value

_NUMBERS = ("numbers", "digits", "decimals", "year", "some")
_UNITS = ("units", "plurals")


def find_duration(phrase: Phrase, setting: Setting) -> Value:
    """Resolve fünf Jahren, den letzten zehn Jahren, halbes Jahr, seit Monaten; not an age: "ab 16 Jahren"."""
    count, unit = _count(phrase), phrase.get_shared(*_UNITS)
    if phrase.has("this"):  # "in diesen Tagen"
        return Value("PRESENT_REF")
    if unit == "Y" and phrase.has("digits") and phrase.before.kind in ("from", "with", "until"):
        return Value("")
    mod = phrase.get("approximate", "scarce")
    return Value(length(count, unit), mod or None, TimexType.DURATION, _point(phrase, setting, count, unit))


def _count(phrase: Phrase) -> float | str:
    if phrase.has("half"):
        return 0.5
    number = phrase.get(*_NUMBERS)
    if isinstance(number, str) and number != "X":
        return float(number.replace(",", "."))
    return number or (1 if phrase.has("one", "units") else "X")


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


def find_the_unit(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve des Jahres (the present one), das Jahr (a length); not die Stunde."""
    article, unit = phrase.words[0].text.lower(), phrase.get("units")
    if article == "des":
        value = period(setting.anchor, unit) if setting.anchor and unit in ("D", "M", "Q", "H", "Y") else None
        return Value(value) if value else None
    return Value(length(1, unit), type=TimexType.DURATION, anchored=False) if article in ("das", "dem", "den") else None


def find_long(phrase: Phrase, _: Setting) -> Value:
    """Resolve zweiwöchig, 14-tägig, jahrelang."""
    number, unit = phrase.get("long", "long_years") or ("X", phrase.get("vague_long"))
    return Value(length(number, unit), type=TimexType.DURATION, anchored=False)


def _set(value: str) -> Value:
    return Value(value, type=TimexType.SET, anchored=False)


def find_set(phrase: Phrase, _: Setting) -> Value:
    """Resolve täglich, nachts, sonntags, jeden Dienstag, jeden Morgen."""
    if word := phrase.get("sets"):
        return _set(word)
    if phrase.has(*_UNITS):  # "jeden letzten Samstag im Monat"
        return _set(length(1, phrase.get(*_UNITS)))
    if part := phrase.get_part():
        return _set(f"XXXX-XX-XX{part}")
    return _set(f"XXXX-WXX-{phrase.get('weekdays', 'adverb_days') or phrase.get('weekday_parts')[0]}")


def find_set_unit(phrase: Phrase, _: Setting) -> Value:
    """Resolve pro Jahr, alle fünf Jahre, je zwei Wochen."""
    count = _count(phrase) if phrase.has(*_NUMBERS) else phrase.get("ordinals") or 1
    return _set(length(count, phrase.get(*_UNITS)))
