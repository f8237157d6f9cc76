"""The gate: third-party content only after one click, on any page.

An embed is third-party if it would run, frame or style something from a host that is neither the page's own nor trusted;
pictures, sound and film in the page's own elements are its own media, wherever they are stored, and stay untouched.

    from wortlaut.gate import Policy, gate
    page = gate(html, Policy(own_hosts=("example.org",), privacy_url="/datenschutz"))
    page.html, page.found

It stands alone: it knows the lexicon's providers and wording, and none of the stages.
"""

from wortlaut.gate.asgi import GateMiddleware
from wortlaut.gate.finding import Kind
from wortlaut.gate.page import GatedPage, gate
from wortlaut.gate.placeholder import Gated
from wortlaut.gate.policy import Policy, Serving
from wortlaut.gate.reading import Words
from wortlaut.gate.templates import Embedder
from wortlaut.gate.wsgi import GateWSGI
from wortlaut.lexicon.providers import Provider, provider_of

__all__ = [
    "Embedder",
    "GateMiddleware",
    "GateWSGI",
    "Gated",
    "GatedPage",
    "Kind",
    "Policy",
    "Provider",
    "Serving",
    "Words",
    "gate",
    "provider_of",
]
