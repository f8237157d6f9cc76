"""What the wording of a line says about its kind: the lexicon's expressions, compiled once."""

import re
from collections.abc import Iterable
from functools import cache

from wortlaut import lexicon
from wortlaut.extraction.people import clean_names

_LEXICON = lexicon.load("extraction")
_STEMS = tuple(_LEXICON["consent_stems"])


@cache
def _patterns(topic: str) -> tuple[re.Pattern[str], tuple[str, ...], tuple[re.Pattern[str], ...]]:
    """Return what a line must start with, what it may have as it stands, and what it may match in small letters.

    One by one, and without being told to ignore case, the last are found ten times as fast as joined.
    """
    given = _LEXICON["kinds"][topic]
    starts = [p for p in given if p.startswith("^")]
    plain = tuple(p for p in given if re.fullmatch(r"[\w -]+", p))
    others = tuple(re.compile(p) for p in given if p not in starts and p not in plain)
    return re.compile("|".join(f"(?:{p})" for p in starts) or "(?!)", re.IGNORECASE), plain, others


def is_a(topic: str, line: str) -> bool:
    """Tell whether a line has the wording of `topic`, one of the lexicon's *extraction.kinds*."""
    start, plain, others = _patterns(topic)
    if start.match(line) is not None:
        return True
    lower = line.lower() if plain or others else ""
    return any(p in lower for p in plain) or any(p.search(lower) for p in others)


@cache
def _consent() -> dict[str, re.Pattern[str]]:
    return {sign: re.compile(pattern, re.IGNORECASE) for sign, pattern in _LEXICON["consent"].items()}


_SPEECH = re.compile(
    r"\b(?:sagte|sagt|erklärte|teilte|so|betonte|warnte|forderte|kritisierte)\b [A-ZÄÖÜd]|\b(?:habe|sei|hätten)\b|\bwürden\b(?! wir)"
)

_LONG = 300
"""Characters beyond which a notice says how it is agreed to; a report that names providers and data does not."""


def may_be_consent(words: str) -> bool:
    """Tell, quickly, whether words have a stem without which nothing is such a notice."""
    lower, missing = words.lower(), 2 if len(words) > 80 else 1
    for stem in _STEMS:
        if stem in lower:
            missing -= 1
            if not missing:
                return True
    return False


def is_consent(words: str, *, marked: bool = False) -> bool:
    """Tell whether words are the notice in place of an embed: "Hier steht ein Beitrag von X. Mit einem Klick …".

    A report about embeds is none: "Der Verband forderte, Inhalte von Drittanbietern zu sperren."; nor are words that
    name neither what is shown nor the data: "Mir zeigt es die Ohnmacht der externen Berater, das ist entscheidend."
    Words whose markup names an embed (`marked`) need fewer signs: "Karte von Kartenblick laden".
    """
    if len(words) > 1200 or not may_be_consent(words) or _SPEECH.search(words):
        return False
    signs = _consent()
    found = {sign for sign in ("data", "agree", "third", "click") if signs[sign].search(words)}
    if marked and (found or all(signs[sign].search(words) for sign in ("thing", "show"))):
        return True
    if "third" not in found and provider_of(words):
        found.add("third")
    short = len(words.split()) <= 5
    if len(words) > _LONG and not found & {"agree", "click"}:
        return False
    if not found or not (short or signs["address"].search(words)):
        return False
    found |= {sign for sign in ("thing", "show") if signs[sign].search(words)}
    return {"thing", "show", "third"} <= found if short else len(found) >= 3 and bool(found & {"thing", "data"})


def is_beside_consent(words: str) -> bool:
    """Tell whether a short line may belong to the notice next to it: a button, a check box, the provider's name."""
    count = len(words.split())
    return count <= 12 and (bool(_consent()["beside"].search(words)) or (count <= 3 and provider_of(words) is not None))


_WORK = "Text|Interview|Protokoll|Bericht|Kommentar|Analyse|Reportage|Gespräch|Essay|Gastbeitrag|Kolumne|Glosse|Porträt|Recherche|Autor|Autorin|Autoren|Aufgezeichnet"
_BYLINE = re.compile(
    r"^(?:(?:[Vv]on|VON|[Bb]y)\b:?"
    rf"|(?:{_WORK})(?: von|:)|Eine? [\w-]+ von|Aus .{{2,40}} berichten?t?|Das (?:Gespräch|Interview) führten?)"
    r"(?: unsere[mrn]? \w+)? (?P<names>[A-ZÄÖÜÁÉİŞČŠŽ][^!?:»«„“\"]{3,90}?)"
    r"(?:[,|] ?(?:\d.*|(?:mo|di|mi|do|fr|sa|so)\w*, \d.*))?$"
)


def authors_of(line: str) -> tuple[str, ...]:
    """Return the people a byline names; empty if the line is none. What follows a comma may be the place."""
    match = _BYLINE.match(line.strip())
    if not match or len(line) > 110 or (line.endswith(".") and "führte" not in line):
        return ()
    people, others = clean_names([match["names"]])
    words = sum(len(name.split()) for name in (*people, *others))
    return people if people and words + 4 >= len(re.findall(r"\w[\w'’-]*", match["names"])) and len(others) <= 2 else ()


_LABEL = re.compile(
    r"^(?:(?:mit )?(?:material|informationen) (?:von|der)|(?:(?:zusätzliche|weitere) )?quellen?|text|agentur(?:en)?|©)\s*[:•]?\s+",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s+mit\s+(?:(?:material|informationen)\s+)?(?:(?:von|der)\s+)?", re.IGNORECASE)
_ANY = frozenset(["agenturen", "agentur", "red", "online", "mit", "von", "und"])
_INITIALS = 4
"""Letters of an editor's initials, at most."""
_PLACED = re.compile(r"(?P<marks>[\w-]+(?:/[\w-]+)+) [A-ZÄÖÜ][\w-]+")
"""A signature with the place it was written at: "dpa/ekr Lomnau"."""
_MARK = re.compile(r"[\w.:-]{1,24}(?: (?:Sport|infocom))?")


_WITNESS = re.compile(r"(?<=\w)\s?/\s?([A-Za-z]{2,8})\)?$|[Aa]gentur [»„\"]?([A-Za-z]{2,8})\b")


def witnesses(lines: Iterable[str]) -> frozenset[str]:
    """Return marks that credits and running text use as an agency's: "Foto: Ina Sommerfeld/xyz", "die Agentur xyz"."""
    return frozenset(one or other for line in lines for one, other in _WITNESS.findall(line))


def agencies_of(line: str, named: frozenset[str] = frozenset()) -> tuple[str, ...] | None:
    """Return the agencies that a signature names, () for a signature of initials only; None if it is no signature.

    `named` are marks known to be agencies from elsewhere on the page. "mbö/dpa/AFP" and "Agenturen: dna, KNR" are signatures, "Klage/Berufung" is none.
    """
    if len(line) > 80:
        return None
    bare = line.strip(" ./–-")
    wrapped = bare[:1] in "([" and bare[-1:] in ")]"
    bare = bare.strip("()[]. ")
    labelled = _LABEL.match(bare)
    inner = _WITH.sub("/", bare[labelled.end() :] if labelled else bare)
    if (placed := _PLACED.fullmatch(inner)) and any(map(_known, placed["marks"].split("/"))):
        inner = placed["marks"]
    marks = [m for m in re.split(r"\s*[/,;|()]\s*|\s+und\s+", inner) if m]
    if len(bare) > 60 or not 1 <= len(marks) <= 6 or not all(_MARK.fullmatch(m) for m in marks):
        return None
    known = [_known(m) or (m if m in named else None) for m in marks]
    capitals = [m if len(m) >= 3 and m.isupper() and m.isascii() else None for m in marks]
    if (
        any(known)
        or marks[-1].lower() in ("agentur", "agenturen")
        or (labelled and "agentur" in labelled.group().lower())
    ):
        return tuple(
            k or c or m for k, c, m in zip(known, capitals, marks, strict=True) if k or c or _is_medium(m, labelled)
        )
    initials = all(len(m) <= 5 and (m.islower() or any(capitals)) for m in marks)
    if not (initials and (wrapped or len(marks) > 1 or "/" in bare)) and not (
        len(marks) > 1 and any(capitals) and all(len(m) <= 6 for m in marks)
    ):
        return None
    return tuple(m for m in capitals if m)


def initials_of(signature: str) -> tuple[str, ...]:
    """Return the initials of the people in a signature, without its agencies: those of "mbö, ekr/dpa"."""
    marks = re.split(r"[^\w]+", signature)
    return tuple(m for m in marks if 2 <= len(m) <= _INITIALS and m.islower() and not _known(m) and m not in _ANY)


def _is_medium(mark: str, labelled: re.Match[str] | None) -> bool:
    """Tell whether an unknown mark beside known agencies names a source, not the initials of an editor."""
    if mark.lower() in _ANY:
        return False
    return bool(labelled and "agentur" in labelled.group().lower()) or (mark[:1].isupper() and len(mark) > 4)


@cache
def _agencies() -> dict[str, str]:
    return {a.casefold(): a for a in reversed(_LEXICON["agencies"])}


def _known(mark: str) -> str | None:
    lower = mark.casefold()
    head = re.split(r"[\s:-]", lower)[0]
    return _agencies().get(lower) or (
        mark.split(" ", maxsplit=1)[0]
        if "-" in mark and mark[:2].isupper() and head in _agencies()
        else _agencies().get(head)
    )


@cache
def _providers() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"(?<!\w){re.escape(k)}(?!\w)"), str(v)) for k, v in _LEXICON["providers"].items())


def provider_of(words: str) -> str | None:
    """Return the third party that a notice or an address names."""
    lower = words.casefold()
    for pattern, name in _providers():
        if pattern.search(lower):
            return name
    return "X" if re.search(r"\b(?:von|bei|auf|aus) X\b", words) else None
