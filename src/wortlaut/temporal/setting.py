"""What the value of a temporal expression depends on beside its own words: the day of publication, the tense, dates named before."""

from dataclasses import dataclass
from datetime import date

from wortlaut.model import TimexType
from wortlaut.temporal.calendar import Lean, first_day
from wortlaut.temporal.direction import Outlook
from wortlaut.temporal.grammar import Phrase
from wortlaut.temporal.words import NO_WORD

_RECENT = 3
"""Days that news goes on telling of."""
_HOURLY = ("from", "for", "until", "around", "and", "dash", "slash", "clock", "digits")


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression means; an empty `value` says that it is no time: "Herr Sonntag".

    `point` is the date a length leads to ("vor drei Jahren"); `anchored` is false of what needs no day of publication.
    """

    value: str
    mod: str | None = None
    type: TimexType = TimexType.DATE
    point: str | None = None
    anchored: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where an expression stands.

    `outlook` is that of its clause; `named` is the last date of the text so far, `near` that of the same paragraph, `beside` that of the same sentence; `ranged` says that only "bis" lies between;
    `framed` is the year that a sentence about the past begins with.
    """

    anchor: date | None
    outlook: Outlook
    named: str | None = None
    near: str | None = None
    beside: str | None = None
    ranged: bool = False
    framed: str | None = None

    @property
    def direction(self) -> int:
        """Where the clause looks."""
        return self.outlook.direction

    def day(self, phrase: Phrase) -> str:
        """Return the day an hour belongs to: the one named in its paragraph, or in a list only that in its sentence.

        What is told of the past goes on at the day named before its paragraph, if that has just been.
        """
        told = self.direction and not _is_listed(phrase)
        day = day_of(self.near if told else self.beside) or (self._recent() if told else None) or self.anchor
        return day.isoformat() if day else "XXXX-XX-XX"

    def _recent(self) -> date | None:
        day = day_of(self.named)
        told = self.direction < 0 and not self.near
        return day if told and day and self.anchor and 0 <= (self.anchor - day).days <= _RECENT else None

    def lean(self, phrase: Phrase) -> Lean:
        """Return where a date is looked for: by an adjective, a preposition, or else the tense."""
        way = phrase.get("ways")
        if way and not phrase.has("month_parts"):  # "am letzten Maiwochenende"
            return Lean(1 if way > 0 else -1, firmly=True, today=False)
        before, after = phrase.before, phrase.after
        if phrase.first > 1 and phrase.block[phrase.first - 2].kind in ("since", "until", "from", "for"):
            before = phrase.block[phrase.first - 2]  # "seit dem", "bis zum", "für den"
        if _is_coming(phrase):
            return Lean(1)
        bounds = before.kind in ("until", "from") or (before.kind == "for" and after.text == "an")
        aims = before.kind == "until" or before.text.lower() in ("für", "auf")
        if (bounds and self.direction >= 0) or (aims and self.outlook.fixing):  # "wurde bis Freitag verlängert"
            return Lean(1, firmly=not phrase.has("day", "numeric"))  # but "galt bis Freitag", "endete am 3. Mai"
        if before.kind == "since":
            return Lean(-1, firmly=True)
        if before.text.lower() == "aus" or (
            before.text.lower() == "vom" and not phrase.has("day", "numeric")
        ):  # "das Treffen vom Sonntag"
            return Lean(-1)
        if before.text.lower() in ("für", "auf") and (phrase.has("day") or not phrase.has("months")):
            return Lean(1)  # "die für Donnerstag geplante Sitzung", "auf den 5. Mai verschoben"; but "die Zahl für Mai"
        listed = self.direction == 0 and any(word.kind == "uhr" for word in phrase.block[phrase.last : phrase.last + 6])
        return Lean(1 if listed else self.direction)  # "Treffpunkt: Freitag, 20 Uhr"


def _is_coming(phrase: Phrase) -> bool:
    """Tell whether a date is that of something to come: "bei der kommenden Wahl am 8. Mai"."""
    adjective, noun, *_ = [*phrase.block[max(0, phrase.first - 3) : phrase.first], NO_WORD, NO_WORD]
    ahead = adjective.kind == "coming" or (adjective.kind == "ways" and adjective.value > 0)
    return ahead and noun.kind == "name" and phrase.before.kind == "at"


def _is_listed(phrase: Phrase) -> bool:
    """Tell whether an hour stands after a comma: "Konzert im Pfarrsaal, ab 20 Uhr."."""
    words = phrase.block[: phrase.first]
    while words and words[-1].kind in _HOURLY:
        words = words[:-1]
    return bool(words) and words[-1].kind == "comma"


def relative(way: int) -> str:
    """Return the value of a date that cannot be computed."""
    return "PAST_REF" if way < 0 else "FUTURE_REF" if way > 0 else "PRESENT_REF"


def day_of(value: str | None) -> date | None:
    """Return the day of a value that names one."""
    return first_day(value[:10]) if value and value[4:5] == value[7:8] == "-" else None
