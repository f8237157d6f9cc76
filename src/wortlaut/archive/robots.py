"""What a site's robots.txt allows (RFC 9309): the only file that knows protego."""

from dataclasses import dataclass
from typing import Literal

from protego import Protego

__all__ = ["Robots"]

SIZE = 512_000
"""Bytes of a robots.txt that are read; RFC 9309 asks for at least 500 KiB."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site. Without a file everything is allowed; where it cannot be had, nothing (RFC 9309, 2.3.1)."""

    state: Literal["read", "absent", "unreachable"]
    _rules: Protego | None = None

    @classmethod
    def of(cls, status: int, content: bytes) -> "Robots":
        """Understand the answer to a request for robots.txt."""
        if status >= 500 or status == 429:
            return cls("unreachable")
        if status >= 300:
            return cls("absent")
        return cls("read", Protego.parse(content[:SIZE].decode("utf-8", "replace")))

    def answer(self, url: str, agent: str) -> Literal["allowed", "disallowed", "absent", "unreachable"]:
        """Say what is known of fetching `url` under the product name `agent`."""
        if self._rules is None:
            return "absent" if self.state == "absent" else "unreachable"
        return "allowed" if self._rules.can_fetch(url, agent) else "disallowed"

    def delay(self, agent: str) -> float | None:
        """Return the seconds between two requests that the site asks for, if it asks for any."""
        return self._rules.crawl_delay(agent) if self._rules else None
