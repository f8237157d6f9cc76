"""TEI P5 (https://tei-c.org/guidelines/): a teiCorpus with an article a document, its quotes as <said>.

Every block of the article is an <ab> whose type is the block's kind, paragraphs are <p>; together they hold the article's
words unchanged. A quote that is interrupted, or crosses the edge of a block or of another quote, is several <said> with
@next and @prev. @who and @toWhom point to the people and organisations of the header, @ana to the kind of quote.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from wortlaut.exports.pages import Wanted, pages_of
from wortlaut.exports.xml import clean
from wortlaut.ledger import Edition, Ledger
from wortlaut.model import Block, BlockKind, Entity, EntityKind, Medium, Quote, QuoteKind, Reading
from wortlaut.text import Span

_NAMESPACE = "http://www.tei-c.org/ns/1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A stretch of a quote within one block; pieces of one block lie beside or inside each other."""

    span: Span
    quote: Quote
    id: str = ""
    before: str | None = None
    after: str | None = None


class _Writer:
    """Elements and words, escaped; `_` in an attribute's name is its colon."""

    def __init__(self, file: BinaryIO) -> None:
        self._xml = XMLGenerator(file, encoding="utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def start(self, *names: str, **attributes: str | None) -> None:
        """Open elements, the last one with attributes."""
        for name in names[:-1]:
            self._xml.startElement(name, AttributesImpl({}))
        given = {key.replace("_", ":"): clean(value) for key, value in attributes.items() if value}
        self._xml.startElement(names[-1], AttributesImpl(given))

    def end(self, *names: str) -> None:
        """Close elements."""
        for name in names:
            self._xml.endElement(name)

    def words(self, text: str) -> None:
        """Write words."""
        self._xml.characters(clean(text))

    def element(self, name: str, text: str, **attributes: str | None) -> None:
        """Write an element that holds words."""
        self.start(name, **attributes)
        self.words(text)
        self.end(name)


def write(ledger: Ledger, wanted: Wanted, path: Path) -> int:
    """Write the pages that have wanted statements, with all their quotes; return the number of those statements."""
    count = 0
    with path.open("wb") as file:
        writer = _Writer(file)
        writer.start("teiCorpus", xmlns=_NAMESPACE)
        _corpus_header(writer)
        for exported in pages_of(ledger, wanted):
            _document(writer, exported.page, exported.reading)
            count += len(exported.answers)
        writer.end("teiCorpus")
    return count


def _corpus_header(writer: _Writer) -> None:
    writer.start("teiHeader")
    _file_description(writer, "Wortlaut: who said what", "Export of a ledger")
    writer.start("encodingDesc", "classDecl", "taxonomy", xml_id="kinds")
    for kind in QuoteKind:
        writer.start("category", xml_id=kind.value)
        writer.element("catDesc", kind.value.replace("_", " "))
        writer.end("category")
    writer.end("taxonomy", "classDecl", "encodingDesc", "teiHeader")


def _file_description(writer: _Writer, title: str, source: str, page: Edition | None = None) -> None:
    writer.start("fileDesc", "titleStmt")
    writer.element("title", title)
    writer.end("titleStmt")
    writer.start("publicationStmt")
    writer.element("p", "Written by Wortlaut; the rights in the text are its publisher's.")
    writer.end("publicationStmt")
    writer.start("sourceDesc")
    if page is None:
        writer.element("p", source)
    else:
        writer.start("bibl")
        writer.element("title", title)
        if page.publisher:
            writer.element("publisher", page.publisher)
        if page.published:
            writer.element("date", page.published, when=page.published)
        writer.element("ref", source, target=page.url)
        writer.end("bibl")
    writer.end("sourceDesc", "fileDesc")


def _document(writer: _Writer, page: Edition, reading: Reading) -> None:
    names = {entity.id: f"e-{page.id}-{entity.id}" for entity in reading.entities}
    writer.start("TEI", xml_id=f"page-{page.id}")
    writer.start("teiHeader")
    _file_description(writer, page.title or page.source, page.url or page.source, page)
    if reading.entities:
        writer.start("profileDesc", "particDesc")
        _people(writer, reading.entities, names)
        writer.end("particDesc", "profileDesc")
    writer.end("teiHeader")
    writer.start("text", xml_lang=reading.article.language)
    writer.start("body")
    pieces = _pieces(reading, f"q-{page.id}-")
    ends = _speakers(reading, names)
    for index, block in enumerate(reading.article.blocks):
        _block(writer, reading.article.text, block, pieces[index], ends)
    writer.end("body", "text", "TEI")


def _people(writer: _Writer, entities: Sequence[Entity], names: Mapping[str, str]) -> None:
    people = [entity for entity in entities if entity.kind is EntityKind.PERSON]
    others = [entity for entity in entities if entity.kind is not EntityKind.PERSON]
    for each, entry, name, those in (
        ("listPerson", "person", "persName", people),
        ("listOrg", "org", "orgName", others),
    ):
        if those:
            writer.start(each)
            for entity in those:
                writer.start(entry, xml_id=names[entity.id])
                writer.element(name, entity.name)
                writer.end(entry)
            writer.end(each)


def _speakers(reading: Reading, names: Mapping[str, str]) -> dict[str, tuple[str | None, str | None]]:
    """Return who speaks in a quote and to whom, as pointers."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for said in reading.statements:
        if said.quote and (said.quote not in found or found[said.quote][0] is None):
            found[said.quote] = _pointer(said.speaker, names), _pointer(said.addressee, names)
    return found


def _pointer(entity: str | None, names: Mapping[str, str]) -> str | None:
    return f"#{names[entity]}" if entity else None


def _pieces(reading: Reading, prefix: str) -> list[list[_Piece]]:
    """Return the pieces of quotes in each block, each with its id and those of its neighbours in the same quote."""
    blocks: list[list[_Piece]] = []
    for block in reading.article.blocks:
        own = [
            _Piece(span=Span(max(span.start, block.start), min(span.end, block.end)), quote=quote)
            for quote in reading.quotes
            for span in quote.content
            if span.overlaps(block.span)
        ]
        blocks.append(_beside_or_inside(own))
    chains: dict[str, list[Span]] = {}
    for piece in (piece for own in blocks for piece in own):
        chains.setdefault(piece.quote.id, []).append(piece.span)
    return [[_linked(piece, chains[piece.quote.id], prefix) for piece in own] for own in blocks]


def _linked(piece: _Piece, chain: Sequence[Span], prefix: str) -> _Piece:
    at, own = chain.index(piece.span), f"{prefix}{piece.quote.id}-"
    before = f"#{own}{at - 1}" if at else None
    after = f"#{own}{at + 1}" if at + 1 < len(chain) else None
    return replace(piece, id=f"{own}{at}", before=before, after=after)


def _beside_or_inside(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Cut pieces where they cross the end of one that began before; the outermost come first."""
    left = sorted(pieces, key=_order)
    done: list[_Piece] = []
    while left:
        piece = left.pop(0)
        crossed = [p.span.end for p in done if p.span.start <= piece.span.start < p.span.end < piece.span.end]
        if crossed:
            cut = min(crossed)
            left.append(replace(piece, span=Span(cut, piece.span.end)))
            piece = replace(piece, span=Span(piece.span.start, cut))
            left.sort(key=_order)
        done.append(piece)
    return sorted(done, key=_order)


def _order(piece: _Piece) -> tuple[int, int, int]:
    return piece.span.start, -piece.span.end, piece.quote.level


def _block(
    writer: _Writer,
    text: str,
    block: Block,
    pieces: Sequence[_Piece],
    ends: Mapping[str, tuple[str | None, str | None]],
) -> None:
    paragraph = block.kind is BlockKind.PARAGRAPH
    name = "p" if paragraph else "ab"
    writer.start(name, type=None if paragraph else block.kind.value)
    at = block.start
    for begins, piece in _events(pieces):
        place = piece.span.start if begins else piece.span.end
        writer.words(text[at:place])
        at = place
        if begins:
            who, whom = ends.get(piece.quote.id, (None, None))
            writer.start(
                "said", xml_id=piece.id, who=who, toWhom=whom, ana=f"#{piece.quote.kind.value}", prev=piece.before, next=piece.after,
                direct=str(piece.quote.kind is QuoteKind.DIRECT).lower(), aloud=str(piece.quote.medium is Medium.SPEECH).lower(),
            )  # fmt: skip
        else:
            writer.end("said")
    writer.words(text[at : block.end])
    writer.end(name)


def _events(pieces: Sequence[_Piece]) -> Iterator[tuple[bool, _Piece]]:
    """Yield where pieces begin and end, in the order of the text."""
    within: list[_Piece] = []
    for piece in pieces:
        while within and within[-1].span.end <= piece.span.start:
            yield False, within.pop()
        within.append(piece)
        yield True, piece
    while within:
        yield False, within.pop()
