"""What a speaker does by saying it: the act, and the words that show it.

A decision list from the surest sign to the weakest: a cue that is itself an act ("dementierte"), a phrase of the content,
a term of likelihood, the modal verb and its subject; what remains is an assertion.
"""

import re
from dataclasses import dataclass
from functools import cache

from wortlaut import lexicon
from wortlaut.language import Clause, Mood, Sentence, Tag, Token
from wortlaut.model import Act, Likelihood, Polarity
from wortlaut.statements.likelihood import is_weak
from wortlaut.text import Span, Spans

_FIRST_PERSON = frozenset(("ich", "wir", "man"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An act with the words that show it and how sure the rule is (share right on our own sentences)."""

    act: Act
    cue: Spans
    confidence: float


@cache
def verb_acts() -> dict[str, Act]:
    """Map cue verbs to their act; verbs of mere saying are not in it."""
    table: dict[str, Act] = {}
    for name, verbs in lexicon.load("acts")["verbs"].items():
        if name != "say":
            for verb in verbs.split():
                table.setdefault(verb, Act(name))
    return table


@cache
def _saying() -> frozenset[str]:
    return frozenset(lexicon.load("acts")["verbs"]["say"].split())


@cache
def _noun_acts() -> dict[str, Act]:
    return {noun: Act(act) for act, nouns in lexicon.load("acts")["nouns"].items() for noun in nouns}


@cache
def _phrases() -> tuple[tuple[Act, re.Pattern[str]], ...]:
    return tuple((Act(p["act"]), re.compile(p["pattern"], re.IGNORECASE)) for p in lexicon.load("acts")["phrase"])


def act_of_cue(
    clause: Clause | None, tokens: tuple[Token, ...], text: str, *, negated: bool = False
) -> Decision | None:
    """Return the act that a cue clause shows by its verb, its noun or a phrase; None if it merely says."""
    if clause is None:
        return None
    verb = tokens[clause.verb] if clause.verb is not None else None
    spans: Spans = (verb.span,) if verb else ()
    spans += tuple(t.span for t in tokens[clause.first : clause.last] if t.tag is Tag.PREFIX)
    spans += tuple(
        t.span for t in tokens[clause.first : clause.last] if t.tag is Tag.PARTICIPLE and verb and t.lemma != verb.lemma
    )[:1]
    words = clause.span.of(text)
    act = verb_acts().get(clause.predicate or "")
    if act is None or clause.predicate in _saying():
        for found, pattern in _phrases():
            match = pattern.search(words)
            if match and found is not Act.COMMIT:
                return Decision(
                    act=found, cue=(Span(clause.start + match.start(), clause.start + match.end()),), confidence=0.8
                )
    if act is None:
        noun = next((t for t in tokens[clause.first : clause.last] if t.text in _noun_acts()), None)
        if noun is not None:
            return Decision(act=_noun_acts()[noun.text], cue=(noun.span, *spans), confidence=0.75)
        return None
    if negated or any(t.tag is Tag.NEGATION for t in tokens[clause.first : clause.last]):
        act = {Act.COMMIT: Act.REFUSE, Act.REFUSE: Act.COMMIT, Act.ENDORSE: Act.CRITICISE}.get(act, act)
    return Decision(act=act, cue=tuple(sorted(spans)), confidence=0.85)


@cache
def _listed(table: str) -> frozenset[str]:
    return frozenset(lexicon.load("acts")[table]["verbs"].split())


def act_of_content(
    text: str,
    sentence: Sentence,
    clause: Clause | None,
    body: Spans,
    likelihood: Likelihood | None,
    *,
    bound: bool,
    conditional: bool,
) -> Decision:
    """Decide from what is said. `bound` says that the clause's subject is the speaker or the party spoken for."""
    words = " ".join(span.of(text) for span in body)
    if likelihood is not None and not is_weak(likelihood):
        return Decision(act=Act.PREDICT, cue=likelihood.spans, confidence=0.9)
    for act, pattern in _phrases():
        for span in body:
            if match := pattern.search(text, span.start, span.end):
                if act in (Act.COMMIT, Act.REFUSE) and not bound and act is Act.COMMIT:
                    continue
                if act is Act.COMMIT and re.search(r"\b(?:nicht|kein\w*)\b", words):
                    act = Act.REFUSE  # noqa: PLW2901 - a negated promise is a refusal
                return Decision(act=act, cue=(Span(match.start(), match.end()),), confidence=0.8)
    if clause is None or clause.verb is None:
        return Decision(act=Act.ASSERT, cue=(), confidence=0.5)
    negated = is_negated(sentence, body)
    if bound and (deed := _by_deed(sentence, clause, conditional=conditional, negated=negated)):
        return deed
    return _by_modal(sentence, clause, likelihood, bound=bound, negated=negated)


def _by_deed(sentence: Sentence, clause: Clause, *, conditional: bool, negated: bool) -> Decision | None:
    """Read a threat or a promise in the present tense: "Wenn …, legen wir alles still", "Das machen wir nicht".

    Only on a condition is a harm a threat, and the present tense a promise; without one "wir bauen" is a report.
    """
    verb = sentence.tokens[clause.verb or 0]
    inner = any(t.tag is Tag.INFINITIVE for t in sentence.tokens[clause.first : clause.last])
    future = verb.lemma in ("werden", "wollen") and inner and verb.lower not in ("würde", "würden")
    if (
        conditional
        and not negated
        and clause.predicate in _listed("harm")
        and (future or verb.lemma not in _listed("state"))
    ):
        return Decision(act=Act.THREATEN, cue=(verb.span,), confidence=0.75)
    acts = first_person(sentence, clause) and verb.lemma not in _listed("state") and verb.mood is Mood.INDICATIVE
    if not acts or (clause.predicate or "") in verb_acts():
        return None
    if negated:
        return Decision(act=Act.REFUSE, cue=(verb.span,), confidence=0.65)
    return Decision(act=Act.COMMIT, cue=(verb.span,), confidence=0.7) if conditional else None


def _by_modal(
    sentence: Sentence, clause: Clause, likelihood: Likelihood | None, *, bound: bool, negated: bool
) -> Decision:
    verb = sentence.tokens[clause.verb or 0]
    inner = any(t.tag is Tag.INFINITIVE for t in sentence.tokens[clause.first : clause.last])
    predicate = verb_acts().get(clause.predicate or "")
    if predicate in (Act.DEMAND, Act.REFUSE, Act.ENDORSE, Act.CRITICISE, Act.DENY, Act.PREDICT) and bound:
        if negated and predicate in (Act.ENDORSE, Act.REFUSE):
            predicate = Act.REFUSE if predicate is Act.ENDORSE else Act.COMMIT
        return Decision(act=predicate, cue=(verb.span,), confidence=0.75)
    if verb.lemma in ("müssen", "sollen") or (
        verb.lemma == "dürfen" and negated and verb.lower not in ("dürfte", "dürften")
    ):
        return Decision(act=Act.DEMAND, cue=(verb.span,), confidence=0.7)
    if verb.lemma == "wollen" and bound:
        return Decision(act=Act.REFUSE if negated else Act.COMMIT, cue=(verb.span,), confidence=0.85)
    if verb.lemma == "werden" and inner and verb.lower not in ("würde", "würden"):
        if bound:
            return Decision(act=Act.REFUSE if negated else Act.COMMIT, cue=(verb.span,), confidence=0.8)
        return Decision(act=Act.PREDICT, cue=(verb.span,), confidence=0.6)
    if likelihood is not None:
        return Decision(act=Act.PREDICT, cue=likelihood.spans, confidence=0.65)
    return Decision(act=Act.ASSERT, cue=(), confidence=0.6)


def is_negated(sentence: Sentence, body: Spans) -> bool:
    """Tell whether a negation stands in `body`; *nicht nur* and *nichts weniger* do not negate."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.tag is Tag.NEGATION and any(span.contains(token.span) for span in body):
            if token.lower == "nicht" and at + 1 < len(tokens) and tokens[at + 1].lower in ("nur", "zuletzt"):
                continue
            return True
    return False


def polarity(sentence: Sentence, body: Spans) -> Polarity:
    """Return the polarity of the proposition in `body`."""
    return Polarity.NEGATIVE if is_negated(sentence, body) else Polarity.POSITIVE


def first_person(sentence: Sentence, clause: Clause | None) -> bool:
    """Tell whether a clause's subject is *ich, wir* or *man*."""
    if clause is None:
        return False
    return any(t.lower in _FIRST_PERSON for t in sentence.tokens[clause.first : clause.last])
