"""Whether a sentence looks back or ahead: the tense of the verb whose clause names the time.

"Am Freitag wurde gewählt" is last Friday, "am Freitag wird gewählt" the next one. A perfect is past ("hat am Freitag
gewählt"); a present looks ahead, unless it is the word of saying that news writes in the present ("sagt er am Freitag").
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from wortlaut import lexicon
from wortlaut.language import Clause, Mood, Order, Sentence, Tag, Token
from wortlaut.text import Span

_PARTICIPLE = re.compile(r"\w*(?:ge\w{2,}|(?:be|ver|er|ent|zer|ab|an|auf|aus|ein|vor|zu)\w{3,}|\w+ier)(?:t|en)e[nrsm]?")
_LIKE_INFINITIVE = re.compile(r"(?:\w*ge|be|ver|er|ent|zer)\w{2,}en")
"""Participles that look like infinitives: "sind gefallen", "hat erhalten"."""

_INFLECTED = ("ene", "enen", "ener", "enes", "enem")
_HELPING = frozenset(("haben", "sein"))
_MODAL = frozenset(
    ("wird", "werden", "will", "wollen", "soll", "sollen", "kann", "können", "muss", "müssen", "darf", "dürfen")
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a clause looks: back (-1), ahead (1), or nowhere, having no verb (0).

    `lasting`: it tells of a state. `fixing`: it sets a date, so that its "bis", "auf" and "für" look ahead in any tense.
    """

    direction: int = 0
    lasting: bool = False
    fixing: bool = False


class Tenses:
    """The outlook at each place of an article."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]

    def at(self, span: Span) -> Outlook:
        """Return the outlook of the clause that names the time at a place of the text."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or span.start >= self._sentences[at].end:
            return Outlook()
        sentence = self._sentences[at]
        following = [token for token in sentence.tokens if token.start >= span.end][:2]
        if following and _is_attribute(*following):
            return Outlook(-1, fixing=_is("fixing", following[0].lemma))
        clause = _clause_of(sentence, span)
        verb = _finite(sentence, clause) if clause else None
        if clause is None or verb is None:
            return Outlook()
        fixing = _is("fixing", clause.predicate or verb.lemma)
        direction = _direction(sentence, clause, verb, span, fixing=fixing)
        return Outlook(direction, direction > 0 and not fixing and _is("lasting", verb.lemma), fixing)


def _is(kind: str, lemma: str) -> bool:
    return lemma in lexicon.load("times")["tense"][kind]


def _is_attribute(token: Token, noun: Token | None = None) -> bool:
    """Tell whether a word is a participle before its noun: "die am Montag beschlossene Maut"."""
    inflected = token.tag in (Tag.ADJECTIVE, Tag.PARTICIPLE)
    if token.tag is Tag.VERB and noun is not None:  # "das am Montag verabschiedete »Abkommen«"
        inflected = noun.tag is Tag.MARK or noun.tag is Tag.NOUN
    return inflected and bool(_PARTICIPLE.fullmatch(token.lower))


def _clause_of(sentence: Sentence, span: Span) -> Clause | None:
    """Return the clause a time belongs to: its own, or if that has no verb, the one it goes on in."""
    clauses = [clause for clause in sentence.clauses if clause.verb is not None]
    following = [clause for clause in clauses if clause.end > span.start]
    if not following:
        return None
    clause, *later = following
    verb = sentence.tokens[clause.verb or 0]
    if clause.start > span.start and later and _is("telling", verb.lemma):  # "Bis Freitag, sagte sie, werde man fertig"
        return later[0]
    if clause.order is Order.VERB_LAST and verb.end < span.start:  # "wurde er, der hier lebte, am Freitag gewählt"
        after = sentence.tokens[(clause.verb or 0) + 1]
        open_ones = [c for c in clauses if c.end <= clause.start and c.order is not Order.VERB_LAST]
        return open_ones[-1] if open_ones and after.text == "," else clause
    return clause  # "Im Mai, Juni und Juli kam es"


def _finite(sentence: Sentence, clause: Clause) -> Token | None:
    """Return the finite verb of a clause; not "beladene"."""
    verbs = [word for word in sentence.tokens[clause.verb : clause.last] if word.tag is Tag.VERB]
    return next((verb for verb in verbs if not verb.lower.endswith(_INFLECTED)), verbs[0] if verbs else None)


def _direction(sentence: Sentence, clause: Clause, verb: Token, span: Span, *, fixing: bool) -> int:
    words = sentence.tokens[clause.first : clause.last]
    helped = verb.lemma in _HELPING or any(w.lemma in _HELPING and w.tag is Tag.INFINITIVE for w in words)
    perfect = helped and any(
        word.tag is Tag.PARTICIPLE
        or (word.tag is Tag.INFINITIVE and _LIKE_INFINITIVE.fullmatch(word.lower))
        or (word.tag is Tag.VERB and word.start > verb.start)  # "hat … übernommen"
        for word in words
    )
    if _is_preterite(verb):
        return -1
    if perfect:
        return 1 if fixing and verb.lemma == "sein" else -1  # "ist für den August geplant"
    told = verb.mood is Mood.INDICATIVE and _is("telling", verb.lemma)
    return -1 if told or (verb.lower not in _MODAL and _is_after(words, span)) else 1


def _is_after(words: tuple[Token, ...], span: Span) -> bool:
    """Tell whether a time belongs to what the clause comes after: "ermittelt nach dem Streit am Mittwoch"."""
    for word in reversed([word for word in words if word.end <= span.start]):
        if word.lower == "nach":
            return True
        if word.tag in (Tag.VERB, Tag.MARK, Tag.PUNCTUATION, Tag.PRONOUN):
            break
    return False


def _is_preterite(verb: Token) -> bool:
    """Tell whether a finite form is past: sagte, ging, wurden; not sagt, arbeite, wird, sei."""
    form, forms = verb.lower, lexicon.load("times")["tense"]
    if form in forms["past"]:
        return True
    if form in forms["present"] or verb.mood in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2):
        return False
    if form.endswith(("te", "ten")):
        return not verb.lemma.endswith("ten") or form.endswith(("tete", "teten"))
    return form != verb.lemma if form.endswith("n") else not form.endswith(("t", "e"))
