"""A page in, the same page out with every third-party embed behind consent; nothing else changes, to the byte."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import AnyStr, Generic, cast

from selectolax.lexbor import LexborNode

from wortlaut.gate.addresses import address_of
from wortlaut.gate.consents import Consents
from wortlaut.gate.csp import page_policy, widen
from wortlaut.gate.encodings import decode, encode
from wortlaut.gate.finding import Find, Finder, Kind
from wortlaut.gate.markup import script, to_markup
from wortlaut.gate.placeholder import Gated, document, form, head, identify, placeholder, plain, text, without_links
from wortlaut.gate.policy import Policy, Serving
from wortlaut.gate.reading import Words, read_words
from wortlaut.gate.source import Source, is_closed, takes_form
from wortlaut.gate.styles import without_foreign
from wortlaut.lexicon.providers import provider_of

_ROUNDS = 8
_DOCTYPE = re.compile(r"\ufeff?\s*(?:<!--.*?-->\s*)*(?:<!doctype[^>]*>)?", re.IGNORECASE | re.DOTALL)
_SIMPLE = frozenset((Kind.HINT, Kind.SCRIPT, Kind.STYLE, Kind.REFRESH))
_CRAMPED = frozenset(("button", "label", "option", "select", "textarea"))
_SILENT = frozenset(("iframe", "noembed", "noframes", "noscript", "script", "style", "title"))
_DRAWN = ("data", "href", "src", "srcdoc", "xlink:href")


@dataclass(frozen=True, slots=True, kw_only=True)
class GatedPage(Generic[AnyStr]):
    """A gated page: text if the page came as text, else bytes in its own encoding; and what was taken out of it.

    `policy` is the Content-Security-Policy that stops what a page's own scripts would load; under it, embeds show only from
    documents of their own (`Serving.frame`), not from a placeholder's attribute.
    """

    html: AnyStr
    found: tuple[Gated, ...]
    policy: str


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str
    gated: Gated | None = None
    is_sure: bool = True


def gate(
    html: AnyStr,
    policy: Policy | None = None,
    *,
    charset: str = "",
    serving: Serving | None = None,
    consents: Consents | None = None,
) -> GatedPage[AnyStr]:
    """Put every third-party embed of a page behind consent.

    `charset` is what the server says the bytes are in. `consents` are what the reader's cookie agrees to; those embeds
    stand open, in frames of `serving`. Raises nothing, whatever the bytes.
    """
    policy, serving = policy or Policy(), serving or Serving()
    page, codec = (html, "") if isinstance(html, str) else decode(html, charset)
    source = Source(page)
    if not policy.own_hosts:
        policy = replace(policy, own_hosts=_canonical(source))
    result, found = _gate_text(source, _Work(policy, serving, consents or Consents()))
    same = result == page and codec != "utf-8-sig"
    out = html if same else cast("AnyStr", encode(result, codec) if codec else result)
    return GatedPage(html=out, found=found, policy=page_policy(policy))


def _canonical(source: Source) -> tuple[str, ...]:
    """Return the host (without www) that a page calls its own address, so that its own frames are not taken for others'."""
    named = source.find("link[rel=canonical i][href],meta[property='og:url'][content]")
    addresses = (address_of(one.attributes.get("href") or one.attributes["content"]) for one in named)
    sites = (one.host.removeprefix("www.") for one in addresses if one and "." in one.host and not provider_of(one.url))
    return tuple(dict.fromkeys(sites))


@dataclass(frozen=True, slots=True)
class _Work:
    policy: Policy
    serving: Serving
    consents: Consents


def _gate_text(source: Source, work: _Work) -> tuple[str, tuple[Gated, ...]]:
    """Gate until nothing is left to gate: once, unless scripts on and off disagree about where elements begin."""
    found: list[Gated] = []
    counts: Counter[str] = Counter()
    for _ in range(_ROUNDS):
        place = _form_place(source) if work.serving.form else None
        placed = work if place else replace(work, serving=replace(work.serving, form=""))
        finder = Finder(own=work.policy.hosts)
        finds = _unique(finder.find(source))
        edits = _Editor(placed, source, [finds[start] for start in sorted(finds)], counts).edits()
        found += [edit.gated for edit in edits if edit.gated]
        if not edits or (source.is_plain and all(_is_clean(source, edit) for edit in edits)):
            seen = any(one.seen for one in found)
            result = _apply(source.text, edits + _dress(source, placed, place, seen=seen))
            if source.is_plain or result == source.text or not any(finder.find(Source(result))):
                return result, tuple(found)
        source = Source(_apply(source.text, edits))
    return _words_alone(source, work), tuple(found)


def _words_alone(source: Source, work: _Work) -> str:
    """Return what a page says, without its markup: for pages that are read in so many ways that none is safe."""
    title = next((node.text() for root in source.roots for node in root.css("title")), "")
    lines = dict.fromkeys(line for root in source.roots for line in _lines(root))
    paragraphs = "".join(f"<p>{text(line)}</p>" for line in lines)
    notice = f"<p><em>{text(work.policy.says('words_alone'))}</em></p>"
    return document(title, notice + paragraphs, work.policy, name="wg-page", files=work.serving.files)


def _lines(root: LexborNode) -> Iterator[str]:
    for node in root.traverse(include_text=True):
        if node.is_text_node and (node.parent is None or node.parent.tag not in _SILENT):
            line = " ".join((node.text_content or "").split())
            if line:
                yield line


def _is_clean(source: Source, edit: _Edit) -> bool:
    """Tell whether a cut surely changes nothing about how the rest of the page is read."""
    piece = source.text[edit.start : edit.end]
    simple = edit.gated is not None and (edit.gated.kind in _SIMPLE or piece[:7].lower() == "<iframe")
    return edit.is_sure and "noscript" not in piece.lower() and (simple or is_closed(piece))


def _unique(finds: Iterable[Find]) -> dict[int, Find]:
    """Return one find an element; a widget's provider with a frame's address where an element is both."""
    unique: dict[int, Find] = {}
    for one in finds:
        start = one.element.start
        if start not in unique:
            unique[start] = one
        elif one.kind is Kind.WIDGET:
            unique[start] = replace(unique[start], provider=one.provider, seen=True)
    return unique


def _apply(page: str, edits: list[_Edit]) -> str:
    parts: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= place:
            parts += (page[place : edit.start], edit.text)
        elif edit.start == edit.end:  # put in where something is gone already
            parts.append(edit.text)
        place = max(place, edit.end)
    return "".join((*parts, page[place:]))


class _Editor:
    """Turns what was found on a page into changes to its source."""

    def __init__(self, work: _Work, source: Source, finds: list[Find], counts: Counter[str]) -> None:
        self._work = work
        self._source = source
        self._finds = finds
        self._counts = counts
        placed = [one for one in finds if one.seen and one.kind is not Kind.SCRIPT]
        self._filled = {one.provider.id for one in placed} | {one.address.host for one in placed}
        twofold = "noscript" in source.names
        outside = (one for one in finds if twofold and one.seen and "noscript" not in one.element.ancestors())
        self._outside = {one.provider.id for one in outside}
        self._loaders: dict[tuple[str, str], list[str]] = {}  # by provider and host

    def edits(self) -> list[_Edit]:
        edits: list[_Edit] = []
        for one in self._finds:
            if edits and one.element.start < edits[-1].end:
                continue
            edit = self._edit(one)
            free = edits[-1].end if edits else 0
            edits.append(replace(edit, start=max(edit.start, free)))
        return edits

    def _edit(self, one: Find) -> _Edit:
        element, source = one.element, self._source
        start, end = element.start, source.end(element)
        drawn = element.is_drawing and element.tag != "style"
        if one.attribute or drawn or element.tag == "frame":
            return self._stripped(one)
        if element.tag == "style":
            opened = source.tag_end(start)
            css, _ = without_foreign(element.node.text() or "", Finder(own=self._work.policy.hosts).foreign)
            css = escape(css, quote=False) if element.is_drawing else css  # there a style holds markup
            sheet = f"{source.text[start:opened]}{css}</style>"
            return _Edit(start, end, sheet, self._gated(one, seen=False), is_sure=not element.is_drawing)
        around = set(element.ancestors())
        seen = one.seen and "head" not in around and not self._is_repeated(one, around)
        gated = self._gated(one, seen=seen)
        if not seen:
            return _Edit(start, end, "", gated)
        if around & _CRAMPED or ("a" in around and element.is_linked):
            return _Edit(start, end, plain(gated), replace(gated, seen=False))
        if one.kind is Kind.SCRIPT and (node := element.empty_before()) and (mount := source.element(node)):
            start = mount.start
        notice = placeholder(gated, self._work.policy, self._work.serving, self._work.consents)
        return _Edit(start, end, without_links(notice) if "a" in around else notice, gated)

    def _is_repeated(self, one: Find, around: set[str]) -> bool:
        """Tell whether an embed already has a placeholder: a widget's script, a copy for readers without scripts."""
        if one.kind is Kind.SCRIPT:
            return one.provider.id in self._filled or one.address.host in self._filled
        return "noscript" in around and one.provider.id in self._outside

    def _stripped(self, one: Find) -> _Edit:
        element, source = one.element, self._source
        start, end = element.start, source.tag_end(element.start)
        changes: dict[str, str | None] = dict.fromkeys((one.attribute,) if one.attribute else _DRAWN)
        if one.attribute == "style":
            css, _ = without_foreign(element.attributes["style"], Finder(own=self._work.policy.hosts).foreign)
            changes["style"] = escape(css)
        return _Edit(start, end, source.tag_with(element, changes), self._gated(one, seen=False))

    def _gated(self, one: Find, *, seen: bool) -> Gated:
        markup = to_markup(one, self._source, self._scripts(one) if one.kind is Kind.WIDGET else ())
        digest = hashlib.sha256(markup.encode("utf-8", "replace")).hexdigest()[:12]
        self._counts[digest] += 1
        count = self._counts[digest]
        words = read_words(one) if seen else Words()
        return identify(replace(one, seen=seen), digest if count == 1 else f"{digest}-{count}", words, markup)

    def _scripts(self, widget: Find) -> list[str]:
        """Return the scripts that fill a widget: the page's own of this provider or host, else the provider's."""
        key = (widget.provider.id, widget.address.host)
        if key not in self._loaders:
            found = (one for one in self._finds if one.kind is Kind.SCRIPT)
            ours = (one for one in found if one.provider.id == key[0] or one.address.host == key[1])
            scripts = [to_markup(one, self._source, ()) for one in ours]
            if not scripts and widget.provider.script:
                scripts.append(script(widget.provider.script))
            self._loaders[key] = list(dict.fromkeys(scripts))
        return self._loaders[key]


def _dress(source: Source, work: _Work, form_place: int | None, *, seen: bool) -> list[_Edit]:
    """Return what gives a page the style sheet, the script and the policy that its placeholders need."""
    serving = work.serving
    if not seen and not serving.meta:
        return []
    meta = f'<meta http-equiv="Content-Security-Policy" content="{text(page_policy(work.policy, local=True))}">'
    place = _head_place(source)
    edits = [_Edit(place, place, meta * serving.meta + head(work.policy, serving) * seen)]
    for element in source.find("meta[http-equiv='content-security-policy' i]"):
        policies, _ = widen(element.attributes.get("content", ""))
        tag = source.tag_with(element, {"content": escape(policies)})
        edits.append(_Edit(element.start, source.tag_end(element.start), tag))
    if seen and form_place:
        edits.append(_Edit(form_place, form_place, form(serving)))
    return edits


def _form_place(source: Source) -> int | None:
    """Return where a form of ours is one: where the body begins, or the page ends if all that holds text is closed."""
    if body := source.first("body"):
        place = source.tag_end(body.start)
        if "form" not in source.names or takes_form(source.text[:place]):
            return place
    return len(source.text) if takes_form(source.text) else None


def _head_place(source: Source) -> int:
    """Return where the head begins, after the declaration of the encoding if that comes first."""
    first = min(
        source.find("head link, head script, head style, head base, head meta"), key=lambda one: one.start, default=None
    )
    if first and first.tag == "meta" and ("charset" in first.attributes or "http-equiv" in first.attributes):
        return source.tag_end(first.start)
    for name in ("head", "html"):
        element = source.first(name)
        if element and (name == "head" or element.start == source.starts[0]):  # a late html only adds attributes
            return source.tag_end(element.start)
    match = _DOCTYPE.match(source.text)
    return match.end() if match else 0
