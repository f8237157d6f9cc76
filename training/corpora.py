"""The corpora as texts with quotes: one reader each, all yielding the same record.

Wikinews quotations (Petersen-Frey & Biemann 2024), Redewiedergabe (Brunner et al. 2020, older news and journals), SpkAtt
(Rehbein et al. 2023, speeches; it has no kinds: its contents teach roles only, or get a likely kind), and passages of our own.
"""

import csv
import gzip
import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wortlaut.extraction import extract
from wortlaut.language import Mood, Sentence, analyse, parse
from wortlaut.model import QUOTABLE, Article, Medium, Page, PageForm, QuoteKind
from wortlaut.quotation.marks import find_marked
from wortlaut.text import Span

OWN = Path(__file__).parent / "own"
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
            quotes = tuple(_quotation(a) for a in record["annotations"])
            if sentences := _sentences(text):
                name = record["documentName"].split(" - ")[0]
                yield Document(name=name, text=text, sentences=sentences, quotes=quotes)


def _sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences that the command line reads in a plain text; none if it takes the text for no article."""
    article = extract(Page(source="page.txt", content=text.encode(), form=PageForm.TEXT, published="2020-01-01"))
    if not isinstance(article, Article) or article.text != text:
        return ()
    return tuple(s for s in analyse(article) if s.kind in QUOTABLE)


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


_TAG = re.compile(r"<(/?)(\d+)([a-z]?)(?: (\w+))?(?: (\w+))?>")
_PARTS = {"": "content", "s": "speaker", "c": "cue", "f": "frame", "a": "addressee"}


def own(folder: Path) -> Iterator[Document]:
    """Yield our own passages: files of texts between lines of `---`; `README.md` beside them says how they are marked."""
    for path in sorted(folder.glob("*.txt")):
        for number, passage in enumerate(path.read_text(encoding="utf-8").split("\n---\n")):
            yield _passage(f"{path.stem}-{number}", passage.strip("\n"))


def _passage(name: str, marked: str) -> Document:
    """Take the marks out of a passage; raise ValueError where they do not fit."""
    text, last = "", 0
    open_at: dict[str, int] = {}
    parts: dict[str, dict[str, list[tuple[int, int]]]] = {}
    labels: dict[str, tuple[str, str]] = {}
    for tag in _TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        closing, number, part, kind, medium = tag.groups()
        if closing:
            if number + part not in open_at:
                raise ValueError(f"{name}: {tag.group()} closes nothing")
            spans = parts.setdefault(number, {}).setdefault(_PARTS[part], [])
            spans.append((open_at.pop(number + part), len(text)))
            continue
        open_at[number + part] = len(text)
        if kind and number not in labels:
            labels[number] = kind, medium or "speech"
    if open_at or "<" in text + marked[last:] or set(parts) - set(labels):
        raise ValueError(f"{name}: marks {sorted(open_at)} are open, or a quote has no kind")
    text += marked[last:]
    quotes = tuple(
        Gold(
            kind=QuoteKind(labels[number][0]),
            medium=Medium(labels[number][1]),
            content=tuple(found["content"]),
            roles={role: tuple(found.get(role, ())) for role in ROLES},
        )
        for number, found in parts.items()
    )
    return Document(name=name, text=text, sentences=_sentences(text) or parse(text), quotes=quotes)


def joined(passages: Sequence[Document], size: int = 7) -> Iterator[Document]:
    """Yield passages as paragraphs of longer texts, as long as the windows that the model sees in articles."""
    for at in range(0, len(passages), size):
        text, quotes = "", []
        for passage in passages[at : at + size]:
            text += "\n\n" if text else ""
            quotes += [_moved(quote, len(text)) for quote in passage.quotes]
            text += passage.text
        yield Document(name=f"joined-{at}", text=text, sentences=_sentences(text) or parse(text), quotes=tuple(quotes))


def _moved(quote: Gold, by: int) -> Gold:
    def move(spans: Spans | None) -> Spans | None:
        return None if spans is None else tuple((a + by, b + by) for a, b in spans)

    return replace(quote, content=move(quote.content), roles={role: move(spans) for role, spans in quote.roles.items()})


def kept_back(document: Document) -> bool:
    """Tell whether a passage is one of the fifth that settings are tuned on where there is no development part."""
    return hashlib.sha256(document.name.encode()).digest()[0] < 51


def spkatt(path: Path, *, kinds: bool = False) -> Iterator[Document]:
    """Yield Bundestag speeches; contents have no kind, and what is not annotated is not known to be no quote.

    With `kinds`, contents with a finite verb get the kind that their form makes likely, and a speech is taken to be
    annotated as a whole, as its guidelines ask. What has no finite verb keeps no kind: much of it is what news calls no quote.
    """
    with tarfile.open(path) as archive:
        for member in archive:
            if member.name.endswith(".json"):
                with archive.extractfile(member) as raw:
                    speech = _speech(Path(member.name).stem, json.load(raw))
                    yield _with_kinds(speech) if kinds else speech


def _with_kinds(speech: Document) -> Document:
    quotes = tuple(replace(q, kind=_likely_kind(speech, q)) for q in speech.quotes)
    return replace(speech, quotes=quotes, whole=True)


def _likely_kind(document: Document, quote: Gold) -> QuoteKind | None:
    """Return direct for words in marks, free indirect without a cue, else indirect; None without a finite verb."""
    start, end = quote.content[0][0], quote.content[-1][1]
    near = Span(max(0, start - 3), min(len(document.text), end + 3))
    if any(m.inner.start <= start + 2 and end - 2 <= m.inner.end for m in find_marked(document.text, near)):
        return QuoteKind.DIRECT
    tokens = [t for s in document.sentences if s.span.start < end for t in s.tokens]
    if not any(t.mood in set(Mood) for t in tokens if any(a <= t.start < b for a, b in quote.content)):
        return None
    return QuoteKind.INDIRECT if quote.roles["cue"] else QuoteKind.FREE_INDIRECT


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
