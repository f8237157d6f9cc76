"""What belongs together: a condition that stands apart from its deed, one conversation, and repetitions.

What somebody goes on to say was said on the same day to the same medium, until somebody else speaks. A headline or lede
that repeats the body is linked to the statement it rests on, not counted twice.
"""

import re
from dataclasses import replace

from wortlaut.language import lemma_of
from wortlaut.model import Act, Article, BlockKind, ConditionKind, Polarity, ReportRole, Statement
from wortlaut.statements.evidence import in_order, taken_over
from wortlaut.text import merge, words_at

_WORD = re.compile(r"\w+")


def link_headlines(article: Article, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Set `same_as` on statements of headline and lede that share principal and most words with one of the body.

    The very words of somebody in the body are theirs in the headline, too, whoever stands beside them there.
    """
    kinds = {s.id: _kind(article, s) for s in statements}
    body = [s for s in statements if kinds[s.id] not in (BlockKind.HEADLINE, BlockKind.LEDE)]
    linked = []
    for statement in statements:
        if kinds[statement.id] in (BlockKind.HEADLINE, BlockKind.LEDE):
            if twin := _twin(article.text, statement, body):
                explain = taken_over(statement, twin, "said so in the text", "speaker", "principal")
                own = replace(statement, speaker=twin.speaker, speaker_span=twin.speaker_span, principal=twin.principal)
                linked.append(replace(own, same_as=twin.id, explain=explain))
                continue
            best = max(body, key=lambda other: _likeness(article, statement, other), default=None)
            if best is not None and _likeness(article, statement, best) >= 0.3:
                linked.append(replace(statement, same_as=best.id))
                continue
        linked.append(statement)
    return tuple(linked)


def _twin(text: str, statement: Statement, body: list[Statement]) -> Statement | None:
    """Return the statement of the body that says the same three words or more, of a speaker who is known."""
    words = _WORD.findall(words_at(text, statement.content).lower())
    same = (s for s in body if s.speaker and _WORD.findall(words_at(text, s.content).lower()) == words)
    return next(same, None) if len(words) > 2 else None


def fold_conditions(text: str, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Give a condition that stands alone to the statement it belongs to.

    That is one of the same cue ("drohte mit »Folgen«, falls …"), or what the same speaker said right before
    ("»Wir gehen nicht«, sagte sie, »auch dann nicht, wenn …«"); its words join the content.
    """
    kept = list(statements)
    for alone in statements:
        if not alone.conditions or alone.proposition:
            continue
        same = [s for s in kept if s.proposition and s.act_cue and s.act_cue == alone.act_cue]
        near = [s for s in kept if s.proposition and s.speaker == alone.speaker and _beside(text, s, alone)]
        if owner := next(iter(same[-1:] or near[-1:]), None):
            content = merge((*owner.content, *alone.content))
            whole = replace(
                owner,
                content=content,
                conditions=(*owner.conditions, *alone.conditions),
                explain=in_order(*owner.explain, *(e for e in alone.explain if e.field == "condition")),
            )
            kept[kept.index(owner)] = whole
            kept.remove(alone)
    return tuple(kept)


def fold_terms(text: str, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Give a likelihood that stands alone to what it is said of: "bezeichnete es als »unwahrscheinlich«, dass …"."""
    kept = list(statements)
    for alone in statements:
        if alone.likelihood is None or alone.proposition:
            continue
        near = [
            s
            for s in kept
            if s is not alone and s.likelihood is None and s.speaker == alone.speaker and _beside(text, alone, s)
        ]
        if near:
            whole = replace(
                near[0],
                content=tuple(sorted({*alone.content, *near[0].content})),
                likelihood=alone.likelihood,
                act=Act.PREDICT,
                act_cue=alone.likelihood.spans,
                polarity=near[0].polarity if near[0].act not in (Act.REFUSE, Act.DENY) else Polarity.POSITIVE,
                explain=taken_over(near[0], alone, "said of it", "act", "likelihood"),
                confidence=max(alone.confidence, near[0].confidence),
            )
            kept[kept.index(near[0])] = whole
            kept.remove(alone)
    return tuple(kept)


def _beside(text: str, one: Statement, other: Statement) -> bool:
    first, second = sorted((one.content, other.content))
    between = text[first[-1].end : second[0].start]
    return len(between) < 60 and not any(c in between for c in ".!?")


def carry_setting(text: str, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Give the day and the medium of saying, and the condition that *dann* takes up, to what the same speaker goes on to say.

    `statements` are in text order.
    """
    carried: list[Statement] = []
    last: Statement | None = None
    for statement in statements:
        kept = statement
        if last is not None and statement.speaker is not None and statement.speaker == last.speaker:
            media = [r for r in last.reported_by if r.role is ReportRole.MEDIUM]
            own = any(r.role is ReportRole.MEDIUM for r in statement.reported_by)
            fresh = statement.said is not None and statement.said != last.said
            reports = statement.reported_by if own or fresh else (*media, *statement.reported_by)
            rests = not statement.conditions and _rests_on(text, statement, last)
            conditions = tuple(c for c in last.conditions if c.kind in _OPEN) if rests else statement.conditions
            said = statement.said or (None if own else last.said)
            taken = [
                *(["condition"] if conditions and rests else []),
                *(["said"] if said and not statement.said else []),
                *(["reported_by.medium"] if media and reports is not statement.reported_by else []),
            ]
            explain = taken_over(statement, last, "carried on", *taken)
            kept = replace(statement, said=said, reported_by=reports, conditions=conditions, explain=explain)
        carried.append(kept)
        last = kept
    return tuple(carried)


_OPEN = frozenset((ConditionKind.IF, ConditionKind.ONLY_IF))


def _rests_on(text: str, statement: Statement, last: Statement) -> bool:
    """Tell whether a statement takes up the condition of the one right before: "Auch ein Einfuhrstopp liege dann auf dem Tisch"."""
    near = 0 <= statement.content[0].start - last.content[-1].end < 200
    words = words_at(text, statement.content).lower().split()
    return near and bool(last.conditions) and "dann" in words[:8]


def _kind(article: Article, statement: Statement) -> BlockKind | None:
    return next((b.kind for b in article.blocks if b.span.overlaps(statement.content[0])), None)


def _likeness(article: Article, one: Statement, other: Statement) -> float:
    """Return the share of common content words, 0 where the parties or the direction differ."""
    if one.principal != other.principal or one.polarity != other.polarity:
        return 0.0
    a, b = (_content_words(article.text, s) for s in (one, other))
    return len(a & b) / max(1, min(len(a), len(b)))


def _content_words(text: str, statement: Statement) -> frozenset[str]:
    words = words_at(text, statement.proposition or statement.content).split()
    return frozenset(lemma_of(w.strip(".,»«„“:;")) for w in words if len(w) > 3)
