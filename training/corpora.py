"""The corpora as texts with quotes: one reader each, all yielding the same record.

Wikinews quotations (Petersen-Frey & Biemann 2024), Redewiedergabe (Brunner et al. 2020, older news and journals), SpkAtt
(Rehbein et al. 2023, speeches; it has no kinds, so its contents teach roles only).
"""

import csv
import gzip
import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wortlaut.extraction import extract
from wortlaut.language import Sentence, analyse, parse
from wortlaut.model import QUOTABLE, Article, Medium, Page, PageForm, QuoteKind

ROLES = ("speaker", "cue", "frame", "addressee")
Spans = tuple[tuple[int, int], ...]
_KINDS = {
    "direct": QuoteKind.DIRECT,
    "indirect": QuoteKind.INDIRECT,
    "reported": QuoteKind.REPORTED,
    "freeindirect": QuoteKind.FREE_INDIRECT,
    "indirectfreeindirect": QuoteKind.INDIRECT_FREE_INDIRECT,
    "indirect freeindirect": QuoteKind.INDIRECT_FREE_INDIRECT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """An annotated quote; a kind, medium or role that its corpus does not know is None."""

    kind: QuoteKind | None
    medium: Medium | None
    content: Spans
    roles: dict[str, Spans | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text with its sentences and quotes; `whole` says that all quotes of the text are annotated, with kinds."""

    name: str
    text: str
    sentences: tuple[Sentence, ...]
    quotes: tuple[Gold, ...]
    whole: bool = True


def quotations(path: Path) -> Iterator[Document]:
    """Yield Wikinews articles, cut into blocks and sentences as the command line cuts them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            text = record["originalText"]
            page = Page(source="page.txt", content=text.encode(), form=PageForm.TEXT, published="2020-01-01")
            article = extract(page)
            if not isinstance(article, Article) or article.text != text:
                continue
            sentences = tuple(s for s in analyse(article) if s.kind in QUOTABLE)
            quotes = tuple(_quotation(a) for a in record["annotations"])
            yield Document(name=record["documentName"].split(" - ")[0], text=text, sentences=sentences, quotes=quotes)


def _quotation(record: dict) -> Gold:
    def spans(part: str) -> Spans:
        return tuple((s["charBegin"], s["charEnd"]) for s in (record.get(part) or {}).get("spans", ()))

    medium = (record.get("medium") or "").lower()
    return Gold(
        kind=_KINDS[record["type"].lower()],
        medium=Medium(medium) if medium in set(Medium) else None,
        content=spans("quote"),
        roles={role: spans(role) for role in ROLES},
    )


def redewiedergabe(path: Path, sources: tuple[str, ...] = ("mkhz", "grenz")) -> Iterator[Document]:
    """Yield samples of the named sources (newspapers, journals); the text is put together from the tokens."""
    with tarfile.open(path) as archive:
        for member in archive:
            name = Path(member.name).stem
            if member.name.endswith(".tsv") and any(f"_{source}_" in name for source in sources):
                with archive.extractfile(member) as raw:
                    rows = list(csv.DictReader(io.TextIOWrapper(raw, "utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
                yield _sample(name, rows)


def _sample(name: str, rows: list[dict[str, str]]) -> Document:
    text, places = _joined([row["tok"] for row in rows])
    contents: dict[str, list[int]] = {}
    labels: dict[str, tuple[str, str]] = {}
    parts: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(rows):
        for annotation in row["stwr"].split("|"):
            kind, medium, identity, *flags = [*annotation.split("."), "", ""][:8]
            if annotation != "-" and "metaph" not in flags:
                contents.setdefault(identity, []).append(number)
                labels[identity] = kind, medium
        for role, column in (("speaker", "speaker"), ("frame", "frame"), ("cue", "intexpr")):
            for annotation in row[column].split("|"):
                for identity in annotation.partition(".")[2].split("_"):
                    parts.setdefault((role, identity), []).append(number)
    quotes = []
    for identity, tokens in contents.items():
        kind, medium = labels[identity]
        kind = _KINDS.get(kind.replace("_", " ").lower())
        if kind is None:
            continue
        roles = {r: _spans(parts.get((r, identity), ()), places) for r in ROLES[:3]} | {"addressee": None}
        quotes.append(Gold(kind=kind, medium=_medium(medium), content=_spans(tokens, places), roles=roles))
    return Document(name=name, text=text, sentences=parse(text), quotes=tuple(quotes))


def _medium(words: str) -> Medium | None:
    letters = "".join(sorted(word[0] for word in re.split(r"[_ ]", words) if word))
    whole = {"s": "speech", "t": "thought", "w": "writing"}
    value = whole.get(letters, letters)
    return Medium(value) if value in set(Medium) else None


def spkatt(path: Path) -> Iterator[Document]:
    """Yield Bundestag speeches; contents have no kind, and what is not annotated is not known to be no quote."""
    with tarfile.open(path) as archive:
        for member in archive:
            if member.name.endswith(".json"):
                with archive.extractfile(member) as raw:
                    yield _speech(Path(member.name).stem, json.load(raw))


def _speech(name: str, record: dict) -> Document:
    numbers = {}
    for sentence in record["Sentences"]:
        for index in range(len(sentence["Tokens"])):
            numbers[f"{sentence['SentenceId']}:{index}"] = len(numbers)
    text, places = _joined([token for sentence in record["Sentences"] for token in sentence["Tokens"]])
    quotes = []
    for event in record.get("Annotations", ()):
        at = {
            key: [numbers[i] for i in event[key] if i in numbers] for key in ("Message", "Cue", "PTC", "Source", "Addr")
        }
        if at["Message"]:
            roles = {
                "cue": _spans(at["Cue"] + at["PTC"], places),
                "speaker": _spans(at["Source"], places),
                "addressee": _spans(at["Addr"], places),
                "frame": None,
            }
            quotes.append(Gold(kind=None, medium=None, content=_spans(at["Message"], places), roles=roles))
    return Document(name=name, text=text, sentences=parse(text), quotes=tuple(quotes), whole=False)


_TIGHT_BEFORE = re.compile(r"[.,;:!?)\]“”«’]$|…$")
_TIGHT_AFTER = re.compile(r"^[(\[„»‚]$")


def _joined(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Put a text together from its tokens; return it and the place of each token."""
    text, places = "", []
    for token in tokens:
        tight = not text or _TIGHT_BEFORE.match(token) or _TIGHT_AFTER.match(text[-1])
        text += "" if tight else " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def _spans(tokens: list[int] | tuple[int, ...], places: list[tuple[int, int]]) -> Spans:
    """Return the runs of tokens as spans of the text."""
    spans: list[tuple[int, int]] = []
    last = None
    for token in sorted(set(tokens)):
        start, end = places[token]
        if last is not None and token == last + 1:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
        last = token
    return tuple(spans)
