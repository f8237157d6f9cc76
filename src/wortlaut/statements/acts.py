"""What a speaker does by saying it: the act, and the words that show it.

Here from the cue that announces it ("dementierte", "erteilte eine Absage"); `deeds` decides from what is said.
"""

import re
from dataclasses import dataclass
from functools import cache

from wortlaut import lexicon
from wortlaut.language import Clause, Sentence, Tag, Token
from wortlaut.model import Act, Polarity
from wortlaut.text import Span, Spans, lowered

_FIRST_PERSON = frozenset(("ich", "wir", "man"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An act with the words that show it and how sure the rule is (share right on our own sentences); `by` names the rule.

    `never` are the acts that grammar forbids: no judge decides on one of them.
    """

    act: Act
    cue: Spans
    confidence: float
    by: str = "cue"
    never: frozenset[Act] = frozenset()


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
def saying_verbs() -> frozenset[str]:
    """Return the verbs of mere saying, which leave the act to what is said."""
    return frozenset(lexicon.load("acts")["verbs"]["say"].split())


@cache
def _noun_acts() -> dict[str, Act]:
    return {noun: Act(act) for act, nouns in lexicon.load("acts")["nouns"].items() for noun in nouns}


@cache
def act_phrases() -> tuple[tuple[Act, re.Pattern[str]], ...]:
    """Return the phrases that show an act, in the order in which they decide, in small letters."""
    return tuple((Act(p["act"]), re.compile(p["pattern"])) for p in lexicon.load("acts")["phrase"])


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
    words = clause.span.of(lowered(text))
    act = verb_acts().get(clause.predicate or "")
    if act is None or clause.predicate in saying_verbs():
        for found, pattern in act_phrases():
            match = pattern.search(words)
            if match and found is not Act.COMMIT:
                return Decision(
                    act=found, cue=(Span(clause.start + match.start(), clause.start + match.end()),), confidence=0.8
                )
    if act is None and clause.predicate in (
        "bezeichnen",
        "nennen",
        "halten",
        "einstufen",
        "werten",
        "bewerten",
        "kritisieren",
        "sprechen",
    ):
        return _by_name(tokens, clause, spans)
    if act is None:
        noun = next((t for t in tokens[clause.first : clause.last] if t.text in _noun_acts()), None)
        if noun is not None:
            return Decision(act=_noun_acts()[noun.text], cue=(noun.span, *spans), confidence=0.75)
        return None
    act = _by_valency(tokens, clause) or act
    if clause.predicate == "annehmen" and any(t.text in _accepted() for t in tokens[clause.first : clause.last]):
        act = Act.ENDORSE
    if act is Act.DENY and clause.predicate == "zurückweisen" and _rejects_request(tokens, clause):
        act = Act.REFUSE
    if leaves_open(tokens, clause, negated=negated):
        return Decision(act=Act.PREDICT, cue=tuple(sorted(spans)), confidence=0.9, by="left open", never=BUT_POSSIBLE)
    if negated or any(t.tag is Tag.NEGATION for t in tokens[clause.first : clause.last]):
        act = _NEGATED.get(act, act)
    return Decision(act=act, cue=tuple(sorted(spans)), confidence=0.85)


_NEGATED = {Act.COMMIT: Act.REFUSE, Act.REFUSE: Act.COMMIT, Act.ENDORSE: Act.CRITICISE, Act.DENY: Act.ASSERT}


BUT_POSSIBLE = frozenset(Act) - {Act.PREDICT}
"""What it is not to leave something open."""


def leaves_open(tokens: tuple[Token, ...], clause: Clause, *, negated: bool = False) -> bool:
    """Tell whether a clause does not rule something out, so that it is possible.

    Fires: "Sie schließe einen Streik nicht aus", "Nichts sei ausgeschlossen". Not: "Wir schließen ihn nicht aus der Partei aus".
    """
    inside = tokens[clause.first : clause.last]
    expels = any(t.lower in ("von", "vom") or (t.lower == "aus" and t.tag is Tag.PREPOSITION) for t in inside)
    denied = negated or any(
        t.tag is Tag.NEGATION and behind.lower not in ("nur", "zuletzt")
        for t, behind in zip(inside, (*inside[1:], inside[-1]), strict=True)
    )
    return clause.predicate == "ausschließen" and denied and not expels


def act_of_words(tokens: tuple[Token, ...], cue: Spans) -> Decision | None:
    """Return the act of a cue's own words where its clause does not show it: "hat [angekündigt] die Preise zu erhöhen"."""
    inside = [t for t in tokens if any(span.contains(t.span) for span in cue)]
    prefix = next((t.lower for t in inside if t.tag is Tag.PREFIX), "")
    for token in inside:
        act = verb_acts().get(prefix + token.lemma) or verb_acts().get(token.lemma) or _noun_acts().get(token.text)
        if act is not None and token.lemma not in saying_verbs():
            return Decision(act=act, cue=cue, confidence=0.75)
    return None


def _by_valency(tokens: tuple[Token, ...], clause: Clause) -> Act | None:
    """Return the act that a preposition makes of a verb: "erwartet von der Bank …" demands."""
    valency = lexicon.load("acts")["valency"].get(clause.predicate or "", {})
    return next((Act(valency[t.lower]) for t in tokens[clause.first : clause.last] if t.lower in valency), None)


def _by_name(tokens: tuple[Token, ...], clause: Clause, cue: Spans) -> Decision | None:
    """Return what somebody does by what they call something: "nannte den Plan »fahrlässig«"."""
    for token in tokens[clause.first : clause.last]:
        if act := judged(token):
            return Decision(act=act, cue=(*cue, token.span), confidence=0.75)
    return None


@cache
def _judgements() -> dict[str, Act]:
    table = lexicon.load("acts")["judgement"]
    return {word: Act(act) for act, words in table.items() for word in words.split()}


def judged(token: Token) -> Act | None:
    """Return what a word of judgement makes, blame or praise; endings are looked through."""
    table = _judgements()
    forms = (token.lower, *(token.lower.removesuffix(ending) for ending in ("e", "en", "er", "es", "em", "s")))
    return next((table[form] for form in forms if form in table), None)


@cache
def _accepted() -> frozenset[str]:
    return frozenset(lexicon.load("acts")["accepted"]["endorse"])


def _rejects_request(tokens: tuple[Token, ...], clause: Clause) -> bool:
    """Tell whether *zurückweisen* turns down a request ("wies den Antrag zurück"), not a reproach."""
    requests = lexicon.load("acts")["rejected"]["refuse"]
    return any(t.text in requests for t in tokens[clause.first : clause.last])


def is_negated(sentence: Sentence, body: Spans) -> bool:
    """Tell whether a negation stands in `body`; *nicht nur* and *nichts weniger* do not negate."""
    return bool(negations(sentence, body))


def negations(sentence: Sentence, body: Spans) -> Spans:
    """Return the words in `body` that negate it."""
    pairs = zip(sentence.tokens, [*(t.lower for t in sentence.tokens[1:]), ""], strict=True)
    return tuple(
        token.span
        for token, behind in pairs
        if token.tag is Tag.NEGATION
        and not (token.lower == "nicht" and behind in ("nur", "zuletzt"))
        and any(span.contains(token.span) for span in body)
    )


def polarity(act: Act, sentence: Sentence, body: Spans) -> Polarity:
    """Return the polarity of the proposition in `body`; what is refused or denied is negative, however it is worded."""
    if act in (Act.REFUSE, Act.DENY):
        return Polarity.NEGATIVE
    return Polarity.NEGATIVE if is_negated(sentence, body) else Polarity.POSITIVE


def first_person(sentence: Sentence, clause: Clause | None) -> bool:
    """Tell whether a clause's subject is *ich, wir* or *man*."""
    if clause is None:
        return False
    return any(t.lower in _FIRST_PERSON for t in sentence.tokens[clause.first : clause.last])
