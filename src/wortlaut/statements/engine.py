"""Which engine decides on the acts of quotes: the judge of a trained model where one is installed, else the rules alone."""

from collections.abc import Callable
from functools import cache, partial

from wortlaut.encoder import find_model, open_encoder
from wortlaut.language import Sentence
from wortlaut.model import Article, Engine, Entity, Quote, Statement, Timex
from wortlaut.statements import find_statements as find_by

Statements = Callable[
    [Article, tuple[Sentence, ...], tuple[Quote, ...], tuple[Timex, ...], tuple[Entity, ...]], tuple[Statement, ...]
]


def find_statements(
    article: Article,
    sentences: tuple[Sentence, ...],
    quotes: tuple[Quote, ...],
    times: tuple[Timex, ...],
    entities: tuple[Entity, ...],
) -> tuple[Statement, ...]:
    """Return the statements of an article in text order, by the best engine that is installed."""
    return statements_by(Engine.AUTO)(article, sentences, quotes, times, entities)


def statements_by(engine: Engine) -> Statements:
    """Return the stage that an engine makes; without a model, or one that judges acts, it is the rules'."""
    name = None if engine is Engine.RULES else find_model()
    return _by_model(name) if name else find_by


@cache
def _by_model(name: str) -> Statements:
    from wortlaut.statements.judging import open_judge

    return partial(find_by, judge=open_judge(open_encoder(name)))
