"""German as data: each topic is a TOML file in this folder, read once and never written.

An entry that a stage uses carries the sentences it must fire on and must not, where it is a rule; plain word lists do not.
"""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from wortlaut.errors import LexiconError


@cache
def load(name: str) -> dict[str, Any]:
    """Return the parsed topic `name`; raise LexiconError if it is missing or not TOML. The result must not be changed."""
    try:
        return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"{name}.toml", "-", "there is no such topic") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}.toml", "-", str(error)) from error


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Return the word list `key` of topic `name` as a set."""
    return frozenset(load(name)[key])


@cache
def digest() -> str:
    """Return 16 hex digits that change with any entry: by them a reading says with which lexicon it was made."""
    found = hashlib.sha256()
    for file in sorted((f for f in files(__name__).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        found.update(file.name.encode() + b"\x1f" + file.read_bytes() + b"\x1f")
    return found.hexdigest()[:16]
