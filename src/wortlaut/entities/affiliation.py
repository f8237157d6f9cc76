"""Which body an office belongs to where only the rest of the page says so: "Konzernchefin Lund" on a page about one company.

Sure only if exactly one body of the page fits; otherwise the office stays without one.
"""

from dataclasses import replace

from wortlaut import lexicon
from wortlaut.entities.coreference import Somebody
from wortlaut.model import EntityKind, Role


def affiliate(roles: tuple[Role, ...], bodies: list[Somebody]) -> tuple[Role, ...]:
    """Return the roles of one person, those without an organisation with the only one of the page that fits."""
    if any(role.organisation for role in roles):
        return roles
    return tuple(replace(role, organisation=_home(role.title, bodies)) for role in roles)


def _home(title: str, bodies: list[Somebody]) -> str | None:
    for heads in _homes(title):
        named = {b.name for b in bodies if b.kind is EntityKind.ORGANISATION and b.name and _heads(b) & heads}
        if len(named) == 1:
            return named.pop()
    return None


def _homes(title: str) -> list[frozenset[str]]:
    """Return sets of head nouns, those of its kind of office first, then the one that the title begins with."""
    heads = lexicon.words("organisations", "heads")
    kinds = [
        frozenset(k["heads"]) for k in lexicon.load("organisations")["home"] if title.startswith(tuple(k["titles"]))
    ]
    begins = sorted((h for h in heads if title.startswith(h) and len(title) > len(h) + 3), key=len, reverse=True)
    return [*kinds, *(frozenset({head}) for head in begins[:1])]


def _heads(body: Somebody) -> frozenset[str]:
    return frozenset(m.head for m in body.mentions if m.head)
