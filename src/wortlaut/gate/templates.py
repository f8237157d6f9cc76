"""Embeds that a site's own templates place: a function for Jinja, and for any engine that can call one.

    app.jinja_env.globals["gated"] = embedder(policy)           {{ gated('<iframe src="https://…"></iframe>') }}

The page needs gate.css and gate.js once; `gated.head` is both. Behind the middleware none of this is needed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from wortlaut.gate.page import gate
from wortlaut.gate.placeholder import head
from wortlaut.gate.policy import Policy, Serving


class Markup(str):
    """HTML that template engines do not escape again (the `__html__` protocol of Jinja and Django)."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True, slots=True)
class Embedder:
    """Turns an embed's markup, or merely its address, into a placeholder."""

    policy: Policy

    def __call__(self, embed: str, title: str = "") -> Markup:
        """Return the placeholder of an embed; what is not third-party comes back as it is."""
        if re.match(r"\s*(?:https?:)?//\S+\s*$", embed):
            named = f' title="{escape(title)}"' if title else ""
            embed = f'<iframe src="{escape(embed.strip())}"{named}></iframe>'
        return Markup(gate(embed, self.policy).html.replace(head(self.policy, Serving()), "", 1))

    @property
    def head(self) -> Markup:
        """What a page's head needs: one style sheet, one script."""
        return Markup(head(self.policy, Serving()))


def embedder(policy: Policy | None = None) -> Callable[..., Markup]:
    """Return the function to give to templates."""
    return Embedder(policy or Policy())
