"""What the value of a temporal expression depends on beside its own words: the day of publication, the tense, dates named before."""

from dataclasses import dataclass
from datetime import date

from wortlaut.model import TimexType
from wortlaut.temporal.calendar import Lean, first_day
from wortlaut.temporal.grammar import Phrase


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

    `direction` is where its clause looks (-1 back, 1 ahead, 0 without a verb), `lasting` that the clause tells of a state;
    `named` is the last date of the text so far, `near` that of the same paragraph, `beside` that of the same sentence.
    """

    anchor: date | None
    direction: int = 0
    lasting: bool = False
    named: str | None = None
    near: str | None = None
    beside: str | None = None

    @property
    def day(self) -> str:
        """The day an hour belongs to: the one named in its paragraph, or in a list (no verb) only that in its sentence."""
        day = day_of(self.near if self.direction else self.beside) or self.anchor
        return day.isoformat() if day else "XXXX-XX-XX"

    def lean(self, phrase: Phrase) -> Lean:
        """Return where a date is looked for: by an adjective, a preposition, or else the tense."""
        way = phrase.get("ways")
        if way:
            return Lean(1 if way > 0 else -1, firmly=True, today=False)
        before, after = phrase.before, phrase.after
        if phrase.first > 1 and phrase.block[phrase.first - 2].kind in ("since", "until", "from", "for"):
            before = phrase.block[phrase.first - 2]  # "seit dem", "bis zum", "für den"
        ahead = before.kind in ("until", "from") or (before.kind == "for" and after.text == "an")
        if ahead and self.direction >= 0:  # "bis Freitag", "von Montag an"; but "galt bis Freitag"
            return Lean(1, firmly=True)
        if before.kind == "since":
            return Lean(-1, firmly=True)
        if before.text.lower() == "vom" and not phrase.has("day"):  # "das Treffen vom Sonntag"
            return Lean(-1)
        if before.text.lower() in ("für", "auf") and (phrase.has("day") or not phrase.has("months")):
            return Lean(1)  # "die für Donnerstag geplante Sitzung", "auf den 5. Mai verschoben"; but "die Zahl für Mai"
        listed = self.direction == 0 and any(word.kind == "uhr" for word in phrase.block[phrase.last : phrase.last + 6])
        return Lean(1 if listed else self.direction)  # "Treffpunkt: Freitag, 20 Uhr"


def relative(way: int) -> str:
    """Return the value of a date that cannot be computed."""
    return "PAST_REF" if way < 0 else "FUTURE_REF" if way > 0 else "PRESENT_REF"


def day_of(value: str | None) -> date | None:
    """Return the day of a value that names one."""
    return first_day(value[:10]) if value and value[4:5] == value[7:8] == "-" else None
