"""Dates of publication as pages write them: ISO 8601, RFC 2822, Java's, and German or English words on the page."""

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s?(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?", re.IGNORECASE)  # fmt: skip
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d))?")
_JAVA = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d):(\d\d):(\d\d) ([A-Z]{1,5}) (\d{4})$")
_ZONES = {"CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "EST": -5, "EDT": -4}  # fmt: skip
_MONTHS = {m: i for i, names in enumerate(["januar jänner january jan", "februar feber february feb", "märz march mär mrz mar", "april apr", "mai may", "juni june jun", "juli july jul", "august aug", "september sept sep", "oktober october okt oct", "november nov", "dezember december dez dec"], 1) for m in names.split()}  # fmt: skip
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_GERMAN = re.compile(rf"(?<!\d)(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.|({_NAMES})\.?)\s?(\d{{4}}|\d\d(?!\d|[.:]))(?:\D{{1,12}}?(\d{{1,2}})[:.](\d\d)(?!\d|\.))?", re.IGNORECASE)  # fmt: skip
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)? ({_NAMES})\.?,? (\d{{4}})", re.IGNORECASE)
_ENGLISH = re.compile(rf"\b({_NAMES})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.IGNORECASE)


def to_iso(stamp: str) -> str | None:
    """Return a declared date or date-time in ISO 8601, with its zone where it has one; None if it is neither."""
    stamp = stamp.strip()
    if match := _ISO.match(stamp) or _COMPACT.match(stamp):
        groups = [*match.groups(), None, None][:7]
        return _moment(groups[:6], _zone(groups[6]))
    if match := _JAVA.match(stamp):
        month, day, hour, minute, second, zone, year = match.groups()
        hours = _ZONES.get(zone)
        return _moment([year, str(_MONTHS.get(month.lower(), 0)), day, hour, minute, second], None if hours is None else timedelta(hours=hours))  # fmt: skip
    if re.match(r"^(?:\w{3},\s)?\d{1,2} \w{3} \d{4} ", stamp):
        try:
            return parsedate_to_datetime(stamp).isoformat()
        except (ValueError, TypeError):
            return None
    return find_stamp(stamp) if len(stamp) < 60 else None


def find_stamp(words: str) -> str | None:
    """Return the first date that stands in a line such as "Stand: 3. März 2031, 14.05 Uhr"; it has no zone."""
    if match := _GERMAN.search(words):
        day, number, name, year, hour, minute = match.groups()
        month = number or str(_MONTHS[name.lower()])
        return _moment([year if len(year) == 4 else f"20{year}", month, day, hour, minute, None], None)
    if match := _ENGLISH.search(words):
        name, day, year = match.groups()
        return _moment([year, str(_MONTHS[name.lower()]), day, None, None, None], None)
    if match := _DAY_FIRST.search(words):
        day, name, year = match.groups()
        return _moment([year, str(_MONTHS[name.lower()]), day, None, None, None], None)
    return None


def stamp_start(words: str) -> int | None:
    """Return where the first date stands in a line, None if there is none."""
    return min(
        (match.start() for form in (_GERMAN, _ENGLISH, _DAY_FIRST) if (match := form.search(words))), default=None
    )


def _zone(words: str | None) -> timedelta | None:
    if not words:
        return None
    if words in "Zz":
        return timedelta()
    digits = words[1:].replace(":", "").ljust(4, "0")
    return (1 if words[0] == "+" else -1) * timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))


def _moment(parts: list[str | None], zone: timedelta | None) -> str | None:
    year, month, day, hour, minute, second = (None if part is None else int(part) for part in parts)
    try:
        whole = date(year or 0, month or 0, day or 0)
        if hour is None:
            return whole.isoformat()
        moment = datetime(whole.year, whole.month, whole.day, hour, minute or 0, second or 0)  # noqa: DTZ001 - a page without a zone has none
        return (moment.replace(tzinfo=timezone(zone)) if zone is not None else moment).isoformat()
    except ValueError:
        return None
