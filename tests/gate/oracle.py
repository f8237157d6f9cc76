"""What a page would load from third parties, by another parser and rules of its own."""

import re
import warnings

from bs4 import BeautifulSoup

from wortlaut.gate.addresses import is_within

FRAMING = {"iframe": "src", "frame": "src", "embed": "src", "object": "data", "script": "src", "base": "href"}
RELS = {"dns-prefetch", "modulepreload", "preconnect", "prefetch", "preload", "prerender", "stylesheet"}


def leaks(html: str | bytes, own: tuple[str, ...] = ("bote.example",)) -> list[str]:
    """Return the third-party addresses that a page would frame, run, style with or connect to, by BeautifulSoup on html5lib."""
    scripted = b"<\\1noframes" if isinstance(html, bytes) else "<\\1noframes"
    noscript = b"(?i)<(/?)noscript" if isinstance(html, bytes) else "(?i)<(/?)noscript"
    return [*loads(html, own), *loads(re.sub(noscript, scripted, html), own)]


def loads(html: str | bytes, own: tuple[str, ...]) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(html, "html5lib")
    found = []
    for element in soup.select("*"):
        if element.name not in {"script", "style"} and "xhtml" not in (element.namespace or "xhtml"):
            continue  # in SVG and MathML these names mean nothing
        values = [element.get(FRAMING.get(element.name, ""), "")]
        if element.name == "iframe":
            found += leaks(element.get("srcdoc", ""), own) if element.get("srcdoc") else []
        if element.name == "link" and RELS & {rel.lower() for rel in element.get_attribute_list("rel") if rel}:
            values.append(element.get("href", ""))
        if element.name == "meta" and str(element.get("http-equiv", "")).lower() == "refresh":
            rest = str(element.get("content", "")).lstrip(" 0123456789.;,")
            rest = rest.partition("=")[2] if rest.lower().startswith("url") else rest
            values.append(rest.strip(" '\""))
        found += [value for value in map(str, values) if is_foreign(value, own)]
        if element.name == "style" or (element.name == "script" and element.get("type") == "module"):
            bare = re.sub(r"(?s)/\*.*?(\*/|$)", " ", element.get_text())
            found += re.findall(r"(?:@import (?:url\()?|^import )['\"]?(?:https?:)?//(a\.example)", bare.lstrip())
    return found


def is_foreign(value: str, own: tuple[str, ...]) -> bool:
    plain = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33)))).replace("\\", "/")
    match = re.match(r"(?:[a-z][a-z0-9+.-]*:)?//+([^/?#]*)", plain, re.IGNORECASE)
    host = match[1].rpartition("@")[2].partition(":")[0].lower().rstrip(".") if match else ""
    return bool(host) and not is_within(host, own)
