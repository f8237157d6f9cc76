"""Who wrote it: names of people out of declarations and bylines, with desks and agencies apart."""

import re
from collections.abc import Iterable
from functools import cache

from wortlaut import lexicon

_SPLIT = re.compile(r"\s*,\s+und\s+|\s*[,;|/•·]\s+|\s*[;|•·]\s*|\s+(?:und|UND|and|&|et|y|e|mit|with)\s+|^und\s+|\n")
_LEAD = re.compile(r"^(?:(?:ein[e]?\s+)?(?:von|by|par|por|text|interview|autor(?:in|en)?|protokoll|kommentar|analyse|reportage|gastbeitrag|essay|bericht|kolumne|glosse)(?:\s+von|\s+by)?\b:?\s+)+(?:unserem\s+\w+\s+|unserer\s+\w+\s+)?", re.IGNORECASE)  # fmt: skip
_TAIL = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\]|,.*|\s(?:aus|in|bei|-|–)\s[A-ZÄÖÜ].*)$")
_NAME = re.compile(r"^(?!(?:Ein|Eine|Der|Die|Das|Den|Dem)\s)(?:(?:Dr|Prof|Mag|Dipl|Ing|DI|MMag|med|jur|phil)\.?-?\s*)*[A-ZÀ-ÖØ-ÞŁŚŠŽČĆ'’]?[\w.'’-]+(?:\s+(?:(?:von|van|vom|zu|zur|de|del|della|der|den|da|dos|di|du|la|le|el|al|bin|ten|ter)\s+){0,3}[A-ZÀ-ÖØ-ÞŁŚŠŽČĆ'’][\w.'’-]*){1,4}$")  # fmt: skip
_DESK = re.compile(r"redaktion|redakteur|korrespondent|autorin|\bdesk\b|team\b|news|online|zeitung|agentur|\bred\b|magazin|verlag|gmbh|\bag\b|presse|service|\.(?:de|com|at|ch|net|org|info)\b|^(?:der|die|das|the)\s|studio|staff|editor|nachrichten|admin|reporter$|report\b|media|post$|tribune|journal|herald", re.IGNORECASE)  # fmt: skip


def clean_names(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide declared authors into people and others (desks, agencies); what is no name at all is left out."""
    people: dict[str, None] = {}
    others: dict[str, None] = {}
    for given in names:
        for name in _SPLIT.split(_LEAD.sub("", given.strip())):
            bare = _TAIL.sub("", name).strip(" .,:-–")
            if not bare or "@" in bare or bare.startswith(("http", "www.")) or len(bare) > 60:
                continue
            if is_agency(bare) or is_desk(bare):
                others[bare] = None
            elif _NAME.match(bare) and not any(c.isdigit() for c in bare):
                people[bare] = None
            elif bare[:1].isalpha() and len(bare) > 1 and len(bare.split()) <= 4:
                others[bare] = None
    return tuple(people), tuple(others)


def is_desk(name: str) -> bool:
    """Tell whether a name is a desk's, a team's or a medium's, not a person's."""
    return _DESK.search(name) is not None


def is_agency(name: str) -> bool:
    """Tell whether a name is a news agency's."""
    return name.casefold() in _agencies()


@cache
def _agencies() -> frozenset[str]:
    return frozenset(agency.casefold() for agency in lexicon.load("extraction")["agencies"])
