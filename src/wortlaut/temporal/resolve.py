"""Values of temporal expressions against the day of publication; relative where there is none, never guessed.

The rules of time_rules.toml name the readers: `date` is `find_date`. `nothing` keeps words from other rules.
"""

from collections.abc import Callable

from wortlaut.temporal import dates, hours, lengths
from wortlaut.temporal.grammar import Phrase
from wortlaut.temporal.setting import Setting, Value

Reader = Callable[[Phrase, Setting], Value | None]
_READERS: dict[str, Reader] = {
    name.removeprefix("find_"): reader
    for module in (dates, hours, lengths)
    for name, reader in vars(module).items()
    if name.startswith("find_")
}


def resolve(phrase: Phrase, setting: Setting) -> Value | None:
    """Return the value of a phrase; an empty one if its words are no time, None if this reading of them fails."""
    return Value("") if phrase.read == "nothing" else _READERS[phrase.read](phrase, setting)
