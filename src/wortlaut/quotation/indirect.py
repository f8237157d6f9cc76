"""Indirect speech: what a frame announces in another clause, runs of subjunctive sentences, and gists.

Three ways a sentence carries it: frame and content side by side ("Sie sagte, es werde regnen"), a frame in the sentence
behind ("Das sagte …"), and no frame at all in a run that somebody began.
"""

from wortlaut.language import Clause, Mood, Order, Sentence, Tag, Token
from wortlaut.model import BlockKind, QuoteKind
from wortlaut.quotation.drafts import Draft
from wortlaut.quotation.frames import Frame, find_frame, find_verbless, reporting_verbs
from wortlaut.text import Span, Spans, subtract


def find_indirect(
    text: str,
    sentences: tuple[Sentence, ...],
    direct: tuple[Draft, ...],
    carried: Frame | None,
) -> tuple[tuple[Draft, ...], Frame | None]:
    """Return the quotes of a block that are not direct, and the frame of the last speaker for the block that follows."""
    inside = tuple(span for draft in direct if not draft.level for span in draft.content)
    drafts: list[Draft] = []
    open_run: Draft | None = None
    for sentence in sentences:
        if all(_held(token, inside) for token in sentence.tokens):
            carried = next(
                (d.frame for d in direct if d.frame and any(c.overlaps(sentence.span) for c in d.content)), carried
            )
            continue
        draft = _sentence(text, sentence, inside)
        if draft is not None and draft.frame is not None:
            if draft.content:
                drafts.append(draft)
            elif open_run is not None and _points_back(sentence):
                drafts[drafts.index(open_run)] = Draft(
                    kind=QuoteKind.INDIRECT, content=open_run.content, frame=draft.frame, confidence=0.8
                )
            carried, open_run = draft.frame, None
            continue
        spoken = next(
            (d.frame for d in direct if d.frame and d.frame.span.overlaps(sentence.span)), None
        ) or _announcing(sentence, inside)
        if spoken:
            carried = spoken
        run = _run(text, sentence, inside, carried)
        if run is not None:
            drafts.append(run)
            open_run = run
        elif not _reported_mood(sentence):
            open_run = None
            if (
                sentence.kind is BlockKind.PARAGRAPH
                and spoken is None
                and any(t.mood is Mood.INDICATIVE for t in sentence.tokens)
            ):
                carried = carried if sentence.tokens[0].lower in ("er", "sie", "zudem", "außerdem") else None
    return tuple(drafts), carried


def _announcing(sentence: Sentence, inside: Spans) -> Frame | None:
    """Return a frame that announces nothing here but tells who speaks in the subjunctive sentences that follow."""
    frames = (find_frame(sentence, index, inside=inside) for index in range(len(sentence.clauses)))
    return next((frame for frame in frames if frame is not None), None)


def _held(token: Token, inside: Spans) -> bool:
    """Tell whether a word lies in direct speech; the marks around it and stops belong to either side."""
    return token.tag in (Tag.MARK, Tag.PUNCTUATION) or any(span.contains(token.span) for span in inside)


def _points_back(sentence: Sentence) -> bool:
    return sentence.tokens[0].lower in ("das", "dies", "so", "darauf")


def _sentence(text: str, sentence: Sentence, inside: Spans) -> Draft | None:
    """Return the quote that a frame in this sentence announces; with empty content if it announces none here."""
    for index in range(len(sentence.clauses)):
        frame = find_frame(sentence, index, inside=inside)
        if frame is None:
            continue
        condition = _condition_of(sentence, index)
        gist = _gist(text, sentence, sentence.clauses[index], frame) if condition else ()
        if gist and condition and not any(i.overlaps(c) for i in inside for c in (*gist, condition)):
            content = tuple(sorted((*gist, condition)))
            return Draft(kind=QuoteKind.REPORTED, content=content, frame=frame, confidence=0.6)
        content = _around(text, sentence, index, frame, inside)
        if content and not any(i.overlaps(c) for i in inside for c in content):
            return Draft(
                kind=QuoteKind.INDIRECT,
                content=content,
                frame=frame,
                frames=_frames(sentence, index, frame),
                confidence=0.8,
            )
        if any(frame.span.overlaps(Span(s.start - 4, s.end + 4)) for s in inside):
            return None
        gist = _gist(text, sentence, sentence.clauses[index], frame)
        if gist:
            return Draft(kind=QuoteKind.REPORTED, content=gist, frame=frame, confidence=0.6)
        if _points_back(sentence) and frame.lemma not in reporting_verbs():
            return Draft(kind=QuoteKind.INDIRECT, content=(), frame=frame, confidence=0.8)
    verbless = find_verbless(sentence)
    if verbless and not any(s.overlaps(verbless.span) for s in inside):
        content = tuple(t for part in subtract(sentence.span, [verbless.span]) if (t := _clean(text, part)))
        marked = any(i.overlaps(c) for i in inside for c in content)
        if sum(s.end - s.start for s in content) > 12 and not marked:
            return Draft(kind=QuoteKind.INDIRECT, content=content, frame=verbless, confidence=0.75)
    return None


_IF = frozenset(("wenn", "falls", "sofern", "solange", "bis"))


def _condition_of(sentence: Sentence, index: int) -> Span | None:
    """Return the condition beside a frame that gives only the gist: "Sie drohte mit Streik, [falls …]".

    It stands behind the frame up to the sentence's end, or right before it. Not: "Sie sagte, falls …, werde sie streiken".
    """
    clauses = sentence.clauses
    if index + 1 < len(clauses) and _opens_condition(sentence, clauses[index + 1]):
        behind = clauses[index + 1 :]
        if not any(_reported(c) and c.order is Order.VERB_FIRST for c in behind[1:]):
            return Span(behind[0].start, behind[-1].end - (sentence.tokens[-1].text in ".!"))
    before = clauses[index - 1] if index else None
    if before and clauses[index].order is Order.VERB_FIRST and _opens_condition(sentence, before):
        return Span(before.start, sentence.tokens[before.last - 2].end)
    return None


def _opens_condition(sentence: Sentence, clause: Clause) -> bool:
    words = [t.lower for t in sentence.tokens[clause.first : clause.first + 3]]
    verb_first = clause.order is Order.VERB_FIRST and words[:1] in (["sollte"], ["sollten"])
    return clause.opener in _IF or verb_first or words == ["es", "sei", "denn"] or words[:1] == ["vorausgesetzt"]


def _frames(sentence: Sentence, index: int, frame: Frame) -> Spans:
    """Widen a frame by the question it answers: "Auf die Frage, ob …, sagte …"."""
    if sentence.tokens[0].lower in ("auf", "gefragt", "angesprochen") and index > 0:
        return (Span(sentence.start, frame.span.end),)
    return (frame.span,)


def _around(text: str, sentence: Sentence, index: int, frame: Frame, inside: Spans) -> Spans:
    clauses = sentence.clauses
    behind = _behind(sentence, index)
    before = _before(sentence, index)
    spans = []
    if before:
        spans.append(Span(clauses[before[0]].start, clauses[before[-1]].end))
    if behind:
        spans.append(Span(clauses[behind[0]].start, clauses[behind[-1]].end))
    spans += _own_part(sentence, clauses[index], frame, bool(behind))
    parts = [
        p for s in spans for p in subtract(s, [*inside, frame.span] if not any(s.contains(i) for i in inside) else [])
    ]
    return tuple(sorted(c for p in parts if (c := _clean(text, p))))


def _own_part(sentence: Sentence, clause: Clause, frame: Frame, has_behind: bool) -> list[Span]:  # noqa: FBT001
    """Take "es als »unwahrscheinlich«" into the content where the frame names what it calls so."""
    if frame.lemma not in ("bezeichnen", "halten", "nennen") or not has_behind:
        return []
    at = next((i for i in range(clause.first, clause.last) if sentence.tokens[i].lower in ("als", "für")), None)
    return [Span(sentence.tokens[at + 1].start, clause.end)] if at is not None and at + 1 < clause.last else []


def _behind(sentence: Sentence, index: int) -> list[int]:
    """Return the clauses behind a frame that it announces."""
    found: list[int] = []
    for at in range(index + 1, len(sentence.clauses)):
        clause = sentence.clauses[at]
        if not found:
            opens = (
                clause.opener in ("dass", "daß", "ob", "wie", "warum", "wann", "wer", "was", "wo")
                or clause.order is Order.INFINITIVE
                or _reported(clause)
            )
            opens = opens or (
                clause.opener in ("wenn", "falls", "sollte") and any(_reported(c) for c in sentence.clauses[at + 1 :])
            )
            opens = opens or sentence.tokens[clause.first - 1].text == ":"
            if not opens:
                if clause.order is Order.VERB_LAST or clause.order is Order.VERBLESS:
                    continue
                break
            if sentence.tokens[clause.first].lower in ("um", "ohne", "statt") and clause.order is Order.INFINITIVE:
                break
        elif (
            clause.order is Order.VERB_SECOND
            and not _reported(clause)
            and sentence.tokens[clause.first].lower in ("und", "aber")
        ):
            break
        found.append(at)
    return found


def _before(sentence: Sentence, index: int) -> list[int]:
    """Return the subjunctive clauses before a frame that closes its sentence: "Es werde regnen, sagte sie"."""
    if sentence.clauses[index].order is not Order.VERB_FIRST or index == 0:
        return []
    before = list(range(index))
    if (
        any(_reported(sentence.clauses[i]) for i in before)
        or sentence.clauses[index].verb == sentence.clauses[index].first
    ):
        return before if sentence.tokens[0].lower not in ("auf", "gefragt") else []
    return []


def _reported(clause: Clause) -> bool:
    return clause.mood in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2)


def _reported_mood(sentence: Sentence) -> bool:
    """Tell whether the main clause is in the mood of reported speech: Konjunktiv I, or II where I has no form of its own."""
    main = [c for c in sentence.clauses if c.order in (Order.VERB_SECOND, Order.VERB_FIRST)]
    if not main or main[0].verb is None:
        return False
    return main[0].mood is Mood.SUBJUNCTIVE_1 or (
        main[0].mood is Mood.SUBJUNCTIVE_2 and any(c.mood is Mood.SUBJUNCTIVE_1 for c in sentence.clauses)
    )


def _run(text: str, sentence: Sentence, inside: Spans, carried: Frame | None) -> Draft | None:
    if not _reported_mood(sentence) or any(span.overlaps(sentence.span) for span in inside):
        return None
    if any(t.lower == "ich" for t in sentence.tokens) or sentence.tokens[-1].text == "!":
        return None
    content = _clean(text, sentence.span)
    speaker = (
        Frame(span=carried.speaker[0], cue=(), speaker=carried.speaker, lemma=carried.lemma)
        if carried and carried.speaker
        else None
    )
    if content is None:
        return None
    return Draft(
        kind=QuoteKind.INDIRECT_FREE_INDIRECT, content=(content,), frame=speaker, confidence=0.75 if speaker else 0.5
    )


def _gist(text: str, sentence: Sentence, clause: Clause, frame: Frame) -> Spans:
    """Return the object of a cue that gives only the gist: "[Aufklärung] forderte der Verband"."""
    judges = frame.lemma in _JUDGING and any(
        t.tag in (Tag.ADJECTIVE, Tag.MARK)
        for t in sentence.tokens[clause.first : clause.last]
        if t.start > frame.cue[0].end
    )
    if (frame.lemma not in reporting_verbs() and not judges) or sentence.kind is BlockKind.HEADLINE:
        return ()
    verb = sentence.tokens[clause.verb or 0]
    holes = [*frame.cue, *frame.speaker, *frame.addressee, verb.span]
    holes += [t.span for t in sentence.tokens[clause.first : clause.last] if t.lower == "sich"]
    parts = [c for p in subtract(Span(clause.start, clause.end), holes) if (c := _clean(text, p))]
    spoken = [p for p in parts if judges or any(_names_matter(t) for t in sentence.tokens if p.contains(t.span))]
    objects = [p for p in spoken if p.start > verb.end or not _adverbial(sentence, p, frame)]
    return tuple(objects)


_JUDGING = frozenset(("nennen", "bezeichnen", "halten", "einschätzen", "einstufen", "bewerten"))
"""Verbs that say what somebody thinks of something: "nannte einen Angriff »unwahrscheinlich«"."""


def _names_matter(token: Token) -> bool:
    return token.tag is Tag.NOUN or token.lower in ("das", "dies")


def _adverbial(sentence: Sentence, part: Span, frame: Frame) -> bool:
    """Tell whether a part before the verb is no object: an attribute of the speaker, or "Nach der Flut …"."""
    first = next(t for t in sentence.tokens if t.start >= part.start)
    behind_speaker = bool(frame.speaker) and part.start > frame.speaker[0].end
    governed = first.lower in ("mit", "auf", "für", "gegen", "vor", "über", "zu", "von")
    return behind_speaker or (first.tag in (Tag.PREPOSITION, Tag.ADVERB) and not governed)


def _clean(text: str, span: Span) -> Span | None:
    """Trim white space, commas, final stops and lone marks from a stretch; None if no word is left."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:–-."):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–-."):
        end -= 1
    return Span(start, end) if any(c.isalnum() for c in text[start:end]) else None
