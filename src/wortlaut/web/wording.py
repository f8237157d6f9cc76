"""The interface's languages: English as written in the templates, others by catalogues (gettext) in `locale`."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from babel import Locale, negotiate_locale
from babel.dates import format_date, format_skeleton, get_month_names

from wortlaut.catalogue import Catalogue, open_catalogue

LANGUAGES = ("de", "en")
COOKIE = "wortlaut-language"
_SEASONS = {"SP": "Spring", "SU": "Summer", "FA": "Autumn", "WI": "Winter"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording(Catalogue):
    """One language of the interface."""

    language: str

    def day(self, value: str | None, form: str = "long") -> str:
        """Write an ISO 8601 date or date-time as a day; what is none comes back as it is."""
        try:
            moment = datetime.fromisoformat(value or "")
        except ValueError:
            return value or ""
        return format_date(moment, form, locale=self.language)

    def when(self, value: str) -> str:
        """Write a TIMEX3 value for people: a day, month, quarter, season, week or year."""
        if re.fullmatch(r"\d{4}-\d\d", value):
            return format_skeleton("yMMMM", date(int(value[:4]), int(value[5:7]), 1), locale=self.language)
        if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
            return f"{self.gettext(_SEASONS[match[2]])} {match[1]}"
        if match := re.fullmatch(r"(\d{4})-[QW](\d+)", value):
            label = self.gettext("quarter") if "Q" in value else self.gettext("week")
            return f"{match[2].lstrip('0')}. {label} {match[1]}"
        return self.day(value) if re.match(r"\d{4}-\d\d-\d\d", value) else value

    def month(self, number: int) -> str:
        """Return the short name of a month."""
        return str(get_month_names("abbreviated", context="stand-alone", locale=self.language)[number])

    def number(self, value: int) -> str:
        """Write a number with the language's separators."""
        return f"{value:,}".replace(",", str(Locale.parse(self.language).number_symbols["latn"]["group"]))


@cache
def wording(language: str) -> Wording:
    """Open the wording of a language."""
    return Wording(language=language, texts=open_catalogue("wortlaut.web", language).texts)


def choose(cookie: str | None, accepted: str) -> str:
    """Return the language that a reader chose, or the first one that the browser asks for; German if it asks for neither."""
    if cookie in LANGUAGES:
        return cookie
    asked = [part.partition(";")[0].strip().replace("-", "_") for part in accepted.split(",")]
    return negotiate_locale(asked, LANGUAGES) or LANGUAGES[0]
