"""The section an article stands in: the first step of the path that the page declares, below its home.

Paths are schema.org's BreadcrumbList (https://schema.org/BreadcrumbList).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from wortlaut import lexicon
from wortlaut.extraction.title import letters

_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}", re.IGNORECASE)


def find_section(linked: Iterable[dict[str, Any]], titles: Sequence[str | None], publisher: str | None) -> str | None:
    """Return the first step that is neither the home page nor the article itself: "Start > Politik > Inland" gives "Politik"."""
    path = next((steps for data in linked if data.get("@type") == "BreadcrumbList" and (steps := [*_steps(data)])), [])
    for name, address in path:
        if not _is_home(name, address, publisher):
            known = letters(name)
            return (
                None
                if any(known in letters(title) and len(known) > 0.5 * len(letters(title)) for title in titles if title)
                else name
            )
    return None


def _steps(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield names and addresses of the steps."""
    given = data.get("itemListElement")
    for step in given if isinstance(given, list) else []:
        if not isinstance(step, dict):
            continue
        item = step.get("item")
        place = item if isinstance(item, dict) else {"@id": item}
        name, address = step.get("name") or place.get("name"), place.get("@id") or place.get("url")
        if isinstance(name, str) and name.strip():
            yield " ".join(unescape(name).split()), address if isinstance(address, str) else ""


def _is_home(name: str, address: str, publisher: str | None) -> bool:
    site = letters(publisher or "")
    if name.casefold() in lexicon.load("extraction")["home"] or _DOMAIN.fullmatch(name) or letters(name) == site:
        return True
    try:
        return bool(address) and urlsplit(address).path in ("", "/") and not urlsplit(address).query
    except ValueError:
        return False
