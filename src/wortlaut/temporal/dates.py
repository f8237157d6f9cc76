"""Values of dates: days, weeks, months, years, seasons, holidays, and what lies next to them."""

from collections.abc import Callable
from datetime import date, timedelta

from wortlaut.model import TimexType
from wortlaut.temporal.calendar import first_day, holiday, nearest_weekday, nearest_year, period, season_start, shifted
from wortlaut.temporal.grammar import Phrase
from wortlaut.temporal.setting import Setting, Value, day_of, relative

_WAYS = ("ways", "this", "year_adjectives")
_SOME_DAY = "XXXX-XX-XX"


def find_date(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve 7. März 2031, 7. März vorigen Jahres, 12.2., 2031-03-07."""
    look = phrase.get if phrase.has("months", "short_months", "numeric", "iso") else phrase.get_shared
    if iso := look("iso"):
        return Value(iso, anchored=False) if day_of(iso) else None
    if numbers := look("numeric"):
        day, month, number, *_ = [*(int(n) for n in numbers.replace(" ", "").split(".") if n), 0]
        year = f"{number + (2000 if number < 100 else 0)}" if number else None
    else:
        day, month, year = int(look("day")[:-1]), look("months", "short_months"), look("year")
    if not _is_day(int(year or 2000), month, day):
        return None
    shown = year or _year(phrase, setting, lambda y: date(y, month, day))
    return Value(f"{shown}-{month:02d}-{day:02d}", anchored=year is None)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _year(phrase: Phrase, setting: Setting, start: Callable[[int], date]) -> str:
    """Return the year of what comes once a year: by its number, by "vorigen Jahres", or the nearest that fits."""
    if number := phrase.get("year") or phrase.get_following("months", "year"):
        return str(number)
    if setting.anchor is None:
        return "XXXX"
    way = -1 if phrase.has("before_units") else phrase.get(*_WAYS)
    if way is not None and (way == 0 or phrase.has("before_units") or phrase.get("units") == "Y"):
        return f"{setting.anchor.year + way:04d}"
    anchor = setting.anchor.replace(day=1) if start(2000).day == 1 else setting.anchor
    return f"{nearest_year(anchor, start, setting.lean(phrase)):04d}"


def find_month(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve März, Ende März, Mai 2022, März vorigen Jahres; not "von August Lund"."""
    month = phrase.get("months")
    if phrase.after.kind == "name" and phrase.before.kind == "for" and len(phrase.words) == 1:
        return None
    return Value(f"{_year(phrase, setting, lambda y: date(y, month, 1))}-{month:02d}", phrase.get("edges"))


def find_season(phrase: Phrase, setting: Setting) -> Value:
    """Resolve Herbst 2032, in diesem Sommer."""
    season = phrase.get("seasons")
    year = _year(phrase, setting, lambda y: season_start(season, y))
    if season == "WI" and phrase.has("this") and setting.anchor and setting.anchor.month < 3:
        year = f"{setting.anchor.year - 1:04d}"  # a winter has the year in which it began
    return Value(f"{year}-{season}", phrase.get("edges"))


def find_holiday(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve Weihnachten, Ostern 2032; not "Silvester Lund"."""
    rule = phrase.get("holidays")
    if phrase.after.kind == "name" and phrase.before.kind in ("stop", "name", "word", "comma", "for", "and"):
        return None
    year = _year(phrase, setting, lambda y: holiday(rule, y))
    if year.isdigit():
        return Value(holiday(rule, int(year)).isoformat())
    return Value(f"XXXX-{rule}" if rule[0].isdigit() else _SOME_DAY)


def find_weekday(phrase: Phrase, setting: Setting) -> Value:
    """Resolve am Sonntag: the last one or the day itself; bis Freitag, am Freitag wird: the next; Freitag vergangener Woche."""
    number, part = phrase.get("weekday_parts") or (phrase.get("weekdays"), phrase.get_part())
    if setting.anchor is None:
        value = f"XXXX-WXX-{number}"
    elif phrase.has("units"):
        week = setting.anchor + timedelta(weeks=phrase.get(*_WAYS))
        value = (week + timedelta(days=number - week.isoweekday())).isoformat()
    elif phrase.has("day_adjectives"):
        value = (setting.anchor + timedelta(days=phrase.get("day_adjectives"))).isoformat()
    elif (day := day_of(setting.beside)) and day.isoweekday() == number and not phrase.has("ways"):
        value = day.isoformat()  # "morgen, Mittwoch"
    else:
        value = nearest_weekday(setting.anchor, number, setting.lean(phrase)).isoformat()
    return Value(value + part, type=TimexType.TIME) if part else Value(value)


def find_day(phrase: Phrase, setting: Setting) -> Value:
    """Resolve heute, gestern Abend, heutigen Tag; these days in "bis heute", "ist heute ein Verein", "der heute 53-Jährige"."""
    shift, part = phrase.get("days", "day_adjectives"), phrase.get_part()
    if [word.kind for word in phrase.words] == ["days", "days"]:  # old spelling: "heute morgen"
        part = "TMO"
    if setting.anchor is None:
        return Value(relative(shift))
    alone = not setting.beside and (setting.lasting or phrase.before.kind == "and")
    these_days = alone or phrase.before.kind == "until" or phrase.after.kind == "other"
    if shift == 0 and these_days and not part and phrase.has("days"):
        return Value("PRESENT_REF")
    value = (setting.anchor + timedelta(days=shift)).isoformat()
    return Value(value + part, type=TimexType.TIME) if part else Value(value)


def find_unit(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve vergangenen Monat, dieses Jahr, kommende Woche, Wochenende."""
    unit, way = phrase.get("units", "weekends"), phrase.get(*_WAYS)
    if unit == "D":
        return _near_day(way or 0, setting)
    if unit in ("TH", "TM", "TS"):  # "in letzter Minute"
        return None
    if setting.anchor is None:
        return Value("XXXX-WXX-WE" if way is None and unit == "WE" else relative(way or 0))
    if unit == "WE" and setting.anchor.isoweekday() < 6:
        way = -1 if way is None and setting.lean(phrase).direction <= 0 else min(way or 0, 0)
    value = shifted(setting.anchor, unit, way or 0)
    return Value(value, phrase.get("edges")) if value else None


def _near_day(way: int, setting: Setting) -> Value:
    """Return the value of "an diesem Tag", "am nächsten Tag"; "am letzten Tag" is the last of some event."""
    day = day_of(setting.named) or setting.anchor
    return Value((day + timedelta(days=way)).isoformat() if day and way >= 0 else _SOME_DAY)


def find_neighbour(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve Tag darauf, folgende Woche, am selben Tag, an dem Tag, am folgenden Morgen: from the date named last."""
    way, part = phrase.get("same", "later") or 0, phrase.get_part()
    unit = "D" if part else phrase.get("units", "tags")
    day = day_of(setting.named) if unit == "D" else first_day(setting.named)
    if day is None and way == 0:
        return Value(_SOME_DAY) if phrase.has("same") and unit == "D" else None
    base = day or setting.anchor
    value = shifted(base, unit, way) if base else relative(way)
    return (Value(value + part, type=TimexType.TIME) if part else Value(value)) if value else None


def find_edge(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve Ende des Jahres, Jahresende, Mitte Woche."""
    unit, mod = phrase.get("unit_edges") or (phrase.get("units"), phrase.get("edges"))
    if unit in ("D", "TH", "TM", "TS"):
        return None
    return Value(period(setting.anchor, unit) if setting.anchor else "PRESENT_REF", mod)


def find_before(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve Vorjahr, Vortag: before the date named in the sentence (a day: in the text), else before that of publication."""
    unit = phrase.get("before_units")
    named = day_of(setting.named) if unit == "D" else first_day(setting.beside) if unit == "Y" else None
    day = named or setting.anchor
    value = shifted(day, unit, -1) if day else "PAST_REF"
    return Value(value) if value else None


def find_this_year(phrase: Phrase, setting: Setting) -> Value:
    """Resolve heuer, diesjährig, vorjährig."""
    way = phrase.get("this_year", "year_adjectives")
    return Value(f"{setting.anchor.year + way:04d}" if setting.anchor else relative(way))


def find_ordinal(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve drittes Quartal 2029, zweites Halbjahr, 20. Jahrhundert, in der zweiten Woche (of something)."""
    unit, number = phrase.get_shared("units"), phrase.get("ordinals") or int(phrase.get("day")[:-1])
    if unit == "CE":
        return Value(f"{number - 1:02d}", phrase.get("edges"), anchored=False)
    if unit in ("D", "W") and phrase.before.kind in ("at", "in"):
        return Value(_SOME_DAY if unit == "D" else "XXXX-WXX", anchored=False)
    if unit not in ("Q", "H"):
        return None
    way = -1 if phrase.has("before_units") else phrase.get(*_WAYS) or 0
    year = phrase.get("year") or (f"{setting.anchor.year + way:04d}" if setting.anchor else "XXXX")
    return Value(f"{year}-{unit}{number}", phrase.get("edges"))


def find_year(phrase: Phrase, _: Setting) -> Value | None:
    """Resolve 2019, Jahr 2019, Anfang 2019, Jahr 578.

    A number alone is a year, unless it is a round one of things ("2000 Zuschauer"); before 1700 only after a preposition.
    """
    number, alone = phrase.get("year", "digits"), not phrase.has("units", "plurals", "edges")
    since = phrase.before.kind in ("since", "from", "until", "after")
    if alone and not since and int(number) % 50 == 0 and phrase.after.kind == "name":
        return None
    if alone and int(number) < 1700 and not (since or phrase.before.kind in ("around", "for", "ago")):
        return None
    if len(number) > 4 or phrase.get("units", "plurals") not in (None, "Y"):
        return None
    return Value(number.zfill(4), phrase.get("edges"), anchored=False)


def find_decade(phrase: Phrase, _: Setting) -> Value:
    """Resolve den siebziger Jahren, 90er Jahre, 1920er."""
    digits = f"{phrase.get('decades', 'decade_years', 'eras')}".split("e")[0].strip("-")
    century = digits[:2] if len(digits) == 4 else "20" if digits == "10" else "19"
    return Value(century + digits[-2], phrase.get("edges", "early"), anchored=False)


def find_vague(phrase: Phrase, _: Setting) -> Value:
    """Resolve derzeit, damals, künftig."""
    return Value(phrase.get("present", "at_time", "past", "future"))
