"""The gate: milliseconds for a page of a newspaper, and against the barest of the same with BeautifulSoup."""

import sys

from bs4 import BeautifulSoup
from timing import best

from wortlaut.gate import Policy
from wortlaut.gate.addresses import address_of, is_within
from wortlaut.gate.site import Request, Site

SIZE = 200_000
_HEAD = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Der Hafen</title>
<link rel="canonical" href="https://www.bote.example/hafen"><link rel="stylesheet" href="/bote.css">
<link rel="preconnect" href="https://platform.twitter.com"><script>{script}</script></head><body><header><nav>{links}</nav></header><main>"""
_PARAGRAPH = """<p class="text">Im Hafen von Aldstadt liegen heute {n} Schiffe, sagte <a href="https://www.bote.example/person/{n}">Ylva
Tamsen</a> am Kai. „Mehr passen hier nicht hinein“, so die Hafenmeisterin, die seit {n} Tagen zählt.</p>
"""
_FIGURE = '<figure><img src="/bild/{n}.jpg" alt="Schiff {n}" width="640" height="360"><figcaption>Schiff {n} am Kai</figcaption></figure>\n'
_EMBEDS = """<iframe width="560" height="315" src="https://www.youtube.com/embed/hafen{n:06}" title="Schiff {n}" allowfullscreen></iframe>
<blockquote class="twitter-tweet"><p lang="de">Schiff {n} hat abgelegt.</p>&mdash; Hafenamt (@hafen) <a
href="https://twitter.com/hafen/status/{n}">3. März 2031</a></blockquote><script async src="https://platform.twitter.com/widgets.js"></script>
"""


def gate_page(size: int = SIZE) -> bytes:
    """Return an invented page of a newspaper, with three videos and three posts in it."""
    links = "".join(f'<a class="nav nav--{n}" href="/ressort/{n}">Ressort {n}</a>' for n in range(80))
    parts = [_HEAD.format(script="function f(a){return a+1};" * 2500, links=links)]
    length, n = len(parts[0]), 0
    while length < size - 400:
        part = _PARAGRAPH.format(n=n) + _FIGURE.format(n=n) * (n % 4 == 0) + _EMBEDS.format(n=n) * (n in {20, 90, 160})
        parts.append(part)
        length, n = length + len(part.encode()), n + 1
    parts.append('</main><noscript><img src="/zaehler.gif" alt=""></noscript></body></html>')
    return "".join(parts).encode()


def with_soup(content: bytes) -> bytes:
    """Do the barest of the same with BeautifulSoup: find frames, scripts, posts and hints of others, put words in their place."""
    soup = BeautifulSoup(content, "html.parser")
    for element in soup.select("iframe, script[src], blockquote.twitter-tweet, link[rel=preconnect]"):
        address = address_of(str(element.get("src") or element.get("href") or "//platform.twitter.com"))
        if address and not is_within(address.host, ("bote.example",)):
            notice = soup.new_tag("div")
            notice.string = f"Externer Inhalt von {address.host}: {element.get_text(' ')}"
            element.replace_with(notice)
    return str(soup).encode()


def gate_times() -> tuple[float, float]:
    """Return the seconds that the middleware and BeautifulSoup take for the same page."""
    content = gate_page()
    site = Site(Policy(own_hosts=("bote.example",)))
    request = Request(method="GET", path="/hafen", headers={"host": "www.bote.example"})
    headers = [("content-type", "text/html; charset=utf-8"), ("content-length", str(len(content)))]
    if site.rewrite(200, headers, content, request).body.count(b"<wortlaut-gate ") != 6:
        sys.exit("the bench's page is not gated as it should be")
    soup = best(lambda: with_soup(content))
    return best(lambda: site.rewrite(200, headers, content, request), 100), soup


def main() -> None:
    """Print both."""
    ours, soup = gate_times()
    print(f"  {soup / ours:.1f} times as fast as BeautifulSoup, {ours * 1000:.2f} ms a page of {SIZE // 1000} kB")
