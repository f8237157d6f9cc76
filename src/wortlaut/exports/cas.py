"""UIMA CAS XMI, an article a document, in a zip with the type system: what INCEpTION imports as "UIMA CAS XMI".

Sentences and tokens are those of DKPro Core; quotes, statements and conditions are span layers of their own, with features
of strings and numbers only, as INCEpTION's custom layers are. A quote in several stretches is several annotations that
share `quote`; so are its cue, frame, speaker and addressee, told apart by `part`.
"""

from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from cassis import Cas, TypeSystem

from wortlaut.exports.pages import Exported, Wanted, pages_of
from wortlaut.exports.xml import clean
from wortlaut.language.tokens import find_sentences, find_words
from wortlaut.ledger import Ledger
from wortlaut.text import Span

_SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
SENTENCE, TOKEN = _SEGMENTATION + "Sentence", _SEGMENTATION + "Token"
QUOTE, STATEMENT, CONDITION = "custom.Quote", "custom.Statement", "custom.Condition"
_STRING, _DOUBLE = "uima.cas.String", "uima.cas.Double"
FEATURES = {
    SENTENCE: {},
    TOKEN: {},
    QUOTE: dict.fromkeys(("quote", "part", "kind", "medium"), _STRING) | {"confidence": _DOUBLE},
    STATEMENT: dict.fromkeys(("statement", "act", "polarity", "speaker", "principal", "said", "due"), _STRING)
    | {"confidence": _DOUBLE},
    CONDITION: dict.fromkeys(("statement", "kind"), _STRING),
}
"""The layers and their features."""


def type_system() -> TypeSystem:
    """Return the types that an export uses."""
    types = TypeSystem()
    for name, features in FEATURES.items():
        own = types.create_type(name=name, supertypeName="uima.tcas.Annotation")
        for feature, range_ in features.items():
            types.create_feature(domainType=own, name=feature, rangeType=range_)
    return types


def write(ledger: Ledger, wanted: Wanted, path: Path) -> int:
    """Write one XMI a page and `TypeSystem.xml`; a page that has wanted statements comes with all its quotes."""
    count = 0
    types = type_system()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("TypeSystem.xml", types.to_xml() or "")
        for exported in pages_of(ledger, wanted):
            archive.writestr(f"{exported.page.id}.xmi", cas_of(exported, types).to_xmi() or "")
            count += len(exported.answers)
    return count


def cas_of(exported: Exported, types: TypeSystem) -> Cas:
    """Return an article as a CAS; cassis turns our code points into UTF-16 units and back."""
    article = exported.reading.article
    cas = Cas(
        typesystem=types, sofa_string=clean(article.text), sofa_mime="text/plain", document_language=article.language
    )

    def add(name: str, spans: Iterable[Span], **features: object) -> None:
        cas.add_all([types.get_type(name)(begin=span.start, end=span.end, **features) for span in spans])

    for block in article.blocks:
        add(SENTENCE, find_sentences(article.text, block.span))
        add(TOKEN, find_words(article.text, block.span))
    for quote in exported.reading.quotes:
        shared = {
            "quote": quote.id,
            "kind": quote.kind.value,
            "medium": quote.medium.value,
            "confidence": quote.confidence,
        }
        for part in ("content", "cue", "frame", "speaker", "addressee"):
            add(QUOTE, getattr(quote, part), part=part, **shared)
    for answer in exported.answers:
        said = answer.statement
        add(
            STATEMENT, said.content, statement=said.id, act=said.act.value, polarity=said.polarity.value,
            speaker=answer.speaker, principal=answer.principal, said=said.said.value if said.said else None,
            due=said.due.value if said.due else None, confidence=said.confidence,
        )  # fmt: skip
        for condition in said.conditions:
            add(CONDITION, condition.spans, statement=said.id, kind=condition.kind.value)
    return cas
