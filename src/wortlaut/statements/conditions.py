"""Conditions: which words make a statement depend on an event, and how.

Four shapes: a clause after *wenn, falls, solange, bis, ehe*; a clause after a phrase ("für den Fall, dass", "es sei denn");
a clause with its verb first ("Sollte …, so …", "Bricht der Damm, …"); a noun of an event after a preposition (`events`).
Dates are no conditions ("bis Freitag"), nor are questions ("ob …", "wie es weitergeht, wenn …"), what regularly was ("wenn
er kam, ging sie") or a *wenn* that only names the fact ("Es sei schlimm, wenn …").
"""

import itertools
import re
from functools import cache

from wortlaut import lexicon
from wortlaut.language import Clause, Mood, Order, Sentence, Tag
from wortlaut.model import Condition, ConditionKind, Holder
from wortlaut.statements.events import Dependence, find_events, is_past
from wortlaut.statements.focus import focus_around, focus_before
from wortlaut.text import Span, Spans, lowered, merge


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], ConditionKind], ...]:
    return tuple(
        (re.compile(rf"(?<!\w)(?:{p['pattern']}),?\s*$"), ConditionKind(p["kind"]))
        for p in lexicon.load("conditions")["phrase"]
    )


@cache
def _any_phrase() -> re.Pattern[str]:
    """Return what every phrase holds, wherever it stands: most clauses are done with by one search."""
    return re.compile("|".join(p["pattern"] for p in lexicon.load("conditions")["phrase"]))


def find_conditions(
    text: str, sentence: Sentence, within: Spans, holder: Holder = Holder.SPEAKER
) -> tuple[Condition, ...]:
    """Return the conditions of one sentence that lie in `within`, in order; spans include the opening words."""
    found = [hit for index in range(len(sentence.clauses)) if (hit := _by_clause(text, sentence, index))]
    found.extend(find_events(text, sentence))
    kept: list[Condition] = []
    taken: list[Span] = []
    for span, kind, cue in sorted(found, key=lambda hit: (hit.span.start, -hit.span.end)):
        parts = merge(
            Span(max(span.start, part.start), min(span.end, part.end)) for part in within if part.overlaps(span)
        )
        if parts and not any(span.overlaps(other) for other in taken):
            kept.append(Condition(kind=kind, spans=parts, holder=holder, cue=cue))
            taken.append(span)
    return tuple(kept)


def _by_clause(text: str, sentence: Sentence, index: int) -> Dependence | None:
    clause = sentence.clauses[index]
    if _so_long(sentence, clause):
        span = _trimmed(sentence, _first_word(sentence, clause), _extent(sentence, index))
        return Dependence(span, ConditionKind.AS_LONG_AS, (Span(span.start, span.start + len("so lange")),))
    if clause.opener in lexicon.load("conditions")["openers"]:
        return _opened(text, sentence, index)
    if phrase := _after_phrase(text, sentence, index):
        return phrase
    if short := _shortened(sentence, clause):
        return short
    if clause.order is Order.VERB_FIRST and _is_verb_first_condition(text, sentence, index):
        span = _trimmed(sentence, _first_word(sentence, clause), _extent(sentence, index))
        return Dependence(span, ConditionKind.IF, (sentence.tokens[clause.verb or 0].span,))
    return None


_NEEDED = frozenset(("nötig", "notwendig", "erforderlich", "möglich", "gewünscht", "erlaubt", "vorhanden", "gewollt"))


def _shortened(sentence: Sentence, clause: Clause) -> Dependence | None:
    """Read a condition without a verb: "Falls nötig, …", "wenn nicht anders möglich, …". Not: "wie möglich"."""
    tokens = sentence.tokens[clause.first : clause.last]
    for at, token in enumerate(tokens):
        if token.lower not in ("falls", "wenn", "sofern", "soweit"):
            continue
        behind = next((n for n, t in enumerate(tokens[at + 1 : at + 4], at + 1) if t.lower in _NEEDED), None)
        ends = behind is not None and (behind + 1 == len(tokens) or tokens[behind + 1].tag is Tag.PUNCTUATION)
        if behind is not None and ends:
            return Dependence(Span(token.start, tokens[behind].end), ConditionKind.IF, (token.span,))
    return None


def _so_long(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a clause begins with *so lange* and ends with its verb: "so lange das Verfahren laufe"."""
    words = [t for t in sentence.tokens[clause.first : clause.last] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)]
    return [t.lower for t in words[:2]] == ["so", "lange"] and len(words) > 3 and words[-1].tag is Tag.VERB


def _opened(text: str, sentence: Sentence, index: int) -> Dependence | None:
    clause = sentence.clauses[index]
    opener = clause.opener or ""
    if _temporal(sentence, clause) or _asked(sentence, index) or _names_fact(sentence, index):
        return None
    word = next(t for t in sentence.tokens[clause.first : clause.last] if t.lower == opener)
    kind = ConditionKind(lexicon.load("conditions")["openers"][opener])
    start, around = word.start, None
    if kind is ConditionKind.IF:
        focus = focus_before(text, sentence.start, start)
        if focus:
            start, kind = focus
        elif _however_much(sentence, clause):
            start, kind = _first_word(sentence, clause, conjunction=True), ConditionKind.EVEN_IF
        else:
            around = focus_around(sentence, index)
            kind = around[0] if around else kind
    cue = (*((around[1],) if around else ()), Span(start, word.end))
    return Dependence(_trimmed(sentence, start, _extent(sentence, index)), kind, cue)


def _however_much(sentence: Sentence, clause: Clause) -> bool:
    """Tell a concession: "Und wenn sie noch so viel bieten"; not "wenn sie noch bieten"."""
    words = [t.lower for t in sentence.tokens[clause.first : clause.last]]
    return any(pair == ("noch", "so") for pair in itertools.pairwise(words)) and words[0] in ("und", "wenn")


def _temporal(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether the opener is one of time: *wenn* of what regularly was, *ehe* and *bevor* without a negation."""
    if clause.opener in ("ehe", "bevor"):
        negated = any(t.tag is Tag.NEGATION for t in sentence.tokens)
        return not negated or _in_past(sentence)
    return clause.opener in ("wenn", "bis", "solange") and (
        _in_past(sentence) or _past(sentence, clause) or (clause.opener == "wenn" and _each_time(sentence, clause))
    )


def _each_time(sentence: Sentence, clause: Clause) -> bool:
    """Tell what happens regularly: "jedes Mal, wenn", "immer wenn"."""
    before = [t.lower for t in sentence.tokens[max(0, clause.first - 3) : clause.first] if t.text != ","]
    inside = [t.lower for t in sentence.tokens[clause.first : clause.first + 2]]
    return before[-1:] in (["mal"], ["immer"], ["stets"]) or inside[:1] == ["immer"]


def _in_past(sentence: Sentence) -> bool:
    verbs = [sentence.tokens[c.verb] for c in sentence.clauses if c.verb is not None]
    return all(is_past(verb) for verb in verbs)


def _past(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether the clause itself is in an unmistakable past: "wenn die Nachbarn im Urlaub waren"."""
    verb = sentence.tokens[clause.verb] if clause.verb is not None else None
    if verb is None or verb.mood is not Mood.INDICATIVE or not is_past(verb):
        return False
    told = any(
        sentence.tokens[c.verb].mood in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2)
        for c in sentence.clauses
        if c.verb is not None and c is not clause
    )
    return not told or not verb.lower.endswith("en") or bool(_UMLAUTABLE.search(verb.lower))


_UMLAUTABLE = re.compile(r"(?<![eäa])[aou](?!u)")
"""A plural with such a vowel would have an umlaut in the subjunctive: "waren", not "fielen" or "gingen"."""


def _asked(sentence: Sentence, index: int) -> bool:
    """Tell whether a condition hangs on a question of the same sentence that nobody answers: "Wie es weitergeht, wenn …, wisse niemand"."""
    before = sentence.clauses[index - 1] if index else None
    asks = ("wie", "was", "wer", "wo", "wann", "warum", "ob")
    return before is not None and before.opener in asks and sentence.clauses[index].opener == "wenn" and index == 1 and (
        any(t.lower in ("niemand", "unklar", "offen", "ungewiss") for t in sentence.tokens)
    )  # fmt: skip


def _names_fact(sentence: Sentence, index: int) -> bool:
    """Tell whether *wenn* only names what is judged: "Es sei schlimm genug, wenn …", "… ein Skandal, wenn …"; not with *würde*."""
    if sentence.clauses[index].opener != "wenn" or index == 0:
        return False
    main = next((c for c in reversed(sentence.clauses[:index]) if c.verb is not None and c.opener is None), None)
    for clause in (c for c in sentence.clauses[:index] if c.verb is not None and c.opener is None):
        verb = sentence.tokens[clause.verb or 0]
        words = [t for t in sentence.tokens[clause.first : clause.last] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)]
        judged = verb.lemma == "sein" and verb.lower in ("ist", "sei", "war") and words[0].lower == "es"
        named = (Tag.ADJECTIVE, Tag.ADVERB, Tag.NOUN)
        if judged and words[-1].tag in named and len(words) < 7 and main is not None:
            return True
    return False


def _after_phrase(text: str, sentence: Sentence, index: int) -> Dependence | None:
    """Read a clause that a phrase opens: "für den Fall, dass …", "es sei denn, …", "vorausgesetzt, …", "egal wie …"."""
    clause = sentence.clauses[index]
    first = next(
        (t for t in sentence.tokens[clause.first : clause.last] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)), None
    )
    if first is None:
        return None
    if not _any_phrase().search(lowered(text), sentence.start, clause.end):
        return None
    heads = [first.start, *(t.end for t in sentence.tokens[clause.first : clause.first + 3])]
    for head in heads:
        for pattern, kind in _phrases():
            match = pattern.search(lowered(text), sentence.start, head)
            rest = text[head : clause.end].strip(' ,.;:»«„“"')
            if match and match.start() >= sentence.start and len(rest.split()) > 1:
                start = match.start()
                if focus := focus_before(text, sentence.start, start):
                    start, kind = focus  # noqa: PLW2901 - a focus word before the phrase decides
                cue = Span(start, start + len(text[start : match.end()].rstrip(" ,")))
                return Dependence(_trimmed(sentence, start, _extent(sentence, index)), kind, (cue,))
    return None


def _is_verb_first_condition(text: str, sentence: Sentence, index: int) -> bool:
    """Tell a condition by its verb in first place from a question or command: a clause with its verb first, or *so*, follows."""
    clause = sentence.clauses[index]
    inside = sentence.tokens[clause.first : clause.last]
    if clause.verb is None or sentence.tokens[-1].text == "?" or any(t.text == "?" for t in inside):
        return False
    verb = sentence.tokens[clause.verb]
    if verb.lower in ("sollte", "sollten"):
        lead_clauses = [c for c in sentence.clauses[:index] if c.order is not Order.VERB_LAST]
        # not "Nach dem Sturm, der …, sollte man …", not "…, alle Briefe, die …, sollten … beantwortet werden"
        bare = index > 0 and sentence.clauses[index - 1].opener in _RELATIVE and not _has_subject(sentence, clause)
        return (not lead_clauses or lead_clauses[-1].verb is not None) and not bare
    lead = sentence.tokens[: clause.first]
    opens = all(t.tag in (Tag.MARK, Tag.PUNCTUATION) for t in lead) or lead[-1].text in (
        "»",
        "„",
        '"',
        ":",
        "–",
        "«",
        "“",
    )
    main = (c for c in sentence.clauses[index + 1 :] if c.order in (Order.VERB_FIRST, Order.VERB_SECOND))
    following = next(main, None)
    told = index > 0 and _tells(sentence.clauses[index - 1])  # "Sie sagte, gebe es keine Einigung, werde gestreikt"
    opens = opens or told
    if (
        not opens
        or following is None
        or following.verb is None
        or (verb.mood is Mood.SUBJUNCTIVE_1 and not told and lead)
    ):
        return False
    if inside[-1].text == ":" or _any_phrase().match(lowered(text), _first_word(sentence, clause)):
        return False  # "Sie schreibt dazu: »So …«", "Vorausgesetzt, die Mittel reichen, …"
    first = next((t for t in sentence.tokens[following.first :] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)), None)
    telling = sentence.tokens[following.verb].lemma in ("sagen", "erklären", "heißen", "meinen", "fragen", "rufen")
    return not telling and (
        following.order is Order.VERB_FIRST or (first is not None and first.lower in ("so", "dann"))
    )


def _tells(clause: Clause) -> bool:
    return clause.order is Order.VERB_SECOND and clause.predicate in (
        "sagen",
        "erklären",
        "betonen",
        "ankündigen",
        "warnen",
        "meinen",
    )


_RELATIVE = frozenset(
    ("der", "die", "das", "den", "dem", "deren", "dessen", "denen", "welche", "welcher", "welches", "wo")
)


def _has_subject(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a subject may stand behind a verb in first place: right behind it comes no preposition and no adverb."""
    behind = sentence.tokens[clause.verb + 1] if clause.verb is not None and clause.verb + 1 < clause.last else None
    return behind is not None and behind.tag not in (Tag.PREPOSITION, Tag.ADVERB, Tag.PARTICIPLE, Tag.ADJECTIVE)


def _first_word(sentence: Sentence, clause: Clause, *, conjunction: bool = False) -> int:
    skipped = () if conjunction else ("und", "aber", "doch", "denn")
    words = (t for t in sentence.tokens[clause.first :] if t.tag not in (Tag.MARK, Tag.PUNCTUATION))
    return next(t.start for t in words if t.lower not in skipped)


def _extent(sentence: Sentence, index: int) -> int:
    """Return the end of a condition: its clause and the dependent clauses that hang on it."""
    openers = lexicon.load("conditions")["openers"]
    end = sentence.clauses[index].end
    before = sentence.clauses[index - 1] if index else None
    if before is not None and before.opener in ("dass", "daß") and before.verb is None:
        return end  # "dass, [wenn die Preise steigen], die Steuer sinken werde"
    for clause in sentence.clauses[index + 1 :]:
        if clause.order is Order.VERBLESS and sentence.tokens[clause.first].lower in ("dann", "so"):
            break
        hangs = clause.order is Order.VERB_LAST and clause.opener not in openers and not _is_main(sentence, clause)
        dependent = hangs or clause.order in (Order.INFINITIVE, Order.VERBLESS)
        joined = clause.order is Order.VERB_LAST and sentence.tokens[clause.first].lower in ("und", "oder")
        if not (dependent or joined):
            break
        end = max(end, clause.end)
    return end


def _is_main(sentence: Sentence, clause: Clause) -> bool:
    """Tell a main clause that opens like a relative one by its bracket: "…, die Steuer [werde gesenkt]", not "gesenkt werde"."""
    words = [t for t in sentence.tokens[clause.first : clause.last] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)]
    closed = words[-1].tag in (Tag.PARTICIPLE, Tag.INFINITIVE)
    return clause.verb is not None and closed and sentence.tokens[clause.verb].end < words[-1].start


def _trimmed(sentence: Sentence, start: int, end: int) -> Span:
    tokens = [t for t in sentence.tokens if start <= t.start and t.end <= end]
    while tokens and tokens[-1].tag in (Tag.PUNCTUATION, Tag.MARK):
        tokens.pop()
    return Span(start, tokens[-1].end if tokens else end)
