"""From records to HTML: one environment of templates a language, everything escaped."""

import json
import secrets
from collections import Counter
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import cookie_parser

from wortlaut import __version__
from wortlaut.ledger import Answer
from wortlaut.ledger.wording import differing
from wortlaut.model import Act, QuoteKind
from wortlaut.text import words_at
from wortlaut.web import labels, static
from wortlaut.web.guard import Message
from wortlaut.web.shelf import Shelf
from wortlaut.web.wording import COOKIE, LANGUAGES, choose, wording

_MARKED = 0.6
"""Marks on more than so much of a wording show nothing."""
_CUT = Markup(' <span class="cut">[…]</span> ')


class Views:
    """Renders pages. `form_key` stands in every form: who could not read a page of ours cannot send one."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.form_key = secrets.token_urlsafe(18)
        self.reports: Counter[str] = Counter()
        self._environments = {one: self._environment(one) for one in LANGUAGES}

    def _environment(self, language: str) -> Environment:
        words = wording(language)
        environment = Environment(
            loader=PackageLoader("wortlaut.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )  # fmt: skip
        environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
        environment.filters |= {"day": words.day, "when": words.when, "number": words.number, "percent": _percent}
        environment.globals |= {
            "language": language, "words": words, "version": __version__, "form_key": self.form_key, "asset": static.address,
            "direct": self.is_direct, "marked": marked, "opinion": self.opinion, "address": address, "groups": groups, "conditioned": conditioned,
            "unshown": unshown, "turn": turn, "invented": invented, "zip": zip, "split": _split, "at": words_at,
            "Act": Act, "month": words.month, **labels.ALL,
        }  # fmt: skip
        return environment

    def is_direct(self, answer: Answer) -> bool:
        """Tell whether a statement's words are the speaker's own."""
        return self.shelf.kind_of(answer) is QuoteKind.DIRECT

    def opinion(self, answer: Answer) -> str | None:
        """Return what people judged of a statement."""
        return self.shelf.opinions().get((answer.page.id, answer.statement.id))

    def page(self, request: Request, name: str, status: int = 200, **context: Any) -> Response:
        """Return a page in the reader's language."""
        language = choose(request.cookies.get(COOKIE), request.headers.get("accept-language", ""))
        return Response(
            self.html(language, name, path=request.url.path, query=str(request.url.query), **context),
            status,
            media_type="text/html",
        )

    def html(self, language: str, name: str, **context: Any) -> str:
        """Return the HTML of a template."""
        return self._environments[language].get_template(name).render(**context)

    def refusal(self, scope: Message, status: int, detail: str) -> tuple[str, bytes]:
        """Return an error as content type and body: JSON for the API, a page that says what to do for everybody else."""
        if scope["path"].startswith("/api/"):
            return "application/json", json.dumps({"detail": detail or HTTPStatus(status).phrase}).encode()
        headers = dict(scope["headers"])
        cookies = cookie_parser(headers.get(b"cookie", b"").decode("latin-1"))
        language = choose(cookies.get(COOKIE), headers.get(b"accept-language", b"").decode("latin-1"))
        body = self.html(language, "error.html", path="", query="", status=status, detail=detail)
        return "text/html; charset=utf-8", body.encode()


def marked(words: str, others: str) -> Markup:
    """Return words with those that the other wording does not have marked; unmarked where most would be."""
    parts, at = [], 0
    found = tuple(differing(words, others))
    if sum(end - start for start, end in found) > _MARKED * len(words):
        found = ()
    for start, end in found:
        parts += [escape(words[at:start]), Markup("<mark>{}</mark>").format(words[start:end])]
        at = end
    return Markup("").join([*parts, escape(words[at:])])


def conditioned(answer: Answer) -> Markup:
    """Return a statement's words with the conditions among them underlined."""
    parts, rest = [], answer.words
    for piece in _pieces(answer)[:-1]:
        parts += [_conditioned(piece, answer.condition_words), _CUT]
        rest = rest[len(piece) :].lstrip()
    return Markup("").join([*parts, _conditioned(rest, answer.condition_words)])


def _pieces(answer: Answer) -> list[str]:
    """Return the stretches that a statement's words were put together from, if its frame interrupts them."""
    spans, words = answer.statement.content, answer.words
    if len(spans) < 2:
        return [words]
    pieces = []
    for span in spans:
        piece = words[: span.end - span.start]
        pieces.append(piece)
        words = words[len(piece) :].lstrip()
    return pieces


def _conditioned(words: str, conditions: tuple[str, ...]) -> Markup:
    parts, rest = [], words
    for condition in sorted((c for c in conditions if c in rest), key=rest.index):
        before, found, rest = rest.partition(condition)
        parts += [escape(before), Markup('<span class="if">{}</span>').format(found)] if found else [escape(before)]
    return Markup("").join([*parts, escape(rest)])


def turn(before: Act, after: Act) -> str | None:
    """Return between which of two sides a position turned: "no-yes" or "yes-no"."""
    sides = [labels.STANCE[before], labels.STANCE[after]]
    return {("against", "for"): "no-yes", ("for", "against"): "yes-no"}.get((sides[0], sides[1]))


def unshown(answer: Answer) -> list[str]:
    """Return the conditions that stand elsewhere on the page."""
    return [condition for condition in answer.condition_words if condition not in answer.words]


def groups(answers: tuple[Answer, ...]) -> list[tuple[Answer, list[Answer]]]:
    """Return answers by their principal, in the order in which each comes first; of each the newest first."""
    found: dict[object, list[Answer]] = {}
    for answer in answers:
        found.setdefault(answer.principal_actor or answer.principal, []).append(answer)
    return [(own[0], sorted(own, key=lambda a: a.page.published or "", reverse=True)) for own in found.values()]


def invented(url: str | None) -> bool:
    """Tell whether an address can be nobody's: its top level is kept for examples (RFC 2606)."""
    return (urlsplit(url or "").hostname or "").endswith(".example")


def address(path: str, **query: object) -> str:
    """Return a path with those parts of a query that say something."""
    told = {key: value for key, value in query.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(told)}" if told else path


def _percent(value: float) -> str:
    return f"{value * 100:.0f}"


def _split(superseded: str) -> tuple[str, str]:
    """Return day and words of a newer position, as `why` has them in one string."""
    day, _, words = superseded.partition(": ")
    return day, words
