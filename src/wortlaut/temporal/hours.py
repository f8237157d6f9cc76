"""Values of times of the day: hours on the clock, and parts of the day."""

from datetime import timedelta

from wortlaut.model import TimexType
from wortlaut.temporal.dates import find_date, find_day, find_weekday
from wortlaut.temporal.grammar import Phrase
from wortlaut.temporal.setting import Setting, Value, day_of


def find_clock(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve 20.30 Uhr, acht Uhr abends, halb neun, zehn nach acht, Mitternacht."""
    if name := phrase.get("hour_names"):
        return Value(setting.day(phrase) + name, type=TimexType.TIME)
    minutes = _minutes(phrase)
    if minutes is not None and phrase.get_part() in ("TAF", "TEV") and minutes < 12 * 60:
        minutes += 12 * 60
    if minutes is None or not 0 <= minutes <= 24 * 60:
        return None
    return Value(f"{setting.day(phrase)}T{minutes // 60:02d}:{minutes % 60:02d}", type=TimexType.TIME)


def _minutes(phrase: Phrase) -> int | None:
    """Return the minutes since midnight."""
    if shown := phrase.get("clock"):
        hour, minute = shown.replace(".", ":").split(":")
        return 60 * int(hour) + int(minute)
    numbers = [int(word.value) for word in phrase.words if word.kind in ("numbers", "digits", "one")]
    quarter = phrase.get("quarters")
    if phrase.has("ago", "after"):  # "zehn vor acht", "viertel nach acht"
        offset = 15 if quarter is not None else numbers[0]
        return 60 * numbers[-1] + (-offset if phrase.has("ago") else offset)
    if len(numbers) == 2:  # "20 Uhr 15"
        return 60 * numbers[0] + numbers[1] if numbers[1] < 60 else None
    return 60 * numbers[0] + (quarter or 0)


def find_part(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve am Abend, letzte Nacht, Nacht des 3. Februar, Morgen des Montags."""
    day: str | None = setting.day(phrase)
    if phrase.has("day", "weekdays"):
        date = find_date(phrase, setting) if phrase.has("day") else find_weekday(phrase, setting)
        day = date.value.partition("T")[0] if date else None
    elif phrase.get("ways") and setting.anchor:
        day = (setting.anchor + timedelta(days=max(-1, min(1, phrase.get("ways"))))).isoformat()
    return Value(day + phrase.get_part(), phrase.get("early"), type=TimexType.TIME) if day else None


def find_night(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve Nacht auf Sonntag, Nacht von Samstag auf Sonntag: the night of the day before."""
    if phrase.get("parts") != "TNI":
        return None
    find = find_weekday if phrase.has("weekdays") else find_date if phrase.has("day") else find_day
    date = find(phrase, setting)
    day = day_of(date.value) if date else None
    two = sum(word.kind in ("weekdays", "days", "day") for word in phrase.words) == 2
    shown = (day - timedelta(days=0 if two else 1)).isoformat() if day else "XXXX-XX-XX"
    return Value(f"{shown}TNI", type=TimexType.TIME)
