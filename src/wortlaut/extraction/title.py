"""The page's own headline out of what it declares in several places: never the site's name, rarely a search engine's bait.

On stored pages, the headline stands in one of these places nearly always, but in none of them always.
"""

import re
from collections import Counter
from collections.abc import Sequence

_SITE = re.compile(r"^(?P<head>.*\S)(?:\s[|–—·•:»-]\s|\s?\|\s?)(?P<tail>.*)$", re.DOTALL)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:\s›.*)?", re.IGNORECASE)


def find_title(
    declared: Sequence[str | None], headline: str | None, kicker: str | None, publisher: str | None
) -> str | None:
    """Return the title: OpenGraph's, which stands first in `declared`, if the page shows it; else what most places say."""
    shown = [headline, f"{kicker}: {headline}" if kicker and headline else None]
    given = [t for t in declared if t]
    bare = [_without_site(t, [x for x in (*given, *shown) if x and x != t], publisher) for t in given]
    if declared and declared[0] and headline and letters(bare[0]) == letters(headline):
        return bare[0]
    first = len(declared) > 0 and declared[0] is not None
    places = [*bare[:first], *(t for t in shown if t), *bare[first:]]
    votes = Counter(map(letters, places))
    return max(places, key=lambda t: votes[letters(t)], default=None)


def find_site(declared: Sequence[str | None]) -> str | None:
    """Return the site's name behind a title that another place declares without it: a domain's, or what stands behind a bar."""
    given = [t for t in declared if t]
    heads = set(map(letters, given))
    for match in filter(None, map(_SITE.match, given)):
        tail = match["tail"].strip()
        if letters(match["head"]) in heads and ("|" in match[0] or _DOMAIN.fullmatch(tail)):
            return tail
    return None


def _without_site(title: str, others: Sequence[str], publisher: str | None) -> str:
    for _ in range(2):
        match = _SITE.match(title)
        if not match or not _is_site(match["tail"], match["head"], others, publisher):
            break
        title = match["head"]
    return title


def _is_site(tail: str, head: str, others: Sequence[str], publisher: str | None) -> bool:
    bare, site = letters(tail), letters(publisher or "")
    if _DOMAIN.fullmatch(tail.strip()) or (bare and site and (bare in site or site in bare)):
        return True
    return len(tail.split()) <= 5 and any(letters(other) == letters(head) for other in others)


def letters(words: str) -> str:
    """Return the letters and digits of words, in small, for comparing."""
    return re.sub(r"\W+", "", words).casefold()
