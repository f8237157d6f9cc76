"""Statements behind quotes: each sentence of the content is one, with the cue of the frame for the first."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from wortlaut import lexicon
from wortlaut.language import Clause, Order, Sentence, Tag, Token, sentences_at
from wortlaut.model import (
    Article,
    Condition,
    Entity,
    EntityKind,
    Holder,
    Quote,
    QuoteKind,
    RelationKind,
    Statement,
    StatementSource,
    Timex,
    content_id,
)
from wortlaut.statements.acts import first_person, negations, polarity
from wortlaut.statements.chain import find_due, find_reports, find_said
from wortlaut.statements.conditions import find_conditions
from wortlaut.statements.deciding import Case, Judge, decide
from wortlaut.statements.evidence import Grounds, Party, Voice, explain
from wortlaut.statements.likelihood import find_likelihood
from wortlaut.statements.people import Cast
from wortlaut.statements.units import Unit, asks, find_units
from wortlaut.statements.voices import find_voice
from wortlaut.text import Span, Spans, merge, subtract


def find_quoted(
    article: Article,
    sentences: tuple[Sentence, ...],
    quotes: tuple[Quote, ...],
    times: tuple[Timex, ...],
    cast: Cast,
    judge: Judge | None = None,
) -> tuple[Statement, ...]:
    """Return the statements that stand in quotes; a quote inside another one of the same words adds none."""
    outer = [q for q in quotes if (q.parent is None or q.level == 0) and not asks(article.text, q)]
    found: list[Statement] = []
    last: Entity | None = None
    for quote in sorted(_whole(sentences, outer), key=lambda q: q.content[0]):
        voice = find_voice(cast, sentences, quote, last)
        last = voice.entity
        for number, unit in enumerate(find_units(article.text, sentences, quote)):
            found.append(_statement(article, sentences, quote, unit, times, cast, voice, judge, first=number == 0))
    return tuple(found)


def _whole(sentences: tuple[Sentence, ...], quotes: list[Quote]) -> list[Quote]:
    """Join a verdict in marks and the clause that it is about: "Sie nannte es [»unwahrscheinlich«], [dass es brennt]".

    Alone the clause would say the opposite. Not: "Sie sagte, dass es brennt, und sprach von »Pech«".
    """
    torn = {fact.id: verdict for fact, verdict in _verdicts(sentences, quotes)}
    facts = {verdict.id: fact for fact in quotes if (verdict := torn.get(fact.id))}
    return [
        replace(q, content=merge((*q.content, *facts[q.id].content))) if q.id in facts else q
        for q in quotes
        if q.id not in torn
    ]


def _verdicts(sentences: tuple[Sentence, ...], quotes: list[Quote]) -> Iterator[tuple[Quote, Quote]]:
    """Yield each clause with *dass*, with the verdict without a verb of its own that it hangs on in its sentence."""
    for verdict in quotes:
        sentence = next(iter(sentences_at(sentences, verdict.content[:1])), None)
        if sentence is None or len(verdict.content) > 1:
            continue
        where = sentence.span
        near = (f for f in quotes if f is not verdict and all(where.contains(c) for c in f.content))
        yield from ((fact, verdict) for fact in near if _about(sentence, verdict, fact))


def _about(sentence: Sentence, verdict: Quote, fact: Quote) -> bool:
    clauses = sentence.clauses
    own = next((c for c in clauses if c.span.overlaps(verdict.content[0]) and c.verb is not None), None)
    hung = next((c for c in clauses if c.span.overlaps(fact.content[0]) and c.opener in ("dass", "daß")), None)
    if own is None or hung is None or own is hung or abs(clauses.index(own) - clauses.index(hung)) != 1:
        return False
    said = verdict.content[0].contains(sentence.tokens[own.verb or 0].span)
    return not said and any(own.span.overlaps(c) for c in (*fact.cue, *fact.frame, *fact.speaker))


def _statement(
    article: Article,
    sentences: tuple[Sentence, ...],
    quote: Quote,
    unit: Unit,
    times: tuple[Timex, ...],
    cast: Cast,
    voice: Voice,
    judge: Judge | None,
    *,
    first: bool,
) -> Statement:
    text, speaker = article.text, voice.entity
    frame = _frame_sentence(sentences, quote) or unit.sentence
    conditions = _conditions(text, sentences, quote, unit, first=first)
    likelihood = find_likelihood(
        text, (*unit.content, *quote.frame) if first and frame is unit.sentence else unit.content
    )
    body = _without(unit.content, [s for c in conditions for s in c.spans])
    clause = main_clause(unit.sentence, body)
    party = cast.on_behalf(frame, unit.content, voice.spans) if speaker else None
    party = party or _party(cast, unit.sentence, clause, voice)
    bound = _binds(cast, unit.sentence, clause, speaker, party.entity, direct=quote.kind is QuoteKind.DIRECT)
    case = Case(
        text=text,
        quote=quote,
        unit=unit,
        frame=frame,
        clause=clause,
        body=body,
        likelihood=likelihood,
        bound=bound,
        first=first,
        conditional=bool(conditions) or _then(unit),
    )
    decision = decide(case, judge)
    places = merge((*quote.frame, *quote.cue, *((frame.span,) if first else ())))
    statement = Statement(
        id=content_id(article.id, "statement", "quote", unit.content, "".join(s.of(text) for s in unit.content)),
        source=StatementSource.DOCUMENT if speaker and speaker.kind is EntityKind.DOCUMENT else StatementSource.QUOTE,
        quote=quote.id,
        content=unit.content,
        speaker=speaker.id if speaker else None,
        speaker_span=voice.spans,
        principal=party.entity.id if party.entity else None,
        addressee=_addressee(cast, quote, speaker),
        act=decision.act,
        act_cue=decision.cue,
        polarity=polarity(decision.act, unit.sentence, body),
        proposition=proposition(text, unit.sentence, body, likelihood.spans if likelihood else ()),
        conditions=conditions,
        likelihood=likelihood,
        said=find_said(times, frame, quote, article.published, text),
        due=find_due(times, body, article.published, text),
        reported_by=find_reports(article, places),
        confidence=round(min(0.99, quote.confidence * decision.confidence / 0.8), 3),
    )
    grounds = Grounds(voice=voice, party=party, decision=decision, negations=negations(unit.sentence, body))
    return replace(statement, explain=explain(text, statement, grounds, times))


def _frame_sentence(sentences: tuple[Sentence, ...], quote: Quote) -> Sentence | None:
    """Return the sentence of the cue that stands nearest to the content; without a cue, of frame or speaker."""
    spans = quote.cue or quote.frame or quote.speaker
    first, last = quote.content[0].start, quote.content[-1].end
    nearest = min(spans, key=lambda s: max(first - s.end, s.start - last, 0), default=None)
    return next(iter(sentences_at(sentences, (nearest,))), None) if nearest else None


def _conditions(
    text: str, sentences: tuple[Sentence, ...], quote: Quote, unit: Unit, *, first: bool
) -> tuple[Condition, ...]:
    """Return the conditions of a unit, with those of its quote's frame and of the question that it answers."""
    own = find_conditions(text, unit.sentence, unit.content)
    asked: list[Condition] = []
    asking = [span for span in quote.frame if "frage" in span.of(text).casefold()]
    for sentence in sentences_at(sentences, asking):
        for span in asking:
            if span.overlaps(sentence.span):
                asked.extend(find_conditions(text, sentence, (span,), Holder.QUESTION))
    frame = _frame_sentence(sentences, quote)
    announced = frame is not None and bool(quote.cue or quote.frame)
    if (
        first
        and not asked
        and frame is not None
        and announced
        and frame.tokens[0].lower in ("auf", "gefragt", "angesprochen")
    ):
        question = Span(frame.start, min(s.start for s in (*quote.content, *quote.cue) if s.end > frame.start))
        asked.extend(
            find_conditions(text, frame, (question,), Holder.QUESTION) if question.end > frame.start + 8 else ()
        )
    if first and not own and not asked:
        asked.extend(_of_frame(text, frame, quote) or _of_question(text, sentences, quote, unit))
    return (*own, *asked)


def _of_frame(text: str, frame: Sentence | None, quote: Quote) -> tuple[Condition, ...]:
    """Return the conditions among the words that announce a quote: "[Im Fall einer Schließung] drohte sie mit Streik".

    Told in the page's words they are the speaker's all the same, but beside words in quotation marks.
    """
    if frame is None:
        return ()
    holder = Holder.REPORTER if quote.kind is QuoteKind.DIRECT else Holder.SPEAKER
    around = tuple(rest for span in quote.frame for rest in subtract(span, list(quote.content)))
    return find_conditions(text, frame, around, holder)


_ANSWERS = frozenset(("antworten", "erwidern", "entgegnen", "kontern", "zurückgeben"))
_ANSWER_WORDS = frozenset(("ja", "nein", "dann", "natürlich", "sicher", "selbstverständlich", "doch"))


def _of_question(text: str, sentences: tuple[Sentence, ...], quote: Quote, unit: Unit) -> list[Condition]:
    """Return the conditions of the question right before: "Und wenn die Klubs streiken? »Dann entziehen wir die Lizenz.«"."""
    at = bisect_right(sentences, unit.sentence.start, key=attrgetter("end"))
    question = sentences[at - 1] if at else None
    if question is None or any(question.span.overlaps(span) for span in quote.content):
        return []
    asks = question.tokens[-1].text in ("?", "“", "«", '"') and "?" in text[question.end - 3 : question.end]
    wants = any(c.predicate in ("fragen", "wissen") for c in question.clauses) and question.tokens[0].lower in (
        "ob",
        "was",
        "wie",
    )
    first = next((t for t in unit.sentence.tokens if t.start >= unit.content[0].start and t.tag is not Tag.MARK), None)
    frame = _frame_sentence(sentences, quote)
    replies = frame is not None and any(c.predicate in _ANSWERS for c in frame.clauses)
    answers = (
        replies
        or wants
        or (first is not None and first.lower in _ANSWER_WORDS)
        or question.block != unit.sentence.block
    )
    if not ((asks or wants) and answers):
        return []
    return list(find_conditions(text, question, (question.span,), Holder.QUESTION))


def _then(unit: Unit) -> bool:
    """Tell whether a unit begins with *dann* or *in dem Fall* and so rests on what was just said."""
    words = [t.lower for t in unit.sentence.tokens if t.start >= unit.content[0].start and t.tag is not Tag.MARK]
    return words[:1] == ["dann"] or words[:3] in (["in", "dem", "fall"], ["in", "diesem", "fall"])


def _without(content: Spans, holes: list[Span]) -> Spans:
    return tuple(rest for span in content for rest in subtract(span, holes))


def main_clause(sentence: Sentence, body: Spans) -> Clause | None:
    """Return the clause of `body` that names the deed: the first main clause with *werden* or *wollen*, else the first."""
    inside = [c for c in sentence.clauses if any(c.span.overlaps(b) for b in body) and _verb_in(sentence, c, body)]
    main = [c for c in inside if c.order in (Order.VERB_SECOND, Order.VERB_FIRST)]
    deeds = [c for c in main if sentence.tokens[c.verb or 0].lemma in ("werden", "wollen")]
    return next(iter(deeds or main or inside), None)


def _verb_in(sentence: Sentence, clause: Clause, body: Spans) -> bool:
    return clause.verb is not None and any(b.contains(sentence.tokens[clause.verb].span) for b in body)


def _party(cast: Cast, sentence: Sentence, clause: Clause | None, voice: Voice) -> Party:
    """Return whom a speaker binds by a clause: the body of the office, but themselves by what only a person can do."""
    if voice.entity is not None and clause is not None and _personal(sentence, clause):
        return Party(entity=voice.entity, spans=voice.spans, by="a deed of the person")
    party = cast.principal(voice.entity, voice.spans, deed=_is_deed(sentence, clause))
    return _spoken_for(cast, sentence, clause, voice.entity, party)


def _is_deed(sentence: Sentence, clause: Clause | None) -> bool:
    """Tell whether a clause says what somebody will do: "werde … öffnen", "will … senden"."""
    verb = sentence.tokens[clause.verb] if clause is not None and clause.verb is not None else None
    inside = sentence.tokens[clause.first : clause.last] if clause is not None else ()
    return verb is not None and verb.lemma in ("werden", "wollen") and any(t.tag is Tag.INFINITIVE for t in inside)


def _personal(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a clause tells of the speaker's own office: "sie werde zurücktreten". Not: "die Stadt werde antreten"."""
    own = any(t.lower == "ich" for t in sentence.tokens[clause.first : clause.last]) or (
        clause.verb is not None and _third_person(sentence, clause)
    )
    return own and clause.predicate in lexicon.words("offices", "personal")


def _spoken_for(cast: Cast, sentence: Sentence, clause: Clause | None, speaker: Entity | None, party: Party) -> Party:
    """Return the party of an office holder whose body only the clause names: "Truppen werde das Bündnis nicht schicken".

    Never of a body that has a name of its own or that something is done to: "Die Klinik Nord werde klagen", "… werde geschlossen".
    """
    if clause is None or speaker is None or party.entity is not speaker or not speaker.roles:
        return party
    verb = sentence.tokens[clause.verb] if clause.verb is not None else None
    hit = cast.subject_mention(sentence, clause)
    inside = sentence.tokens[clause.first : clause.last]
    will = verb is not None and (verb.lemma in ("werden", "wollen") or any(t.lower == "bereit" for t in inside))
    if not will or hit is None or hit[0].kind not in _BODIES or not any(t.tag is Tag.INFINITIVE for t in inside):
        return party
    return Party(entity=hit[0], spans=(hit[1],), by="the office holder's body will do it")


_BODIES = frozenset((EntityKind.ORGANISATION, EntityKind.STATE))
_OWN = re.compile(r"(?:ihr|sein|mein|unser)e?")


def _own_body(sentence: Sentence, clause: Clause, speaker: Entity | None) -> bool:
    """Tell whether the subject is the speaker's own body: "ihr Land", and of an office holder "das Ministerium".

    Never "ihre Gegner", "die Gewerkschaft See und Hafen" or "ihrer Partei".
    """
    holder = speaker is not None and bool(speaker.roles)
    words = [t for t in sentence.tokens[clause.first : clause.last] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)]
    for one, noun, behind in zip(words, words[1:], [*words[2:], None], strict=False):
        own = bool(_OWN.fullmatch(one.lower)) or (holder and one.lower in ("der", "die", "das"))
        body = noun.text in ("Land", "Haus", "Seite") or noun.text in lexicon.words("organisations", "heads")
        named = behind is not None and behind.tag is Tag.NOUN
        if own and body and not named and (one is words[0] or _behind_verb(sentence, clause, one)):
            return True
    return False


def _behind_verb(sentence: Sentence, clause: Clause, token: Token) -> bool:
    verb = sentence.tokens[clause.verb] if clause.verb is not None else None
    return verb is not None and 0 < token.start - verb.end < 2


def _binds(
    cast: Cast,
    sentence: Sentence,
    clause: Clause | None,
    speaker: Entity | None,
    party: Entity | None,
    *,
    direct: bool,
) -> bool:
    """Tell whether the clause speaks of what the speaker's side will do."""
    if clause is None:
        return True
    if first_person(sentence, clause) or _own_body(sentence, clause, speaker):
        return True
    if not direct and clause.verb is not None and _third_person(sentence, clause):
        return True
    subject = cast.subject(sentence, clause)
    if subject is not None and not _impersonal(sentence, clause):
        leads = party is not None and any(
            r.kind is RelationKind.LEADS and r.object == party.id for r in subject.relations
        )
        return subject in (speaker, party) or leads
    answers = speaker is not None and (
        bool(speaker.roles) or speaker.kind is not EntityKind.PERSON or party is not speaker
    )
    return _impersonal(sentence, clause) and answers


def _third_person(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether *er* or *sie* is the subject: first in its clause, or right behind the verb; in reported speech mostly the speaker."""
    verb = clause.verb or 0
    inside = [t for t in sentence.tokens[clause.first : clause.last] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)]
    first = inside[1:2] if clause.opener is not None else inside[:1]
    behind = sentence.tokens[verb + 1 : verb + 2] if verb + 1 < clause.last else ()
    return any(t.lower in ("er", "sie") for t in (*first, *behind))


def _impersonal(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether nobody is named to do it: "werde es nicht geben", "zu verhandeln sei nichts"."""
    words = [t.lower for t in sentence.tokens[clause.first : clause.last]]
    gives = "es" in words and clause.predicate in ("geben", "kommen", "bleiben")
    return gives or words[:1] == ["zu"]


def _addressee(cast: Cast, quote: Quote, speaker: Entity | None) -> str | None:
    entity = cast.at(quote.addressee) if quote.addressee else None
    return entity.id if entity and entity is not speaker else None


_EDGES = frozenset(',;:–—-„“”"»«‚‘‹›. !?')


def proposition(text: str, sentence: Sentence, body: Spans, holes: Spans) -> Spans:
    """Return the words of the deed or fact: the body without likelihood, leading *dass* and marks at its edges."""
    kept = []
    for span in _without(body, list(holes)):
        start, end = span
        first = next((t for t in sentence.tokens if t.start >= start), None)
        if first and first.lower in ("dass", "daß", "und", "aber", "so", "dann", "doch") and first.end < end:
            start = first.end
        while start < end and (text[start] in _EDGES or text[start].isspace()):
            start += 1
        while end > start and (text[end - 1] in _EDGES or text[end - 1].isspace()):
            end -= 1
        if end > start and sum(c.isalpha() for c in text[start:end]) > 1:
            kept.append(Span(start, end))
    return tuple(kept)
