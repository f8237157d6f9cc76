"""The page's own word on what somebody will do or holds, and its headline's.

Narration counts only with a sign: *will, plant, wird* with a known subject, or a verb of the acts' lexicon. What somebody
did is no statement. Sentences that a quote already covers are left to it.
"""

from dataclasses import replace

from wortlaut import lexicon
from wortlaut.language import Clause, Mood, Order, Sentence, Tag
from wortlaut.model import (
    Act,
    Article,
    BlockKind,
    Condition,
    ConditionKind,
    Entity,
    EntityKind,
    Holder,
    Quote,
    Statement,
    StatementSource,
    Timex,
    content_id,
)
from wortlaut.statements.acts import Decision, act_of_cue, act_phrases, first_person, is_negated, negations, polarity
from wortlaut.statements.chain import find_due, find_reports
from wortlaut.statements.conditions import find_conditions
from wortlaut.statements.events import is_past
from wortlaut.statements.evidence import Grounds, Voice, explain
from wortlaut.statements.likelihood import find_likelihood
from wortlaut.statements.people import Cast
from wortlaut.statements.quoted import proposition
from wortlaut.text import Span, Spans, lowered, subtract

_NO_TELLING = frozenset(
    ("wenn", "falls", "sofern", "ob", "als", "nachdem", "weil", "wie", "was", "wer", "wann", "wo", "warum")
)
_NARRATING = frozenset((BlockKind.LEDE, BlockKind.PARAGRAPH, BlockKind.HEADLINE, BlockKind.LIST_ITEM))


def find_narrated(
    article: Article,
    sentences: tuple[Sentence, ...],
    quotes: tuple[Quote, ...],
    times: tuple[Timex, ...],
    cast: Cast,
    quoted: tuple[Statement, ...],
) -> tuple[Statement, ...]:
    """Return statements of the page itself, headlines included."""
    covered = [span for quote in quotes for span in (*quote.content, *quote.cue)]
    framed = [span for quote in quotes for span in quote.frame]
    found: list[Statement] = []
    for sentence in sentences:
        if sentence.kind not in _NARRATING:
            continue
        last: Statement | None = None
        for clause in sentence.clauses:
            where = clause.span
            verb = sentence.tokens[clause.verb].span if clause.verb is not None else where
            if not any(s.overlaps(where) for s in covered) and not any(f.contains(verb) for f in framed):
                last = _narrated(article, sentence, clause, times, cast, (*quoted, *found)) or last
        if last is not None:
            found.append(last)
    return tuple(found)


def _narrated(
    article: Article,
    sentence: Sentence,
    clause: Clause,
    times: tuple[Timex, ...],
    cast: Cast,
    before: tuple[Statement, ...],
) -> Statement | None:
    if clause.verb is None or clause.opener in _NO_TELLING or first_person(sentence, clause):
        return None  # whoever says "we" is quoted, though nothing shows it
    hit = cast.subject_mention(sentence, clause)
    subject, span = hit or (_taken_up(sentence, clause, before, cast), None)
    if subject is None or subject.kind not in (
        EntityKind.PERSON,
        EntityKind.ORGANISATION,
        EntityKind.STATE,
        EntityKind.GROUP,
    ):
        return None
    content = (_content(sentence, clause),)
    conditions = find_conditions(article.text, sentence, content, Holder.REPORTER)
    holes = [s for c in conditions for s in c.spans]
    body = tuple(rest for part in content for rest in subtract(part, holes))
    decision = _decide(sentence, clause, body, article.text) or _on_condition(sentence, clause, conditions, subject)
    if decision is None:
        return None
    likelihood = find_likelihood(article.text, body, Holder.REPORTER)
    voice = Voice(entity=subject, spans=(span,) if span else (), by="subject of the clause")
    party = cast.principal(subject, voice.spans)
    source = StatementSource.HEADLINE if sentence.kind is BlockKind.HEADLINE else StatementSource.NARRATION
    statement = Statement(
        id=content_id(article.id, "statement", source.value, content, content[0].of(article.text)),
        source=source,
        content=content,
        speaker=subject.id,
        speaker_span=voice.spans,
        principal=party.entity.id if party.entity else None,
        act=decision.act,
        act_cue=decision.cue,
        polarity=polarity(decision.act, sentence, body),
        proposition=proposition(article.text, sentence, _deed(sentence, clause, body, span, decision), ()) or body,
        conditions=conditions,
        likelihood=likelihood,
        due=find_due(times, body, article.published, article.text),
        reported_by=find_reports(article, ()),
        confidence=round(decision.confidence, 3),
    )
    grounds = Grounds(voice=voice, party=party, decision=decision, negations=negations(sentence, body))
    return replace(statement, explain=explain(article.text, statement, grounds, times))


def _taken_up(sentence: Sentence, clause: Clause, before: tuple[Statement, ...], cast: Cast) -> Entity | None:
    """Return who is behind "darin wird … gefordert": the principal of the statement just before."""
    words = {t.lower for t in sentence.tokens[clause.first : clause.last]}
    if not words & {"darin", "dabei", "dadurch"} or not before:
        return None
    earlier = [s for s in before if s.content[0].end <= sentence.start and s.content[0].end > sentence.start - 200]
    latest = max(earlier, key=lambda s: s.content[0].start, default=None)
    return next((e for e in cast.entities if latest and e.id == latest.principal), None)


def _content(sentence: Sentence, clause: Clause) -> Span:
    """Return the clause with what hangs on it: infinitives, *dass*, conditions before and behind."""
    index = sentence.clauses.index(clause)
    if clause.order is Order.VERB_LAST:
        return _trim(sentence, clause.start, clause.end)
    start, end = clause.start, clause.end
    for following in sentence.clauses[index + 1 :]:
        if following.order == Order.VERB_SECOND or (
            following.order is Order.VERB_FIRST
            and sentence.tokens[following.verb or 0].lower not in ("sollte", "sollten")
        ):
            break
        end = following.end
    for preceding in reversed(sentence.clauses[:index]):
        if preceding.opener not in ("wenn", "falls", "sofern", "solange") and preceding.order is not Order.VERB_FIRST:
            break
        start = preceding.start
    return _trim(sentence, start, end)


def _trim(sentence: Sentence, start: int, end: int) -> Span:
    tokens = [t for t in sentence.tokens if start <= t.start and t.end <= end]
    while len(tokens) > 1 and tokens[-1].text in ",;:–.":
        tokens.pop()
    return Span(start, tokens[-1].end)


def _decide(sentence: Sentence, clause: Clause, body: Spans, text: str) -> Decision | None:
    verb = sentence.tokens[clause.verb or 0]
    inside = sentence.tokens[clause.first : clause.last]
    inner = any(t.tag is Tag.INFINITIVE for t in inside)
    negated = is_negated(sentence, body)
    passive = verb.lemma == "werden" and any(t.tag is Tag.PARTICIPLE for t in inside) and not inner
    harms = next(
        (
            m
            for act, p in act_phrases()
            if act is Act.THREATEN and (m := p.search(lowered(text), clause.start, clause.end))
        ),
        None,
    )
    if harms and verb.lower in ("will", "wollen") and not negated:
        return Decision(act=Act.THREATEN, cue=(verb.span, Span(harms.start(), harms.end())), confidence=0.7, by="harm")
    if verb.lower in ("will", "wollen") and inner:
        return Decision(act=Act.REFUSE if negated else Act.COMMIT, cue=(verb.span,), confidence=0.85, by="modal verb")
    if verb.lower in ("wird", "werden") and inner:
        return Decision(act=Act.REFUSE if negated else Act.COMMIT, cue=(verb.span,), confidence=0.7, by="future")
    if verb.lemma in ("sollen", "müssen", "können", "dürfen", "mögen"):
        return None
    cue = act_of_cue(clause, sentence.tokens, text)
    if cue is None or cue.act is Act.ASSERT:
        return None
    if passive and cue.act not in (Act.DEMAND, Act.CRITICISE, Act.ENDORSE):
        return None
    return Decision(act=cue.act, cue=cue.cue, confidence=0.6 if cue.act in (Act.COMMIT, Act.ENDORSE) else 0.7)


def _on_condition(
    sentence: Sentence, clause: Clause, conditions: tuple[Condition, ...], subject: Entity
) -> Decision | None:
    """Read a deed in the present tense that depends on something: "Das Land übernimmt den Rest, sofern der Bund zahlt"."""
    verb = sentence.tokens[clause.verb or 0]
    kinds = {c.kind for c in conditions}
    rests = kinds & {ConditionKind.IF, ConditionKind.ONLY_IF, ConditionKind.UNLESS}
    state = verb.lemma in lexicon.load("acts")["state"]["verbs"].split() or clause.predicate in (
        "sein",
        "haben",
        "werden",
    )
    if not rests or state or verb.mood is not Mood.INDICATIVE or is_past(verb) or subject.kind is EntityKind.GROUP:
        return None
    negated = any(t.tag is Tag.NEGATION for t in sentence.tokens[clause.first : clause.last])
    return Decision(
        act=Act.REFUSE if negated else Act.COMMIT, cue=(verb.span,), confidence=0.55, by="present tense on a condition"
    )


def _deed(sentence: Sentence, clause: Clause, body: Spans, subject: Span | None, decision: Decision) -> Spans:
    """Return the body without its subject and the act's words: "die Truppen verdoppeln"."""
    holes = [*decision.cue, *((subject,) if subject else ())]
    loose = ("darin", "anderem", "insbesondere", "unter", "das")
    holes.extend(
        t.span for t in sentence.tokens if t.lower in loose and t.start >= clause.start and t.start < clause.end
    )
    return tuple(rest for part in body for rest in subtract(part, holes))
