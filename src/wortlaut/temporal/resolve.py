"""Values of temporal expressions against the day of publication; relative where there is none, never guessed.

Each reader takes a phrase and the setting it stands in; the rules of time_rules.toml name it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from wortlaut.model import TimexType
from wortlaut.temporal.calendar import (
    Lean,
    first_day,
    holiday,
    length,
    nearest_weekday,
    nearest_year,
    period,
    season_start,
    shifted,
)
from wortlaut.temporal.grammar import Phrase

_TENSELESS = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression means. `point` is the date a length leads to: "vor drei Jahren"."""

    type: TimexType
    value: str
    mod: str | None = None
    point: str | None = None
    anchored: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a value may depend on: the day of publication, where the sentence looks (-1 back, 1 ahead), and days named before.

    `named` is the last date of the text so far, `near` that of the same paragraph, `beside` that of the same sentence.
    """

    anchor: date | None
    direction: int
    lasting: bool
    named: str | None
    near: str | None
    beside: str | None

    @property
    def day(self) -> date | None:
        """The first day of the date named last, or the day of publication."""
        return first_day(self.named) or self.anchor

    @property
    def hour_day(self) -> str:
        """The day an hour belongs to: the one named in its paragraph, or in a list (no verb) only that in its sentence."""
        day = _day(self.near if self.direction else self.beside) or self.anchor
        return day.isoformat() if day else "XXXX-XX-XX"


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value and len(value) >= 10 else None
    except ValueError:
        return None


def resolve(phrase: Phrase, setting: Setting) -> Value | None:
    """Return the value of a phrase; None if it is no time after all."""
    found = READERS[phrase.read](phrase, setting)
    return found if isinstance(found, Value) or found is None else Value(TimexType.DATE, *found)


Found = Value | tuple[str] | tuple[str, str | None] | None


def _way(phrase: Phrase) -> int | None:
    found = phrase.get("ways", "this")
    return None if found is None else int(found)


def _lean(phrase: Phrase, setting: Setting) -> Lean:
    """Return where a date is looked for: by an adjective, a preposition, or else the tense."""
    way = phrase.get("ways")
    if way:
        return Lean(1 if way > 0 else -1, firmly=True, today=False)
    before = phrase.block[phrase.first - 1] if phrase.first else None
    after = phrase.block[phrase.last] if phrase.last < len(phrase.block) else None
    ahead = phrase.before in ("until", "from") or (phrase.before == "for" and after is not None and after.text == "an")
    if ahead and setting.direction >= 0:  # "bis Freitag", "von Montag an"; but "galt bis Freitag"
        return Lean(1, firmly=True)
    if (
        before and before.value == -1 and phrase.get("weekdays", "weekday_parts", "weekends")
    ):  # "das Treffen vom Sonntag"
        return Lean(before.value)
    return Lean(setting.direction)


def find_date(phrase: Phrase, setting: Setting) -> Found:
    """7. März 2031, 7. März, 12.2., 2031-03-07."""
    numbers = phrase.get("numeric", "iso") or (phrase.get("day") is None and phrase.get_shared("numeric"))
    if numbers and "-" in numbers:
        return (numbers,) if _day(numbers) else None
    if numbers:
        day, month, number, *_ = [*(int(n) for n in numbers.replace(" ", "").split(".") if n), 0]
        year = f"{number + (2000 if number < 100 else 0)}" if number else None
    else:
        shared = phrase.get("months", "short_months") is None
        look = phrase.get_shared if shared else phrase.get
        day, month, year = int(look("day")[:-1]), look("months", "short_months"), look("year")
    try:
        date(int(year or 2000), month, day)
    except ValueError:
        return None
    year = year or _year_of(phrase, setting, lambda y: date(y, month, day))
    return (f"{year}-{month:02d}-{day:02d}",)


def find_month(phrase: Phrase, setting: Setting) -> Found:
    """März, Ende März, Mai 2022, März vorigen Jahres."""
    month, mod = phrase.get("months"), phrase.get("edges")
    year = _year_of(phrase, setting, lambda y: date(y, month, 1))
    return f"{year}-{month:02d}", mod


def _year_of(phrase: Phrase, setting: Setting, start: Callable[[int], date]) -> str:
    """Return the year of what comes once a year: by its number, by "vorigen Jahres", or the nearest."""
    if number := phrase.get("year") or phrase.get_following("to", "months", "year"):
        return str(number)
    if setting.anchor is None:
        return "XXXX"
    way = -1 if phrase.get("before_units") else _way(phrase)
    if way is not None and (phrase.get("before_units") or way == 0 or phrase.get("units") == "Y"):
        return f"{setting.anchor.year + way:04d}"
    anchor = setting.anchor.replace(day=1) if start(2000).day == 1 else setting.anchor
    return f"{nearest_year(anchor, start, _lean(phrase, setting)):04d}"


def find_weekday(phrase: Phrase, setting: Setting) -> Found:
    """Am Sonntag: the last one or the day itself; bis Freitag, am Freitag wird: the next; Freitag vergangener Woche."""
    number, part = phrase.get("weekdays"), phrase.get("parts", "part_adverbs", "day_parts")
    if number is None:
        number, part = phrase.get("weekday_parts")
    if setting.anchor is None:
        value = f"XXXX-WXX-{number}"
    elif phrase.get("units"):
        week = setting.anchor + timedelta(weeks=_way(phrase) or 0)
        value = (week + timedelta(days=number - week.isoweekday())).isoformat()
    elif phrase.get("day_adjectives") is not None:
        value = (setting.anchor + timedelta(days=phrase.get("day_adjectives"))).isoformat()
    else:
        value = nearest_weekday(setting.anchor, number, _lean(phrase, setting)).isoformat()
    return Value(TimexType.TIME, value + part) if part else (value,)


def find_day(phrase: Phrase, setting: Setting) -> Found:
    """heute, gestern Abend, heutigen Tag."""
    shift, part = phrase.get("days", "day_adjectives"), phrase.get("parts", "part_adverbs", "day_parts")
    if len(phrase.words) > 1 and phrase.words[1].kind == "days":  # old spelling: "heute morgen"
        part = "TMO"
    if setting.anchor is None:
        return (_TENSELESS[(shift > 0) - (shift < 0)],)
    these_days = phrase.before == "until" or (not setting.beside and (setting.lasting or phrase.before == "and"))
    if shift == 0 and not part and these_days and phrase.get("days") is not None:
        return ("PRESENT_REF",)
    value = (setting.anchor + timedelta(days=shift)).isoformat()
    return Value(TimexType.TIME, value + part) if part else (value,)


def find_unit(phrase: Phrase, setting: Setting) -> Found:
    """vergangenen Monat, dieses Jahr, kommende Woche, Wochenende."""
    unit, way = phrase.get("units", "weekends"), _way(phrase)
    if unit == "D" and phrase.get("ways") is None and _day(setting.named):
        return (setting.named,) if setting.named else None
    if setting.anchor is None or unit in ("TH", "TM", "TS"):
        return (_TENSELESS[max(-1, min(1, way or 0))],) if way is not None or unit != "WE" else ("XXXX-WXX-WE",)
    if unit == "WE" and setting.anchor.isoweekday() < 6:
        way = -1 if way is None and _lean(phrase, setting).direction <= 0 else min(way or 0, 0)
    return _checked(shifted(setting.anchor, unit, way or 0), phrase.get("edges"))


def _checked(value: str | None, mod: str | None = None) -> Found:
    return (value, mod) if value else None


def find_edge(phrase: Phrase, setting: Setting) -> Found:
    """Ende des Jahres, Jahresende, Mitte Woche."""
    unit, mod = phrase.get("units"), phrase.get("edges")
    if unit is None:
        unit, mod = phrase.get("unit_edges").split()
    if unit in ("D", "TH", "TM", "TS"):
        return None
    return (period(setting.anchor, unit) if setting.anchor else "PRESENT_REF", mod)


def find_before(phrase: Phrase, setting: Setting) -> Found:
    """Vorjahr, Vortag: before the date of the same sentence, else before the day of publication."""
    unit = phrase.get("before_units")
    if unit == "D":
        day = _day(setting.named) or setting.anchor
        return _checked(shifted(day, unit, -1)) if day else ("PAST_REF",)
    year = setting.beside[:4] if setting.beside and setting.beside[:4].isdigit() else None
    if unit == "Y" and year:
        return (f"{int(year) - 1:04d}",)
    return _checked(shifted(setting.anchor, unit, -1)) if setting.anchor else ("PAST_REF",)


def find_this_year(phrase: Phrase, setting: Setting) -> Found:
    """Heuer."""
    del phrase
    return (f"{setting.anchor.year:04d}" if setting.anchor else "PRESENT_REF",)


def find_neighbour(phrase: Phrase, setting: Setting) -> Found:
    """Tag darauf, folgende Woche, am selben Tag, an dem Tag: from the date named last."""
    unit, way = phrase.get("units", "tags", "parts"), phrase.get("same", "later") or 0
    part = unit if phrase.get("parts") else None
    day = _day(setting.named) if part or unit == "D" else first_day(setting.named)
    if day is None and (way == 0 or setting.anchor is None):
        return (_TENSELESS[way],) if way else None
    value = shifted(day or setting.anchor, "D" if part else unit, way)  # type: ignore[arg-type]
    return Value(TimexType.TIME, value + part) if part and value else _checked(value)


def find_ordinal(phrase: Phrase, setting: Setting) -> Found:
    """drittes Quartal 2029, zweites Halbjahr, 20. Jahrhundert."""
    unit, number = phrase.get("units"), phrase.get("ordinals") or int(phrase.get("day")[:-1])
    if unit == "CE":
        return f"{number - 1:02d}", phrase.get("edges")
    if unit not in ("Q", "H"):
        return None
    way = -1 if phrase.get("before_units") else _way(phrase) or 0
    year = phrase.get("year") or (f"{setting.anchor.year + way:04d}" if setting.anchor else "XXXX")
    return (f"{year}-{unit}{number}",)


def find_year(phrase: Phrase, setting: Setting) -> Found:
    """2019, Jahr 2019, Anfang 2019, Jahr 578."""
    del setting
    number = phrase.get("year", "digits")
    bare = phrase.get("units", "plurals") is None
    if bare and int(number) < 1700 and phrase.before not in ("since", "from", "until", "around", "for"):
        return None
    if len(number) > 4 or phrase.get("units", "plurals") not in (None, "Y"):
        return None
    return Value(TimexType.DATE, number.zfill(4), phrase.get("edges"), anchored=False)


def find_decade(phrase: Phrase, setting: Setting) -> Found:
    """den siebziger Jahren, 90er Jahre, 1920er."""
    del setting
    number = phrase.get("decades", "decade_years", "eras")
    digits = f"{number}".partition("er")[0]
    century = digits[:2] if len(digits) == 4 else "20" if digits == "10" else "19"
    return Value(TimexType.DATE, century + digits[-2], phrase.get("edges"), anchored=False)


def find_season(phrase: Phrase, setting: Setting) -> Found:
    """Herbst 2032, in diesem Sommer."""
    season = phrase.get("seasons")
    return f"{_year_of(phrase, setting, lambda y: season_start(season, y))}-{season}", phrase.get("edges")


def find_holiday(phrase: Phrase, setting: Setting) -> Found:
    """Weihnachten, Ostern 2032."""
    rule = phrase.get("holidays")
    year = _year_of(phrase, setting, lambda y: holiday(rule, y))
    if not year.isdigit():
        return (f"XXXX-{rule}" if rule[0].isdigit() else "XXXX-XX-XX",)
    return (holiday(rule, int(year)).isoformat(),)


def find_clock(phrase: Phrase, setting: Setting) -> Found:
    """20.30 Uhr, acht Uhr abends, halb neun, zehn nach acht, Mitternacht."""
    day = setting.hour_day
    if name := phrase.get("hour_names"):
        return Value(TimexType.TIME, day + name)
    shown = phrase.get("clock")
    numbers = [
        int(word.value) for word in phrase.words if word.kind in ("numbers", "digits", "one") and word.value != 1.5
    ]
    if not shown and not numbers:
        return None
    hour, minute = (int(n) for n in shown.replace(".", ":").split(":")) if shown else (numbers[-1], 0)
    offset = phrase.get("quarters")
    if len(numbers) == 2 and any(word.kind == "uhr" for word in phrase.words):
        hour, minute = numbers
    elif any(word.kind in ("ago", "after") for word in phrase.words):
        minutes = 15 if offset is not None else numbers[0]
        offset = -minutes if phrase.get("ago") else minutes
    total = 60 * hour + minute + (offset or 0)
    if phrase.get("part_adverbs") in ("TAF", "TEV") and hour < 12:
        total += 12 * 60
    if not 0 <= total <= 24 * 60 or minute > 59:
        return None
    return Value(TimexType.TIME, f"{day}T{total // 60:02d}:{total % 60:02d}")


def find_part(phrase: Phrase, setting: Setting) -> Found:
    """Am Abend, Nacht des 3. Februar."""
    if phrase.get("day"):
        found = find_date(phrase, setting)
        return Value(TimexType.TIME, found[0] + phrase.get("parts")) if isinstance(found, tuple) else None
    if phrase.get("ways") and setting.anchor:
        day = setting.anchor + timedelta(days=max(-1, min(1, phrase.get("ways"))))
        return Value(TimexType.TIME, day.isoformat() + phrase.get("parts"))
    return Value(TimexType.TIME, setting.hour_day + phrase.get("parts"), phrase.get("early"))


def find_night(phrase: Phrase, setting: Setting) -> Found:
    """Nacht auf Sonntag: the night of the day before."""
    found = find_weekday(phrase, setting) if phrase.get("weekdays") else find_date(phrase, setting)
    day = _day(found.value if isinstance(found, Value) else found[0]) if found else None
    if phrase.get("parts") != "TNI" or day is None:
        return None
    before = 0 if sum(word.kind == "weekdays" for word in phrase.words) == 2 else 1
    return Value(TimexType.TIME, (day - timedelta(days=before)).isoformat() + "TNI")


def find_duration(phrase: Phrase, setting: Setting) -> Found:
    """fünf Jahren, den letzten zehn Jahren, halbes Jahr, seit Monaten."""
    number = phrase.get("numbers", "digits", "decimals", "year", "some", "half", "one")
    if phrase.get("half"):
        number = 0.5
    if phrase.get("whole") is not None and number is None:
        number = 1
    unit = phrase.get_shared("units", "plurals")
    if phrase.get("this") is not None and number is None:
        return ("PRESENT_REF",)
    if unit == "Y" and phrase.get("digits") and phrase.before in ("from", "with", "until"):
        return None  # an age: "ab 16 Jahren"
    count = _count(number)
    mod = phrase.get("approximate", "scarce")
    return Value(
        TimexType.DURATION, length(count, unit), mod if mod != "EXACT" else None, _point(phrase, setting, count, unit)
    )


def _count(number: float | str | None) -> float | str:
    if isinstance(number, str) and number != "X":
        return float(number.replace(",", "."))
    return "X" if number is None else number


def _point(phrase: Phrase, setting: Setting, count: float | str, unit: str) -> str | None:
    """Return the date a length leads to from the day of publication: vor, seit, in den letzten; in, in den nächsten."""
    way = phrase.get("ways") or {"ago": -1, "since": -1, "in": 1}.get(phrase.before)
    if way is None or setting.anchor is None or isinstance(count, str) or count % 1 or phrase.get("ordinals"):
        return None
    return shifted(setting.anchor, unit, int(count) * (1 if way > 0 else -1))


def find_long(phrase: Phrase, setting: Setting) -> Found:
    """zweiwöchig, 14-tägig."""
    del setting
    number, unit = phrase.get("long") or ("X", phrase.get("vague_long"))
    return Value(TimexType.DURATION, length(number, unit))


def find_set(phrase: Phrase, setting: Setting) -> Found:
    """täglich."""
    del setting
    return Value(TimexType.SET, phrase.get("sets"), anchored=False)


def find_set_part(phrase: Phrase, setting: Setting) -> Found:
    """nachts."""
    del setting
    return Value(TimexType.SET, f"XXXX-XX-XX{phrase.get('part_adverbs')}", anchored=False)


def find_set_day(phrase: Phrase, setting: Setting) -> Found:
    """sonntags, jeden Dienstag."""
    del setting
    if phrase.get("units"):
        return Value(TimexType.SET, length(1, phrase.get("units")), anchored=False)
    if phrase.get("parts"):
        return Value(TimexType.SET, f"XXXX-XX-XX{phrase.get('parts')}", anchored=False)
    number = phrase.get("weekdays", "adverb_days") or phrase.get("weekday_parts")[0]
    return Value(TimexType.SET, f"XXXX-WXX-{number}", anchored=False)


def find_set_unit(phrase: Phrase, setting: Setting) -> Found:
    """pro Jahr, alle fünf Jahre, je zwei Wochen."""
    del setting
    number = phrase.get("numbers", "digits", "some") or 1
    return Value(
        TimexType.SET,
        length(number if number == "X" else float(number), phrase.get("units", "plurals")),
        anchored=False,
    )


def find_vague(phrase: Phrase, setting: Setting) -> Found:
    """derzeit, damals, künftig."""
    del setting
    return (phrase.get("present", "past", "future"),)


def find_nothing(phrase: Phrase, setting: Setting) -> Found:
    """Herr Sonntag, 1900 Euro, 31 Jahre alt."""
    del phrase, setting


READERS: dict[str, Callable[[Phrase, Setting], Found]] = {
    name.removeprefix("find_"): reader for name, reader in list(globals().items()) if name.startswith("find_")
}
