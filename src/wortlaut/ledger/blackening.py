"""Somebody taken out of a page: their words and every mention of them blackened, in the page's bytes and in its reading.

Each letter becomes one █, so that every place stays where it was: what others say on the page still stands at its offsets,
and can still be proved from the page, which from now on is its blackened text.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from wortlaut.codec import from_builtins, to_builtins
from wortlaut.model import Entity, EntityKind, Page, PageForm, Reading, Statement
from wortlaut.text import Span

MARK = "█"
_SHORTEST = 3
"""Letters of a name that is looked for wherever it stands."""


def names_in(names: Iterable[str], kind: EntityKind) -> frozenset[str]:
    """Return names in the forms that stand on pages: a person's last name as well."""
    known = {" ".join(name.split()) for name in names}
    last = {name.split(" ")[-1] for name in known} if kind is EntityKind.PERSON else set()
    return frozenset(name for name in known | last if len(name) >= _SHORTEST)


def full_names(names: Iterable[str], kind: EntityKind) -> frozenset[str]:
    """Return the names that can mean nobody else: of a person those of more than one word, if there are any."""
    known = frozenset(name for name in names if name)
    full = frozenset(name for name in known if " " in name) if kind is EntityKind.PERSON else known
    return full or known


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds names as whole words, with the ending of a genitive, also in capital letters."""
    written = {form for name in names for form in (name, name.upper())}
    words = (r"\s+".join(map(re.escape, name.split())) for name in sorted(written, key=len, reverse=True))
    return re.compile(rf"\b(?:{'|'.join(words)})(?:['’]?s|['’])?\b" if written else r"(?!)")


def is_in_address(names: Iterable[str], *addresses: str | None) -> bool:
    """Tell whether an address, which cannot be blackened, holds one of these names in the letters of addresses."""
    places = {slug for address in addresses if address for slug in _slugs(unquote(address))}
    return any(slug in place for name in names for slug in _slugs(name) for place in places)


def _slugs(words: str) -> set[str]:
    """Return words in the letters of addresses, umlauts spelled in both ways."""
    plain = unicodedata.normalize("NFC", words).lower().replace("ß", "ss")
    spelled = (plain, plain.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
    bare = ("".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c)) for s in spelled)
    return {f"-{re.sub('[^a-z0-9]+', '-', letters).strip('-')}-" for letters in bare}


def blacken(page: Page, reading: Reading, gone: Iterable[Entity], names: frozenset[str]) -> tuple[Page, Reading]:
    """Return a page and its reading without these entities of it and without these names anywhere."""
    ids = {entity.id for entity in gone}
    own = [said for said in reading.statements if ids & {said.speaker, said.principal}]
    quotes = {said.quote for said in own}
    pattern, text = pattern_of(names), reading.article.text
    spans = [Span(*match.span()) for match in pattern.finditer(text)]
    spans += [span for entity in gone for span in entity.mentions]
    spans += [span for said in own for span in (*said.content, *said.speaker_span)]
    spans += [span for quote in reading.quotes if quote.id in quotes for span in (*quote.content, *quote.speaker)]
    black = _blackened(text, spans)
    content = black.encode("utf-8", "surrogatepass")
    new_page = replace(page, content=content, form=PageForm.TEXT, encoding="utf-8")
    left = _without(reading, ids, {said.id for said in own}, quotes)
    clean = from_builtins(_clean(to_builtins(left), pattern), Reading)
    record = replace(
        clean.page, source=reading.page.source, url=reading.page.url, sha256=hashlib.sha256(content).hexdigest()
    )
    return new_page, replace(clean, page=record, article=replace(clean.article, url=reading.article.url, text=black))


def _blackened(text: str, spans: Iterable[Span]) -> str:
    letters = list(text)
    for span in spans:
        letters[span.start : span.end] = [c if c.isspace() else MARK for c in text[span.start : span.end]]
    return "".join(letters)


def _without(reading: Reading, gone: set[str], said: set[str], quotes: set[str | None]) -> Reading:
    """Return a reading without these entities, statements and quotes, and without whatever points to them."""
    entities = tuple(
        replace(entity, relations=tuple(r for r in entity.relations if r.object not in gone))
        for entity in reading.entities
        if entity.id not in gone
    )
    kept = tuple(_freed(statement, gone, said) for statement in reading.statements if statement.id not in said)
    left = tuple(
        replace(quote, parent=None if quote.parent in quotes else quote.parent)
        for quote in reading.quotes
        if quote.id not in quotes
    )
    return replace(reading, entities=entities, statements=kept, quotes=left)


def _freed(statement: Statement, gone: set[str], said: set[str]) -> Statement:
    return replace(
        statement,
        addressee=None if statement.addressee in gone else statement.addressee,
        same_as=None if statement.same_as in said else statement.same_as,
        explain=(),
    )


def _clean(value: Any, pattern: re.Pattern[str]) -> Any:
    """Blacken the names in every string of a record."""
    if isinstance(value, str):
        return pattern.sub(lambda match: MARK * len(match.group()), value)
    if isinstance(value, list | tuple):
        return [_clean(item, pattern) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item, pattern) for key, item in value.items()}
    return value
