"""Which engine finds the quotes: a trained model where one is installed, else the rules."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from wortlaut.encoder import find_model, open_encoder
from wortlaut.errors import ConfigurationError
from wortlaut.language import Sentence
from wortlaut.model import Article, Engine, Quote
from wortlaut.quotation import find_quotes as find_by_rules

Quotation = Callable[[Article, tuple[Sentence, ...]], tuple[Quote, ...]]


def find_quotes(article: Article, sentences: tuple[Sentence, ...]) -> tuple[Quote, ...]:
    """Return the quotes of an article in text order, by the best engine that is installed."""
    return quotation_by(Engine.AUTO)(article, sentences)


def quotation_by(engine: Engine, *, min_confidence: float = 0.0) -> Quotation:
    """Return the stage that an engine makes; raise ConfigurationError if no model is installed and one is asked for."""
    name = None if engine is Engine.RULES else find_model()
    if name is None and engine is Engine.MODEL:
        raise ConfigurationError(
            "no model is installed: pip install wortlaut-de and wortlaut[model], or --engine rules"
        )
    find = _by_model(name) if name else find_by_rules
    if not min_confidence:
        return find
    return lambda article, sentences: surest(find(article, sentences), min_confidence)


@cache
def _by_model(name: str) -> Quotation:
    from wortlaut.quotation.decoder import Decoder
    from wortlaut.quotation.features import read_cues
    from wortlaut.quotation.graphs import GraphModel
    from wortlaut.quotation.settings import read_settings

    encoder = open_encoder(name)
    settings = read_settings(encoder.folder / "settings.toml")
    cues = read_cues(encoder.folder / "cues.toml")
    return Decoder(tokenizer=encoder.tokenizer, model=GraphModel(encoder), settings=settings, cues=cues)


def surest(quotes: tuple[Quote, ...], least: float) -> tuple[Quote, ...]:
    """Return the quotes that are at least so sure; what was nested in one that is left out moves up to its parent."""
    by_id = {quote.id: quote for quote in quotes}

    def kept_parent(quote: Quote) -> Quote | None:
        parent = by_id.get(quote.parent or "")
        while parent is not None and parent.confidence < least:
            parent = by_id.get(parent.parent or "")
        return parent

    levels: dict[str, int] = {}
    kept: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda q: q.level):
        if quote.confidence >= least:
            parent = kept_parent(quote)
            levels[quote.id] = levels[parent.id] + 1 if parent else 0
            kept[quote.id] = replace(quote, parent=parent.id if parent else None, level=levels[quote.id])
    return tuple(kept[quote.id] for quote in quotes if quote.id in kept)
