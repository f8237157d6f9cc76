"""From records to HTML: one environment of templates a language, everything escaped."""

import json
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextvars import ContextVar
from http import HTTPStatus
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import cookie_parser

from wortlaut import __version__
from wortlaut.ledger import Answer, Opinion
from wortlaut.ledger.rows import SURE
from wortlaut.ledger.wording import differing
from wortlaut.model import Act, QuoteKind
from wortlaut.text import words_at
from wortlaut.web import labels, static
from wortlaut.web.guard import Message
from wortlaut.web.shelf import Shelf, invented
from wortlaut.web.wording import COOKIE, LANGUAGES, choose, wording

_MARKED = 0.6
"""Marks on more than so much of a wording show nothing."""
Stretch = tuple[int, int]
_OPINIONS: ContextVar[dict[tuple[str, str], Opinion]] = ContextVar("opinions")
"""What people judged, looked up once a page."""
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
            loader=PackageLoader("wortlaut.web"), autoescape=True, undefined=StrictUndefined, auto_reload=False, trim_blocks=True, lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )  # fmt: skip
        environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
        environment.filters |= {"day": words.day, "when": words.when, "number": words.number, "percent": _percent}
        environment.globals |= {
            "language": language, "words": words, "version": __version__, "form_key": self.form_key, "asset": static.address,
            "direct": is_direct, "worded": self.worded, "marked": marked, "opinion": self.opinion, "address": address, "groups": groups,
            "unshown": unshown, "turn": turn, "invented": invented, "zip": zip, "at": words_at, "SURE": SURE,
            "Act": Act, "month": words.month, **labels.ALL,
        }  # fmt: skip
        return environment

    def worded(self, answer: Answer, other: Answer | None = None) -> Markup:
        """Return a statement's words: conditions underlined, cuts shown, and marked what was searched or what the other wording has not.

        Somebody's own words and the page's rendering differ in nearly everything, which says nothing: they are not compared.
        """
        marks: tuple[Stretch, ...] = answer.hits
        if other is not None and is_direct(answer) is is_direct(other):
            marks = _differing(answer.words, other.words)
        return painted(answer.words, conditions=answer.condition_words, marks=marks, cuts=self._cuts(answer))

    def _cuts(self, answer: Answer) -> tuple[int, ...]:
        """Return the places in a statement's words where its frame interrupts them."""
        reading = self.shelf.reading(answer.page.id) if len(answer.statement.content) > 1 else None
        if reading is None:
            return ()
        text, spans = reading.article.text, answer.statement.content
        return tuple(len(words_at(text, spans[:count])) for count in range(1, len(spans)))

    def opinion(self, answer: Answer) -> str | None:
        """Return what people judged of a statement."""
        return _OPINIONS.get().get((answer.page.id, answer.statement.id))

    def page(self, request: Request, name: str, status: int = 200, **context: Any) -> Response:
        """Return a page in the reader's language."""
        language = choose(request.cookies.get(COOKIE), request.headers.get("accept-language", ""))
        return Response(
            self.html(
                language,
                name,
                path=request.url.path,
                query=str(request.url.query),
                examples=self.shelf.is_invented(),
                **context,
            ),
            status,
            media_type="text/html",
        )

    def html(self, language: str, name: str, **context: Any) -> str:
        """Return the HTML of a template."""
        token = _OPINIONS.set(self.shelf.opinions())
        try:
            return self._environments[language].get_template(name).render(**context)
        finally:
            _OPINIONS.reset(token)

    def refusal(self, scope: Message, status: int, detail: str) -> tuple[str, bytes]:
        """Return an error as content type and body: JSON for the API, a page that says what to do for everybody else."""
        if scope["path"].startswith("/api/"):
            return "application/json", json.dumps({"detail": detail or HTTPStatus(status).phrase}).encode()
        headers = dict(scope["headers"])
        cookies = cookie_parser(headers.get(b"cookie", b"").decode("latin-1"))
        language = choose(cookies.get(COOKIE), headers.get(b"accept-language", b"").decode("latin-1"))
        body = self.html(language, "error.html", path="", query="", examples=False, status=status, detail=detail)
        return "text/html; charset=utf-8", body.encode()


def is_direct(answer: Answer) -> bool:
    """Tell whether a statement's words are the speaker's own."""
    return answer.quote_kind is QuoteKind.DIRECT


def marked(words: str, others: str) -> Markup:
    """Return words with those that the other wording does not have marked; unmarked where most would be."""
    return painted(words, marks=_differing(words, others))


def painted(
    words: str, *, conditions: Iterable[str] = (), marks: Iterable[Stretch] = (), cuts: Collection[int] = ()
) -> Markup:
    """Return words with conditions underlined, stretches marked, and `[…]` for the spaces at `cuts`."""
    under = [(at, at + len(one)) for one in conditions if (at := words.find(one)) >= 0]
    marks = [*marks]
    edges = {0, len(words), *(edge for pair in (*under, *marks) for edge in pair), *cuts, *(cut + 1 for cut in cuts)}
    parts = []
    for start, end in pairwise(sorted(edges)):
        piece = _CUT if start in cuts else escape(words[start:end])
        if any(a <= start < b for a, b in under):
            piece = Markup('<span class="if">{}</span>').format(piece)
        if any(a <= start < b for a, b in marks):
            piece = Markup("<mark>{}</mark>").format(piece)
        parts.append(piece)
    return Markup("").join(parts)


def _differing(words: str, others: str) -> tuple[Stretch, ...]:
    found = tuple(differing(words, others))
    return () if sum(end - start for start, end in found) > _MARKED * len(words) else found


def turn(before: Act, after: Act) -> str | None:
    """Return between which of two sides a position turned: "no-yes" or "yes-no"."""
    sides = [labels.STANCE[before], labels.STANCE[after]]
    return {("against", "for"): "no-yes", ("for", "against"): "yes-no"}.get((sides[0], sides[1]))


def unshown(answer: Answer) -> list[str]:
    """Return the conditions that stand elsewhere on the page."""
    return [condition for condition in answer.condition_words if condition not in answer.words]


def groups(answers: Iterable[Answer]) -> list[tuple[Answer, list[tuple[Answer, list[Answer]]]]]:
    """Return answers by their principal, in the order in which each comes first; of each the newest first.

    What a newer answer supersedes stands behind it, not beside it.
    """
    found: dict[object, list[Answer]] = {}
    for answer in answers:
        found.setdefault(answer.principal_actor or answer.principal, []).append(answer)
    return [(own[0], _behind(sorted(own, key=_published, reverse=True))) for own in found.values()]


def _behind(answers: Sequence[Answer]) -> list[tuple[Answer, list[Answer]]]:
    known = {place_of(answer): answer for answer in answers}
    found: dict[str, tuple[Answer, list[Answer]]] = {}
    for answer in answers:
        head = answer
        while (newer := known.get(head.why.get("superseded_by", ""))) is not None:
            head = newer
        _, behind = found.setdefault(place_of(head), (head, []))
        if head is not answer:
            behind.append(answer)
    return [*found.values()]


def place_of(answer: Answer) -> str:
    """Return where a statement stands, as its address and `superseded_by` have it."""
    return f"{answer.page.id}/{answer.statement.id}"


def _published(answer: Answer) -> str:
    return answer.page.published or ""


def address(path: str, **query: object) -> str:
    """Return a path with those parts of a query that say something."""
    told = {key: value for key, value in query.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(told)}" if told else path


def _percent(value: float) -> str:
    return f"{value * 100:.0f}"
