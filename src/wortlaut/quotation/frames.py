"""Frames: the clause that announces a quote, with its cue and its speaker."""

import re
from dataclasses import dataclass
from functools import cache

import simplemma

from wortlaut import lexicon
from wortlaut.language import Clause, Mood, Order, Sentence, Tag, Token
from wortlaut.text import Span, Spans

_OBLIQUE = frozenset(("dem", "den", "des", "einem", "einen", "sich", "ihm", "ihr", "ihnen", "uns", "mir"))
_NP = frozenset((Tag.DETERMINER, Tag.ADJECTIVE, Tag.NOUN, Tag.NUMBER, Tag.PARTICIPLE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A frame with its parts; `index` is the clause's place in the sentence, None for verbless frames."""

    span: Span
    cue: Spans
    speaker: Spans
    addressee: Spans = ()
    lemma: str = ""
    index: int | None = None


@cache
def cue_verbs() -> frozenset[str]:
    """Return every verb that may announce speech, thought or writing."""
    verbs = lexicon.load("acts")["verbs"]
    return frozenset(v for group in verbs.values() for v in group.split()) - lexicon.words("cues", "never")


@cache
def speaking_verbs() -> frozenset[str]:
    """Return verbs that may follow the closing mark of direct speech."""
    never = lexicon.words("cues", "never")
    return frozenset(lexicon.load("acts")["verbs"]["say"].split()) - never | {
        "rufen",
        "fragen",
        "fordern",
        "warnen",
        "klagen",
    }


@cache
def reporting_verbs() -> frozenset[str]:
    """Return verbs that make a reported quote of a mere object ("forderte Aufklärung")."""
    verbs = lexicon.load("acts")["verbs"]
    acts = frozenset(v for name, group in verbs.items() if name != "say" for v in group.split())
    return acts - lexicon.words("cues", "not_reported") - lexicon.words("cues", "never")


def find_frame(sentence: Sentence, index: int, *, inside: Spans = ()) -> Frame | None:
    """Return the frame that a clause is, if its verb announces speech and somebody is its subject."""
    clause = sentence.clauses[index]
    if clause.verb is None or not _announces(sentence, clause) or _opens_condition(sentence, index):
        return None
    tokens = sentence.tokens
    verb = tokens[clause.verb]
    if any(span.contains(verb.span) for span in inside) or _is_deed(tokens, clause):
        return None
    first, last = _outside(tokens, clause, inside)
    speaker = find_subject(tokens, clause.verb, first, last)
    if speaker is None:
        return None
    cue = [verb.span]
    cue += [t.span for t in tokens[clause.verb + 1 : last] if t.tag is Tag.PREFIX]
    cue += [
        t.span
        for t in tokens[first:last]
        if t.tag in (Tag.PARTICIPLE, Tag.INFINITIVE)
        and verb.lemma in ("haben", "sein", "werden")
        and t.lemma == clause.predicate
    ]
    span = Span(tokens[first].start, _end(tokens, first, last))
    return Frame(
        span=span,
        cue=tuple(sorted(cue)),
        speaker=(speaker,),
        addressee=_addressee(tokens, clause, last, speaker),
        lemma=clause.predicate or "",
        index=index,
    )


def _announces(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a clause's verb may announce speech: never in the subjunctive of reported speech, *halten* only with *für*."""
    if clause.mood is Mood.SUBJUNCTIVE_1:
        return False
    if clause.predicate == "halten":
        return any(t.lower == "für" for t in sentence.tokens[clause.first : clause.last])
    return clause.predicate in cue_verbs()


def _opens_condition(sentence: Sentence, index: int) -> bool:
    """Tell whether a clause is a condition by its verb in first place: "[Stimmen die Eigner zu], werde man bauen"."""
    clause = sentence.clauses[index]
    lead = sentence.tokens[: clause.first]
    following = sentence.clauses[index + 1 : index + 2]
    alone = all(t.tag in (Tag.MARK, Tag.PUNCTUATION) for t in lead)
    return alone and clause.order is Order.VERB_FIRST and bool(following) and following[0].order is Order.VERB_FIRST


def _is_deed(tokens: tuple[Token, ...], clause: Clause) -> bool:
    """Tell whether a cue verb names a deed by its company: "verurteilte ihn zu sieben Jahren Haft" is no speech."""
    companions = lexicon.load("cues")["deeds"].get(clause.predicate or "", ())
    return any(t.text in companions for t in tokens[clause.first : clause.last])


def _outside(tokens: tuple[Token, ...], clause: Clause, inside: Spans) -> tuple[int, int]:
    indices = [i for i in range(clause.first, clause.last) if not any(s.contains(tokens[i].span) for s in inside)]
    while indices and tokens[indices[0]].tag in (Tag.PUNCTUATION, Tag.MARK):
        indices.pop(0)
    return (indices[0], indices[-1] + 1) if indices else (clause.first, clause.last)


def _end(tokens: tuple[Token, ...], first: int, last: int) -> int:
    while last > first + 1 and tokens[last - 1].tag in (Tag.PUNCTUATION, Tag.MARK):
        last -= 1
    return tokens[last - 1].end


def find_subject(tokens: tuple[Token, ...], verb: int, first: int, last: int) -> Span | None:
    """Return the noun phrase or pronoun in the nominative around a finite verb: before it, or right behind it."""
    if verb + 1 < last and tokens[verb + 1].lower in ("er", "ich", "wir", "man"):
        return tokens[verb + 1].span
    if verb > first and tokens[first].tag is not Tag.PREPOSITION and tokens[first].lower not in _OBLIQUE:
        span = _phrase(tokens, first, verb)
        if span and not _disagrees(tokens, span, tokens[verb]):
            behind = _subject_behind(tokens, verb, last) if _abstract(tokens, span) else None
            return behind if behind and _personal(tokens, behind) else _with_apposition(tokens, span, verb)
    return _subject_behind(tokens, verb, last)


def _subject_behind(tokens: tuple[Token, ...], verb: int, last: int) -> Span | None:
    at = verb + 1
    while (
        at < last
        and (tokens[at].tag in (Tag.ADVERB, Tag.PARTICIPLE) or tokens[at].lower in ("sich", "es", "das", "dies"))
        and tokens[at].lower != "dieser"
    ):
        at += 1
    if at < last and tokens[at].tag is Tag.PREPOSITION:
        while at < last and tokens[at].tag is not Tag.NOUN:
            at += 1
        at += 1
    if at < last and tokens[at].lower not in _OBLIQUE:
        return _phrase(tokens, at, last)
    return None


@cache
def _offices() -> frozenset[str]:
    table = lexicon.load("offices")
    return frozenset(form for key in ("speaks", "person") for pair in table[key] for form in pair)


def _personal(tokens: tuple[Token, ...], span: Span) -> bool:
    """Tell whether a phrase names a person or a name that no dictionary knows; "Eine Verlegung" is neither."""
    return any(
        t.lower in ("er", "sie", "ich", "wir")
        or (t.tag is Tag.NOUN and (_holds_office(t.text) or not simplemma.is_known(t.text, lang="de")))
        for t in tokens
        if span.contains(t.span)
    )


def _abstract(tokens: tuple[Token, ...], span: Span) -> bool:
    """Tell whether a phrase is more likely what is spoken of: "Eine Verlegung", "Neuwahlen", "Diese Forderung"."""
    inside = [t for t in tokens if span.contains(t.span)]
    if _personal(tokens, span):
        return False
    ends = ("ung", "ungen", "heit", "keit", "tion", "tionen", "mus", "nis", "nisse", "tät", "schluss", "wahlen")
    head = next((t for t in inside if t.tag is Tag.NOUN), inside[0])
    return inside[0].lower in ("eine", "keine", "jede", "jegliche", "solche", "diese") or head.lower.endswith(ends)


def _holds_office(word: str) -> bool:
    return word in _offices() or any(word[cut:].capitalize() in _offices() for cut in range(3, len(word) - 4))


def _disagrees(tokens: tuple[Token, ...], span: Span, verb: Token) -> bool:
    """Tell whether a bare plural stands before a verb in the singular: "Kündigungen schließe der Konzern aus"."""
    inside = [t for t in tokens if span.contains(t.span)]
    nouns = [t for t in inside if t.tag is Tag.NOUN]
    if len(nouns) != 1 or any(t.tag in (Tag.DETERMINER, Tag.PRONOUN, Tag.NUMBER) for t in inside):
        return False
    noun = nouns[0]
    plural = noun.lemma != noun.text and noun.lower.endswith(("en", "n", "er", "e")) and noun.lemma[:1].isupper()
    singular = not verb.lower.endswith(("en", "ern", "eln", "sind", "seien"))
    return plural and singular and noun is inside[-1]


def _with_apposition(tokens: tuple[Token, ...], span: Span, verb: int) -> Span:
    """Widen a subject by the apposition between commas before its verb: "Die Chefin der Bank, Eva Lund, sagte"."""
    between = [t for t in tokens[:verb] if t.start >= span.end]
    closed = len(between) > 2 and between[0].text == "," and between[-1].text == ","
    if not closed or len(between) > 12 or any(t.tag is Tag.VERB for t in between):
        return span
    return Span(span.start, between[-2].end)


def _phrase(tokens: tuple[Token, ...], at: int, last: int) -> Span | None:
    """Read one noun phrase with genitives, *von* attributes and an apposition behind a comma."""
    while at < last and (tokens[at].tag in (Tag.ADVERB, Tag.CONJUNCTION, Tag.MARK)):
        at += 1
    if at >= last:
        return None
    if tokens[at].lower in ("deren", "dessen") and at + 1 < last and tokens[at + 1].tag in _NP:
        inner = _phrase(tokens, at + 1, last)
        return Span(tokens[at].start, inner.end) if inner else None
    if tokens[at].tag is Tag.PRONOUN:
        return tokens[at].span if tokens[at].lower in ("er", "sie", "ich", "wir", "man") else None
    end, noun = at, False
    while end < last:
        token = tokens[end]
        if noun and token.text == "(" and (closed := _closing(tokens, end, last)):
            end = closed
        elif token.tag is Tag.NOUN:
            noun = True
        elif (
            noun
            and token.lower in ("der", "des", "von", "vom", "und", "für", "eines", "einer")
            and end + 1 < last
            and tokens[end + 1].tag in _NP
        ):
            if token.lower == "der" and _names_medium(tokens, end, last):
                break
        elif token.tag not in _NP or (
            noun and token.tag in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.PARTICIPLE) and tokens[end - 1].tag is Tag.NOUN
        ):
            break
        end += 1
    if not noun:
        return None
    while tokens[end - 1].tag is not Tag.NOUN and tokens[end - 1].text != ")":
        end -= 1
    return Span(tokens[at].start, tokens[end - 1].end)


def _closing(tokens: tuple[Token, ...], at: int, last: int) -> int | None:
    """Return the index of the bracket that closes the one at `at`: "Eva Lund (Soziale Liste)", "(54)"."""
    return next((i for i in range(at + 1, min(at + 7, last)) if tokens[i].text == ")"), None)


_MEDIA = re.compile(
    r"^(?:[A-Z]{2,5}|.*(?:[Zz]eitung|[Bb]latt|[Rr]undfunk|[Pp]resse|[Aa]gentur|[Rr]undschau|[Ss]ender|[Aa]nzeiger|[Pp]ost|Nachrichten|Magazin))$"
)


def _names_medium(tokens: tuple[Token, ...], at: int, last: int) -> bool:
    """Tell whether *der X* behind a name is the medium spoken to ("Muster der BBC"), not a genitive of an office."""
    following = next((t for t in tokens[at + 1 : last] if t.tag is Tag.NOUN), None)
    before = tokens[at - 1]
    return (
        following is not None
        and bool(_MEDIA.match(following.text))
        and not before.lower.endswith(("sprecher", "sprecherin", "chef", "chefin", "redakteur"))
    )


def _addressee(tokens: tuple[Token, ...], clause: Clause, last: int, speaker: Span) -> Spans:
    """Return to whom it is said: what the verb governs, a medium in the dative, or what follows *gegenüber*."""
    accusative = clause.predicate in lexicon.words("cues", "addressee_accusative")
    dative = clause.predicate in lexicon.words("cues", "addressee_dative")
    for at in range((clause.verb or 0) + 1, last):
        token = tokens[at]
        if token.start < speaker.end and token.end > speaker.start:
            continue
        start = at + 1 if token.lower == "gegenüber" else at
        medium = token.lower in ("dem", "der") and _names_medium(tokens, at, last)
        free = tokens[at - 1].tag not in (Tag.PREPOSITION, Tag.NOUN) or tokens[at - 1].end == speaker.end
        governed = (
            accusative and token.lower in ("die", "den", "das", "seinen", "seine", "ihre", "ihren", "alle")
        ) or (
            dative and token.lower in ("dem", "der", "den", "seinem", "ihrem", "ihm", "ihr", "ihnen", "einem", "einer")
        )
        named = (accusative or dative) and token.tag is Tag.NOUN and at == (clause.verb or 0) + 1
        told = token.lower == "dem" and clause.predicate in speaking_verbs()
        if start > at or (free and (medium or governed or named or told)):
            return _addressed(tokens, start, last)
    return ()


def _addressed(tokens: tuple[Token, ...], at: int, last: int) -> Spans:
    if tokens[at : at + 1] and tokens[at].tag is Tag.PRONOUN:
        return (tokens[at].span,)
    span = _phrase(tokens, at, last)
    return (span,) if span else ()


def find_verbless(sentence: Sentence) -> Frame | None:
    """Return a frame without a verb: "Laut …", "nach Angaben der …", "… zufolge", "so die Sprecherin"."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.lower == "zufolge" and at:
            start = at
            while start and tokens[start - 1].tag not in (
                Tag.PUNCTUATION,
                Tag.VERB,
                Tag.PREFIX,
                Tag.CONJUNCTION,
                Tag.PREPOSITION,
            ):
                start -= 1
            if start < at:
                return _verbless(tokens, start, at + 1, (token.span,), (Span(tokens[start].start, tokens[at - 1].end),))
        if token.lower == "so" and at and tokens[at - 1].text in (",", "–") and at + 1 < len(tokens):
            span = _phrase(tokens, at + 1, len(tokens))
            behind = next((t for t in tokens if span and t.start >= span.end), None)
            if (
                span
                and tokens[at + 1].tag is not Tag.ADJECTIVE
                and (behind is None or behind.tag in (Tag.PUNCTUATION, Tag.MARK, Tag.PREPOSITION, Tag.ADVERB))
            ):
                return Frame(span=Span(token.start, span.end), cue=(token.span,), speaker=(span,))
        for phrase in lexicon.load("cues")["frame_before"]:
            words = phrase.split()
            if [t.lower for t in tokens[at : at + len(words)]] == words and (
                at == 0 or tokens[at - 1].text == "," or tokens[at - 1].tag is not Tag.ADJECTIVE
            ):
                following = at + len(words)
                if following < len(tokens) and tokens[following].lower in ("von", "vom"):
                    following += 1
                end = following
                span = _phrase(tokens, following, len(tokens))
                if span is None:
                    continue
                end = next((i for i, t in enumerate(tokens) if t.start >= span.end), len(tokens))
                return _verbless(tokens, at, end, tuple(t.span for t in tokens[at : at + len(words)])[:2], (span,))
    return None


def _verbless(tokens: tuple[Token, ...], first: int, last: int, cue: Spans, speaker: Spans) -> Frame:
    return Frame(
        span=Span(tokens[first].start, tokens[last - 1].end), cue=(Span(cue[0].start, cue[-1].end),), speaker=speaker
    )
