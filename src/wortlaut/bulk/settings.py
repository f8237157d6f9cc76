"""What a job reads by; a job that goes on must go on by the same."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from wortlaut import lexicon
from wortlaut.model import Engine
from wortlaut.quotation.engine import engine_name, quotation_by
from wortlaut.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How pages are read. `copies` says whether near-duplicates of a page are read, too, instead of counted."""

    engine: Engine = Engine.AUTO
    min_confidence: float = 0.0
    copies: bool = False

    def maker(self) -> str:
        """Return what decides how a page is read: program, engine and lexicon; raise ConfigurationError without the model asked for."""
        engine = engine_name(quotation_by(self.engine, min_confidence=self.min_confidence))
        return f"wortlaut {version('wortlaut')}, {engine}, lexicon {lexicon.digest()}"


@cache
def reader_by(settings: Settings) -> Reader:
    """Return the reader, one a process."""
    return Reader.by(settings.engine, min_confidence=settings.min_confidence)
