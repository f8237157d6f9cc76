"""Verbal probabilities: find the term, give its range where one is published, never a single number."""

import re
from functools import cache
from typing import Any

from wortlaut import lexicon
from wortlaut.model import Holder, Likelihood
from wortlaut.text import Span, Spans

_ENDINGS = r"(?:e[nrsm]?|ste[nrsm]?(?=\s+(?-i:[A-ZÄÖÜ]))|sten)?"
"""Endings of *wahrscheinlich*; the superlative before its noun ("die wahrscheinlichste Ursache") or behind *am*."""
_GAP = r"[\s„“”\"»«‚‘›‹]+"

_BETWEEN = r"(?:mehr|sonderlich|besonders|gerade)"


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, dict[str, Any]]]:
    terms = {entry["term"]: entry for entry in lexicon.load("likelihood")["term"]}
    alternatives = sorted(terms, key=len, reverse=True)
    body = "|".join(
        _joint(term).join(
            re.escape(word).replace("ß", "(?:ß|ss)") + (_ENDINGS if word.endswith("lich") else "")
            for word in term.split()
        )
        for term in alternatives
    )
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE), terms


def _joint(term: str) -> str:
    """Return what may stand between a term's words: marks, an aside ("sehr, wenn auch …, wahrscheinlich"), "nicht [mehr] wahrscheinlich"."""
    if term == "nicht wahrscheinlich":
        return rf"(?:\s+{_BETWEEN})?{_GAP}"
    aside = r"(?:\s*[,–—(][^.;,–—()]{1,60}[,–—)])?"
    return (aside + _GAP) if len(term.split()) == 2 and term.endswith("wahrscheinlich") else _GAP


def find_likelihood(text: str, spans: Spans, holder: Holder = Holder.SPEAKER) -> Likelihood | None:
    """Return the strongest term within `spans` (longest, ranges before mere directions); None if there is none."""
    pattern, terms = _pattern()
    found = [
        (match, terms[key])
        for span in spans
        for match in pattern.finditer(text, span.start, span.end)
        if (key := _key(match.group(), terms)) and not _idle(text, match, terms[key])
    ]
    if not found:
        return None
    match, entry = max(found, key=lambda pair: ("low" in pair[1], not pair[1].get("weak", False), len(pair[0].group())))
    return Likelihood(
        term=entry["term"],
        spans=_spans(match),
        scale=lexicon.load("likelihood")["scale"] if "low" in entry else None,
        low=entry.get("low"),
        high=entry.get("high"),
        direction=entry["direction"],
        holder=holder,
    )


def _idle(text: str, match: re.Match[str], entry: dict[str, Any]) -> bool:
    """Tell whether the words around make something else of a term: "so schnell wie [möglich]", "sie fühle sich [wohl]", "das [Unwahrscheinliche]"."""
    before, behind = text[max(0, match.start() - 20) : match.start()], text[match.end() : match.end() + 20]
    led = "after" in entry and re.search(rf"\b(?:{entry['after']})\s+$", before, re.IGNORECASE)
    leads = "before" in entry and re.match(rf"\s+(?:{entry['before']})", behind)
    ended = entry.get("plain", False) and match.group().lower() != entry["term"]
    noun = re.search(r"\b(?:das|dem|des|etwas|nichts)\s+$", before, re.IGNORECASE) and match.group()[:1].isupper()
    return bool(led or leads or ended or noun)


def _spans(match: re.Match[str]) -> Spans:
    """Return the places of a term's words, without an aside between them."""
    aside = re.search(r"\s*[,–—(].*[,–—)]", match.group(), re.DOTALL)
    if aside is None:
        return (Span(match.start(), match.end()),)
    behind = len(match.group()) - len(match.group()[aside.end() :].lstrip())
    return (Span(match.start(), match.start() + aside.start()), Span(match.start() + behind, match.end()))


def _key(words: str, terms: dict[str, dict[str, Any]]) -> str | None:
    plain = " ".join(re.sub(_GAP, " ", re.sub(r"[,–—(].*[,–—)]", " ", words)).split())
    if plain.lower() not in terms:
        plain = re.sub(rf"^nicht {_BETWEEN} ", "nicht ", plain, flags=re.IGNORECASE)
    for form in (plain, plain.lower(), re.sub(r"lich\w*$", "lich", plain.lower())):
        if form in terms:
            return form
    swiss = plain.lower().replace("ß", "ss")
    return next(
        (term for term in terms if term.lower().replace("ß", "ss") in (swiss, re.sub(r"lich\w*$", "lich", swiss))), None
    )


def is_weak(likelihood: Likelihood) -> bool:
    """Tell whether a term alone does not make a forecast ("könnte", "wohl")."""
    _, terms = _pattern()
    return bool(terms[likelihood.term].get("weak", False))
