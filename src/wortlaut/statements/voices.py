"""Who speaks: the quote's speaker, checked against the clause of its cue, and carried on where *man* or nobody is named.

Words that only point to who speaks are followed: "Nach eigenen Angaben will [die Bahn] …", "ein [Hacker], der behauptet, …",
"[Die Bank] veröffentlichte neue Zahlen. Danach …", "laut [Staatsanwaltschaft]".
"""

import re
from dataclasses import replace

from wortlaut import lexicon
from wortlaut.language import Clause, Sentence, Tag, sentences_at
from wortlaut.model import Entity, Quote, QuoteKind
from wortlaut.statements.acts import saying_verbs, verb_acts
from wortlaut.statements.evidence import Voice
from wortlaut.statements.people import Cast
from wortlaut.text import Span, Spans

_BACK = frozenset(("man", "demnach", "danach", "wonach", "hiernach", "darin", "darunter", "zudem"))
"""Words in a speaker's place that point to who or what was just quoted."""
_RUNS = (QuoteKind.INDIRECT_FREE_INDIRECT, QuoteKind.FREE_INDIRECT)
_TOLD = (
    r"(?:Angaben|Aussagen?|Auskunft|Worten?|Meldung(?:en)?|Mitteilung|Bericht(?:en)?|Darstellung|Erklärung|Meinung|Ansicht"
    r"|Auffassung|Überzeugung|Einschätzung|Schätzung(?:en)?|Informationen|Stellungnahme|Schilderung(?:en)?)"
)
_SAME = re.compile(rf"(?:(?:de[nmr]|diese[nmr]?|seine[nmr]?|ihre[nmr]?) {_TOLD})", re.IGNORECASE)
"""What was told by whoever was last quoted: "den Angaben [zufolge]", "seiner Darstellung [nach]"."""
_OWN = re.compile(rf"eigene[nmr]? {_TOLD}", re.IGNORECASE)
_WHO = frozenset(("der", "die", "das", "welcher", "welche", "welches"))


def find_voice(cast: Cast, sentences: tuple[Sentence, ...], quote: Quote, last: Entity | None) -> Voice:
    """Return who says a quote; `last` is who spoke in the quote before.

    One span is trusted; of several, the subject of the cue's clause decides: "[Die USA] verdächtigen [Präsident X], …".
    """
    quote = replace(quote, speaker=_at_home(sentences, quote))
    subject = _subject(cast, sentences, quote)
    words = " ".join(span.of(cast.text).lower() for span in quote.speaker)
    named = cast.at(quote.speaker)
    if named is None and (pointed := _pointed(cast, sentences, quote, words)):
        return Voice(entity=pointed[0], spans=(pointed[1],), by="pointed to")
    points_back = words in _BACK or (named is None and bool(_SAME.fullmatch(words)))
    if points_back or (not quote.speaker and subject is None):
        alone = quote.kind is QuoteKind.DIRECT and not quote.cue and not quote.frame
        cue = " ".join(span.of(cast.text).lower() for span in quote.cue)
        runs_on = points_back or quote.kind in _RUNS or alone or cue.startswith(("heißt es", "hieß es"))
        runs_on = runs_on or (last is not None and _unsaid(sentences, quote, last))
        return Voice(entity=last if runs_on else None, spans=quote.speaker, by="goes on speaking")
    if subject is not None and (named is None or len(quote.speaker) > 1):
        entity, mention = subject
        if not quote.speaker or any(mention.overlaps(span) for span in (*quote.speaker, *quote.addressee)):
            return Voice(entity=entity, spans=(mention,), by="subject of the announcing clause")
    return Voice(entity=named, spans=quote.speaker, by="speaker of the quote")


def _at_home(sentences: tuple[Sentence, ...], quote: Quote) -> Spans:
    """Leave out speakers in other sentences where one stands in that of the words said: they spoke the sentence before."""
    if len(quote.speaker) < 2:
        return quote.speaker
    first, last = quote.content[0].start, quote.content[-1].end
    off = {
        span: sum(span.end <= s.end <= first or last <= s.start <= span.start for s in sentences)
        for span in quote.speaker
    }
    return tuple(span for span in quote.speaker if off[span] == 0) or quote.speaker


def _pointed(cast: Cast, sentences: tuple[Sentence, ...], quote: Quote, words: str) -> tuple[Entity, Span] | None:
    """Return whom words point to that name nobody."""
    place = next(iter((*quote.speaker, *quote.cue)), None)
    at = next((i for i, s in enumerate(sentences) if place and s.span.contains(place)), None)
    if place is None or at is None:
        return None
    if words in _WHO:
        return _before(cast, place.start)
    if _OWN.fullmatch(words):
        return _doer(cast, sentences[at], place)
    cue = place.of(cast.text).lower()
    if not quote.speaker and cue == "laut":
        return _behind(cast, place.end)
    pointing = words in _BACK or (not words and cue in _BACK)
    return _publisher(cast, sentences[at - 1], quote) if pointing and at else None


def _before(cast: Cast, at: int) -> tuple[Entity, Span] | None:
    """Return who is named right before a relative pronoun: "[ein Hacker], der …"."""
    found = [(m, e) for m, e in cast.mentions if m.end <= at and cast.text[m.end : at].strip() == ","]
    return (found[-1][1], found[-1][0]) if found else None


def _behind(cast: Cast, at: int) -> tuple[Entity, Span] | None:
    found = (
        (e, m)
        for m, e in cast.mentions
        if m.start >= at and cast.text[at : m.start].strip('„»" ') in ("", "der", "dem")
    )
    return next(found, None)


def _doer(cast: Cast, sentence: Sentence, place: Span) -> tuple[Entity, Span] | None:
    """Return the subject of the clause around "nach eigenen Angaben"."""
    clause = next((c for c in sentence.clauses if c.span.overlaps(place) and c.verb is not None), None)
    return cast.subject_mention(sentence, clause) if clause else None


def _publisher(cast: Cast, sentence: Sentence, quote: Quote) -> tuple[Entity, Span] | None:
    """Return who made something known in the sentence before "Danach …", where nobody is quoted."""
    if any(sentence.span.overlaps(span) for span in quote.content):
        return None
    for clause in sentence.clauses:
        known = any(t.lower == "bekannt" for t in sentence.tokens[clause.first : clause.last])
        tells = known or clause.predicate in saying_verbs() or clause.predicate in lexicon.words("cues", "publishing")
        if tells and not _passive(sentence, clause):
            return cast.subject_mention(sentence, clause)
    return None


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


def _unsaid(sentences: tuple[Sentence, ...], quote: Quote, last: Entity) -> bool:
    """Tell whether a passive leaves out who was spoken of the sentence before: "[Der Bund] klagt. Kritisiert wird, dass …"."""
    home = next(iter(sentences_at(sentences, quote.cue or quote.frame or quote.content)), None)
    at = sentences.index(home) if home is not None else 0
    if home is None or not at or sentences[at - 1].block != home.block:
        return False
    announces = (
        c for c in home.clauses if _passive(home, c) and any(c.span.overlaps(s) for s in (*quote.cue, *quote.frame))
    )
    return any(announces) and any(sentences[at - 1].span.contains(m) for m in last.mentions)


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
