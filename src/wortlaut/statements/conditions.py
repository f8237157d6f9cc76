"""Conditions: which words make a statement depend on an event, and how.

Five shapes: a clause after *wenn, falls, solange, bis*; a clause after a phrase ("für den Fall, dass", "es sei denn"); a
clause with its verb first ("Sollte …, so …"); a noun of an event after *im Fall, bei, ohne, bis zu*. Dates are no
conditions ("bis Freitag"), nor are questions ("ob …") or what regularly was ("wenn er kam, ging sie").
"""

import re
from functools import cache

from wortlaut import lexicon
from wortlaut.language import Clause, Mood, Order, Sentence, Tag, Token
from wortlaut.model import Condition, ConditionKind, Holder
from wortlaut.text import Span, Spans, merge

_CASE = re.compile(r"(?:(auch|selbst|sogar|nur)\s+)?(?:im|für den)\s+fall(?:e)?\s+(?=(?:\w+\s+){0,3}\w)", re.IGNORECASE)
_FOCUS = {"auch": ConditionKind.EVEN_IF, "selbst": ConditionKind.EVEN_IF, "sogar": ConditionKind.EVEN_IF, "nur": ConditionKind.ONLY_IF, "erst": ConditionKind.ONLY_IF, "außer": ConditionKind.UNLESS, "ausser": ConditionKind.UNLESS}  # fmt: skip


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], ConditionKind], ...]:
    return tuple(
        (re.compile(rf"(?<!\w)(?:{p['pattern']})(?!\w)", re.IGNORECASE), ConditionKind(p["kind"]))
        for p in lexicon.load("conditions")["phrase"]
    )


@cache
def _events() -> frozenset[str]:
    return frozenset(lexicon.load("conditions")["events"]["nouns"].split())


def _is_event(token: Token) -> bool:
    if token.tag is not Tag.NOUN:
        return False
    tail = token.text.rpartition("-")[2]
    endings = tuple(lexicon.load("conditions")["events"]["endings"])
    return tail in _events() or tail.capitalize() in _events() or (tail.lower().endswith(endings) and len(tail) > 6)


def find_conditions(
    text: str, sentence: Sentence, within: Spans, holder: Holder = Holder.SPEAKER
) -> tuple[Condition, ...]:
    """Return the conditions of one sentence that lie in `within`, in order; spans include the opening words."""
    found: list[tuple[Span, ConditionKind]] = []
    for index, clause in enumerate(sentence.clauses):
        by_clause = _by_clause(text, sentence, index, clause)
        if by_clause:
            found.append(by_clause)
    found.extend(_by_preposition(sentence))
    kept: list[Condition] = []
    taken: list[Span] = []
    for span, kind in sorted(found, key=lambda pair: (pair[0].start, -pair[0].end)):
        parts = _inside(span, within)
        if parts and not any(span.overlaps(other) for other in taken):
            kept.append(Condition(kind=kind, spans=parts, holder=holder))
            taken.append(span)
    return tuple(kept)


def _inside(span: Span, within: Spans) -> Spans:
    return merge(Span(max(span.start, part.start), min(span.end, part.end)) for part in within if part.overlaps(span))


def _by_clause(text: str, sentence: Sentence, index: int, clause: Clause) -> tuple[Span, ConditionKind] | None:
    before = text[sentence.start : clause.start]
    if clause.opener in ("wenn", "falls", "sofern", "solange", "bis") and not _habitual(sentence, clause):
        return _opened(sentence, index, clause)
    phrase = _phrase_before(before, text, sentence, index, clause)
    if phrase:
        return phrase
    if clause.order is Order.VERB_FIRST and _is_verb_first_condition(sentence, index, clause):
        return _trimmed(sentence, _first_word(sentence, clause), _extent(sentence, index)), ConditionKind.IF
    return None


def _opened(sentence: Sentence, index: int, clause: Clause) -> tuple[Span, ConditionKind]:
    opener = clause.opener or ""
    kind = ConditionKind(lexicon.load("conditions")["openers"][opener])
    at = next(i for i in range(clause.first, clause.last) if sentence.tokens[i].lower == opener)
    start = at
    if kind is ConditionKind.IF:
        start, kind = _focused(sentence, index, at)
    return _trimmed(sentence, sentence.tokens[start].start, _extent(sentence, index)), kind


def _focused(sentence: Sentence, index: int, at: int) -> tuple[int, ConditionKind]:
    """Return where the words before *wenn* begin that change its kind, and the kind.

    Fires: "auch wenn", "auch dann nicht, wenn", "nur dann, wenn", "es sei denn, wenn", "werde nur zustimmen, wenn".
    Not: "nicht nur, wenn", "nur noch eine Woche, wenn".
    """
    tokens = sentence.tokens
    before = [t.lower for t in tokens[:at]]
    if before[-1:] and before[-1] in _FOCUS and before[-2:-1] != ["nicht"]:
        return at - 1, _FOCUS[before[-1]]
    words = before[:-1] if before[-1:] == [","] else before
    if words[-2:] == ["sei", "denn"]:
        return at - 1 - 3 * (words[-3:-2] == ["es"]), ConditionKind.UNLESS
    tail = words[:-1] if words[-1:] == ["nicht"] else words
    if tail[-1:] == ["dann"] and tail[-2:-1] and tail[-2] in _FOCUS:
        return len(tail) - 2, _FOCUS[tail[-2]]
    main = sentence.clauses[index - 1] if index and before[-1:] == [","] else None
    if main is not None and main.order in (Order.VERB_SECOND, Order.VERB_FIRST):
        inside = [t.lower for t in tokens[main.first : main.last]]
        for i, word in enumerate(inside):
            around = (inside[i - 1 : i], inside[i + 1 : i + 2])
            if word in ("nur", "erst") and "nicht" not in around[0] and around[1] not in (["noch"], ["mehr"]):
                return at, ConditionKind.ONLY_IF
            if word in ("auch", "selbst") and around[1] == ["dann"]:
                return at, ConditionKind.EVEN_IF
    return at, ConditionKind.IF


def _phrase_before(
    before: str, text: str, sentence: Sentence, index: int, clause: Clause
) -> tuple[Span, ConditionKind] | None:
    if (
        index == 0
        and clause.first == 0
        and not re.match(r"(?i)(?:für|unter|vorausgesetzt|es sei denn|nur|auch|selbst|außer)", clause.span.of(text))
    ):
        return None
    opening = clause.opener == "dass" or before.rstrip().lower().endswith(
        ("es sei denn,", "vorausgesetzt,", "bedingung:", "voraussetzung:")
    )
    if not opening:
        return None
    for pattern, kind in _phrases():
        last = None
        for last in pattern.finditer(text, sentence.start, clause.end):  # noqa: B007 - the last match is wanted
            pass
        if last and last.end() >= clause.start - 2 and last.start() <= clause.start + 8:
            return _trimmed(sentence, last.start(), _extent(sentence, index)), kind
    return None


def _habitual(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether *wenn* is temporal: an indicative past in the clause and in the sentence's main clause."""
    if clause.opener not in ("wenn", "bis", "solange") or clause.verb is None:
        return False
    verbs = [sentence.tokens[c.verb] for c in sentence.clauses if c.verb is not None]
    return all(_past(verb) for verb in verbs)


def _past(verb: Token) -> bool:
    if verb.mood in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2):
        return False
    return verb.lower in (
        "war",
        "waren",
        "hatte",
        "hatten",
        "wurde",
        "wurden",
        "kam",
        "kamen",
        "ging",
        "gingen",
    ) or verb.lower.endswith(("te", "ten"))


def _is_verb_first_condition(sentence: Sentence, index: int, clause: Clause) -> bool:
    if (
        sentence.tokens[-1].text == "?"
        or clause.verb is None
        or any(t.text == "?" for t in sentence.tokens[clause.first : clause.last])
    ):
        return False
    verb = sentence.tokens[clause.verb]
    if verb.lower in ("sollte", "sollten", "sollte"):
        return True
    opens = (
        clause.first == 0
        or sentence.tokens[clause.first - 1].text in ("»", "„", '"', ":", "–")
        or all(t.tag in (Tag.MARK, Tag.PUNCTUATION) for t in sentence.tokens[: clause.first])
    )
    following = sentence.clauses[index + 1] if index + 1 < len(sentence.clauses) else None
    if not opens or following is None or following.verb is None:
        return False
    first = next((t for t in sentence.tokens[following.first :] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)), None)
    return following.order is Order.VERB_FIRST or (first is not None and first.lower in ("so", "dann"))


def _first_word(sentence: Sentence, clause: Clause) -> int:
    return next(
        t.start
        for t in sentence.tokens[clause.first :]
        if t.tag not in (Tag.MARK, Tag.PUNCTUATION) and t.lower not in ("und", "aber", "doch")
    )


def _extent(sentence: Sentence, index: int) -> int:
    """Return the end of a condition: its clause and the dependent clauses that hang on it."""
    end = sentence.clauses[index].end
    for clause in sentence.clauses[index + 1 :]:
        dependent = clause.order in (Order.INFINITIVE, Order.VERBLESS) or (
            clause.order is Order.VERB_LAST and clause.opener not in ("wenn", "falls", "sofern", "solange", "bis")
        )
        joined = clause.order is Order.VERB_LAST and sentence.tokens[clause.first].lower in ("und", "oder")
        if not (dependent or joined):
            break
        end = clause.end
    return end


def _trimmed(sentence: Sentence, start: int, end: int) -> Span:
    tokens = [t for t in sentence.tokens if start <= t.start and t.end <= end]
    while tokens and tokens[-1].tag in (Tag.PUNCTUATION, Tag.MARK):
        tokens.pop()
    return Span(start, tokens[-1].end if tokens else end)


def _by_preposition(sentence: Sentence) -> list[tuple[Span, ConditionKind]]:
    tokens = sentence.tokens
    found = []
    for at, token in enumerate(tokens):
        hit = _case(tokens, at) or _event_after(tokens, at)
        if hit is None:
            continue
        first, kind = hit
        end = _phrase_end(tokens, first)
        if end is None:
            continue
        start = at
        if at and tokens[at - 1].lower in _FOCUS and kind is ConditionKind.IF:
            if at > 1 and tokens[at - 2].lower == "nicht":
                continue  # "nicht erst bei einem Angriff" does not wait for one
            start, kind = at - 1, _FOCUS[tokens[at - 1].lower]
        found.append((Span(tokens[start].start, tokens[end - 1].end), kind))
        del token
    return found


def _case(tokens: tuple[Token, ...], at: int) -> tuple[int, ConditionKind] | None:
    """Read "im Fall(e) einer …", "für den Fall eines …": return where the noun phrase begins."""
    words = [t.lower for t in tokens[at : at + 4]]
    length = (
        2
        if words[:1] == ["im"] and words[1:2] and words[1] in ("fall", "falle")
        else 3
        if words[:2] == ["für", "den"] and words[2:3] == ["fall"]
        else 0
    )
    if not length or len(words) <= length:
        return None
    following = tokens[at + length]
    if (
        following.lower
        in (
            "einer",
            "eines",
            "der",
            "des",
            "von",
            "weiterer",
            "neuer",
            "neuerlicher",
            "erneuter",
            "ihrer",
            "seiner",
            "seines",
            "ihres",
        )
        or following.tag is Tag.ADJECTIVE
    ):
        return at + length, ConditionKind.IF
    return None


def _event_after(tokens: tuple[Token, ...], at: int) -> tuple[int, ConditionKind] | None:
    """Read *bei, ohne, bis zu, vorbehaltlich, nur mit* before the noun of an event."""
    word = tokens[at].lower
    start = at + 1
    if word == "bis" and start < len(tokens) and tokens[start].lower in ("zu", "zum", "zur"):
        kind, start = ConditionKind.UNTIL, start + (tokens[start].lower == "zu")
        start = at + 2
    elif word == "bei":
        kind = ConditionKind.IF
    elif word == "ohne":
        kind = ConditionKind.UNLESS
    elif word == "vorbehaltlich" or (word in ("mit", "nach") and at and tokens[at - 1].lower in ("nur", "erst")):
        kind = ConditionKind.ONLY_IF
    else:
        return None
    probe = start
    while (
        probe < len(tokens)
        and tokens[probe].tag in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.NEGATION, Tag.NUMBER, Tag.PARTICIPLE)
        and probe - start < 5
    ):
        if word == "bei" and tokens[probe].lower in (
            "der",
            "dem",
            "den",
            "dieser",
            "diesem",
            "seiner",
            "ihrer",
            "seinem",
            "ihrem",
        ):
            return None
        probe += 1
    if probe >= len(tokens) or not _is_event(tokens[probe]):
        return None
    means = word == "mit" and tokens[probe].text in lexicon.load("conditions")["events"]["means"]
    return None if means else (start, kind)


def _phrase_end(tokens: tuple[Token, ...], first: int) -> int | None:
    """Return the token index behind a noun phrase with its genitives and the prepositional phrases that belong to its noun."""
    at, nouns = first, 0
    while at < len(tokens):
        token = tokens[at]
        if token.tag is Tag.NOUN:
            nouns += 1
        elif (
            token.tag
            in (
                Tag.PUNCTUATION,
                Tag.MARK,
                Tag.VERB,
                Tag.PRONOUN,
                Tag.SUBJUNCTION,
                Tag.ADVERB,
                Tag.PREFIX,
            )
            or (token.tag is Tag.NEGATION and token.lower == "nicht")
            or (nouns and token.tag is Tag.PREPOSITION and not _belongs(tokens, at))
            or (
                nouns
                and token.tag is Tag.DETERMINER
                and token.lower
                not in ("der", "des", "eines", "einer", "seiner", "ihrer", "ihres", "seines", "dieser", "dieses")
                and tokens[at - 1].tag is Tag.NOUN
            )
        ) or (
            (
                nouns
                and token.tag in (Tag.ADJECTIVE, Tag.INFINITIVE, Tag.PARTICIPLE, Tag.CONJUNCTION, Tag.NEGATION)
                and tokens[at - 1].tag is Tag.NOUN
            )
            and (token.tag is not Tag.CONJUNCTION or not (at + 1 < len(tokens) and tokens[at + 1].tag == Tag.NOUN))
        ):
            break
        at += 1
    while at > first and tokens[at - 1].tag is not Tag.NOUN:
        at -= 1
    return at if nouns and at > first else None


def _belongs(tokens: tuple[Token, ...], at: int) -> bool:
    """Tell whether a preposition behind a noun continues it: "Angriffs auf Norrland", "Einmarsch in das Tal"."""
    return tokens[at].lower in (
        "auf",
        "in",
        "gegen",
        "von",
        "vom",
        "über",
        "zwischen",
        "durch",
        "aus",
    ) and _is_event(tokens[at - 1])
