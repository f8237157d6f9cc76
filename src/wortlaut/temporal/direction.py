"""Whether a sentence looks back or ahead: the tense of the verb whose clause names the time.

"Am Freitag wurde gewählt" is last Friday, "am Freitag wird gewählt" the next one. A perfect is past ("hat am Freitag
gewählt"); a present looks ahead, unless it is the word of saying that news writes in the present ("sagt er am Freitag").
"""

from bisect import bisect_right
from functools import cache

from wortlaut import lexicon
from wortlaut.language import Clause, Mood, Sentence, Tag, Token


class Tenses:
    """The direction at each place of an article: -1 back, +1 ahead, 0 unknown."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]

    def at(self, place: int) -> int:
        """Return the direction of the clause at a place of the text."""
        at = bisect_right(self._starts, place) - 1
        if at < 0 or place >= self._sentences[at].end:
            return 0
        sentence = self._sentences[at]
        clause = next((c for c in sentence.clauses if c.start <= place < c.end), None)
        return _direction(sentence, clause) if clause else 0


def _direction(sentence: Sentence, clause: Clause) -> int:
    if clause.verb is None:
        return 0
    verb = sentence.tokens[clause.verb]
    perfect = verb.lemma in ("haben", "sein") and any(
        word.tag is Tag.PARTICIPLE for word in sentence.tokens[clause.first : clause.last]
    )
    told = verb.mood is Mood.INDICATIVE and verb.lemma in _telling()
    return -1 if perfect or told or _is_preterite(verb) else 1


@cache
def _telling() -> frozenset[str]:
    return frozenset(lexicon.load("acts")["verbs"]["say"].split())


def _is_preterite(verb: Token) -> bool:
    """Tell whether a finite form is past: sagte, ging, wurden; not sagt, arbeite, wird, sei."""
    form, forms = verb.lower, lexicon.load("times")["tense"]
    if form in forms["past"]:
        return True
    if form in forms["present"] or verb.mood in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2):
        return False
    if form.endswith(("te", "ten")):
        return not verb.lemma.endswith("ten") or form.endswith(("tete", "teten"))
    return form != verb.lemma if form.endswith("en") else not form.endswith(("t", "e", "n", "st"))
