"""Values of temporal expressions against the date of publication; relative where there is none, never guessed."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from wortlaut import lexicon
from wortlaut.model import TimexType

Match = re.Match[str]
Value = tuple[TimexType, str | None, str | None]
"""Type, value and modifier."""

_MODS = {"anfang": "START", "mitte": "MID", "ende": "END"}


def _table(key: str) -> dict[str, int]:
    return lexicon.load("times")[key]  # type: ignore[no-any-return]


def _direction(match: Match, before: str) -> int:
    """Return -1 for the past, +1 for the future: by the adjective, else by *bis, ab, am kommenden*."""
    groups = match.groupdict()
    if groups.get("past"):
        return -1
    if groups.get("next"):
        return 1
    return 1 if re.search(r"\b(?:bis|bis zum|ab|ab dem|spätestens|noch)\s*$", before, re.IGNORECASE) else -1


def full_date(match: Match, anchor: date | None, before: str) -> Value:
    """12. Mai 2023, 3. Oktober."""
    month = _table("months")[match["month"].casefold()]
    return TimexType.DATE, _dated(match["year"], month, int(match["day"]), anchor, before), None


def _dated(year: str | None, month: int, day: int, anchor: date | None, before: str) -> str | None:
    if not 1 <= day <= 31 or not 1 <= month <= 12:
        return None
    if year:
        return f"{year}-{month:02d}-{day:02d}"
    if anchor is None:
        return f"XXXX-{month:02d}-{day:02d}"
    try:
        years = [date(anchor.year + k, month, day) for k in (-1, 0, 1)]
    except ValueError:
        return f"{anchor.year}-{month:02d}-{day:02d}"
    del before
    nearest = min(years, key=lambda d: (abs((d - anchor).days), d))
    return nearest.isoformat()


def numeric_date(match: Match, anchor: date | None, before: str) -> Value:
    """12.5., 03.04.2023."""
    year = match["year"] or (f"20{match['yy']}" if match["yy"] else None)
    return TimexType.DATE, _dated(year, int(match["mm"]), int(match["day"]), anchor, before), None


def month(match: Match, anchor: date | None, before: str) -> Value:
    """März, Ende März, Mai 2022."""
    number = _table("months")[match["month"].casefold()]
    mod = _MODS.get((match["mod"] or "").casefold())
    if match["year"]:
        return TimexType.DATE, f"{match['year']}-{number:02d}", mod
    if anchor is None:
        return TimexType.DATE, f"XXXX-{number:02d}", mod
    shift = {"vergangenen": -1, "vorigen": -1, "letzten": -1, "kommenden": 1, "nächsten": 1, "dieses": 0}.get(
        (match["way"] or "").casefold()
    )
    if shift is not None:
        return TimexType.DATE, f"{anchor.year + shift}-{number:02d}", mod
    ahead = bool(re.search(r"\b(?:bis|ab|spätestens|kommenden|nächsten)\s*$", before, re.IGNORECASE))
    gap = number - anchor.month
    year = anchor.year + (1 if (ahead and gap < 0) or gap < -6 else -1 if gap > 6 and not ahead else 0)
    return TimexType.DATE, f"{year}-{number:02d}", mod


def weekday(match: Match, anchor: date | None, before: str) -> Value:
    """Am Sonntag: the last one, or the day of publication itself; bis Freitag: the next."""
    number = _table("weekdays")[match["weekday"].casefold()]
    part = lexicon.load("times")["parts"].get((match["part"] or "").casefold())
    kind = TimexType.TIME if part else TimexType.DATE
    if anchor is None:
        return kind, f"XXXX-WXX-{number}" + (part or ""), None
    back = (anchor.isoweekday() - number) % 7
    day = anchor - timedelta(days=back)
    if _direction(match, before) > 0:
        ahead = (number - anchor.isoweekday()) % 7
        day = anchor + timedelta(days=ahead or (7 if match.groupdict().get("next") else 0))
    elif match.groupdict().get("past") and back == 0:
        day -= timedelta(days=7)
    return kind, day.isoformat() + (part or ""), None


def day(match: Match, anchor: date | None, before: str) -> Value:
    """heute, gestern Abend."""
    shift = _table("days")[match["deictic"].casefold()]
    part = lexicon.load("times")["parts"].get((match["part"] or "").casefold())
    kind = TimexType.TIME if part else TimexType.DATE
    del before
    if anchor is None:
        return kind, "PRESENT_REF" if shift == 0 else "PAST_REF" if shift < 0 else "FUTURE_REF", None
    return kind, (anchor + timedelta(days=shift)).isoformat() + (part or ""), None


def _number(words: str) -> float | None:
    return float(words) if words.isdigit() else _table("numbers").get(words.casefold())


def _length(match: Match) -> str:
    code = str(lexicon.load("times")["units"][match["unit"].casefold()])
    number = _number(match["number"]) if match.groupdict().get("number") else 1
    shown = "X" if number is None else f"{number:g}"
    if code == "Q":
        shown, code = ("X" if number is None else f"{number * 3:g}"), "M"
    return f"PT{shown}{code[1:]}" if code.startswith("T") and len(code) == 2 else f"P{shown}{code}"


def _moved(match: Match, anchor: date | None, sign: int) -> str:
    number = _number(match["number"]) if match.groupdict().get("number") else 1
    code = str(lexicon.load("times")["units"][match["unit"].casefold()])
    if anchor is None or number is None or code.startswith("T"):
        return "PAST_REF" if sign < 0 else "FUTURE_REF" if sign > 0 else "PRESENT_REF"
    return _shift(anchor, code, sign * int(number))


def _shift(anchor: date, code: str, by: int) -> str:
    if code == "D":
        return (anchor + timedelta(days=by)).isoformat()
    if code == "W":
        week = (anchor + timedelta(weeks=by)).isocalendar()
        return f"{week.year}-W{week.week:02d}"
    if code == "M":
        months = anchor.year * 12 + anchor.month - 1 + by
        return f"{months // 12}-{months % 12 + 1:02d}"
    if code == "Q":
        quarters = anchor.year * 4 + (anchor.month - 1) // 3 + by
        return f"{quarters // 4}-Q{quarters % 4 + 1}"
    return str(anchor.year + by) if code == "Y" else str((anchor.year + 10 * by) // 10)


def ago(match: Match, anchor: date | None, before: str) -> Value:
    """Vor drei Tagen."""
    del before
    return TimexType.DATE, _moved(match, anchor, -1), None


def ahead(match: Match, anchor: date | None, before: str) -> Value:
    """In zwei Wochen."""
    del before
    return TimexType.DATE, _moved(match, anchor, 1), None


def span_back(match: Match, anchor: date | None, before: str) -> Value:
    """Den letzten zehn Jahren."""
    del anchor, before
    return TimexType.DURATION, _length(match), None


def unit(match: Match, anchor: date | None, before: str) -> Value:
    """Im vergangenen Monat, kommende Woche."""
    del before
    sign = -1 if match["past"] else 1 if match["next"] else 0
    return TimexType.DATE, _moved(match, anchor, sign), None


def weekend(match: Match, anchor: date | None, before: str) -> Value:
    """Am Wochenende."""
    if anchor is None:
        return TimexType.DATE, "XXXX-WXX-WE", None
    ahead_of = _direction(match, before) > 0
    shift = 7 if match["next"] else 0 if ahead_of or anchor.isoweekday() >= 6 or match["this"] else -7
    week = (anchor + timedelta(days=shift)).isocalendar()
    return TimexType.DATE, f"{week.year}-W{week.week:02d}-WE", None


def previous_year(match: Match, anchor: date | None, before: str) -> Value:
    """Vorjahr."""
    del match, before
    return TimexType.DATE, str(anchor.year - 1) if anchor else "PAST_REF", None


def this_year(match: Match, anchor: date | None, before: str) -> Value:
    """Heuer."""
    del match, before
    return TimexType.DATE, str(anchor.year) if anchor else "PRESENT_REF", None


def year_part(match: Match, anchor: date | None, before: str) -> Value:
    """Read a part of a year: "Ende 2024"."""
    del anchor, before
    return TimexType.DATE, match["year"], _MODS[match["mod"].casefold()]


def quarter(match: Match, anchor: date | None, before: str) -> Value:
    """Ersten Quartal 2024."""
    del before
    number = ["ersten", "zweiten", "dritten", "vierten"].index(match["which"].casefold()) + 1
    year = match["year"] or (str(anchor.year) if anchor else "XXXX")
    return TimexType.DATE, f"{year}-{'Q' if match['kind'].casefold() == 'quartal' else 'H'}{number}", None


def season(match: Match, anchor: date | None, before: str) -> Value:
    """Sommer 2024."""
    del before
    year = match["year"] or (str(anchor.year) if anchor else "XXXX")
    return TimexType.DATE, f"{year}-{lexicon.load('times')['seasons'][match['season'].casefold()]}", None


def decade(match: Match, anchor: date | None, before: str) -> Value:
    """90er Jahre."""
    del anchor, before
    return TimexType.DATE, f"19{match['decade'][0]}" if int(match["decade"]) >= 30 else f"20{match['decade'][0]}", None


def holiday(match: Match, anchor: date | None, before: str) -> Value:
    """Weihnachten, Silvester 2024."""
    del before
    year = match["year"] or (str(anchor.year) if anchor else "XXXX")
    return TimexType.DATE, f"{year}-{lexicon.load('times')['holidays'][match['holiday'].casefold()]}", None


def clock(match: Match, anchor: date | None, before: str) -> Value:
    """20.30 Uhr."""
    del before
    minute = match["minute"] or match["more"] or "00"
    return TimexType.TIME, f"{anchor.isoformat() if anchor else 'XXXX-XX-XX'}T{int(match['hour']):02d}:{minute}", None


def duration(match: Match, anchor: date | None, before: str) -> Value:
    """Drei Wochen."""
    del anchor, before
    return TimexType.DURATION, _length(match), None


def set_of(match: Match, anchor: date | None, before: str) -> Value:
    """Pro Jahr."""
    del anchor, before
    return TimexType.SET, _length(match), None


def set_word(match: Match, anchor: date | None, before: str) -> Value:
    """nachts, jährlich."""
    del anchor, before
    return TimexType.SET, str(lexicon.load("times")["sets"][match["set"].casefold()]), None


def plain_year(match: Match, anchor: date | None, before: str) -> Value:
    """2014."""
    del anchor, before
    return TimexType.DATE, match["year"], None


def present(match: Match, anchor: date | None, before: str) -> Value:
    """Derzeit."""
    del match, anchor, before
    return TimexType.DATE, "PRESENT_REF", None


def vague_past(match: Match, anchor: date | None, before: str) -> Value:
    """Damals."""
    del match, anchor, before
    return TimexType.DATE, "PAST_REF", None


def vague_future(match: Match, anchor: date | None, before: str) -> Value:
    """künftig."""
    del match, anchor, before
    return TimexType.DATE, "FUTURE_REF", None


RESOLVERS: dict[str, Callable[[Match, date | None, str], Value]] = {
    f.__name__: f
    for f in (full_date, numeric_date, month, weekday, day, ago, ahead, span_back, unit, weekend, previous_year, this_year,
              year_part, quarter, season, decade, holiday, clock, duration, set_of, set_word, plain_year, present, vague_past, vague_future)
}  # fmt: skip
