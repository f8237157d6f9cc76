"""Why a statement's fields are what they are: the words and the rule, handed on by the code that decided.

Nothing is looked for here. Voices, parties, decisions, conditions and reports carry the words they rest on; this file only
writes them down as `Evidence`, field by field, and keeps them in step where a statement takes something over from another.
"""

from dataclasses import dataclass

from wortlaut.model import Condition, Entity, Evidence, Likelihood, Report, Statement, Timex, When
from wortlaut.statements.acts import Decision
from wortlaut.text import Spans, words_at

_CONDITIONS = {
    "speaker": "in what is said",
    "question": "in the question answered",
    "reporter": "in the page's own words",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks, the words that name them, and the rule that found them."""

    entity: Entity | None
    spans: Spans
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who is bound, the words that tell so, and the rule that found them."""

    entity: Entity | None
    spans: Spans
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What the decisions about one statement rest on, beside what the statement itself holds."""

    voice: Voice
    party: Party
    decision: Decision
    negations: Spans


def explain(text: str, statement: Statement, grounds: Grounds, times: tuple[Timex, ...]) -> tuple[Evidence, ...]:
    """Return the evidence of every field of `statement` that has a value, in the order of the contract."""

    def line(field: str, value: str | None, spans: Spans, by: str) -> Evidence:
        return Evidence(field=field, value=value, spans=spans, words=words_at(text, spans), by=by)

    def day(field: str, when: When | None) -> tuple[Evidence, ...]:
        spans = tuple(time.span for time in times if when and time.id == when.time)
        return (line(field, when.value, spans, "time"),) if when else ()

    def condition(found: Condition) -> Evidence:
        whole = line("condition", found.kind.value, found.spans, "")
        sign = words_at(text, found.cue)
        return line("condition", whole.value, whole.spans, f"{_CONDITIONS[found.holder]}, by »{sign}«")

    def likelihood(found: Likelihood) -> Evidence:
        return line("likelihood", found.term, found.spans, f"term ({found.scale or 'direction only'})")

    def report(found: Report) -> Evidence:
        return line(
            f"reported_by.{found.role}", found.name, found.evidence, "named" if found.evidence else "the page's"
        )

    voice, party, decision = grounds.voice, grounds.party, grounds.decision
    return (
        *((line("speaker", voice.entity.name, voice.spans, voice.by),) if voice.entity else ()),
        *((line("principal", party.entity.name, party.spans, party.by),) if party.entity else ()),
        line("act", decision.act.value, decision.cue, decision.by),
        line("polarity", statement.polarity.value, grounds.negations, _polarity_by(statement, grounds)),
        *((line("proposition", None, statement.proposition, "what is left of the content"),) if statement.proposition else ()),
        *map(condition, statement.conditions),
        *((likelihood(statement.likelihood),) if statement.likelihood else ()),
        *day("said", statement.said),
        *day("due", statement.due),
        *map(report, statement.reported_by),
    )  # fmt: skip


def _polarity_by(statement: Statement, grounds: Grounds) -> str:
    if grounds.negations:
        return "negation"
    return "no negation" if statement.polarity == "positive" else f"what is meant by {grounds.decision.act.value}"


def taken_over(statement: Statement, other: Statement, by: str, *fields: str) -> tuple[Evidence, ...]:
    """Return the evidence of `statement` with that of `other` for `fields` in its place, marked with the rule `by`."""

    def about(evidence: Evidence) -> bool:
        return evidence.field.startswith(fields)

    taken = (
        Evidence(field=e.field, value=e.value, spans=e.spans, words=e.words, by=f"{by}: {e.by}")
        for e in other.explain
        if about(e)
    )
    return in_order(*(e for e in statement.explain if not about(e)), *taken)


_ORDER = ("speaker", "principal", "act", "polarity", "proposition", "condition", "likelihood", "said", "due", "reported_by", "same_as")  # fmt: skip


def in_order(*evidence: Evidence) -> tuple[Evidence, ...]:
    """Sort evidence by field, as the contract names them; several of one field stay as they are."""
    return tuple(sorted(evidence, key=lambda e: _ORDER.index(e.field.partition(".")[0])))
