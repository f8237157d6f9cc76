"""Conditions without a clause: "im Falle einer Invasion", "bei einem Angriff", "ohne Einigung", "bis zum Abzug".

A noun is an event if the lexicon or its ending says so. Where the phrase opens its sentence and the verb speaks of what is
to come, any noun will do ("Ohne billigen Strom rechnet sich das Werk nicht"); what regularly or once was is no condition
("bei einem Unfall starben zwei", "ohne Helm unterwegs").
"""

from functools import cache
from typing import NamedTuple

from wortlaut import lexicon
from wortlaut.language import Mood, Sentence, Tag, Token
from wortlaut.model import ConditionKind
from wortlaut.statements.focus import focus_before
from wortlaut.text import Span, Spans

_OPENERS = frozenset((
    "im", "für", "notfalls", "nötigenfalls", "gegebenenfalls", "bei", "ohne", "vorbehaltlich", "mit", "nach", "bis",
    "andernfalls", "sonst", "ansonsten", "unter", "durch",
))  # fmt: skip
"""What any of these conditions begins with: no other word is looked at."""
_ARTICLES = frozenset(("ein", "eine", "einem", "einen", "einer", "eines", "jedem", "jeder", "weiteren", "weiterem"))
_GENITIVE = frozenset(("einer", "eines", "der", "des", "von", "ihrer", "ihres", "seiner", "seines", "dieser", "dieses"))


_DEFINITE = frozenset(("der", "des", "dieser", "dieses", "ihrer", "ihres", "seiner", "seines"))


class Dependence(NamedTuple):
    """A condition as found: its place, its kind, and the words that make it one of that kind."""

    span: Span
    kind: ConditionKind
    cue: Spans


@cache
def _events() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    table = lexicon.load("conditions")["events"]
    return frozenset(table["nouns"].split()), tuple(table["endings"]), frozenset(table["settings"].split())


def is_event(token: Token) -> bool:
    """Tell whether a noun names something that may happen; an infinitive in capitals does ("Vorliegen")."""
    if token.tag is not Tag.NOUN:
        return False
    nouns, endings, settings = _events()
    tail = token.text.rpartition("-")[2]
    if tail in settings or tail.removesuffix("s") in settings:
        return False
    known = (
        tail in nouns
        or tail.capitalize() in nouns
        or tail.removesuffix("s") in nouns
        or tail.removesuffix("es") in nouns
    )
    return known or (tail.lower().endswith(endings) and len(tail) > 6)


def find_events(text: str, sentence: Sentence) -> list[Dependence]:
    """Return the prepositional conditions of a sentence, focus words included."""
    tokens = sentence.tokens
    found = []
    for at, token in enumerate(tokens):
        if token.lower not in _OPENERS:
            continue
        hit = _case(tokens, at) or _governed(sentence, at) or _until(tokens, at) or _else(tokens, at)
        if hit is None:
            continue
        end, kind = hit
        start = token.start
        if focus := focus_before(text, sentence.start, start):
            if text[sentence.start : focus[0]].rstrip().lower().endswith("nicht"):
                continue  # "nicht erst bei einem Angriff" does not wait for one
            start, kind = focus
        found.append(Dependence(Span(start, tokens[end - 1].end), kind, (Span(start, token.end),)))
    return found


def _case(tokens: tuple[Token, ...], at: int) -> tuple[int, ConditionKind] | None:
    """Read "im Fall(e) einer …", "für den Fall eines …", "im schlimmsten Fall", "im Ernstfall", "notfalls".

    Neither a name may follow nor somebody it is about: not "im Fall Lund", "im Fall der vermissten Frau".
    """
    words = [t.lower for t in tokens[at : at + 4]]
    if words[:1] == ["im"] and words[1:2] and words[1] in ("ernstfall", "notfall", "zweifelsfall", "zweifel"):
        return at + 2, ConditionKind.IF
    if words[:1] == ["im"] and words[1:2] and words[1].endswith("sten") and words[2:3] in (["fall"], ["falle"]):
        return at + 3, ConditionKind.IF
    if words[:1] and words[0] in ("notfalls", "nötigenfalls", "gegebenenfalls"):
        return at + 1, ConditionKind.IF
    length = 2 if words[:2] in (["im", "fall"], ["im", "falle"]) else 3 if words[:3] == ["für", "den", "fall"] else 0
    kind = ConditionKind.IF
    if words[:2] == ["unter", "der"] and words[2:3] in (["bedingung"], ["voraussetzung"]):
        length, kind = 3, ConditionKind.ONLY_IF
    if not length or len(words) <= length:
        return None
    following = tokens[at + length]
    if following.lower not in _GENITIVE and following.tag is not Tag.ADJECTIVE:
        return None
    head = _head(tokens, at + length, definite=True)
    if following.lower in _DEFINITE and (
        head is None or not (is_event(tokens[head]) or tokens[head].text in _events()[2])
    ):
        return None
    end = phrase_end(tokens, at + length)
    return (end, kind) if end else None


def _governed(sentence: Sentence, at: int) -> tuple[int, ConditionKind] | None:
    """Read *bei, ohne, mit, nach, vorbehaltlich* before the noun of an event."""
    tokens, word = sentence.tokens, sentence.tokens[at].lower
    before = tokens[at - 1].lower if at else ""
    focus = before in ("auch", "selbst", "sogar", "nur", "erst", "einmal", "außer", "ausser")
    if word == "bei":
        kind = ConditionKind.IF
    elif word == "ohne":
        kind = ConditionKind.UNLESS
    elif word == "vorbehaltlich" or (word in ("mit", "nach", "durch") and before in ("nur", "erst")):
        kind = ConditionKind.ONLY_IF
    elif word in ("mit", "durch") and _would(sentence, at):
        kind = ConditionKind.IF  # "Mit einem Sieg wäre der Klub Meister"
    else:
        return None
    head = _head(tokens, at + 1, definite=word not in ("bei", "durch") or focus)
    if head is None:
        return None
    noun = tokens[head]
    table = lexicon.load("conditions")["events"]
    if (word == "mit" and noun.text in table["means"]) or (word == "ohne" and noun.text in table["manner"]):
        return None
    eventful = is_event(noun) or (focus and word in ("bei", "ohne")) or _opens(sentence, at, head)
    if noun.text in _events()[2] or not eventful or _tells_of_past(sentence, at):
        return None
    end = phrase_end(tokens, at + 1)
    return (end, kind) if end else None


def _head(tokens: tuple[Token, ...], first: int, *, definite: bool) -> int | None:
    """Return the index of the noun that a preposition governs; the definite article counts only if `definite`."""
    at = first
    while at < len(tokens) and at - first < 6 and tokens[at].tag is not Tag.NOUN:
        if tokens[at].tag not in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.NEGATION, Tag.NUMBER, Tag.PARTICIPLE, Tag.ADVERB):
            return None
        if tokens[at].tag is Tag.DETERMINER and tokens[at].lower not in _ARTICLES and not definite:
            return None
        at += 1
    return at if at < len(tokens) and at - first < 6 else None


def _opens(sentence: Sentence, at: int, head: int) -> bool:
    """Tell whether a phrase with an indefinite head stands before its main clause's verb, which looks ahead."""
    tokens = sentence.tokens
    clause = next((c for c in sentence.clauses if c.first <= at < c.last and c.verb is not None), None)
    if clause is None or clause.verb is None or clause.opener is not None or clause.verb < head:
        return False
    lead = [t for t in tokens[clause.first : at] if t.tag not in (Tag.MARK, Tag.PUNCTUATION)]
    return all(t.lower in ("auch", "selbst", "sogar", "nur", "und", "aber", "doch", "denn") for t in lead)


def _would(sentence: Sentence, at: int) -> bool:
    """Tell whether a phrase opens a clause of what would be: "Durch einen Beitritt würde …" before an event."""
    clause = next((c for c in sentence.clauses if c.first <= at < c.last and c.verb is not None), None)
    verb = sentence.tokens[clause.verb or 0] if clause is not None else None
    head = _head(sentence.tokens, at + 1, definite=False)
    if verb is None or head is None or not is_event(sentence.tokens[head]) or not _opens(sentence, at, head):
        return False
    return verb.lower in ("würde", "würden", "wäre", "wären", "hätte", "hätten", "könnte", "könnten")


def _tells_of_past(sentence: Sentence, at: int) -> bool:
    """Tell whether the clause around tells of the past: "bei einem Unfall starben zwei", "bei einem Angriff habe sie gesiegt".

    Where an apposition tears it, the clause with the verb is the next one.
    """
    clause = next((c for c in sentence.clauses if c.last > at and c.verb is not None), None)
    if clause is None or clause.verb is None:
        return False
    verb = sentence.tokens[clause.verb]
    inside = sentence.tokens[clause.first : clause.last]
    done = any(t.tag is Tag.PARTICIPLE for t in inside)
    if verb.mood in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2):
        gone = verb.lower in ("sei", "seien") and any(
            t.lower in ("worden", "gekommen", "gestorben", "entstanden") for t in inside
        )
        return gone or (verb.lower == "habe" and done)
    return is_past(verb) or (verb.lower in ("ist", "sind", "hat", "haben") and done)


def is_past(verb: Token) -> bool:
    """Tell whether a finite form is a preterite of the indicative; regular forms serve both moods and count."""
    if verb.mood in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2) or verb.lower in ("sollte", "sollten"):
        return False
    present = verb.lemma.removesuffix("en").removesuffix("n")
    weak = verb.lower.endswith(("te", "ten")) and not present.endswith("t")
    return verb.mood is Mood.AMBIGUOUS or weak or verb.lower in lexicon.words("closed", "preterite")


def _until(tokens: tuple[Token, ...], at: int) -> tuple[int, ConditionKind] | None:
    """Read "bis zum Vorliegen der Ergebnisse", "bis zu einer Einigung"; dates are none ("bis zum Freitag")."""
    if tokens[at].lower != "bis" or at + 2 >= len(tokens) or tokens[at + 1].lower not in ("zu", "zum", "zur"):
        return None
    head = _head(tokens, at + 2, definite=True)
    if head is None or not (is_event(tokens[head]) or _nominal_infinitive(tokens[head])):
        return None
    end = phrase_end(tokens, at + 2)
    return (end, ConditionKind.UNTIL) if end else None


def _nominal_infinitive(token: Token) -> bool:
    return token.lower.endswith("en") and token.lower in lexicon.words("conditions", "nominal_infinitives")


def _else(tokens: tuple[Token, ...], at: int) -> tuple[int, ConditionKind] | None:
    """Read *andernfalls* and *sonst* at the head of a clause: the condition is that what was just named fails."""
    opens = at == 0 or tokens[at - 1].tag in (Tag.MARK, Tag.PUNCTUATION) or tokens[at - 1].lower in ("und", "denn")
    behind = tokens[at + 1].tag is Tag.VERB if at + 1 < len(tokens) else False
    word = tokens[at].lower
    return (
        (at + 1, ConditionKind.UNLESS) if opens and behind and word in ("andernfalls", "sonst", "ansonsten") else None
    )


def phrase_end(tokens: tuple[Token, ...], first: int) -> int | None:
    """Return the token index behind a noun phrase with its genitives and the prepositional phrases that belong to its noun."""
    at, nouns = first, 0
    while at < len(tokens) and _continues(tokens, at, nouns > 0):
        nouns += tokens[at].tag is Tag.NOUN
        at += 1
    while at > first and tokens[at - 1].tag is not Tag.NOUN:
        at -= 1
    return at if nouns and at > first else None


_STOPS = frozenset(
    (Tag.PUNCTUATION, Tag.MARK, Tag.VERB, Tag.PRONOUN, Tag.SUBJUNCTION, Tag.PREFIX)
)  # what no noun phrase goes over
_ATTRIBUTES = frozenset(
    (
        "aller",
        "sämtlicher",
        "beider",
        "der",
        "des",
        "eines",
        "einer",
        "seiner",
        "ihrer",
        "ihres",
        "seines",
        "dieser",
        "dieses",
    )
)


def _continues(tokens: tuple[Token, ...], at: int, after_noun: bool) -> bool:  # noqa: FBT001 - whether a noun was read
    token, before = tokens[at], tokens[at - 1]
    if token.tag in _STOPS or token.lower == "nicht" or (token.tag is Tag.ADVERB and after_noun):
        return False
    if not after_noun or token.tag is Tag.NOUN:
        return True
    if token.tag is Tag.PREPOSITION:
        return token.lower in _JOINING and is_event(before)
    if before.tag is not Tag.NOUN:
        return True
    if token.tag is Tag.DETERMINER:
        return token.lower in _ATTRIBUTES
    if token.tag is Tag.CONJUNCTION:
        return at + 1 < len(tokens) and tokens[at + 1].tag is Tag.NOUN and token.lower in ("und", "oder", "sowie")
    return token.tag not in (Tag.ADJECTIVE, Tag.INFINITIVE, Tag.PARTICIPLE, Tag.NEGATION, Tag.ZU_INFINITIVE)


_JOINING = frozenset(
    ("auf", "in", "gegen", "von", "vom", "über", "zwischen", "durch", "aus", "zu", "zum", "zur", "mit", "nach")
)
"""Prepositions that continue the noun of an event: "Angriffs auf Norrland", "Einmarsch in das Tal", "Einigung mit der Bank"."""
