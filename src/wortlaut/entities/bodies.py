"""Bodies and states: names of organisations by their head noun, their letters, their legal form or their marks."""

from dataclasses import dataclass

from wortlaut import lexicon
from wortlaut.entities.gazetteer import body_in, capitals, given_names, is_acronym, office_in, state_names, unknown
from wortlaut.entities.known import canonical, find_known, shown_names
from wortlaut.entities.mention import CONTRACTED, DEFINITE, INDEFINITE, POSSESSIVE, Mention, is_subject, times
from wortlaut.entities.morphology import gender_of, is_compound, nominative, strong_adjective
from wortlaut.entities.page import Page, nominal
from wortlaut.language import MARKS, Tag, Token, lemma_of
from wortlaut.model import EntityKind
from wortlaut.text import Span

Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body read off tokens; `end` is the index behind it, `named` is False for a head noun alone ("die Gewerkschaft")."""

    end: int
    name: str
    head: str | None
    kind: EntityKind = EntityKind.ORGANISATION
    named: bool = True
    of: str | None = None


def find_state(tokens: Tokens, at: int, page: Page) -> tuple[int, str, EntityKind] | None:
    """Read a state, a capital or a metonym; return where it ends, its name and kind.

    A capital where it acts ("Moskau erklärte") is the state's leadership, else a place ("in Moskau").
    """
    for length in (3, 2, 1):
        if at + length > len(tokens):
            continue
        words = " ".join(t.text for t in tokens[at : at + length])
        if name := state_names().get(words) or (page.state(words) if length == 1 else None):
            return at + length, name, EntityKind.STATE
        for form in (words, words.removesuffix("s")):
            if form in lexicon.load("states")["metonym"]:
                return at + length, form, EntityKind.ORGANISATION
            if form in capitals():
                acts = form == words and _acts(tokens, at, at + length)
                return at + length, form, EntityKind.ORGANISATION if acts else EntityKind.PLACE
    return None


def _acts(tokens: Tokens, at: int, end: int) -> bool:
    """Tell whether a name stands right beside a finite verb with no preposition or noun before it."""
    before = tokens[at - 1] if at else None
    if before is not None and before.tag in (Tag.PREPOSITION, Tag.NOUN, Tag.DETERMINER, Tag.ADJECTIVE):
        return False
    behind = tokens[end] if end < len(tokens) else None
    return bool((before and before.tag is Tag.VERB) or (behind and behind.tag is Tag.VERB))


def read_body(tokens: Tokens, at: int, page: Page) -> Body | None:
    """Read the organisation, document or place whose name begins at the noun `at`; None if it is none."""
    token = tokens[at]
    if listed := _listed(tokens, at) or _told(tokens, at, page):
        return listed
    letters = token.text if is_acronym(token.text) else token.text.removesuffix("s")
    if is_acronym(letters) and not office_in(token.text):
        return _lettered(tokens, at, letters, page)
    if spelled := next((n for n, _ in page.acronyms.values() if _stands(tokens, at, n)), None):
        words = spelled.split()
        return Body(
            end=at + len(words), name=nominal(words), head=next(filter(None, map(body_in, words)), "Organisation")
        )
    known = page.companies.get(token.text) or page.companies.get(token.text.removesuffix("s"))
    if known and body_in(known) != known:
        return _company(tokens, at, known)
    start = at
    while start < len(tokens) - 1 and _name_adjective(tokens, start):
        start += 1
    if (
        start == at
        and at + 1 < len(tokens)
        and tokens[at + 1].tag is Tag.NOUN
        and token.text not in given_names()
        and body_in(token.text) is None
        and office_in(token.text) is None
    ):
        article = at > 0 and tokens[at - 1].lower in DEFINITE
        start += body_in(tokens[at + 1].text) is not None and (article or unknown(token.text))  # "die Bangkok Post"
    head = body_in(tokens[start].text) if tokens[start].tag is Tag.NOUN else None
    if head is None:
        return _company(tokens, at, known)
    loose = head in lexicon.words("organisations", "loose") and start == at
    return _headed(tokens, at, start, head, page, loose=loose)


def _listed(tokens: Tokens, at: int) -> Body | None:
    known = find_known(tokens, at)
    return Body(end=known[0], name=known[1], head=known[2]) if known else None


def _told(tokens: Tokens, at: int, page: Page) -> Body | None:
    """Read a body that only a speaker's place vouches for."""
    word = tokens[at].text
    words, kind = page.told.get(word) or page.told.get(word.removesuffix("s")) or ((), EntityKind.PERSON)
    found = [t.text for t in tokens[at : at + len(words)]]
    if kind is EntityKind.PERSON or [*found[:-1], found[-1].removesuffix("s")] != [
        *words[:-1],
        words[-1].removesuffix("s"),
    ]:
        return None
    head = body_in(words[-1])
    loose = head is None or head in lexicon.words("organisations", "loose")
    return Body(end=at + len(words), name=" ".join(words), head="Organisation" if loose else head)


def _lettered(tokens: Tokens, at: int, letters: str, page: Page) -> Body:
    """Read letters, with the name behind them that they only begin: "IG Metall", "KSV Fulda", never "SPD Politiker"."""
    end = at + 1
    full, head = page.acronyms.get(letters, (letters, ""))
    listed = letters in lexicon.words("organisations", "acronyms") or letters in page.acronyms
    while not listed and end < len(tokens) and end - at < 3 and _joins(tokens, at, end, page):
        end += 1
    if end > at + 1:
        return Body(
            end=end,
            name=" ".join([letters, *(t.text for t in tokens[at + 1 : end])]),
            head=body_in(tokens[end - 1].text) or "Verein",
        )
    return Body(end=end, name=nominal(full.split()), head=head or body_in(letters) or letters)


def _joins(tokens: Tokens, at: int, end: int, page: Page) -> bool:
    """Tell whether the noun at `end` belongs to the name before it: unknown, met again, or before the sentence's verb."""
    word = tokens[end].text
    if tokens[end].tag is not Tag.NOUN or tokens[end].lower in times() or (office_in(word) and not unknown(word)):
        return False
    if word in given_names() and end + 1 < len(tokens) and tokens[end + 1].tag is Tag.NOUN:
        return False
    if unknown(word) or word.isupper() or find_known(tokens, end) or (tokens[end - 1].text, word) in page.pairs:
        return True
    if tokens[at].text in lexicon.words("organisations", "of_places") and end == at + 1 and lemma_of(word) == word:
        return True
    verb = any(t.tag is Tag.VERB for t in tokens[max(0, at - 4) : at])
    if word in state_names() or word in capitals():
        return not verb and "-" not in tokens[at].text and not (word.endswith("s") and word[:-1] in state_names())
    before = tokens[at - 1].lower if at else ""
    if before in ("des", "vom", "beim") or (before == "der" and at > 1 and tokens[at - 2].tag is Tag.NOUN):
        return True  # behind a genitive stands no object: "der Chef des Handelsverbands Elbe"
    while end + 2 < len(tokens) and tokens[end + 1].tag is Tag.NOUN:
        end += 1
    return (
        not verb
        and end + 1 < len(tokens)
        and (tokens[end + 1].tag in (Tag.VERB, Tag.CONJUNCTION) or tokens[end + 1].text == "&")
    )


def _name_adjective(tokens: Tokens, at: int) -> bool:
    """Tell whether a word in capitals is the adjective of a name: "Deutscher" Fußballbund, "Aaretaler" Bank."""
    token, behind = tokens[at], tokens[at + 1]
    if behind.tag is not Tag.NOUN or not token.text[0].isupper() or token.tag not in (Tag.NOUN, Tag.ADJECTIVE):
        return False
    office = office_in(token.text)
    townsman = (
        office is not None
        and not office.listed
        and body_in(token.text) is None
        and token.lower.endswith("er")
        and body_in(behind.text) is not None
    )
    if townsman:
        return True  # "die Bochumer Polizei"
    if (
        office
        or body_in(token.text)
        or token.text in given_names()
        or not token.lower.endswith(("e", "en", "er", "es", "em"))
    ):
        return False
    if (at == 0 or tokens[at - 1].text in MARKS) and not token.lower.endswith("er") and token.tag is Tag.ADJECTIVE:
        return False
    lemma = token.lower.rstrip("nrsm").removesuffix("e")
    place = token.lower.endswith("er") and unknown(token.text)
    return (
        place
        or lemma.endswith(("isch", "lich", "ig", "iert", "eint", "ell", "at"))
        or (not unknown(lemma) and lemma.islower())
    )


def _headed(tokens: Tokens, at: int, start: int, head: str, page: Page, *, loose: bool) -> Body | None:
    """Read a body from its head noun on: what it is called, or what it is for, stands behind."""
    adjectives = [
        strong_adjective(tokens[i].text, head) if _name_adjective(tokens, i) else tokens[i].text
        for i in range(at, start)
        if "-" not in tokens[i].text
    ]
    word = nominative(tokens[start].text)
    if quoted := in_marks(tokens, start + 1, headed=True):
        return Body(end=quoted[0], name=quoted[1], head=head)
    if head in lexicon.words("organisations", "labels") and (called := _of_aim(tokens, start + 1)):
        return Body(end=called, name=" ".join(t.text for t in tokens[start + 1 : called]), head=head)
    end = start + 1
    while end < len(tokens) and end - start < 5 and (_joins(tokens, start, end, page) or _ampersand(tokens, end)):
        end += 1
    if end == start + 1 and {head, word} & lexicon.words("organisations", "of_places") and _of_place(tokens, end):
        end += 2  # "die Staatsanwaltschaft von Aldstad"
    if (more := _of_many(tokens, start, page)) and more > end:
        return Body(
            end=more, name=" ".join([*adjectives, word, *(t.text for t in tokens[start + 1 : more])]), head=head
        )
    proper = [t.text for t in tokens[start + 1 : end]]
    if proper:
        places, states = lexicon.words("organisations", "places"), lexicon.words("states", "heads")
        kind = EntityKind.PLACE if head in places else EntityKind.STATE if head in states else EntityKind.ORGANISATION
        name = _named(adjectives, word, proper, head, page)
        return Body(end=end, name=name, head=head, kind=kind)
    if governed := _governed(tokens, at, start, head, page):
        return governed
    general = frozenset(w for h in lexicon.load("organisations")["hypernym"] for w in h["words"])
    described = head in lexicon.words("organisations", "labels") and not unknown(word)
    compound = (word != head and word not in general and not described) or bool(adjectives)
    if loose and compound and (not unknown(word) or is_compound(word)):
        return None
    return Body(end=end, name=" ".join([*adjectives, word]), head=head, named=compound)


def _of_aim(tokens: Tokens, at: int) -> int | None:
    """Return where a name with an aim ends, behind what it labels: "die Organisation [Lehrer ohne Grenzen]"."""
    words = tokens[at : at + 3]
    aims = len(words) == 3 and words[0].tag is words[2].tag is Tag.NOUN and words[1].lower in ("ohne", "gegen")
    return at + 3 if aims else None


def _of_place(tokens: Tokens, end: int) -> bool:
    if end + 1 >= len(tokens) or tokens[end].lower not in ("von", "in") or tokens[end + 1].tag is not Tag.NOUN:
        return False
    place = tokens[end + 1].text
    return place not in given_names() and (unknown(place) or place in capitals() or lemma_of(place) == place)


def _named(adjectives: list[str], word: str, proper: list[str], head: str, page: Page) -> str:
    """Return the name without a mere label: "Konzerns Velorin" → "Velorin"; never "Bistum Wallburg" → "Wallburg"."""
    last = proper[-1]
    if "&" in proper:
        return " ".join(proper)
    if canonical(" ".join(proper)) in shown_names():
        return canonical(" ".join(proper))  # "das Netzwerk Twitter"
    if (
        not adjectives
        and head in lexicon.words("organisations", "labels")
        and (
            len(proper) == 1
            or proper[0] in page.companies
            or is_acronym(proper[0])
            or last in lexicon.words("organisations", "legal_forms")
            or unknown(proper[0])
        )
    ):
        return page.spelled_out(" ".join(proper))
    return " ".join([*adjectives, word, *proper])


def _governed(tokens: Tokens, at: int, start: int, head: str, page: Page) -> Body | None:
    """Read the leadership of a state: "die veskische Führung", "die Regierung in Askeby"; None if it is not one."""
    if head not in lexicon.words("organisations", "leaderships"):
        return None
    before = tokens[at - 1] if at else None
    if before is not None and before.tag is not Tag.NOUN and (state := page.state_of(before.text)):
        return Body(
            end=start + 1,
            name=f"{strong_adjective(before.lower, head)} {nominative(tokens[start].text)}",
            head=head,
            of=state,
        )
    if start + 2 < len(tokens) and tokens[start + 1].lower in ("in", "von") and tokens[start + 2].tag is Tag.NOUN:
        place = tokens[start + 2].text
        state = page.state(place) or capitals().get(place)
        if state or unknown(place):
            return Body(
                end=start + 3,
                name=f"{nominative(tokens[start].text)} {tokens[start + 1].text} {place}",
                head=head,
                of=state or place,
            )
    return None


def _of_many(tokens: Tokens, start: int, page: Page) -> int | None:
    """Return the end of a name with a genitive or *für*: "Union der Mitte", "Ministerium für Verkehr und Bau"."""
    if body_in(tokens[start].text) not in lexicon.words("organisations", "of_many") or start + 2 >= len(tokens):
        return None
    if tokens[start + 1].text == "See" or (
        tokens[start + 1].tag is Tag.NOUN and start + 3 < len(tokens) and tokens[start + 2].lower == "und"
    ):
        pair = tokens[start + 3].tag is Tag.NOUN and tokens[start].text in (
            "Gewerkschaft",
            "Partei",
            "Verein",
            "Stiftung",
        )
        return start + 4 if pair else None
    opener = tokens[start + 1].lower
    purpose = opener == "für" and tokens[start + 2].tag is not Tag.DETERMINER
    at = start + 2
    while at < len(tokens) - 1 and (
        tokens[at].tag in (Tag.ADJECTIVE, Tag.DETERMINER)
        or _name_adjective(tokens, at)
        or (purpose and tokens[at].tag is not Tag.NOUN and tokens[at].lower.endswith(("e", "en", "er", "es")))
    ):
        at += 1
    if (
        tokens[at].tag is not Tag.NOUN
        or page.state(tokens[at].text)
        or (body_in(tokens[at].text) and not purpose)
        or ((office := office_in(tokens[at].text)) and office.listed)
    ):
        return None
    if purpose or (opener == "der" and tokens[start].text in lexicon.words("organisations", "of_many")):
        end = at + 1
        while (
            end + 1 < len(tokens) and purpose and tokens[end].lower in ("und", ",") and tokens[end + 1].tag is Tag.NOUN
        ):
            end += 2
        return end
    return None


def _company(tokens: Tokens, at: int, known: str | None) -> Body | None:
    """Read a name with a legal form, or one that the page gives in full elsewhere."""
    end = at + 1
    while end < len(tokens) and end - at < 4 and tokens[end].tag is Tag.NOUN:
        end += 1
        if tokens[end - 1].text in lexicon.words("organisations", "legal_forms"):
            return Body(end=end, name=" ".join(t.text for t in tokens[at:end]), head="Unternehmen")
    return Body(end=at + 1, name=known, head="Unternehmen") if known else None


def in_marks(tokens: Tokens, at: int, *, headed: bool = False) -> tuple[int, str] | None:
    """Read a name between quotation marks: "die Initiative »Offene Tür«"; return where it ends and its words."""
    if at + 2 >= len(tokens) or tokens[at].text not in MARKS or not (headed or tokens[at + 1].text[0].isupper()):
        return None
    close = next((i for i in range(at + 2, min(at + 10, len(tokens))) if tokens[i].text in MARKS), None)
    if close is None or any(
        t.text in ".;:!?" or (t.text == "," and not headed) or t.tag is Tag.VERB for t in tokens[at + 1 : close]
    ):
        return None
    return close + 1, " ".join(t.text for t in tokens[at + 1 : close]).replace(" ,", ",")


def _ampersand(tokens: Tokens, end: int) -> bool:
    if tokens[end].text == "&":
        return end + 1 < len(tokens) and tokens[end + 1].tag is Tag.NOUN and tokens[end - 1].tag is Tag.NOUN
    return tokens[end - 1].text == "&" and tokens[end].tag is Tag.NOUN


def _stands(tokens: Tokens, at: int, name: str) -> bool:
    """Tell whether a name stands here in any case: compared without the endings that adjectives and genitives take."""
    words = name.split()
    found = [t.text for t in tokens[at : at + len(words)]]
    return len(found) == len(words) and all(
        a.rstrip("nrmse") == b.rstrip("nrmse") for a, b in zip(found, words, strict=True)
    )


def body_mention(tokens: Tokens, at: int, number: int, page: Page) -> Mention | None:
    """Make the mention of a body that begins at a noun; its article belongs to it."""
    body = read_body(tokens, at, page)
    if body is None:
        return None
    first = at
    while first and tokens[first - 1].tag in (Tag.ADJECTIVE, Tag.PARTICIPLE):
        first -= 1
    article = tokens[first - 1].lower if first else ""
    if article in INDEFINITE or not (body.named or body.of or article in DEFINITE | POSSESSIVE):
        return None
    loose = body.head in lexicon.words("organisations", "loose") and " " not in body.name and article not in DEFINITE
    if loose or (article in POSSESSIVE and body.head in lexicon.words("organisations", "not_owned")):
        return None
    head_alone = body.name == body.head and not body.of
    if _plural(body) or (article in ("die", "diese") and head_alone and gender_of(body.name) in ("m", "n")):
        begin = first - 1 if article in DEFINITE | POSSESSIVE else first
        span = Span(tokens[begin].start, tokens[body.end - 1].end)  # "die Betreiber" are several
        return Mention(span=span, kind=EntityKind.GROUP, head=body.name, subject=True, sentence=number)
    begin = first - 1 if article in DEFINITE | POSSESSIVE and article not in CONTRACTED else first
    return Mention(
        span=Span(tokens[begin].start, tokens[body.end - 1].end), kind=body.kind, name=body.name if body.named or body.of else None,
        head=body.head, body=body.of, gender=gender_of(body.head) if body.head else None,
        owned=article in POSSESSIVE, subject=is_subject(tokens, begin), sentence=number,
    )  # fmt: skip


def _plural(body: Body) -> bool:
    """Tell whether a feminine head noun stands in the plural: "den [Behörden]"."""
    word, head = body.name.casefold(), (body.head or "").casefold()
    return bool(head) and gender_of(body.head or "") == "f" and word.endswith((head + "n", head + "en"))
