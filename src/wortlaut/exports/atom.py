"""An Atom feed (RFC 4287) of the newest statements and changes of position."""

from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement

from dateutil import parser as dates

from wortlaut.exports.annotations import name_of, sentence_of
from wortlaut.exports.pages import Exported, Wanted, pages_of
from wortlaut.exports.xml import clean
from wortlaut.ledger import Answer, Change, Ledger

_NAMESPACE = "http://www.w3.org/2005/Atom"
NEWEST = 200
"""Entries of a feed at most: readers ask often, and look at the newest."""


def write(ledger: Ledger, wanted: Wanted, path: Path) -> int:
    """Write the newest statements and the changes, newest first."""
    statements = [
        (_moment(exported, answer), answer) for exported in pages_of(ledger, wanted) for answer in exported.answers
    ]
    changes = [
        (_at(change.after.page.published), change)
        for change in ledger.changes(wanted.name, since=wanted.since, everything=wanted.everything)
    ]
    newest = sorted([*statements, *changes], key=lambda pair: pair[0], reverse=True)[:NEWEST]
    feed = Element("feed", xmlns=_NAMESPACE)
    _add(feed, "id", "urn:wortlaut:feed" + (f":{wanted.name}" if wanted.name else ""))
    _add(feed, "title", f"Wortlaut: {wanted.name or 'who said what'}")
    _add(feed, "updated", _stamp(newest[0][0] if newest else datetime.now(UTC)))
    _add(SubElement(feed, "author"), "name", "Wortlaut")
    for moment, item in newest:
        (_change if isinstance(item, Change) else _statement)(feed, moment, item)  # type: ignore[arg-type]
    ElementTree(feed).write(path, encoding="utf-8", xml_declaration=True)
    return sum(1 for _, item in newest if isinstance(item, Answer))


def _statement(feed: Element, moment: datetime, answer: Answer) -> None:
    words = answer.words + "".join(f"\n[{condition}]" for condition in answer.condition_words)
    _entry(feed, moment, name_of(answer), sentence_of(answer), words, answer, str(answer.statement.act))


def _change(feed: Element, moment: datetime, change: Change) -> None:
    who = change.after.principal or change.after.speaker or "unknown"
    words = f"{change.before.words}\n→ {change.after.words}"
    id_ = f"{name_of(change.before)}:{name_of(change.after)}"
    _entry(feed, moment, id_, f"{who}: {change.change}", words, change.after, "change")


def _entry(feed: Element, moment: datetime, id_: str, title: str, words: str, answer: Answer, term: str) -> None:
    entry = SubElement(feed, "entry")
    _add(entry, "id", id_)
    _add(entry, "title", title)
    _add(entry, "updated", _stamp(moment))
    _add(entry, "content", words).set("type", "text")
    SubElement(entry, "category", term=term)
    if answer.page.url:
        SubElement(entry, "link", rel="alternate", href=clean(answer.page.url))
    source = SubElement(entry, "source")
    _add(source, "title", answer.page.publisher or answer.page.title or answer.page.source)


def _add(parent: Element, name: str, words: str) -> Element:
    child = SubElement(parent, name)
    child.text = clean(words)
    return child


def _moment(exported: Exported, answer: Answer) -> datetime:
    """Return how new a statement is: as its page, and a page without a day as when it was seen."""
    return _at(answer.page.published or exported.page.seen_at)


def _at(stamp: str | None) -> datetime:
    moment = dates.isoparse(stamp) if stamp else datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment.year > 1 else "1970-01-01T00:00:00+00:00"
