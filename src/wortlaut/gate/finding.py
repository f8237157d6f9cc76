"""What on a page is an embed: whatever runs, frames or styles from a third-party host, and all that belongs to it.

Pictures, sound and film in the page's own elements are the page's own media, wherever they are stored, and are left
alone, except those of a known provider (a video's thumbnail, a pixel). An embed is shown behind consent where readers
would see it; what they would not see (a hint, a font, a counter, a script without a place) is removed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from urllib.parse import unquote

from wortlaut.gate.addresses import (
    MEDIA,
    Address,
    address_of,
    addresses_in,
    carried,
    is_within,
    refreshed,
    scheme_of,
)
from wortlaut.gate.rules import is_bounded
from wortlaut.gate.source import Element, Source
from wortlaut.gate.styles import without_foreign
from wortlaut.lexicon.providers import Provider, frame_provider, has_frames, is_quiet, provider_of, providers

FRAMES = frozenset(("applet", "embed", "fencedframe", "frame", "iframe", "object", "portal"))
_MEDIA = frozenset(
    ("audio", "bgsound", "feimage", "image", "img", "input", "picture", "source", "track", "use", "video")
)
_PARTS = frozenset(("feimage", "image", "picture", "source", "track", "use"))  # of something that stays
_DRAWN = frozenset(("feimage", "image", "use"))
_LINKS = frozenset(("a", "area", "body", "button", "form", "head", "html", "main", "meta", "option", "title"))
_JUDGED = FRAMES | {"wortlaut-gate", "base", "link", "meta", "script", "style"}
_LOOKED_AT = re.compile(
    rf"<(?:a|{'|'.join(_JUDGED)})(?=[\t\n\f\r />])(?![^>]*\b(?:style|on\w+)\s*=)", re.IGNORECASE | re.ASCII
)
_SAYING = frozenset(("alt", "cite", "href", "title"))
_DECORATING = frozenset(("background", "poster", "style"))
_LOADING = frozenset(
    [
        "compression-dictionary",
        "dns-prefetch",
        "import",
        "manifest",
        "modulepreload",
        "preconnect",
        "prefetch",
        "preload",
        "prerender",
        "stylesheet",
        "subresource",
    ]
)
_TEXT = frozenset(("blockquote", "figure", "h2", "h3", "h4", "li", "ol", "p", "ul"))
_HELD = re.compile(r"data-(?:[\w-]*src|(?!alt|aria|description|label|share|text|title)[\w-]+)$")
_BLANK = re.compile(r"\s*(?:about:|data:|javascript:|$)", re.IGNORECASE)
_IMPORT = re.compile(r"\b(?:import|from)\s*+(?:\(\s*+)?[\"']([^\"']++)[\"']")
_DEAD = re.compile(r"(?:audio|font|image|video)/(?!svg)|text/(?:css|plain)$|application/(?:pdf|json)$")
_HARMLESS = re.compile(r"javascript:\s*(?:void\(?0?\)?|false|''|\"\"|)\s*;?$", re.IGNORECASE)
_LOADER = re.compile(r"createElement|document\.write|\bimport\b|insertBefore|appendChild")
_LOADER_LENGTH = 4000
_DEEPEST = 3  # documents within documents; what is deeper is gated unseen
_NEAR = 12  # neighbours that are looked at
_CODE = re.compile(r"(?:(?:text|application)/(?:x-)?(?:java|ecma)script|module|text/plain)?$", re.IGNORECASE)
_CUSTOM = re.compile(r"[a-z][a-z0-9_]*-[a-z0-9_-]*$")
_SLASH = re.compile(r"&(?:#0*47|#x0*2f|sol);", re.IGNORECASE | re.ASCII)
_ENTITIES = r"(?i:/|\\|&#0*47;|&#x0*2f;|&sol;){2}"
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Kind(StrEnum):
    """What an embed is in the page's markup."""

    FRAME = "frame"
    SCRIPT = "script"
    WIDGET = "widget"
    ELEMENT = "element"
    MEDIA = "media"
    HINT = "hint"
    STYLE = "style"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One third-party thing: the element, whose it is, and the address that it would load first."""

    kind: Kind
    element: Element
    provider: Provider
    address: Address
    seen: bool
    attribute: str = ""

    @property
    def host(self) -> str:
        """The host that the embed comes from, or its scheme where it carries its content in its address."""
        return self.address.host or scheme_of(self.address.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Finds embeds; `own` are the hosts that a page may load from: its own and those that are trusted."""

    own: tuple[str, ...]
    depth: int = 0

    def find(self, source: Source) -> Iterator[Find]:
        """Yield what is third-party, in no particular order; an embed in an embed is yielded, too."""
        base = None
        if "base" in source.names:
            first = (root.css_first("base[href]") for root in source.roots)  # the only one that counts
            bases = (self.foreign(node.attributes["href"] or "") for node in first if node)
            base = next(filter(None, bases), None)
        for element in source.find("base[href]") if "base" in source.names else ():
            if address := self.foreign(element.attributes["href"]):
                yield Find(kind=Kind.HINT, element=element, provider=_unknown(address), address=address, seen=False)
        for element in source.find(_selector(source.names)):
            if found := self._classify(element, base):
                yield found
        yield from self._widgets(source)
        yield from self._held(source)

    def foreign(self, value: str, base: Address | None = None) -> Address | None:
        """Return the address that a value leads to if it is third-party."""
        address = address_of(value)
        if address is None and base and value.strip() and not scheme_of(value):
            return base
        return address if address and not is_within(address.host, self.own) else None

    def _classify(self, element: Element, base: Address | None) -> Find | None:
        match element.tag:
            case tag if tag in FRAMES:
                address = self._framed(element, base)
                return self._found(Kind.FRAME, element, address, seen=tag != "frame")
            case "script":
                return self._script(element, base)
            case "link":
                rel = set(element.attributes.get("rel", "").lower().split()) & _LOADING
                address = self._first(element, ("href", "imagesrcset"), base) if rel else None
                if "stylesheet" in rel and scheme_of(href := element.attributes.get("href", "")) == "data":
                    _, address = without_foreign(carried(href)[1], self.foreign)
                return self._found(Kind.STYLE if "stylesheet" in rel else Kind.HINT, element, address, seen=False)
            case "style":
                _, address = without_foreign(element.node.text() or "", self.foreign)
                return self._found(Kind.STYLE, element, address, seen=False)
            case "meta":
                address = self.foreign(refreshed(element.attributes.get("content", "")))
                return self._found(Kind.REFRESH, element, address, seen=False)
            case _:
                return self._custom(element, base)

    def _found(self, kind: Kind, element: Element, address: Address | None, *, seen: bool) -> Find | None:
        if address is None:
            return None
        provider = provider_of(f"//{address.host}{address.path}") if address.host else None
        provider = provider or _unknown(address)
        seen = seen and not _is_unseen(element) and not is_quiet(address.host, address.path)
        return Find(kind=kind, element=element, provider=provider, address=address, seen=seen)

    def _first(self, element: Element, names: tuple[str, ...], base: Address | None) -> Address | None:
        for name in names:
            value = element.attributes.get(name, "")
            if name.endswith("srcset"):
                value = next((one for one in value.replace(",", " ").split() if self.foreign(one)), "")
            if value and (address := self.foreign(value, base)):
                return address
        return None

    def _framed(self, element: Element, base: Address | None) -> Address | None:
        """Return what a frame or plug-in would load, now or later, in its attributes, its document or its parameters."""
        if address := self._first(element, ("src", "data", "code", "archive", "codebase"), base):
            return address
        waits = _BLANK.match(element.attributes.get("src") or element.attributes.get("data") or "")
        for name, value in element.attributes.items():
            inner = None
            if name == "srcdoc" or scheme_of(value) in {"data", "javascript"}:
                inner = self._carried(name, value)
            elif name == "style" or name.startswith("on"):
                inner = self._named(value)
            elif name.endswith("src") or (waits and _HELD.match(name)):
                inner = self.foreign(value) or self._named(value)
            if inner:
                return inner
        if element.tag in {"object", "applet"}:
            for node in element.node.css("param[value],embed[src],iframe[src]"):
                if address := self.foreign(node.attributes.get("value") or node.attributes.get("src") or ""):
                    return address
        return None

    def _named(self, text: str) -> Address | None:
        """Return the first third-party address that a text names."""
        return next((one for one in addresses_in(text) if not is_within(one.host, self.own)), None)

    def _carried(self, name: str, value: str) -> Address | None:
        """Return the first third-party address in a document that is carried in an attribute."""
        whole = Address(url=value, host="", path="")
        if name == "srcdoc":
            return next(self._inside(value), None) if self.depth < _DEEPEST else whole
        if scheme_of(value) == "javascript":
            return None if _HARMLESS.match(value.strip()) else self._named(unquote(value)) or whole
        kind, text = carried(value)
        if "svg" in kind and self.depth < _DEEPEST:
            return next(self._inside(text), None)
        return None if _DEAD.match(kind) else self._named(text) or whole

    def _inside(self, html: str) -> Iterator[Address]:
        source = Source(html)
        yield from (found.address for found in replace(self, depth=self.depth + 1).find(source))
        for element in source.find("[src],[srcset],[poster],[background],image,use,feimage"):
            if address := self._first(element, ("src", "srcset", "poster", "background", "href", "xlink:href"), None):
                yield address
        held = [element.attributes["style"] for element in source.find("[style]")]
        held += [element.node.text() or "" for element in source.find("script")]
        yield from filter(None, map(self._named, held))

    def _script(self, element: Element, base: Address | None) -> Find | None:
        attributes = element.attributes
        lazy = tuple(name for name in attributes if name.startswith("data-") and name.endswith("src"))
        if address := self._first(element, ("src", "href", "xlink:href", *lazy), base):
            return self._found(Kind.SCRIPT, element, address, seen=_stands_in_text(element))
        kind, text = attributes.get("type", "").strip().lower(), element.node.text() or ""
        if kind == "speculationrules" and not is_bounded(text, self.own):
            return self._found(Kind.HINT, element, self._named(text) or Address("", "*", "/"), seen=False)
        if kind == "importmap":
            return self._found(Kind.HINT, element, self._named(text), seen=False)
        if scheme_of(attributes.get("src", "")) == "data":
            return self._found(Kind.SCRIPT, element, self._named(carried(attributes["src"])[1]), seen=False)
        if kind == "module" and "src" not in attributes:
            imported = next(filter(None, map(self.foreign, _IMPORT.findall(text))), None)
            if imported:
                return self._found(Kind.SCRIPT, element, imported, seen=False)
        if "src" in attributes or not _CODE.match(kind) or len(text) > _LOADER_LENGTH or not _LOADER.search(text):
            return None
        known = (
            one for one in addresses_in(text) if frame_provider(one.host, one.path) or is_quiet(one.host, one.path)
        )
        address = next((one for one in known if not is_within(one.host, self.own)), None)
        return self._found(Kind.SCRIPT, element, address, seen=False)

    def _custom(self, element: Element, base: Address | None) -> Find | None:
        """Judge a custom element: by its provider, or by an address that is no picture."""
        if element.tag in _elements():
            provider, template = _elements()[element.tag]
            if self._is_trusted(provider):
                return None
            address = address_of(re.sub(r"\{([\w-]+)\}", lambda name: element.attributes.get(name[1], ""), template))
            return self._found(Kind.ELEMENT, element, address or Address("", provider.hosts[0], "/"), seen=True)
        names = tuple(name for name in element.attributes if name in {"src", "url"} or name.startswith("data-"))
        address = self._first(element, names, base)
        if (
            not address
            or MEDIA.search(address.path)
            or element.tag in {"amp-img", "amp-anim", "amp-video", "amp-audio"}
        ):
            return None
        known = frame_provider(address.host, address.path)
        sources = (element.attributes.get(name, "") for name in ("src", "data-src", "url", "data-url"))
        is_source = any(address_of(value) == address for value in sources)
        return self._found(Kind.ELEMENT, element, address, seen=True) if known or is_source else None

    def _is_trusted(self, provider: Provider) -> bool:
        return any(is_within(host, self.own) for host in provider.hosts)

    def _widgets(self, source: Source) -> Iterator[Find]:
        """Yield the elements that a provider's script would fill, whether the page names that script or not."""
        selector = _widget_selector(source.names)
        for element in source.find(selector) if selector else ():
            provider = _widgets_provider(element)
            if provider and not self._is_trusted(provider):
                named = [one for value in element.attributes.values() if (one := self.foreign(value))]
                address = named[0] if named else address_of(provider.script or "") or self._scripted(element, provider)
                yield Find(kind=Kind.WIDGET, element=element, provider=provider, address=address, seen=True)

    def _scripted(self, element: Element, provider: Provider) -> Address:
        scripts = (self.foreign(node.attributes.get("src") or "") for node in element.node.css("script[src]"))
        return next(filter(None, scripts), None) or Address(f"https://{provider.hosts[0]}/", provider.hosts[0], "/")

    def _held(self, source: Source) -> Iterator[Find]:
        """Yield other elements that hold an embed's address for later, or load a known provider's pictures now."""
        places = [place for place in self._places(source) if place >= 0 and not _LOOKED_AT.match(source.text, place)]
        for element in source.at(tuple({source.mark_before(place): None for place in places})):
            if element.tag not in _JUDGED:
                yield from self._holding(element)

    def _places(self, source: Source) -> Iterator[int]:
        """Yield where tags begin before each address of an embed, wherever it is named."""
        text = source.text
        slashes = ["//", *([r"\\/\\/"] * ("\\" in text)), *([_ENTITIES] * bool(_SLASH.search(text)))]
        for between in slashes:
            for host in set(re.findall(rf"{between}([\w-]+\.[\w.-]+)", text, re.ASCII)):
                if has_frames(host.lower()) and not is_within(host.lower(), self.own):
                    for match in re.finditer(rf"{between}{re.escape(host)}((?:\\?/[\w.-]+)?)", text, re.ASCII):
                        if frame_provider(host.lower(), match[1].replace("\\", "") or "/"):
                            yield text.rfind("<", 0, match.start())

    def _holding(self, element: Element) -> Iterator[Find]:
        for name, value in element.attributes.items():
            if name in _SAYING and element.tag not in _DRAWN:
                continue
            for one in addresses_in(value):
                if is_within(one.host, self.own) or not frame_provider(one.host, one.path):
                    continue
                media = element.tag in _MEDIA or name in _DECORATING or MEDIA.search(one.path)
                found = self._found(Kind.MEDIA if media else Kind.ELEMENT, element, one, seen=True)
                alone = name not in _DECORATING and not name.startswith("on") and element.tag not in _LINKS
                if found and (alone or name in _DECORATING or name.startswith("on")):
                    yield found if alone and element.tag not in _PARTS else replace(found, attribute=name, seen=False)
                    break


def _unknown(address: Address) -> Provider:
    """Return a provider that goes by its host."""
    host = address.host or scheme_of(address.url)
    return Provider(id=re.sub(r"[^\w.:\[\]-]", "-", host), name=host, hosts=(host,))


def _stands_in_text(script: Element) -> bool:
    """Tell whether a script may write where it stands: in or beside a paragraph, or after an empty element to fill."""
    if (script.node.parent and script.node.parent.tag in _TEXT) or script.empty_before():
        return True
    for step in ("prev", "next"):
        node = getattr(script.node, step)
        for _ in range(_NEAR):
            if node is None or (node.is_element_node and node.tag not in {"script", "noscript"}):
                break
            node = getattr(node, step)
        if node is not None and node.tag in _TEXT:
            return True
    return False


def _is_unseen(element: Element) -> bool:
    attributes = element.attributes
    sizes = (attributes.get("width", "").strip(), attributes.get("height", "").strip())
    tiny = all(size.rstrip("px") in {"0", "1"} for size in sizes) and any(sizes)
    return tiny or "hidden" in attributes or bool(_UNSEEN.search(attributes.get("style", "")))


@lru_cache(maxsize=256)
def _widget_selector(names: frozenset[str]) -> str:
    """Return one selector of all widgets, by the elements that a page has, so that most are passed over at once."""
    groups: dict[str, list[str]] = {}
    for selector in (widget for one in providers() for widget in one.widgets):
        name, condition = re.fullmatch(r"([\w-]*)(.*)", selector).groups()  # type: ignore[union-attr] # it matches anything
        groups.setdefault(name, []).append(condition or f"{name}")
    return ",".join(f"{name}:is({','.join(given)})" for name, given in groups.items() if name in names)


@cache
def _widget_names() -> tuple[tuple[Provider, frozenset[str]], ...]:
    """Return the class, attribute or element that each provider's widgets go by."""
    return tuple((one, frozenset(re.findall(r"[\w-]+", widget)[-1] for widget in one.widgets)) for one in providers())


def _widgets_provider(element: Element) -> Provider | None:
    attributes = element.attributes
    names = {
        element.tag,
        *attributes,
        *attributes.get("class", "").split(),
        re.sub(r"[^-]*$", "", attributes.get("id", "")),
    }
    return next((one for one, marks in _widget_names() if marks & names), None)


@cache
def _elements() -> dict[str, tuple[Provider, str]]:
    return {name: (one, address) for one in providers() for name, address in one.elements.items()}


@lru_cache(maxsize=256)
def _selector(names: frozenset[str]) -> str:
    """Return a selector of the elements that may load code, among those names that a page has."""
    plain = names & (FRAMES | {"script", "link", "style"})
    custom = (name for name in names - _JUDGED if _CUSTOM.match(name))
    return ",".join((*sorted(plain), *sorted(custom), "meta[http-equiv=refresh i]"))
