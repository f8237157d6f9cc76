"""What a reader has agreed to: keys with the time until which they count, in a cookie only where scripts are off.

A key is a provider's id, a placeholder's id, or `*` for everything. The form is that of `gate.js` in localStorage.
"""

import json
import time
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote

COOKIE = "wortlaut-gate"
EVERYTHING = "*"
_MOST = 40  # a cookie holds 4 kB


@dataclass(frozen=True, slots=True)
class Consents:
    """Key → (until, in seconds since 1970; name for people)."""

    until: dict[str, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def from_cookie(cls, header: str, now: float | None = None) -> "Consents":
        """Read a Cookie header; whatever is malformed or has expired is no consent."""
        try:
            value = SimpleCookie(header)[COOKIE].value
            entries = json.loads(unquote(value))
            kept = {str(key): (int(until), str(name)) for key, (until, name) in entries.items()}
        except (CookieError, KeyError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return cls()
        now = time.time() if now is None else now
        return cls({key: entry for key, entry in kept.items() if entry[0] > now})

    def to_cookie(self, path: str, *, secure: bool) -> str:
        """Return the Set-Cookie header's value; without any consent it deletes the cookie."""
        newest = dict(sorted(self.until.items(), key=lambda entry: -entry[1][0])[:_MOST])
        value = quote(json.dumps(newest, separators=(",", ":")), safe="")
        age = max((until for until, _ in newest.values()), default=0) - int(time.time())
        secured = "; Secure" if secure else ""
        return f"{COOKIE}={value if newest else ''}; Path={path}; Max-Age={max(age, 0)}; SameSite=Lax{secured}"

    def covers(self, *keys: str) -> bool:
        """Tell whether one of the keys, or everything, is agreed to."""
        return any(key in self.until for key in (*keys, EVERYTHING))

    def with_key(self, key: str, name: str, days: int) -> "Consents":
        """Return these consents and one more."""
        return Consents({**self.until, key: (int(time.time()) + days * 86400, name)})

    def without(self, *keys: str) -> "Consents":
        """Return these consents without some."""
        return Consents({key: entry for key, entry in self.until.items() if key not in keys})
