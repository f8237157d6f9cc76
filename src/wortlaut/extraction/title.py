"""The page's own headline out of what it declares and shows: never the site's name, rarely a search engine's bait.

On stored pages, the headline stands in one of these places nearly always, but in none of them always. Each place is a voice
for what it says without the site's name; the title with the most weight wins. What readers are shown is overruled by what
networks are told only if another place says that, too.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape

_DECLARED = (1.9, 1.0, 0.5, 1.0)
"""Weights of OpenGraph's title, schema.org's, Twitter's and the window's: the last two often serve search engines."""
_SHOWN = 2.75
"""Weight of the headline that is shown: less than OpenGraph's and one more, more than what is meant for machines together."""
_TICKER = 0.9
"""Weight of a headline that is a ticker's newest news: another one within the hour."""
_SITE = re.compile(r"^(?P<head>.*\S)(?:\s[|–—·•:»-]\s|\s?\|\s?)(?P<tail>.*)$", re.DOTALL)
_LEAD = re.compile(r"^(?P<site>[^|–—·•:»]{2,60}?)\s?[|–—·•:»-]\s(?P<rest>.*\S)\s*$", re.DOTALL)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:\s›.*)?", re.IGNORECASE)
_PAID = re.compile(r"^[(\[]\w{0,2}\+[)\]]\s+|\s+[(\[]\w{0,2}\+[)\]]$")
"""The sign of what only subscribers read: "(S+)"."""
_CUT = re.compile(r"\s*(?:…|\.\.\.)$")
_HIDDEN = re.compile("[\u00ad\u200b\ufeff\u2060]")
_SIGNS = re.compile(r"\W+")
_LINE = 400
"""Characters of words that are compared again and again: a title, a headline, a name."""
_TAILS = 4
"""Names behind a title, at most: section, subsection, place, site."""


def find_title(
    declared: Sequence[str | None],
    headline: str | None,
    kicker: str | None,
    publisher: str | None,
    section: str | None = None,
) -> str | None:
    """Return the title: of `declared` (OpenGraph's, schema.org's, Twitter's, the window's), the headline, and the two with the kicker.

    Among equals, OpenGraph's comes first, then the headline. A name of the site or the section is no title, unless nothing else is there.
    """
    given = [title and _plain(title) for title in declared]
    shown = [headline, f"{kicker}: {headline}" if kicker and headline else None]
    known = [t for t in (*given, *shown) if t]
    bare = [t and _without_site(t, [x for x in known if x != t], publisher, section) for t in given]
    voices = [*zip(bare, _DECLARED, strict=False), (headline, _TICKER if "+++" in (headline or "") else _SHOWN)]
    titles = [t for t in (*bare[:1], headline, *bare[1:]) if t]
    names = {letters(name) for name in (publisher, section) if name}
    own = [t for t in dict.fromkeys(titles) if letters(t) not in names] or titles
    return max(own, key=lambda t: sum(weight for said, weight in voices if said and _agrees(said, t)), default=None)


def without_tails(title: str) -> Iterator[str]:
    """Yield a title, then what is left of it without each name that may stand behind it."""
    yield title
    for _ in range(_TAILS):
        match = _SITE.match(title)
        if not match:
            return
        title = match["head"]
        yield title


def find_site(declared: Sequence[str | None]) -> str | None:
    """Return the site's name behind a title that another place declares without it: a domain's, or what stands behind a bar."""
    given = [t for t in declared if t]
    heads = set(map(letters, given))
    for match in filter(None, map(_SITE.match, given)):
        tail = match["tail"].strip()
        if letters(match["head"]) in heads and ("|" in match[0] or _DOMAIN.fullmatch(tail)):
            return tail
    return None


def _plain(title: str) -> str:
    """Return a declared title as it is shown: no soft hyphens, no entities written twice, no sign for subscribers."""
    return _PAID.sub("", _HIDDEN.sub("", unescape(title)))


def _agrees(said: str, title: str) -> bool:
    """Tell whether a place says a title, or its beginning and that it is cut."""
    if cut := _CUT.search(said):
        return letters(title).startswith(letters(said[: cut.start()])) and not _CUT.search(title)
    return said == title or letters(said) == letters(title)


def _without_site(title: str, others: Sequence[str], publisher: str | None, section: str | None) -> str:
    for _ in range(_TAILS):
        match = _SITE.match(title)
        if not match or not _is_site(match["tail"], match["head"], others, publisher, section):
            break
        title = match["head"]
    lead = _LEAD.match(title)
    return lead["rest"] if lead and publisher and letters(lead["site"]) == letters(publisher) else title


def _is_site(tail: str, head: str, others: Sequence[str], publisher: str | None, section: str | None) -> bool:
    bare, site = letters(tail), letters(publisher or "")
    if _DOMAIN.fullmatch(tail.strip()) or (bare and site and (bare in site or site in bare)):
        return True
    if bare == letters(section or ""):
        return True
    return len(tail.split()) <= 5 and any(letters(other) == letters(head) for other in others)


@lru_cache(maxsize=512)
def _letters(words: str) -> str:
    return _SIGNS.sub("", words).casefold()


def letters(words: str) -> str:
    """Return the letters and digits of words, in small, for comparing."""
    return _letters(words) if len(words) < _LINE else _letters.__wrapped__(words)
