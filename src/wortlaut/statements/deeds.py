"""What a speaker does by what is said, where no cue tells.

A decision list from the surest sign to the weakest: what is not ruled out, a term of likelihood, a phrase of the lexicon, a command, a verb that
performs its act ("das verspreche ich"), a deed of the speaker's own side in the future or on a condition, a denial of what
one has done, the modal verb, a consequence that is not in the speaker's hand; what remains is an assertion.
"""

import re
from functools import cache

from wortlaut import lexicon
from wortlaut.language import Clause, Mood, Order, Sentence, Tag
from wortlaut.model import Act, Likelihood
from wortlaut.statements.acts import (
    BUT_POSSIBLE,
    Decision,
    act_phrases,
    first_person,
    is_negated,
    judged,
    leaves_open,
    verb_acts,
)
from wortlaut.statements.likelihood import is_weak
from wortlaut.text import Span, Spans, lowered

_OF_EXCLUSION = (Tag.NEGATION, Tag.PREFIX)
_FORECAST = frozenset(("würde", "würden"))


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
    if left := _left_open(sentence, body):
        return left
    if likelihood is not None and not is_weak(likelihood):
        return Decision(act=Act.PREDICT, cue=likelihood.spans, confidence=0.9, by="likelihood")
    negated = is_negated(sentence, body)
    decision = _by_phrase(text, body, bound=bound, negated=negated) or _by_command(sentence, clause)
    if decision is None and clause is not None and clause.verb is not None:
        decision = (
            _by_harm(sentence, clause, bound=bound, conditional=conditional, negated=negated)
            or _by_performing(sentence, body)
            or (_by_deed(sentence, clause, conditional=conditional, negated=negated) if bound else None)
            or _by_modal(sentence, clause, bound=bound, negated=negated)
            or _by_judgement(sentence, clause, body)
            or _by_consequence(sentence, clause, likelihood, bound=bound, conditional=conditional)
        )
    if decision is None and (clause is None or clause.verb is None):
        decision = _by_judgement(sentence, None, body)
    if decision is None and likelihood is not None:
        return Decision(act=Act.PREDICT, cue=likelihood.spans, confidence=0.65, by="weak likelihood")
    return decision or Decision(
        act=Act.ASSERT, cue=(), confidence=0.6 if clause is not None else 0.5, by="no sign of another act"
    )


def _left_open(sentence: Sentence, body: Spans) -> Decision | None:
    """Read what is not ruled out: "Ich schließe nicht aus, dass wir klagen"."""
    for clause in sentence.clauses:
        verb = sentence.tokens[clause.verb].span if clause.verb is not None else None
        if verb and any(span.contains(verb) for span in body) and leaves_open(sentence.tokens, clause):
            tokens = sentence.tokens[clause.first : clause.last]
            shown = (t.span for t in tokens if t.span == verb or t.tag in _OF_EXCLUSION or t.lemma == "ausschließen")
            return Decision(act=Act.PREDICT, cue=tuple(shown), confidence=0.9, by="left open", never=BUT_POSSIBLE)
    return None


def _by_phrase(text: str, body: Spans, *, bound: bool, negated: bool) -> Decision | None:
    for act, pattern in act_phrases():
        for span in body:
            match = pattern.search(lowered(text), span.start, span.end)
            if match is None or (act is Act.COMMIT and not bound):
                continue
            words = match.group()
            own = act is Act.THREATEN and negated and not re.search(r"\bnicht\b", words)
            found = Act.REFUSE if own or (act is Act.COMMIT and negated) else act
            return Decision(act=found, cue=(Span(match.start(), match.end()),), confidence=0.8, by="phrase")
    return None


def _by_command(sentence: Sentence, clause: Clause | None) -> Decision | None:
    """Read a command: "Hört auf!", "Geben Sie das Geld zurück!". Not: "Kommt er?", "Haben wir gelacht!"."""
    if clause is None or clause.verb is None or clause.order is not Order.VERB_FIRST:
        return None
    last = next((t.text for t in reversed(sentence.tokens) if t.tag is not Tag.MARK), "")
    behind = sentence.tokens[clause.verb + 1].lower if clause.verb + 1 < len(sentence.tokens) else ""
    commands = last == "!" and behind not in ("ich", "wir", "er", "es", "man", "der", "die", "das")
    return (
        Decision(act=Act.DEMAND, cue=(sentence.tokens[clause.verb].span,), confidence=0.75, by="command")
        if commands
        else None
    )


def _by_performing(sentence: Sentence, body: Spans) -> Decision | None:
    """Read a verb that performs its act in the first person: "Das verspreche ich", "Wir fordern mehr Lohn"."""
    for clause in sentence.clauses:
        verb = sentence.tokens[clause.verb] if clause.verb is not None else None
        if verb is None or not any(span.contains(verb.span) for span in body) or not first_person(sentence, clause):
            continue
        act = verb_acts().get(clause.predicate or "")
        plain = verb.mood is Mood.INDICATIVE or (verb.mood is Mood.SUBJUNCTIVE_1 and verb.lower.endswith("e"))
        if act is None or not plain or not (clause.predicate or "").endswith(verb.lemma):
            continue
        if any(t.tag is Tag.NEGATION for t in sentence.tokens[clause.first : clause.last]):
            act = _NEGATED.get(act, act)
        return Decision(act=act, cue=(verb.span,), confidence=0.75, by="performing verb")
    return None


_NEGATED = {
    Act.ENDORSE: Act.REFUSE,
    Act.REFUSE: Act.COMMIT,
    Act.COMMIT: Act.REFUSE,
    Act.DEMAND: Act.ASSERT,
    Act.DENY: Act.ASSERT,
}


@cache
def _listed(table: str, key: str = "verbs") -> frozenset[str]:
    return frozenset(lexicon.load("acts")[table][key].split())


def _by_harm(sentence: Sentence, clause: Clause, *, bound: bool, conditional: bool, negated: bool) -> Decision | None:
    """Read a threat: a harm on a condition, by the speaker's side or without a doer ("dann werde es Streiks geben")."""
    if not conditional or negated:
        return None
    verb = sentence.tokens[clause.verb or 0]
    inside = sentence.tokens[clause.first : clause.last]
    if verb.lower in _FORECAST and not bound:
        return None
    noun = next((t for t in inside if t.text in _listed("harm", "nouns")), None)
    light = clause.predicate in ("geben", "folgen", "drohen", "kommen", "einlegen", "erheben", "verhängen", "einreichen", "antworten", "reagieren", "ausrufen", "stellen", "erstatten")  # fmt: skip
    impersonal = any(t.lower == "es" for t in inside) or clause.predicate in ("folgen", "drohen")
    if noun is not None and light and (bound or impersonal):
        return Decision(act=Act.THREATEN, cue=(verb.span, noun.span), confidence=0.75, by="harm on a condition")
    acts = verb.lemma in ("werden", "wollen") or verb.lemma not in _listed("state")
    if bound and acts and clause.predicate in _listed("harm"):
        return Decision(act=Act.THREATEN, cue=(verb.span,), confidence=0.75, by="harm on a condition")
    return None


def _by_deed(sentence: Sentence, clause: Clause, *, conditional: bool, negated: bool) -> Decision | None:
    """Read a promise in the present tense ("Wenn …, bauen wir"), a refusal ("Das machen wir nicht") or a denial of a deed.

    Only on a condition is the present tense a promise; without one "wir bauen" is a report.
    """
    verb = sentence.tokens[clause.verb or 0]
    inside = sentence.tokens[clause.first : clause.last]
    done = verb.lemma in ("haben", "sein") and any(t.tag is Tag.PARTICIPLE for t in inside)
    yet = any(t.lower in ("noch", "bislang", "bisher") for t in inside)
    if done and negated and not conditional and not yet and verb.lower not in ("hätte", "hätten", "wäre", "wären"):
        return Decision(act=Act.DENY, cue=(verb.span,), confidence=0.65, by="own deed")
    plain = verb.mood is Mood.INDICATIVE or any(t.lower == "ich" for t in inside)
    acts = plain and first_person(sentence, clause) and verb.lemma not in _listed("state")
    if not acts or (clause.predicate or "") in verb_acts():
        return None
    if negated:
        return Decision(act=Act.REFUSE, cue=(verb.span,), confidence=0.65, by="own deed")
    return Decision(act=Act.COMMIT, cue=(verb.span,), confidence=0.7, by="own deed") if conditional else None


def _by_modal(sentence: Sentence, clause: Clause, *, bound: bool, negated: bool) -> Decision | None:
    verb = sentence.tokens[clause.verb or 0]
    inside = sentence.tokens[clause.first : clause.last]
    inner = any(t.tag is Tag.INFINITIVE for t in inside)
    predicate = verb_acts().get(clause.predicate or "")
    own = (clause.predicate or "").endswith(verb.lemma)
    if (
        predicate in (Act.COMMIT, Act.DEMAND, Act.REFUSE, Act.ENDORSE, Act.CRITICISE, Act.DENY, Act.PREDICT)
        and bound
        and own
    ):
        return Decision(
            act=_NEGATED.get(predicate, predicate) if negated else predicate,
            cue=(verb.span,),
            confidence=0.75,
            by="modal verb",
        )
    if verb.lower in ("soll", "sollen") and _planned(sentence, clause):
        passive = inside[-1].lower == "werden" or any(t.tag is Tag.PARTICIPLE for t in inside)
        act = Act.PREDICT if not passive else Act.REFUSE if negated else Act.COMMIT
        return Decision(act=act, cue=(verb.span,), confidence=0.5, by="modal verb")
    if verb.lemma in ("müssen", "sollen", "dürfen") and not _demands(sentence, clause, negated=negated):
        return None
    if verb.lemma in ("müssen", "sollen") or (
        verb.lemma == "dürfen" and negated and verb.lower not in ("dürfte", "dürften")
    ):
        return Decision(act=Act.DEMAND, cue=(verb.span,), confidence=0.7, by="modal verb")
    if verb.lemma == "wollen" and bound:
        return Decision(act=Act.REFUSE if negated else Act.COMMIT, cue=(verb.span,), confidence=0.85, by="modal verb")
    passive = not inner and any(t.tag is Tag.PARTICIPLE for t in inside)
    if verb.lemma == "werden" and (inner or (negated and not passive)) and verb.lower not in _FORECAST:
        if bound:
            return Decision(
                act=Act.REFUSE if negated else Act.COMMIT, cue=(verb.span,), confidence=0.8, by="modal verb"
            )
        return Decision(act=Act.PREDICT, cue=(verb.span,), confidence=0.6, by="modal verb")
    return None


def _hearsay(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether *soll* reports a rumour: "Er soll geflohen sein", "Das Virus soll gefährlich sein"."""
    verb = sentence.tokens[clause.verb or 0]
    inside = [t for t in sentence.tokens[clause.first : clause.last] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)]
    words = [t.lower for t in inside]
    perfect = any(t.tag is Tag.PARTICIPLE for t in inside) and ("haben" in words or "sein" in words)
    last = words[-2:-1] if inside[-1] is verb else words[-1:]
    return verb.lower in ("soll", "sollen") and (perfect or last in (["sein"], ["haben"], ["handeln"], ["befinden"]))


def _planned(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether *soll* is somebody's plan: "Das Werk soll 2031 geschlossen werden"."""
    return clause.order is not Order.VERB_LAST and not _hearsay(sentence, clause)


def _demands(sentence: Sentence, clause: Clause, *, negated: bool) -> bool:
    """Tell a demand from hearsay, a permission and a mere description.

    Fires: "Die Bank müsse zahlen". Not: "Er soll geflohen sein", "Kinder, die arbeiten müssen", "Das muss nicht sein".
    """
    verb = sentence.tokens[clause.verb or 0]
    relative = clause.order is Order.VERB_LAST and clause.opener not in ("dass", "daß", "damit")
    free = verb.lemma == "müssen" and negated
    return not (relative or free or _hearsay(sentence, clause))


def _by_judgement(sentence: Sentence, clause: Clause | None, body: Spans) -> Decision | None:
    """Read what is said to be bad or good: "Das sei ein Skandal", "»fahrlässig«"; only of *sein* or without any verb."""
    verb = sentence.tokens[clause.verb] if clause is not None and clause.verb is not None else None
    if verb is not None and (verb.lemma != "sein" or (clause is not None and clause.predicate != "sein")):
        return None
    inside = [t for t in sentence.tokens if any(span.contains(t.span) for span in body)]
    if verb is None and len(inside) > 8:
        return None
    for at, token in enumerate(inside):
        act = judged(token)
        if act is None:
            continue
        if any(t.tag is Tag.NEGATION for t in inside[max(0, at - 3) : at]):
            act = Act.CRITICISE if act is Act.ENDORSE else Act.ASSERT
        return Decision(act=act, cue=(token.span,), confidence=0.65, by="judgement")
    return None


def _by_consequence(
    sentence: Sentence, clause: Clause, likelihood: Likelihood | None, *, bound: bool, conditional: bool
) -> Decision | None:
    """Read what would follow and is not in the speaker's hand: "Ohne Regen stünden Felder still"."""
    verb = sentence.tokens[clause.verb or 0]
    open_end = verb.mood in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2) or verb.lemma not in _listed("state")
    if not conditional or bound or not open_end or verb.lemma == "dürfen":
        return None
    cue = likelihood.spans if likelihood is not None else (verb.span,)
    return Decision(act=Act.PREDICT, cue=cue, confidence=0.6, by="consequence of a condition")
