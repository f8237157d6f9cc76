"""Which engine finds the quotes: a trained model where one is installed, else the rules."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version

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
    return Surest(find=find, least=min_confidence) if min_confidence else find


@dataclass(frozen=True, slots=True, kw_only=True)
class Surest:
    """A stage that keeps of another's quotes those that are sure enough."""

    find: Quotation
    least: float

    def __call__(self, article: Article, sentences: tuple[Sentence, ...]) -> tuple[Quote, ...]:
        """Return the surest quotes."""
        return surest(self.find(article, sentences), self.least)


def engine_name(stage: Quotation) -> str | None:
    """Return what a stage finds quotes by: a model's name and version, or `rules`; None for a stage of somebody else."""
    if stage is find_quotes:
        return engine_name(quotation_by(Engine.AUTO))
    if stage is find_by_rules:
        return "rules"
    return engine_name(stage.find) if isinstance(stage, Surest) else getattr(stage, "made_by", None)


@cache
def _by_model(name: str) -> Quotation:
    from wortlaut.quotation.decoder import Decoder
    from wortlaut.quotation.features import read_cues
    from wortlaut.quotation.graphs import GraphModel
    from wortlaut.quotation.settings import read_settings

    encoder = open_encoder(name)
    settings = read_settings(encoder.folder / "settings.toml")
    cues = read_cues(encoder.folder / "cues.toml")
    package = name.replace("_", "-")
    made_by = f"{package} {version(package)}"
    model = GraphModel(encoder)
    return Decoder(tokenizer=encoder.tokenizer, model=model, settings=settings, cues=cues, made_by=made_by)


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
