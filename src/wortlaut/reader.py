"""The way through: a page in, a Reading or a Rejection out.

This is the only file that knows the order of the stages. A `Reader` is a value whose fields are the stages, so that one of
them is swapped with `dataclasses.replace`. A stage that breaks costs its own page and no other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import Self, TypeVar

from wortlaut import lexicon
from wortlaut.entities import find_entities
from wortlaut.errors import StageError, WortlautError
from wortlaut.extraction import extract
from wortlaut.language import Sentence, analyse
from wortlaut.model import (
    Article,
    Engine,
    Entity,
    Making,
    Outcome,
    Page,
    Quote,
    Reading,
    Rejection,
    RejectionReason,
    Statement,
    Timex,
)
from wortlaut.quotation.bare import bare
from wortlaut.quotation.engine import engine_name, find_quotes, quotation_by
from wortlaut.statements.engine import find_statements, statements_by
from wortlaut.temporal import find_times

Result = TypeVar("Result")
Sentences = tuple[Sentence, ...]
Extraction = Callable[[Page], Article | Rejection]
Language = Callable[[Article], Sentences]
Quotation = Callable[[Article, Sentences], tuple[Quote, ...]]
Temporal = Callable[[Article, Sentences], tuple[Timex, ...]]
Entities = Callable[[Article, Sentences, tuple[Quote, ...]], tuple[Entity, ...]]
Statements = Callable[
    [Article, Sentences, tuple[Quote, ...], tuple[Timex, ...], tuple[Entity, ...]], tuple[Statement, ...]
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads pages; each field is a stage, but `explain`: whether statements keep the evidence of each of their fields."""

    extraction: Extraction = extract
    language: Language = analyse
    quotation: Quotation = find_quotes
    temporal: Temporal = find_times
    entities: Entities = find_entities
    statements: Statements = find_statements
    explain: bool = False

    @classmethod
    def by(cls, engine: Engine, *, min_confidence: float = 0.0, explain: bool = False) -> Self:
        """Return a reader whose trained stages are those of one engine; raise ConfigurationError if its model is not installed."""
        return cls(
            quotation=quotation_by(engine, min_confidence=min_confidence),
            statements=statements_by(engine),
            explain=explain,
        )

    def read(self, page: Page) -> Outcome:
        """Read one page. A page that is no article, or on which a stage breaks, gives a Rejection."""
        try:
            return self._read(page)
        except StageError as error:
            return Rejection(page=page.record(), reason=RejectionReason.FAILED, detail=str(error))

    def read_many(self, pages: Iterable[Page]) -> Iterator[Outcome]:
        """Yield one outcome a page, in the pages' order; nothing is read before it is asked for."""
        for page in pages:
            yield self.read(page)

    def _read(self, page: Page) -> Outcome:
        article = _run("extraction", page, lambda: self.extraction(page))
        if isinstance(article, Rejection):
            return article
        sentences = _run("language", page, lambda: self.language(article))
        quotes = _run("quotation", page, lambda: self.quotation(article, sentences))
        times = _run("temporal", page, lambda: self.temporal(article, sentences))
        entities = _run("entities", page, lambda: self.entities(article, sentences, quotes))
        said = bare(article.text, quotes)
        statements = _run("statements", page, lambda: self.statements(article, sentences, said, times, entities))
        if not self.explain:
            statements = tuple(replace(statement, explain=()) for statement in statements)
        return Reading(
            page=page.record(), article=article, quotes=quotes, times=times, entities=entities, statements=statements,
            made_by=Making(program=_program(), model=engine_name(self.quotation), lexicon=lexicon.digest()),
        )  # fmt: skip


@cache
def _program() -> str:
    return version("wortlaut")


def _run(stage: str, page: Page, work: Callable[[], Result]) -> Result:
    """Run a stage and say which one broke, on which page."""
    try:
        return work()
    except (
        WortlautError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
        AttributeError,
    ) as error:
        raise StageError(stage, page.source, f"{type(error).__name__}: {error}") from error


def read(page: Page) -> Outcome:
    """Read one page with the default stages."""
    return Reader().read(page)


def read_many(pages: Iterable[Page]) -> Iterator[Outcome]:
    """Yield one outcome a page, in order, with the default stages."""
    return Reader().read_many(pages)
