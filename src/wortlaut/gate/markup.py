"""The markup that shows an embed once it may load: rebuilt from what the page holds, or the page's own words of it."""

import re
from collections.abc import Iterable

from wortlaut.gate.finding import Find, Kind
from wortlaut.gate.placeholder import text
from wortlaut.gate.source import Element, Source

_FRAME = ("title", "width", "height", "allow", "allowfullscreen", "referrerpolicy", "sandbox", "name", "scrolling")
_UNSTARTED = frozenset(("async", "defer", "integrity", "nonce", "src", "type"))


def to_markup(find: Find, source: Source, scripts: Iterable[str]) -> str:
    """Return an embed's markup, with the scripts that fill it."""
    element = find.element
    match find.kind:
        case Kind.FRAME if element.tag in {"iframe", "frame", "portal", "fencedframe"}:
            return _frame(element, find.address.url)
        case Kind.SCRIPT if element.attributes.get("src") or not (element.node.text() or "").strip():
            return _mount(find, source) + _script(element, find.address.url)
        case Kind.ELEMENT:
            return _frame(element, find.address.url)
        case Kind.WIDGET:
            return source.text[element.start : source.end(element)] + "".join(scripts)
    return source.text[element.start : source.end(element)]


def script(address: str) -> str:
    """Return a script element."""
    return f'<script async src="{text(address)}"></script>'


def _mount(find: Find, source: Source) -> str:
    node = find.element.empty_before()
    mount = source.element(node) if node else None
    return source.text[mount.start : source.end(mount)] if mount else ""


def _frame(element: Element, address: str) -> str:
    kept = [(name, element.attributes[name]) for name in _FRAME if name in element.attributes]
    if "srcdoc" in element.attributes:
        kept.append(("srcdoc", element.attributes["srcdoc"]))
    attributes = "".join(f' {name}="{text(value)}"' for name, value in kept)
    return f'<iframe src="{text(address)}"{attributes}></iframe>'


def _script(element: Element, address: str) -> str:
    kept = [(name, value) for name, value in element.attributes.items() if name not in _UNSTARTED]
    module = ' type="module"' if element.attributes.get("type") == "module" else ""
    named = "".join(f' {name}="{text(value)}"' for name, value in kept if re.fullmatch(r"[a-z][\w:-]*", name))
    return f'<script async{module} src="{text(address)}"{named}></script>'
