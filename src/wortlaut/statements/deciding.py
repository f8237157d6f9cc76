"""Which act a statement of a quote is: what the cue shows, what is said, and, where a model is installed, its judge.

The rules decide first. A judge sees their verdicts among other signs, as names, and may overrule them, but for what
grammar forbids; it was taught how far each rule is to be believed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from wortlaut.language import Clause, Mood, Sentence, Tag, Token
from wortlaut.model import Act, Likelihood, Quote
from wortlaut.statements.acts import Decision, act_of_cue, act_of_words, is_negated
from wortlaut.statements.deeds import act_of_content
from wortlaut.statements.units import Unit, is_question
from wortlaut.text import Span, Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known of a statement before its act.

    `frame` is the sentence of the cue; `body` the content without conditions; `bound` says that the clause speaks of what
    the speaker's side does, `conditional` that it rests on something, `first` that the cue announces this very unit.
    """

    text: str
    quote: Quote
    unit: Unit
    frame: Sentence
    clause: Clause | None
    body: Spans
    likelihood: Likelihood | None
    bound: bool
    first: bool
    conditional: bool

    def words(self) -> tuple[str, tuple[Spans, Spans, Spans]]:
        """Return the sentence, after the words that announce it where they stand in another one.

        Beside it where content, cue and speaker stand in it.
        """
        apart = self.frame is not self.unit.sentence
        parts = (*self.quote.frame, *self.unit.content) if apart else (self.frame.span,)
        marks: tuple[list[Span], list[Span], list[Span]] = ([], [], [])
        at = 0
        for part in parts:
            for found, spans in zip(marks, (self.unit.content, self.quote.cue, self.quote.speaker), strict=True):
                shared = (
                    Span(max(span.start, part.start), min(span.end, part.end)) for span in spans if span.overlaps(part)
                )
                found.extend(Span(s.start - part.start + at, s.end - part.start + at) for s in shared)
            at += part.end - part.start + 1
        content, cue, speaker = map(tuple, marks)
        return " ".join(part.of(self.text) for part in parts), (content, cue, speaker)


class Judge(Protocol):
    """Decides from signs; `verdicts` are those of the rules, the one that they settle on first."""

    def __call__(self, case: Case, signs: tuple[str, ...], verdicts: tuple[Decision, ...]) -> Decision:
        """Return the act with the words that show it."""


def decide(case: Case, judge: Judge | None) -> Decision:
    """Return the act of a statement, by the rules or by a judge who knows what they say."""
    cue = _by_cue(case) if case.quote.cue and case.first else None
    inside = _by_cue_inside(case) if _announces_itself(case.quote) else None
    said = (
        _by_question(case.unit)
        or _by_mere_answer(case.unit)
        or act_of_content(
            case.text,
            case.unit.sentence,
            case.clause,
            case.body,
            case.likelihood,
            bound=case.bound,
            conditional=case.conditional,
        )
    )
    ruled = _settle(case, inside if _announces_itself(case.quote) else cue, said)
    if judge is None or (cue is not None and not case.body):
        return ruled
    signs = (
        *(f"{name}={verdict.act if verdict else None}" for name, verdict in (("cue", cue), ("inside", inside))),
        f"said={said.act}",
        f"said={said.act}@{said.confidence}",
        f"both={cue.act if cue else None}+{said.act}",
        f"rule={ruled.act}",
        f"rule={ruled.act}@{ruled.confidence}",
        *_of_form(case),
        *_of_words(case),
    )
    verdicts = tuple(v for v in (ruled, cue, inside, said) if v)
    judged = judge(case, signs, verdicts)
    harmless = judged.act is Act.THREATEN and all(v.act is not Act.THREATEN for v in verdicts)
    return ruled if judged.act in ruled.never or harmless else judged


def _settle(case: Case, cue: Decision | None, said: Decision) -> Decision:
    if cue is None or (cue.act is Act.DENY and said.act is Act.PREDICT and case.likelihood is not None):
        return said
    if cue.act in (Act.PREDICT, Act.COMMIT) and said.act is Act.THREATEN:
        return said
    if cue.act is Act.COMMIT and is_negated(case.unit.sentence, case.body):
        return Decision(act=Act.REFUSE, cue=cue.cue, confidence=cue.confidence, by=cue.by)
    surer = said.act in (Act.REFUSE, Act.DEMAND) and said.confidence > cue.confidence
    return said if cue.act is Act.PREDICT and case.likelihood is None and surer else cue


_BINDING = frozenset((Act.COMMIT, Act.REFUSE, Act.THREATEN, Act.DEMAND, Act.PREDICT))


def _by_question(unit: Unit) -> Decision | None:
    """Read a question, which binds nobody: "Warum sollte ich zurücktreten?". Not: "Ihr zahlt doch, oder?"."""
    if not is_question(unit):
        return None
    return Decision(act=Act.ASSERT, cue=(), confidence=0.5, by="question", never=_BINDING)


_ANSWERS = frozenset(("ja", "nein", "doch", "klar", "genau", "natürlich"))
_STAYING = frozenset(("es", "dabei", "bleibt", "bleibe", "bleiben", "wir", "ich", "auch"))


def _by_mere_answer(unit: Unit) -> Decision | None:
    """Read words that only answer: "Nein.", "Es bleibt dabei." What they promise or refuse, only something else says."""
    words = [t.lower for t in _inside(unit.sentence.tokens, unit.content) if t.tag not in (Tag.MARK, Tag.PUNCTUATION)]
    stays = "dabei" in words and _STAYING.issuperset(words)
    if not stays and (len(words) != 1 or words[0] not in _ANSWERS):
        return None
    return Decision(act=Act.ASSERT, cue=(), confidence=0.5, by="answer", never=frozenset(Act) - {Act.ASSERT})


def _by_cue(case: Case) -> Decision | None:
    frame = case.frame
    for span in case.quote.cue:
        clause = next((c for c in frame.clauses if c.span.overlaps(span) and c.verb is not None), None)
        clause = clause or next((c for c in frame.clauses if c.span.overlaps(span)), None)
        if clause and (decision := act_of_cue(clause, frame.tokens, case.text)):
            return decision
    return act_of_words(frame.tokens, case.quote.cue)


def _announces_itself(quote: Quote) -> bool:
    """Tell whether no cue stands outside of the content."""
    return not quote.cue and (not quote.frame or any(f.overlaps(c) for f in quote.frame for c in quote.content))


def _by_cue_inside(case: Case) -> Decision | None:
    """Return the act of a cue that stands in the content itself: "[Der Rat rief die Regierung zum Abzug auf]".

    So the corpus marks reported speech: the clause with the speaker in it, no frame beside it.
    """
    sentence = case.unit.sentence
    for clause in sentence.clauses:
        verb = sentence.tokens[clause.verb] if clause.verb is not None else None
        spoken = any(clause.span.overlaps(s) for s in case.quote.speaker) and any(
            clause.span.overlaps(c) for c in case.unit.content
        )
        if spoken and verb is not None and verb.mood not in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2):
            return act_of_cue(clause, sentence.tokens, case.text)
    return None


def _of_form(case: Case) -> Iterator[str]:
    """Yield the signs of grammar."""
    flags = {
        "bound": case.bound,
        "first": case.first,
        "conditional": case.conditional,
        "no cue": not case.quote.cue,
        "no frame": not case.quote.frame,
        "negated": is_negated(case.unit.sentence, case.body),
        "likelihood": case.likelihood is not None,
    }
    yield from (name for name, holds in flags.items() if holds)
    yield f"kind={case.quote.kind}"
    count = sum(1 for t in _inside(case.unit.sentence.tokens, case.unit.content) if t.tag is not Tag.PUNCTUATION)
    yield f"length={'word' if count < 4 else 'phrase' if count < 9 else 'sentence'}"
    if case.clause is not None and case.clause.verb is not None:
        verb = case.unit.sentence.tokens[case.clause.verb]
        yield from (f"order={case.clause.order}", f"mood={verb.mood}", f"verb={verb.lemma}", f"form={verb.lower}")
        yield f"predicate={case.clause.predicate}"


def _of_words(case: Case) -> Iterator[str]:
    """Yield the words of content, cue and frame."""
    for token in _inside(case.unit.sentence.tokens, case.unit.content):
        yield f"word={token.text if token.tag in (Tag.MARK, Tag.PUNCTUATION) else token.lemma.lower()}"
    if case.first:
        cue = tuple(_inside(case.frame.tokens, case.quote.cue))
        yield from (f"cue word={token.lemma.lower()}" for token in cue)
        around = (token for token in _inside(case.frame.tokens, case.quote.frame) if token not in cue)
        yield from (f"frame word={token.lemma.lower()}" for token in around)


def _inside(tokens: tuple[Token, ...], spans: Spans) -> Iterator[Token]:
    return (token for token in tokens if any(span.overlaps(token.span) for span in spans))
