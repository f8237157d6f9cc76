"""CSV (RFC 4180, UTF-8): a statement a row. `Row` is also what the columns of a Parquet file are made from."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from wortlaut.exports.pages import Exported, Wanted, pages_of
from wortlaut.ledger import Answer, Ledger
from wortlaut.text import hull, words_at

BETWEEN = " | "
"""What stands between several values of a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A statement with the names and words that its record refers to. Offsets count code points of the article's text."""

    page: str
    statement: str
    url: str | None
    source: str
    title: str | None
    publisher: str | None
    published: str | None
    said: str | None
    due: str | None
    speaker: str | None
    speaker_wikidata: str | None
    principal: str | None
    principal_wikidata: str | None
    addressee: str | None
    act: str
    polarity: str
    words: str
    proposition: str
    conditions: tuple[str, ...]
    condition_kinds: tuple[str, ...]
    likelihood: str | None
    likelihood_low: float | None
    likelihood_high: float | None
    found_in: str
    quote_kind: str | None
    reported_by: tuple[str, ...]
    start: int
    end: int
    confidence: float


def rows(ledger: Ledger, wanted: Wanted) -> Iterator[Row]:
    """Yield the wanted statements, page by page."""
    ids = ledger.wikidata()
    for exported in pages_of(ledger, wanted):
        for answer in exported.answers:
            yield _row(exported, answer, ids)


def _row(exported: Exported, answer: Answer, ids: Mapping[int, str]) -> Row:
    said, reading = answer.statement, exported.reading
    addressee, likelihood, wording = reading.entity(said.addressee), said.likelihood, reading.wording(said)
    whole = hull(said.content)
    return Row(
        page=answer.page.id, statement=said.id, url=answer.page.url, source=answer.page.source, title=answer.page.title,
        publisher=answer.page.publisher, published=answer.page.published, said=said.said.value if said.said else None,
        due=said.due.value if said.due else None, speaker=answer.speaker, principal=answer.principal,
        speaker_wikidata=ids.get(answer.speaker_actor or 0), principal_wikidata=ids.get(answer.principal_actor or 0),
        addressee=addressee.name if addressee else None, act=said.act.value, polarity=said.polarity.value, words=answer.words,
        proposition=words_at(reading.article.text, said.proposition), conditions=answer.condition_words,
        condition_kinds=tuple(condition.kind.value for condition in said.conditions),
        likelihood=likelihood.term if likelihood else None, likelihood_low=likelihood.low if likelihood else None,
        likelihood_high=likelihood.high if likelihood else None, found_in=said.source.value,
        quote_kind=wording.value if wording else None,
        reported_by=tuple(report.name for report in said.reported_by), start=whole.start, end=whole.end,
        confidence=said.confidence,
    )  # fmt: skip


def write(ledger: Ledger, wanted: Wanted, path: Path) -> int:
    """Write the statements; several conditions or reporters of one stand in one cell, with ` | ` between them."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [field.name for field in fields(Row)])
        table.writeheader()
        for row in rows(ledger, wanted):
            cells = {key: BETWEEN.join(x) if isinstance(x, tuple) else x for key, x in asdict(row).items()}
            table.writerow(cells)
            count += 1
    return count
