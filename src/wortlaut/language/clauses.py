"""Clauses of a sentence: where each begins and ends, its finite verb and the verb's position.

German marks clauses by commas and by the place of the finite verb (topological fields; Drach 1937, Höhle 1986): second in
main clauses, first in questions, commands and some conditions ("Sollte es scheitern, …"), last after a subjunction. That
is enough to tell conditions, indirect speech and main clauses apart without a parser.
"""

import itertools
from dataclasses import dataclass, replace
from enum import StrEnum

from wortlaut import lexicon
from wortlaut.language.verbs import decide_verb, finite_of, is_known_verb, is_nonfinite, mark_prefix, predicate
from wortlaut.language.words import Mood, Tag, Token, describe, mood_of
from wortlaut.text import Span


class Order(StrEnum):
    """Place of the finite verb."""

    VERB_FIRST = "verb_first"
    VERB_SECOND = "verb_second"
    VERB_LAST = "verb_last"
    INFINITIVE = "infinitive"
    VERBLESS = "verbless"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause; `first` and `last` are half-open token indices of its sentence, `verb` the finite verb's token index.

    `predicate` is the lemma of the clause's full verb with its separated prefix ("schloss … aus" → *ausschließen*,
    "werde … einmarschieren" → *einmarschieren*); `opener` the lower-case subjunction, relative or question word.
    """

    start: int
    end: int
    first: int
    last: int
    verb: int | None
    opener: str | None
    order: Order
    predicate: str | None = None
    mood: Mood | None = None

    @property
    def span(self) -> Span:
        """The clause's place."""
        return Span(self.start, self.end)


_BREAKS = frozenset(",;:–—")
_VERBAL = frozenset((Tag.VERB, Tag.PARTICIPLE, Tag.INFINITIVE))
_RELATIVE = lexicon.words("closed", "relative")


def settle(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], tuple[Clause, ...]]:
    """Divide a sentence into clauses and return its tokens, ambiguous verb forms decided, with the clauses in order."""
    words = list(tokens)
    for at, before in enumerate(tokens[:-1], 1):
        if before.lower == "zu" and words[at].tag is Tag.VERB and words[at].lower == words[at].lemma:
            words[at] = replace(words[at], tag=Tag.INFINITIVE, mood=None)
    _settle_first(words)
    segments = _segments(words)
    clauses: list[Clause] = []
    for first, last in segments:
        interrupted = _interrupted(words, clauses, first, last)
        if interrupted is not None:
            clauses[interrupted] = _completed(words, clauses[interrupted], first, last)
        clause = _clause(words, first, last)
        front = _front(words, clauses, clause)
        opened = _opened(words, clauses, clause)
        if front is not None:
            kept = [c for c in clauses[front:] if c.order is Order.VERB_LAST]
            start = clauses[front]
            clauses[front:] = [*kept, _with_front(words, start, clause)]
        elif opened is not None:
            kept = clauses[opened + 1 :]
            clauses[opened:] = [*kept, _closed(words, clauses[opened], clause)]
        elif clause.order is Order.VERBLESS and clauses and clause.opener is None and not _opens_last(words, first):
            clauses[-1] = _joined(words, clauses[-1], last)
        else:
            clauses.append(clause)
    return tuple(words), tuple(clauses)


def _settle_first(words: list[Token]) -> None:
    """Retag a sentence's first word that is a verb in capitals: "Tritt es in Kraft, will …", "Verhandeln werde man nicht".

    A finite one only where a clause with its verb first follows and the words before it have no verb. Not: "Kriege der Art, sagte sie, …".
    """
    at = next((i for i, t in enumerate(words) if t.tag not in (Tag.MARK, Tag.PUNCTUATION)), len(words))
    if at + 1 < len(words) and words[at].tag is Tag.NOUN and words[at + 1].lemma in _MODAL:
        lemma, tag, _ = describe(words[at].lower, first=False)
        if tag is Tag.INFINITIVE:
            words[at] = replace(words[at], tag=Tag.INFINITIVE, lemma=lemma)
    comma = next((i for i in range(at, len(words)) if words[i].text == ","), len(words))
    if comma - at < 3 or comma + 1 >= len(words) or words[at].tag is not Tag.NOUN:
        return
    follows = words[comma + 1].tag is Tag.VERB or words[comma + 1].lower in ("so", "dann")
    if not follows or any(t.tag is Tag.VERB for t in words[at:comma]) or words[comma + 1].lemma in _TELLING:
        return
    lemma, tag, _ = describe(words[at].lower, first=False)
    subject = words[at + 1].tag in (Tag.PRONOUN, Tag.DETERMINER, Tag.NOUN)
    if subject and tag in (Tag.VERB, Tag.INFINITIVE, Tag.PARTICIPLE) and words[at + 1].lower not in ("des", "der"):
        words[at] = replace(words[at], tag=Tag.VERB, lemma=lemma, mood=mood_of(words[at].lower, lemma))


_MODAL = frozenset(("werden", "können", "wollen", "müssen", "dürfen", "sollen"))
_TELLING = frozenset(("sagen", "erklären", "teilen", "heißen", "meinen", "betonen"))


def _interrupted(words: list[Token], clauses: list[Clause], first: int, last: int) -> int | None:
    """Return the clause that a segment ends with its verb's prefix: "wies den Vorwurf, er habe …, am Montag [zurück]"."""
    end = last
    while end > first and words[end - 1].tag in (Tag.PUNCTUATION, Tag.MARK):
        end -= 1
    prefix = words[end - 1].lower if end > first else ""
    if prefix not in lexicon.words("closed", "prefix") or any(t.tag is Tag.VERB for t in words[first:end]):
        return None
    for at in range(len(clauses) - 2, -1, -1):
        clause = clauses[at]
        whole = clause.verb is None or any(t.tag is Tag.PREFIX for t in words[clause.first : clause.last])
        if not whole and clause.opener is None and is_known_verb(prefix + words[clause.verb or 0].lemma):
            return at
    return None


def _completed(words: list[Token], clause: Clause, first: int, last: int) -> Clause:
    """Give a clause the prefix that ends a later segment, and mark its words as parts of no verb of their own."""
    end = last
    while words[end - 1].tag in (Tag.PUNCTUATION, Tag.MARK):
        end -= 1
    words[end - 1] = replace(words[end - 1], tag=Tag.PREFIX)
    for i in range(first, end - 1):
        if words[i].tag in (Tag.PARTICIPLE, Tag.INFINITIVE):
            words[i] = replace(words[i], tag=Tag.ADJECTIVE)
    return replace(clause, predicate=words[end - 1].lower + words[clause.verb or 0].lemma)


def _front(words: list[Token], clauses: list[Clause], clause: Clause) -> int | None:
    """Return the index of the verbless start that a verb-first clause belongs to: "Der Chef, Jan Berg, geht".

    What may stand between are appositions and relative clauses. A comma alone does not part a subject from its verb, so
    the start must be a noun phrase and something must stand in between.
    """
    if clause.order is not Order.VERB_FIRST or not clauses or words[clause.first - 1].text != ",":
        return None
    at = len(clauses) - 1
    while at > 0 and clauses[at].order is Order.VERB_LAST and clauses[at].opener in _RELATIVE:
        at -= 1
    front = clauses[at]
    breaks = sum(words[i].text == "," for i in range(front.first, clause.first))
    nominal = front.order is Order.VERBLESS and words[front.first].tag is not Tag.PREPOSITION
    named = any(t.tag in (Tag.NOUN, Tag.PRONOUN) for t in words[front.first : front.last])
    return at if nominal and named and breaks > 1 else None


def _with_front(words: list[Token], front: Clause, clause: Clause) -> Clause:
    return replace(clause, start=words[front.first].start, first=front.first, order=Order.VERB_SECOND)


def _opened(words: list[Token], clauses: list[Clause], clause: Clause) -> int | None:
    """Return the clause that waits for its verb behind a relative clause: "[Wenn er das Haus], das er erbte, [verkaufen muss]"."""
    if clause.verb is None or clause.opener is not None or len(clauses) < 2:
        return None
    behind = words[clause.verb + 1 : clause.last]
    if any(t.tag not in (Tag.PUNCTUATION, Tag.MARK) for t in behind):
        return None
    at = len(clauses) - 1
    while at > 0 and clauses[at].order is Order.VERB_LAST:
        at -= 1
    waiting = clauses[at]
    opens = _opens_last(words, waiting.first) and waiting.verb is None
    return at if opens and at < len(clauses) - 1 else None


def _closed(words: list[Token], waiting: Clause, clause: Clause) -> Clause:
    opener = words[_skip(words, waiting.first, waiting.last)].lower
    return replace(clause, start=waiting.start, first=waiting.first, opener=opener, order=Order.VERB_LAST)


def _segments(words: list[Token]) -> list[tuple[int, int]]:
    """Cut at commas and other breaks, then at *und* or *oder* between two finite verbs."""
    aside = _asides(words)
    cuts = [0, *(i + 1 for i, token in enumerate(words) if token.text in _BREAKS and i not in aside), len(words)]
    segments = []
    for first, last in itertools.pairwise(cuts):
        if first >= last:
            continue
        finite = [i for i in range(first, last) if words[i].tag is Tag.VERB]
        joints = [
            i
            for i in range(first, last)
            if words[i].lower in ("und", "oder", "aber", "doch")
            and any(f < i for f in finite)
            and any(i < f <= i + 8 for f in finite)
            and not _opens_last(words, first)
        ]
        at = first
        for joint in joints:
            if _starts_clause(words, joint + 1, last):
                segments.append((at, joint))
                at = joint
        segments.append((at, last))
    return segments


def _asides(words: list[Token]) -> frozenset[int]:
    """Return the tokens in round brackets, "(Soziale Liste)": they never part a subject from its verb."""
    inside: set[int] = set()
    opened = None
    for at, token in enumerate(words):
        if token.text == "(":
            opened = at
        elif token.text == ")" and opened is not None:
            inside.update(range(opened, at + 1))
            opened = None
    return frozenset(inside)


def _starts_clause(words: list[Token], first: int, last: int) -> bool:
    """Tell whether what follows *und* begins with a verb or has one in second place."""
    if first < last and words[first].tag is Tag.VERB:
        return True
    for i in range(first, min(first + 7, last)):
        if words[i].tag is Tag.VERB:
            return i == last - 1 or words[i + 1].tag is not Tag.PUNCTUATION
        if words[i].lower in ("und", "oder"):
            return False
    return False


def _opens_last(words: list[Token], first: int) -> bool:
    start = _skip(words, first, len(words))
    return start < len(words) and words[start].tag is Tag.SUBJUNCTION


def _skip(words: list[Token], first: int, last: int) -> int:
    """Step over marks, conjunctions and focus words before a clause's first word."""
    at = first
    while at < last and (
        words[at].tag in (Tag.MARK, Tag.PUNCTUATION)
        or words[at].lower in ("und", "oder", "aber", "sondern", "denn", "doch")
    ):
        at += 1
    probe = at
    while probe < last and words[probe].lower in (
        "auch",
        "selbst",
        "nur",
        "erst",
        "sogar",
        "einzig",
        "allein",
        "lediglich",
        "ausschließlich",
        "nicht",
        "einmal",
        "außer",
        "ausser",
        "vor",
        "allem",
        "insbesondere",
        "und",
        "zwar",
        "schon",
        "so",
    ):
        probe += 1
    return probe if probe < last and words[probe].tag is Tag.SUBJUNCTION else at


def _clause(words: list[Token], first: int, last: int) -> Clause:
    start = _skip(words, first, last)
    opener = _opener(words, start, first, last)
    verb = decide_verb(words, start, last, opener)
    if verb is None:
        zu = any(
            words[i].tag is Tag.ZU_INFINITIVE
            or (words[i].lower == "zu" and i + 1 < last and words[i + 1].tag is Tag.INFINITIVE)
            for i in range(first, last)
        )
        order = Order.INFINITIVE if zu else Order.VERBLESS
    elif opener is not None:
        order = Order.VERB_LAST
    else:
        order = Order.VERB_FIRST if verb == start else Order.VERB_SECOND
    if verb is not None:
        mark_prefix(words, verb, last)
    return Clause(
        start=words[first].start,
        end=words[last - 1].end,
        first=first,
        last=last,
        verb=verb,
        opener=opener,
        order=order,
        predicate=predicate(words, first, last, verb),
        mood=words[verb].mood if verb is not None else None,
    )


def _opener(words: list[Token], start: int, first: int, last: int) -> str | None:
    if start >= last:
        return None
    token = words[start]
    after_break = first > 0 and words[first - 1].text == ","
    may_open = token.tag is Tag.SUBJUNCTION or token.lower in ("während", "bis", "seit")
    if not may_open and not after_break:
        return None
    finite = [i for i in range(start, last) if words[i].tag in _VERBAL]
    finite = finite_of(words, finite) or [i for i in finite if not is_nonfinite(words, i)]
    verb_last = bool(finite) and all(
        t.tag in (Tag.PUNCTUATION, Tag.MARK, Tag.VERB, Tag.INFINITIVE, Tag.PARTICIPLE) for t in words[finite[-1] : last]
    )
    if token.lower == "damit" and first == 0:
        return None
    if may_open:
        early = finite and finite[0] == start + 1 and token.lower in ("wie", "wo", "wann", "warum", "da")
        return token.lower if finite and not early and (verb_last or token.tag is Tag.SUBJUNCTION) else None
    if after_break and token.lower in lexicon.words("closed", "relative") and verb_last:
        return token.lower
    if after_break and token.tag is Tag.PREPOSITION and start + 1 < last and verb_last:
        following = words[start + 1].lower
        return (
            following
            if following in lexicon.words("closed", "relative")
            and following in ("dem", "denen", "der", "deren", "dessen", "den", "die", "das")
            and words[start + 2 : start + 3]
            and words[start + 2].tag is not Tag.NOUN
            else None
        )
    return None


def _joined(words: list[Token], clause: Clause, last: int) -> Clause:
    """Extend a clause over a verbless segment that follows it, such as the rest of a list."""
    if clause.verb is not None:
        mark_prefix(words, clause.verb, last)
    return replace(
        clause, end=words[last - 1].end, last=last, predicate=predicate(words, clause.first, last, clause.verb)
    )
