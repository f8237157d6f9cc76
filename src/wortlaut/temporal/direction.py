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
        following = [token for token in sentence.tokens if token.start >= span.end][:1]
        if following and _is_attribute(following[0]):
            return -1, False
        clause = next((c for c in sentence.clauses if c.start <= span.start < c.end), None)
        if clause is None or clause.verb is None:
            return 0, False
        verb = sentence.tokens[clause.verb]
        direction = _direction(sentence, clause, verb)
        lasting = verb.lemma in lexicon.load("times")["tense"]["lasting"]
        return direction, direction > 0 and lasting


def _is_attribute(token: Token) -> bool:
    """Tell whether a word is a participle before its noun: "die am Montag beschlossene Maut"."""
    return token.tag in (Tag.ADJECTIVE, Tag.PARTICIPLE) and bool(_PARTICIPLE.fullmatch(token.lower))


def _direction(sentence: Sentence, clause: Clause, verb: Token) -> int:
    words = sentence.tokens[clause.first : clause.last]
    helped = verb.lemma in _HELPING or any(w.lemma in _HELPING and w.tag is Tag.INFINITIVE for w in words)
    perfect = helped and any(word.tag is Tag.PARTICIPLE for word in words)
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
