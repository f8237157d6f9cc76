"""Wortlaut reads the news and keeps the record: who said what, to whom, in which words, on what condition.

    from wortlaut import Ledger, Page, read

    outcome = read(Page(source="page.html", content=Path("page.html").read_bytes(), published="2031-03-04"))

Importing the package does no work: a name is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wortlaut.codec import from_json, to_json
    from wortlaut.errors import WortlautError
    from wortlaut.ledger import Ledger
    from wortlaut.model import (
        Act,
        Article,
        Block,
        BlockKind,
        Condition,
        ConditionKind,
        Embed,
        Entity,
        Image,
        Likelihood,
        Page,
        PageForm,
        PageRecord,
        Polarity,
        Quote,
        QuoteKind,
        Reading,
        Rejection,
        Relation,
        Report,
        Role,
        Statement,
        Timex,
        When,
    )
    from wortlaut.reader import Reader, read, read_many
    from wortlaut.text import Span

__version__ = "0.1.0"

_MODULES = {
    "from_json": "codec",
    "to_json": "codec",
    "WortlautError": "errors",
    "Ledger": "ledger",
    "Reader": "reader",
    "read": "reader",
    "read_many": "reader",
    "Span": "text",
}

__all__ = [
    "Act",
    "Article",
    "Block",
    "BlockKind",
    "Condition",
    "ConditionKind",
    "Embed",
    "Entity",
    "Image",
    "Ledger",
    "Likelihood",
    "Page",
    "PageForm",
    "PageRecord",
    "Polarity",
    "Quote",
    "QuoteKind",
    "Reader",
    "Reading",
    "Rejection",
    "Relation",
    "Report",
    "Role",
    "Span",
    "Statement",
    "Timex",
    "When",
    "WortlautError",
    "from_json",
    "read",
    "read_many",
    "to_json",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'model')}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
