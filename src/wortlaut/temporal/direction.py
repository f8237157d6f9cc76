"""Whether a sentence looks back or ahead: the tense of the verb whose clause names the time.

"Am Freitag wurde gewählt" is last Friday, "am Freitag wird gewählt" the next one. A perfect is past ("hat am Freitag
gewählt"); a present looks ahead, unless it is the word of saying that news writes in the present ("sagt er am Freitag").
"""

import re
from bisect import bisect_right

from wortlaut import lexicon
from wortlaut.language import Clause, Mood, Sentence, Tag, Token
from wortlaut.text import Span

_PARTICIPLE = re.compile(r"\w*(?:ge\w{2,}|(?:be|ver|er|ent|zer|ab|an|auf|aus|ein|vor|zu)\w{3,}|\w+ier)(?:t|en)e[nrsm]?")
_LIKE_INFINITIVE = re.compile(r"(?:\w*ge|be|ver|er|ent|zer)\w{2,}en")
"""Participles that look like infinitives: "sind gefallen", "hat erhalten"."""

_HELPING = frozenset(("haben", "sein"))


class Tenses:
    """The direction at each place of an article."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]

    def at(self, span: Span) -> tuple[int, bool]:
        """Return the direction of the clause at a place of the text, and whether it tells of a lasting state."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or span.start >= self._sentences[at].end:
            return 0, False
        sentence = self._sentences[at]
        following = [token for token in sentence.tokens if token.start >= span.end][:2]
        if following and _is_attribute(*following):
            return -1, False
        clauses = [c for c in sentence.clauses if c.end > span.start]
        clause = next((c for c in clauses if c.verb is not None), None)  # "Im Mai, Juni und Juli kam es"
        if clause is None or clause.verb is None:
            return 0, False
        verb = sentence.tokens[clause.verb]
        direction = _direction(sentence, clause, verb)
        lasting = verb.lemma in lexicon.load("times")["tense"]["lasting"]
        return direction, direction > 0 and lasting


def _is_attribute(token: Token, noun: Token | None = None) -> bool:
    """Tell whether a word is a participle before its noun: "die am Montag beschlossene Maut"."""
    inflected = token.tag in (Tag.ADJECTIVE, Tag.PARTICIPLE)
    if token.tag is Tag.VERB and noun is not None:  # "das am Montag verabschiedete »Abkommen«"
        inflected = noun.tag is Tag.MARK or noun.tag is Tag.NOUN
    return inflected and bool(_PARTICIPLE.fullmatch(token.lower))


def _direction(sentence: Sentence, clause: Clause, verb: Token) -> int:
    words = sentence.tokens[clause.first : clause.last]
    helped = verb.lemma in _HELPING or any(w.lemma in _HELPING and w.tag is Tag.INFINITIVE for w in words)
    perfect = helped and any(
        word.tag is Tag.PARTICIPLE or (word.tag is Tag.INFINITIVE and _LIKE_INFINITIVE.fullmatch(word.lower))
        for word in words
    )
    told = verb.mood is Mood.INDICATIVE and verb.lemma in lexicon.load("times")["tense"]["telling"]
    return -1 if perfect or told or _is_preterite(verb) else 1


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
