"""Who speaks: the quote's speaker, checked against the clause of its cue, and carried on where *man* or nobody is named."""

from dataclasses import replace

from wortlaut.language import Clause, Sentence, Tag, sentences_at
from wortlaut.model import Entity, Quote, QuoteKind
from wortlaut.statements.acts import saying_verbs, verb_acts
from wortlaut.statements.evidence import Voice
from wortlaut.statements.people import Cast
from wortlaut.text import Span

_BACK = frozenset(("man", "demnach", "danach", "wonach", "hiernach", "darin", "darunter", "zudem"))
"""Words in a speaker's place that point to who or what was just quoted."""
_RUNS = (QuoteKind.INDIRECT_FREE_INDIRECT, QuoteKind.FREE_INDIRECT)


def find_voice(cast: Cast, sentences: tuple[Sentence, ...], quote: Quote, last: Entity | None) -> Voice:
    """Return who says a quote; `last` is who spoke in the quote before.

    One span is trusted; of several, the subject of the cue's clause decides: "[Die USA] verdächtigen [Präsident X], …".
    """
    subject = _subject(cast, sentences, quote)
    words = " ".join(span.of(cast.text).lower() for span in quote.speaker)
    named = cast.at(quote.speaker)
    points_back = words in _BACK
    if points_back or (not quote.speaker and subject is None):
        runs_on = points_back or quote.kind in _RUNS
        return Voice(entity=last if runs_on else None, spans=quote.speaker, by="goes on speaking")
    if subject is not None and (named is None or len(quote.speaker) > 1):
        entity, mention = subject
        if not quote.speaker or any(mention.overlaps(span) for span in (*quote.speaker, *quote.addressee)):
            return Voice(entity=entity, spans=(mention,), by="subject of the announcing clause")
    return Voice(entity=named, spans=quote.speaker, by="speaker of the quote")


def _subject(cast: Cast, sentences: tuple[Sentence, ...], quote: Quote) -> tuple[Entity, Span] | None:
    """Return the subject of the clause that announces a quote: the one around marked words first, then the cue's."""
    home = next(iter(sentences_at(sentences, quote.content[:1])), None)
    if home is not None and quote.cue and not any(home.span.overlaps(cue) for cue in quote.cue):
        for clause in home.clauses:
            around = any(clause.span.overlaps(c) for c in quote.content)
            if around and _announces(home, clause, replace(quote, cue=(), frame=(clause.span,))):
                return cast.subject_mention(home, clause)
    for sentence in sentences_at(sentences, quote.cue or quote.frame):
        for clause in sentence.clauses:
            if _announces(sentence, clause, quote):
                return None if _passive(sentence, clause) else cast.subject_mention(sentence, clause)
    return None


def _passive(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether the subject is spoken to or of and says nothing: "[Der Politikerin] wird vorgeworfen, …"."""
    verb = sentence.tokens[clause.verb] if clause.verb is not None else None
    inside = sentence.tokens[clause.first : clause.last]
    done = any(t.tag is Tag.PARTICIPLE and t.lower != "zitiert" for t in inside)
    return verb is not None and verb.lemma == "werden" and done


def _announces(sentence: Sentence, clause: Clause, quote: Quote) -> bool:
    if quote.cue:
        outside = [cue for cue in quote.cue if not any(c.contains(cue) for c in quote.content)]
        return any(clause.span.overlaps(cue) for cue in outside)
    verb = sentence.tokens[clause.verb].span if clause.verb is not None else clause.span
    if any(c.overlaps(verb) for c in quote.content):
        return False
    speaks = clause.predicate in saying_verbs() or clause.predicate in verb_acts()
    return speaks and any(clause.span.overlaps(frame) for frame in quote.frame)
