"""What of a quote is one statement: each sentence of its content, and each side of a colon; never a mere question."""

import re
from dataclasses import dataclass

from wortlaut.language import Mood, Sentence, Tag, sentences_at
from wortlaut.model import Quote
from wortlaut.statements.likelihood import find_likelihood
from wortlaut.text import Span, Spans, merge, subtract, trim


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence of a quote: the part of the content that lies in it."""

    sentence: Sentence
    content: Spans


_QUESTION = re.compile(r"(?:frage|nachfrage|gefragt|fragte|angesprochen)\W+$", re.IGNORECASE)


def asks(text: str, quote: Quote) -> bool:
    """Tell whether a quote is only the question that somebody answers: "Auf die Frage, [ob …], sagte sie: …"."""
    start, end = quote.content[0]
    words = text[start:end].lower()
    embedded = words.startswith(("ob ", "wie ", "was ", "warum ", "wann ")) and _QUESTION.search(
        text, max(0, start - 24), start
    )
    return bool(embedded) or words.startswith(("auf die frage", "auf nachfrage", "gefragt,"))


def is_question(unit: Unit) -> bool:
    """Tell whether a unit is a question, but for one that only asks to be agreed with: "…, oder?", "…, nicht wahr?"."""
    words = [t for t in unit.sentence.tokens if t.tag is not Tag.MARK]
    end = next((n for n, t in enumerate(words) if t.text == "?" and t.end >= unit.content[-1].end), 0)
    last = words[end - 1]
    return end > 0 and last.start < unit.content[-1].end and last.lower not in ("oder", "wahr", "gell")


def find_units(text: str, sentences: tuple[Sentence, ...], quote: Quote) -> list[Unit]:
    """Return the units of a quote in text order; where a pronoun is all that is said, its whole clause."""
    units: list[Unit] = []
    if len(quote.content) == 1 and quote.content[0].of(text).strip().lower() in ("das", "dies", "es", "dem", "davon"):
        return _taken_up(sentences, quote)
    for sentence in sentences_at(sentences, quote.content):
        parts = []
        for span in quote.content:
            if span.overlaps(sentence.span):
                part = trim(text, max(span.start, sentence.start), min(span.end, sentence.end))
                if part and any(c.isalnum() for c in part.of(text)):
                    parts.append(part)
        units.extend(
            Unit(sentence=sentence, content=_with_object(text, sentence, content, quote))
            for content in _at_colons(text, sentence, tuple(parts))
        )
    return units


def _with_object(text: str, sentence: Sentence, content: Spans, quote: Quote) -> Spans:
    """Widen a mere term of likelihood by what it is said of.

    "[Einen Angriff halte sie für »wahrscheinlich«]", "[Dass es so weit kommt], nannte sie [»unwahrscheinlich«]",
    "Der Verband hält [einen Dürresommer für »sicher«]"; "es" alone is left as it is.
    """
    term = find_likelihood(text, content)
    rest = (
        "".join(span.of(text) for span in (p for part in content for p in subtract(part, term.spans))) if term else ""
    )
    if term is None or any(c.isalnum() for c in rest):
        return content
    clause = next((c for c in sentence.clauses if c.span.overlaps(term.spans[0])), None)
    if clause is None:
        return content
    if clause.mood not in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2):
        fact = next((c for c in sentence.clauses if c.opener in ("dass", "daß") and c is not clause), None)
        if fact is not None or clause.predicate not in ("halten", "nennen", "bezeichnen", "einschätzen", "einstufen"):
            own = trim(text, fact.start, fact.end) if fact and fact.end < term.spans[0].start else None
            return merge((own, *content)) if own else content
        verb = [sentence.tokens[clause.verb].span] if clause.verb is not None else []
        parts = subtract(clause.span, [*verb, *quote.speaker, *quote.cue, *quote.addressee])
        words = [
            p for part in parts if (p := trim(text, part.start, part.end)) and any(c.isalnum() for c in p.of(text))
        ]
        said = [p for p in words if any(t.tag is Tag.NOUN and p.contains(t.span) for t in sentence.tokens)]
        return merge((*said, *content))
    inside = [t for t in sentence.tokens[clause.first : clause.last] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)]
    return (Span(inside[0].start, max(inside[-1].end, content[-1].end)),)


def _taken_up(sentences: tuple[Sentence, ...], quote: Quote) -> list[Unit]:
    """Return the whole clause where a pronoun is all that is said: "Der Kreml weist das zurück"."""
    for sentence in sentences:
        for clause in sentence.clauses:
            if clause.span.contains(quote.content[0]):
                last = [
                    t for t in sentence.tokens[clause.first : clause.last] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)
                ]
                return [Unit(sentence=sentence, content=(Span(last[0].start, last[-1].end),))]
    return []


def _at_colons(text: str, sentence: Sentence, parts: Spans) -> list[Spans]:
    """Divide what is said at a colon or semicolon between two clauses: "Das bleibe so: Sollte …, werde es …"."""
    for clause in sentence.clauses[:-1]:
        last = sentence.tokens[clause.last - 1]
        if last.text not in (":", ";") or clause.verb is None:
            continue
        before = tuple(p for span in parts if (p := trim(text, span.start, min(span.end, last.start))))
        after = tuple(p for span in parts if (p := trim(text, max(span.start, last.end), span.end)))
        inside = any(span.contains(last.span) for span in parts)
        said = any(c.verb is not None and any(p.overlaps(c.span) for p in after) for c in sentence.clauses)
        if inside and before and said:
            return [before, *_at_colons(text, sentence, after)]
    return [parts] if parts else []
