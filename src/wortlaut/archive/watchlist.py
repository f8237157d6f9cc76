"""Which feeds are watched, and how often: a file in TOML that people write."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wortlaut.archive.web import is_address
from wortlaut.errors import ConfigurationError

__all__ = ["Watched", "Watchlist", "read_watchlist"]

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_RECHECK = ("1h", "6h", "1d", "3d", "7d", "30d")
_KEYS = {"contact", "delay", "every", "recheck", "feed"}
_FEED_KEYS = {"url", "publisher", "every", "recheck"}
_LEAST = 60.0
"""Seconds between two looks at one feed, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A feed; all times are in seconds. `recheck` are the waits between two looks at one of its pages, the shortest first."""

    url: str
    publisher: str | None
    every: float
    recheck: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """Feeds to watch; `contact` names who does it, `delay` is the wait between two requests to one host, in seconds."""

    contact: str | None
    delay: float
    feeds: tuple[Watched, ...]


def read_watchlist(path: str) -> Watchlist:
    """Return what a file says is to be watched; raise ConfigurationError, with the key, for what cannot be understood."""
    try:
        told = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}") from error
    _check(path, told, _KEYS)
    feeds = told.get("feed")
    if not isinstance(feeds, list) or not feeds:
        raise ConfigurationError(f'{path}: name at least one feed: [[feed]] url = "https://…"')
    found = tuple(_feed(f"{path}, feed {number}", told, feed) for number, feed in enumerate(feeds, 1))
    if len({feed.url for feed in found}) < len(found):
        raise ConfigurationError(f"{path}: a feed is named twice")
    delay = _seconds(path, "delay", told.get("delay", "1s"))
    return Watchlist(contact=_words(path, told, "contact"), delay=delay, feeds=found)


def _feed(where: str, told: dict[str, Any], feed: object) -> Watched:
    if not isinstance(feed, dict):
        raise ConfigurationError(f"{where}: a feed is a table, [[feed]]")
    _check(where, feed, _FEED_KEYS)
    url = _words(where, feed, "url")
    if url is None or not is_address(url):
        raise ConfigurationError(f"{where}: url must be an http or https address")
    waits = feed.get("recheck", told.get("recheck", _RECHECK))
    if not isinstance(waits, list | tuple):
        raise ConfigurationError(f'{where}: recheck is a list, as ["1h", "1d"]')
    recheck = tuple(sorted(_seconds(where, "recheck", wait) for wait in waits))
    every = max(_LEAST, _seconds(where, "every", feed.get("every", told.get("every", "15m"))))
    return Watched(url=url, publisher=_words(where, feed, "publisher"), every=every, recheck=recheck)


def _check(where: str, told: dict[str, Any], keys: set[str]) -> None:
    unknown = sorted(told.keys() - keys)
    if unknown:
        raise ConfigurationError(f"{where}: {unknown[0]!r} is not known (known: {', '.join(sorted(keys))})")


def _words(where: str, told: dict[str, Any], key: str) -> str | None:
    value = told.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip() or not value.isprintable()):
        raise ConfigurationError(f"{where}: {key} must be words on one line")
    return value.strip() if value else None


def _seconds(where: str, key: str, value: object) -> float:
    found = re.fullmatch(r"(\d{1,5})\s*([smhd])", value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ConfigurationError(f"{where}: {key} must be a time such as 90s, 15m, 6h or 3d, not {value!r}")
    return float(found[1]) * _UNITS[found[2]]
