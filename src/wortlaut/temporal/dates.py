"""Values of dates: days, weeks, months, years, seasons, holidays, and what lies next to them."""

from collections.abc import Callable
from datetime import date, timedelta

from wortlaut.model import TimexType
from wortlaut.temporal.calendar import first_day, holiday, nearest_weekday, nearest_year, period, season_start, shifted
from wortlaut.temporal.grammar import Phrase
from wortlaut.temporal.setting import Setting, Value, day_of, relative
from wortlaut.temporal.words import Word

_WAYS = ("ways", "this", "year_adjectives")
_HALF_A_YEAR = 6
_SOME_DAY = "XXXX-XX-XX"
_WITH_MONTH = ("months", "genitive_months", "short_months", "numeric", "iso")
_YEARS = ("year", "short_year")


def find_date(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve 7. März 2031, 7. März vorigen Jahres, 12.2., 2031-03-07; also 5. in "5. bis 9. Februar", "5./6.2."."""
    words = phrase.words if phrase.has(*_WITH_MONTH) else phrase.block[phrase.first : phrase.last + 10]
    at, named = next((at, word) for at, word in enumerate(words) if word.kind in _WITH_MONTH)
    if named.kind == "iso":
        return Value(named.value, anchored=False) if day_of(named.value) else None
    own = next((_number(word) for word in words if word.kind in ("day", "ordinals")), 0)
    if named.kind == "numeric":
        day, month, number, *_ = [*(int(n) for n in named.value.replace(" ", "").split(".") if n), 0]
        year = f"{number + (2000 if number < 100 else 0)}" if number else None
        day = own or day
    else:
        shared = words[at + 1 : at + 2] if words is not phrase.words else []
        year = phrase.get(*_YEARS) or next((word.value for word in shared if word.kind in _YEARS), None)
        day, month = own, named.value
    if not _is_day(int(year or 2000), month, day):
        return None
    shown = year or _year(phrase, setting, lambda y: date(y, month, day))
    return Value(f"{shown}-{month:02d}-{day:02d}", anchored=year is None)


def _number(word: Word) -> int:
    """Return the number of "dritte" or "3."."""
    return int(word.value) if word.kind == "ordinals" else int(word.value[:-1])


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _year(phrase: Phrase, setting: Setting, start: Callable[[int], date]) -> str:
    """Return the year of what comes once a year: by its number, by "vorigen Jahres", or the nearest that fits."""
    if number := phrase.get("year", "short_year") or phrase.get_following("months", "year"):
        return str(number)
    if setting.anchor is None:
        return "XXXX"
    if setting.framed:  # "1953 kamen am Heiligen Abend"
        return setting.framed
    if setting.ranged and (first := first_day(setting.beside)):  # "28. Dezember bis 3. Januar"
        return f"{first.year + (start(first.year) < first):04d}"
    way = -1 if phrase.has("before_units") else phrase.get(*_WAYS)
    if way is not None and (way == 0 or phrase.has("before_units") or phrase.get("units") == "Y"):
        return f"{setting.anchor.year + way:04d}"
    anchor = setting.anchor.replace(day=1) if start(2000).day == 1 else setting.anchor
    return f"{nearest_year(anchor, start, setting.lean(phrase)):04d}"


def find_month(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve März, Ende März, Mai 2022, März vorigen Jahres; not "von August Lund"."""
    month = phrase.get("months", "short_months", "month_parts")
    if phrase.after.kind == "name" and phrase.before.kind == "for" and len(phrase.words) == 1:
        return None
    return Value(f"{_year(phrase, setting, lambda y: date(y, month, 1))}-{month:02d}", phrase.get("edges"))


def find_season(phrase: Phrase, setting: Setting) -> Value:
    """Resolve Herbst 2032, in diesem Sommer."""
    season = phrase.get("seasons")
    year = _year(phrase, setting, lambda y: season_start(season, y))
    if season == "WI" and phrase.has("this") and setting.anchor and setting.anchor.month < 5:
        year = f"{setting.anchor.year - 1:04d}"  # a winter has the year in which it began
    return Value(f"{year}-{season}", phrase.get("edges"))


def find_holiday(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve Weihnachten, Ostern 2032; not "Silvester Lund"."""
    rule, number = phrase.get("holidays"), phrase.get("ordinals") or int((phrase.get("day") or "1.")[:-1])
    if phrase.has("advents"):
        rule, number = f"A{number - 1}", 1
    if phrase.after.kind == "name" and phrase.before.kind in ("stop", "name", "word", "comma", "for", "and"):
        return None
    year = _year(phrase, setting, lambda y: holiday(rule, y))
    if year.isdigit():
        day = holiday(rule, int(year)) + timedelta(days=number - 1)  # "zweiter Weihnachtstag"
        return Value(day.isoformat())
    return Value(f"XXXX-{rule}" if rule[0].isdigit() else _SOME_DAY)


def find_feast(phrase: Phrase, _: Setting) -> Value:
    """Resolve Adventszeit, Karwoche, Jahrtausendwende."""
    return Value(phrase.get("feasts", "turns"), anchored=False)


def find_weekday(phrase: Phrase, setting: Setting) -> Value:
    """Resolve am Sonntag: the last one or the day itself; bis Freitag, am Freitag wird: the next; Freitag vergangener Woche."""
    number, part = phrase.get("weekday_parts") or (phrase.get("weekdays", "short_weekdays"), phrase.get_part())
    beside = day_of(setting.beside)
    if setting.anchor is None:
        value = f"XXXX-WXX-{number}"
    elif phrase.has("units"):
        week = setting.anchor + timedelta(weeks=phrase.get(*_WAYS))
        value = (week + timedelta(days=number - week.isoweekday())).isoformat()
    elif phrase.has("day_adjectives"):
        value = (setting.anchor + timedelta(days=phrase.get("day_adjectives"))).isoformat()
    elif beside and not phrase.has("ways") and (setting.ranged or beside.isoweekday() == number):
        value = (
            beside + timedelta(days=(number - beside.isoweekday()) % 7)
        ).isoformat()  # "morgen, Mittwoch", "Montag bis Freitag"
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
    alone = not setting.beside and (setting.outlook.lasting or phrase.before.kind == "and")
    these_days = alone or phrase.before.kind == "until" or phrase.after.kind == "other"
    if shift == 0 and these_days and not part and phrase.has("days"):
        return Value("PRESENT_REF")
    value = (setting.anchor + timedelta(days=shift)).isoformat()
    return Value(value + part, type=TimexType.TIME) if part else Value(value)


def find_unit(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve vergangenen Monat, dieses Jahr, kommende Woche, Wochenende."""
    unit, way = phrase.get("units", "weekends", "year_kinds"), phrase.get(*_WAYS)
    if phrase.words[0].kind == "the" and phrase.has("ways") and phrase.words[1].text[-1] not in "en":
        return None  # "die letztes Jahr gewählten Räte"
    if unit == "D":
        return _near_day(way or 0, setting)
    if unit in ("TH", "TM", "TS"):  # "in letzter Minute"
        return None
    if setting.anchor is None:
        return Value("XXXX-WXX-WE" if way is None and unit == "WE" else relative(way or 0))
    if unit == "WE" and setting.anchor.isoweekday() < 6:
        way = -1 if way is None and setting.lean(phrase).direction <= 0 else way or 0
        way -= way > 0  # the next one is that of this week
    value = shifted(setting.anchor, unit, way or 0)
    return Value(value, phrase.get("edges")) if value else None


def _near_day(way: int, setting: Setting) -> Value:
    """Return the value of "an diesem Tag", "am nächsten Tag"; "am letzten Tag" is the last of some event."""
    day = day_of(setting.named) or setting.anchor
    return Value((day + timedelta(days=way)).isoformat() if day and way >= 0 else _SOME_DAY)


def find_neighbour(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve Tag darauf, Folgetag, folgende Woche, am selben Tag, an dem Tag, am folgenden Morgen: from the date named last."""
    way, part = 1 if phrase.has("next_units") else phrase.get("same", "later") or 0, phrase.get_part()
    unit = "D" if part else phrase.get("units", "tags", "next_units")
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
    unit, count = phrase.get("before_units")
    if unit == "TEV":
        return _evening_before(phrase, setting)
    named = day_of(setting.named) if unit == "D" else first_day(setting.beside) if unit == "Y" else None
    day = named or setting.anchor
    value = shifted(day, unit, -count) if day else "PAST_REF"
    return Value(value) if value else None


def _evening_before(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve Vorabend; not "Vorabend der Wahl", a day that is not known."""
    if phrase.after.kind == "the":
        return None
    day = day_of(setting.named) or setting.anchor
    return Value(f"{day - timedelta(days=1)}TEV" if day else "XXXX-XX-XXTEV", type=TimexType.TIME)


def find_this_year(phrase: Phrase, setting: Setting) -> Value:
    """Resolve heuer, diesjährig, vorjährig; im neuen Jahr: what has begun well this spring is this one."""
    way = phrase.get("this_year", "turn_years", "year_adjectives")
    if phrase.has("turn_years") and setting.direction < 0 and setting.anchor and setting.anchor.month <= _HALF_A_YEAR:
        way -= 1
    return Value(f"{setting.anchor.year + way:04d}" if setting.anchor else relative(way))


def find_ordinal(phrase: Phrase, setting: Setting) -> Value | None:
    """Resolve drittes Quartal 2029, zweites Halbjahr, 20. Jahrhundert, in der zweiten Woche (of something)."""
    unit = phrase.get_shared("units")
    number = [_number(word) for word in phrase.words if word.kind in ("ordinals", "day")][-1]
    if unit == "CE":
        return Value(f"{number - 1:02d}", phrase.get("edges", "early"), anchored=False)
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
    number, alone = phrase.get("year", "digits"), not phrase.has("units", "plurals", "year_kinds", "edges")
    if phrase.words[0].kind == "digits":  # "1933–45"
        began = phrase.block[phrase.first - 2].text
        return Value(began[:2] + number, anchored=False) if len(number) == 2 and number > began[2:] else None
    if alone and not _is_bare_year(phrase, int(number)):
        return None
    if len(number) > 4 or phrase.get("units", "plurals") not in (None, "Y"):
        return None
    return Value(number.zfill(4), phrase.get("edges"), anchored=False)


def _is_bare_year(phrase: Phrase, number: int) -> bool:
    """Tell whether a number alone is a year; not in "rund 1900 Unterschriften", "Art. 1910"."""
    before = phrase.before
    if before.kind == "present" and phrase.after.kind not in ("stop", "comma"):  # "derzeit 2000 Soldaten"
        return False
    if before.kind == "stop" and phrase.first > 1 and phrase.block[phrase.first - 2].kind == "labels":
        return False
    since = before.kind in ("since", "from", "until", "after")
    counted = not since and number % 50 == 0 and phrase.after.kind == "name"
    if before.kind in ("approximate", "labels") or counted:
        return False
    return number >= 1700 or since or before.kind in ("around", "for", "ago")


def find_decade(phrase: Phrase, _: Setting) -> Value:
    """Resolve den siebziger Jahren, 90er Jahre, 1920er."""
    digits = f"{phrase.get('decades', 'decade_years', 'eras')}".split("e")[0].strip("-")
    century = digits[:2] if len(digits) == 4 else "20" if digits == "10" else "19"
    return Value(century + digits[-2], phrase.get("edges", "early"), anchored=False)


def find_vague(phrase: Phrase, _: Setting) -> Value:
    """Resolve derzeit, damals, künftig."""
    return Value(phrase.get("present", "at_time", "past", "earlier", "future"))
