"""Direct speech: a marked stretch that somebody says."""

from wortlaut.language import MARKS, Mood, Sentence, Tag
from wortlaut.model import Block, BlockKind, QuoteKind
from wortlaut.quotation.drafts import Draft
from wortlaut.quotation.frames import Frame, find_frame, find_subject, find_verbless, speaking_verbs
from wortlaut.quotation.marks import Marked
from wortlaut.text import Span, Spans


def find_direct(
    text: str, block: Block, sentences: tuple[Sentence, ...], marked: tuple[Marked, ...], carried: Frame | None
) -> tuple[Draft, ...]:
    """Return the direct quotes of a block, nested ones with their level; adjacent stretches of one frame are one quote."""
    drafts: list[Draft] = []
    outer = [m for m in marked if m.level == 0]
    for stretch in outer:
        touching = [s for s in sentences if s.span.overlaps(stretch.outer)]
        if not touching or not (_speaks(text, stretch, touching, block) or _announced(stretch, touching)):
            continue
        frame = _frame(text, stretch, touching, sentences, tuple(m.outer for m in outer))
        confidence = 0.9 if frame else 0.6
        previous = drafts[-1] if drafts else None
        if (
            frame
            and previous
            and previous.frame
            and previous.frame.span == frame.span
            and previous.content[-1].end <= frame.span.start < stretch.inner.start
        ):
            drafts[-1] = Draft(
                kind=QuoteKind.DIRECT, content=(*previous.content, _content(text, stretch)), frame=frame, confidence=0.9
            )
            continue
        taken = frame or (carried if not drafts else drafts[-1].frame)
        shown = taken if frame else _without_words(taken)
        frames = _asked(touching[0], frame) if frame else ()
        drafts.append(
            Draft(
                kind=QuoteKind.DIRECT,
                content=(_content(text, stretch),),
                frame=shown,
                frames=frames,
                confidence=confidence,
            )
        )
    drafts.extend(_nested(marked, drafts))
    return tuple(drafts)


def _asked(sentence: Sentence, frame: Frame) -> Spans:
    """Widen a frame by the question it answers: "Auf die Frage, ob …, sagte …"."""
    asked = (
        sentence.tokens[0].lower in ("auf", "gefragt", "angesprochen")
        and sentence.start < frame.span.start < sentence.end
    )
    return (Span(sentence.start, frame.span.end),) if asked else ()


def _without_words(frame: Frame | None) -> Frame | None:
    """Keep only who spoke last: the words of that frame announce another quote."""
    return (
        Frame(span=frame.speaker[0], cue=(), speaker=frame.speaker, lemma=frame.lemma)
        if frame and frame.speaker
        else None
    )


def _content(text: str, stretch: Marked) -> Span:
    start, end = stretch.inner
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _speaks(text: str, stretch: Marked, touching: list[Sentence], block: Block) -> bool:
    """Tell speech from words that are merely marked: a whole sentence, or a stretch with a finite verb outside the subjunctive."""
    words = [
        t
        for s in touching
        for t in s.tokens
        if stretch.inner.contains(t.span) and t.tag not in (Tag.MARK, Tag.PUNCTUATION)
    ]
    if len(words) < 3:
        return False
    around = [t for s in touching for t in s.tokens if not stretch.outer.contains(t.span)]
    if any(t.mood == Mood.SUBJUNCTIVE_1 for t in around) and not any(t.tag is Tag.VERB for t in words):
        return False
    finite = any(t.tag is Tag.VERB for t in words)
    whole = not any(t.tag not in (Tag.MARK, Tag.PUNCTUATION) for t in around)
    before = text[max(block.start, stretch.outer.start - 2) : stretch.outer.start]
    return (
        (finite and len(words) >= 3)
        or whole
        or before.rstrip().endswith(":")
        or block.kind in (BlockKind.PULL_QUOTE, BlockKind.BLOCK_QUOTE)
    )


def _announced(stretch: Marked, touching: list[Sentence]) -> bool:
    """Tell whether a verb of saying follows the closing mark at once: "»Gewehre«, sagte er, »helfen nicht«"."""
    tokens = [t for t in touching[-1].tokens if t.start >= stretch.outer.end]
    return (
        len(tokens) > 1 and tokens[0].text == "," and tokens[1].tag is Tag.VERB and tokens[1].lemma in speaking_verbs()
    )


def _frame(
    text: str, stretch: Marked, touching: list[Sentence], sentences: tuple[Sentence, ...], inside: Spans
) -> Frame | None:
    candidates = [touching[-1], *touching[:-1]]
    for sentence in candidates:
        if found := _in_sentence(sentence, inside, stretch):
            return found
        verbless = find_verbless(sentence)
        if verbless and not any(s.overlaps(verbless.span) for s in inside):
            return verbless
    at = sentences.index(touching[0])
    before = sentences[at - 1] if at else None
    if (
        before
        and text[before.start : before.end].rstrip(MARKS + " ").endswith(":")
        and (found := _in_sentence(before, inside, stretch))
    ):
        return found
    colon = _colon_name(touching[0], stretch) or _colon_subject(touching, stretch)
    if colon:
        return colon
    after = sentences[at + len(touching)] if at + len(touching) < len(sentences) else None
    if (
        after
        and after.tokens
        and after.tokens[0].lower in ("das", "dies", "so")
        and (found := _in_sentence(after, inside, stretch))
    ):
        return found
    return None


def _in_sentence(sentence: Sentence, inside: Spans, stretch: Marked) -> Frame | None:
    frames = [f for i in range(len(sentence.clauses)) if (f := find_frame(sentence, i, inside=inside))]
    if not frames:
        return None
    return min(frames, key=lambda f: min(abs(f.span.start - stretch.outer.end), abs(stretch.outer.start - f.span.end)))


def _colon_name(sentence: Sentence, stretch: Marked) -> Frame | None:
    """Read "Name: »…«" of headlines and interviews."""
    words = [t for t in sentence.tokens if t.end <= stretch.outer.start]
    if (
        2 <= len(words) <= 6
        and words[-1].text == ":"
        and all(t.tag in (Tag.NOUN, Tag.DETERMINER, Tag.ADJECTIVE) for t in words[:-1])
    ):
        span = Span(words[0].start, words[-2].end)
        return Frame(span=span, cue=(), speaker=(span,))
    return None


def _colon_subject(touching: list[Sentence], stretch: Marked) -> Frame | None:
    """Read "»…«: Die Ministerin zieht eine Grenze": the subject of what the colon opens is who speaks."""
    tokens = touching[-1].tokens
    at = next((i for i, t in enumerate(tokens) if t.start >= stretch.outer.end), len(tokens))
    if at >= len(tokens) or tokens[at].text != ":":
        return None
    clause = next((c for c in touching[-1].clauses if c.first > at and c.verb is not None), None)
    speaker = find_subject(tokens, clause.verb, clause.first, clause.last) if clause and clause.verb else None
    return Frame(span=speaker, cue=(), speaker=(speaker,)) if speaker else None


def _nested(marked: tuple[Marked, ...], drafts: list[Draft]) -> list[Draft]:
    found = []
    for stretch in marked:
        held = any(
            d.content[0].contains(stretch.outer) or any(c.contains(stretch.outer) for c in d.content) for d in drafts
        )
        if stretch.level and held and stretch.inner.end - stretch.inner.start > 20:
            found.append(Draft(kind=QuoteKind.DIRECT, content=(stretch.inner,), level=1, confidence=0.5))
    return found
