"""Bodies and states: names of organisations by their head noun, their letters or their legal form."""

import re

from wortlaut import lexicon
from wortlaut.entities.gazetteer import body_in, given_names, is_acronym, office_in, state_names
from wortlaut.entities.known import Known
from wortlaut.entities.naming import DEFINITE, Mention, bare, is_subject, unknown
from wortlaut.language import Tag, Token
from wortlaut.model import EntityKind
from wortlaut.text import Span


def find_state(tokens: tuple[Token, ...], at: int, number: int, known: Known) -> Mention | None:
    """Read a state by its name or capital, or a leadership by its metonym ("der Kreml")."""
    for length in (3, 2, 1):
        words = " ".join(t.text for t in tokens[at : at + length])
        if len(tokens[at : at + length]) < length:
            continue
        span = Span(tokens[at].start, tokens[at + length - 1].end)
        subject = is_subject(tokens, at)
        if name := state_names().get(words) or known.state(words):
            return Mention(span=span, kind=EntityKind.STATE, name=name, subject=subject, sentence=number)
        for form in (words, words.removesuffix("s")):
            if form in lexicon.load("states")["metonym"]:
                return Mention(span=span, kind=EntityKind.ORGANISATION, name=form, subject=subject, sentence=number)
    return None


def body_after(tokens: tuple[Token, ...], at: int) -> tuple[int, str] | None:
    """Read the body behind an office: "der Nato", "des Konzerns Velorin", "von Norrland"; return where it ends and its name."""
    if at >= len(tokens) or tokens[at].lower not in ("der", "des", "von", "vom", "bei", "beim"):
        return None
    end = at + 1
    while end < len(tokens) and tokens[end].tag in (Tag.ADJECTIVE, Tag.DETERMINER):
        end += 1
    start = end
    while (
        end < len(tokens) and tokens[end].tag is Tag.NOUN and end - start < 4 and tokens[end].text not in given_names()
    ):
        end += 1
    if end == start:
        return None
    if many := _of_many(tokens, start):
        return many
    return end, body_name([t.text for t in tokens[start:end]])


def body_name(words: list[str]) -> str:
    """Return the name of a body in the nominative, without a mere label: "Konzerns Velorin" → "Velorin"."""
    labels = lexicon.words("organisations", "labels")
    if len(words) > 1 and body_in(words[0]) in labels and (unknown(words[1]) or is_acronym(words[1])):
        words = words[1:]
    name = " ".join([_nominative(words[0]), *words[1:-1], *([_nominative(words[-1])] if len(words) > 1 else [])])
    return state_names().get(name, name)


def _nominative(word: str) -> str:
    """Strip the genitive of a head noun or a name: "Wetterdienstes" → "Wetterdienst"."""
    word = bare(word)
    for ending in ("es", "s"):
        stem = word.removesuffix(ending)
        head = body_in(stem) if stem != word else None
        if head and stem.casefold().endswith(head.casefold()):
            return stem
    return word


def find_body(tokens: tuple[Token, ...], at: int, number: int, known: Known) -> Mention | None:
    """Read an organisation, document or group that begins at a noun; its article belongs to the mention."""
    token = tokens[at]
    determined = bool(at) and tokens[at - 1].lower in DEFINITE
    begin = tokens[at - 1].start if determined else token.start
    subject = is_subject(tokens, at)
    stem = bare(token.text)

    def mention(
        end: int, name: str | None, *, kind: EntityKind = EntityKind.ORGANISATION, head: str | None = None,
        body: str | None = None, start: int = begin,
    ) -> Mention:  # fmt: skip
        return Mention(
            span=Span(start, tokens[end - 1].end), kind=kind, name=name, head=head, body=body, subject=subject,
            sentence=number,
        )  # fmt: skip

    if is_acronym(stem):
        full, head = known.acronyms.get(stem, (stem, None))
        return mention(at + 1, full, head=head, start=token.start)
    if spelled := _spelled_out(tokens, at, known) or _of_many(tokens, at):
        return mention(spelled[0], spelled[1], head=body_in(token.text))
    end = _run(tokens, at)
    words = [t.text for t in tokens[at:end]]
    if words[-1] in lexicon.words("organisations", "legal_forms") and len(words) > 1:
        words = words[1:] if len(words) > 2 and body_in(words[0]) and words[1] in known.companies else words
        return mention(end, " ".join(words), head="Unternehmen", start=token.start)
    if short := known.companies.get(token.text) or known.companies.get(token.text.removesuffix("s")):
        return mention(at + 1, short, head="Unternehmen", start=token.start)
    head = body_in(token.text)
    if head:
        if governed := _governed(tokens, at, head, known):
            return mention(governed[0], governed[1], head=head, body=governed[2], start=governed[3])
        proper = [w for w in words[1:] if unknown(w) or is_acronym(w)]
        if proper:
            kind = EntityKind.PLACE if head in lexicon.words("organisations", "places") else EntityKind.ORGANISATION
            return mention(at + len(proper) + 1, body_name([stem, *proper]), kind=kind, head=head)
        compound = token.text if token.text not in (head, head + "s", head + "es") else None
        if compound and head in lexicon.words("organisations", "loose") and not unknown(token.text):
            return None
        undetermined = compound and not (at and tokens[at - 1].tag is Tag.PREPOSITION)
        if determined or (undetermined and (unknown(token.text) or "-" in token.text)):
            return mention(at + 1, body_name([compound]) if compound else None, head=head)
        return None
    if stem in lexicon.words("organisations", "documents") and determined:
        return mention(at + 1, stem, kind=EntityKind.DOCUMENT)
    if token.text in lexicon.words("organisations", "groups"):
        return mention(at + 1, token.text, kind=EntityKind.GROUP)
    return None


def _spelled_out(tokens: tuple[Token, ...], at: int, known: Known) -> tuple[int, str] | None:
    """Read a name of several words that the page also gives by its letters; its brackets belong to the mention."""
    for letters, (name, _) in known.acronyms.items():
        words = name.split()
        if [t.text for t in tokens[at : at + len(words)]] == words:
            end = at + len(words)
            bracketed = [t.text for t in tokens[end : end + 3]] == ["(", letters, ")"]
            return end + 3 * bracketed, name
    return None


def _of_many(tokens: tuple[Token, ...], at: int) -> tuple[int, str] | None:
    """Read a name of common nouns: "Union der Mitte", "Verein für Vogelschutz", "Gewerkschaft See und Hafen"."""
    if at + 3 < len(tokens) and tokens[at].text in ("Gewerkschaft", "Partei", "Verein", "Stiftung"):
        pair = tokens[at + 2].lower == "und" and {tokens[at + 1].tag, tokens[at + 3].tag} == {Tag.NOUN}
        return (at + 4, " ".join(t.text for t in tokens[at : at + 4])) if pair else None
    if at + 2 >= len(tokens) or tokens[at].text not in lexicon.words("organisations", "of_many"):
        return None
    if tokens[at + 1].lower not in ("der", "für") or tokens[at + 2].tag is not Tag.NOUN:
        return None
    return at + 3, " ".join(t.text for t in tokens[at : at + 3])


def _run(tokens: tuple[Token, ...], at: int) -> int:
    """Return the index behind the nouns that may be one name."""
    end = at + 1
    while end < len(tokens) and tokens[end].tag is Tag.NOUN and end - at < 4:
        if office_in(tokens[end].text) or tokens[end].text in given_names():
            break
        end += 1
    return end


def _governed(tokens: tuple[Token, ...], at: int, head: str, known: Known) -> tuple[int, str, str, int] | None:
    """Read the leadership of a state: "die veskische Führung", "die Regierung in Askeby"; None if it is not one.

    Returns where it ends, its name, the state or place it rules, and its first character.
    """
    if head not in lexicon.words("organisations", "leaderships"):
        return None
    if at and tokens[at - 1].tag is not Tag.NOUN and (state := known.state_of(tokens[at - 1].lower)):
        stem = re.sub(r"isch\w*$", "isch", tokens[at - 1].lower)
        ending = {"f": "e", "n": "es", "m": "er"}[lexicon.load("organisations")["leadership_gender"].get(head, "f")]
        first = at - 2 if at > 1 and tokens[at - 2].lower in DEFINITE else at - 1
        return at + 1, f"{stem}{ending} {bare(tokens[at].text)}", state, tokens[first].start
    if at + 2 < len(tokens) and tokens[at + 1].lower in ("in", "von") and tokens[at + 2].tag is Tag.NOUN:
        place = tokens[at + 2].text
        if unknown(place) or place in state_names() or known.state(place):
            first = at - 1 if at and tokens[at - 1].lower in DEFINITE else at
            state = state_names().get(place) or known.state(place) or place
            return at + 3, f"{bare(tokens[at].text)} {tokens[at + 1].text} {place}", state, tokens[first].start
    return None
