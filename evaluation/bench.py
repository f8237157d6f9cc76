"""Measure speed, each part against the work's own unit; every section prints a ratio and an absolute figure.

    python evaluation/bench.py [SECTION …]

Processor time of one core, the best of five runs: other people's work on the machine hardly shows.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

from wortlaut.entities import find_entities
from wortlaut.extraction import extract
from wortlaut.gate import Policy
from wortlaut.gate.addresses import address_of, is_within
from wortlaut.gate.site import Request, Site
from wortlaut.language import analyse
from wortlaut.model import Article, Page
from wortlaut.temporal import find_times

EXAMPLES = Path(__file__).parents[1] / "examples"
KRAUTS_LENGTH = 2274
"""Mean characters of a KRAUTS document (development half)."""
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


def best(work: Callable[[], object], runs: int = 5) -> float:
    """Return the least processor time of a run, in seconds."""
    taken = []
    for _ in range(runs):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def times() -> None:
    """Time expressions: documents of the KRAUTS length a second and core, and against the analysis every stage shares."""
    pages = [
        Page(source=path.name, content=path.read_bytes(), published="2031-03-04") for path in EXAMPLES.glob("*-*.*")
    ]
    articles = [article for page in pages if isinstance(article := extract(page), Article)] * 10
    sentences = [analyse(article) for article in articles]
    documents = sum(len(article.text) for article in articles) / KRAUTS_LENGTH
    found = best(lambda: [find_times(*pair) for pair in zip(articles, sentences, strict=True)])
    analysed = best(lambda: [analyse(article) for article in articles])
    print(
        f"times      {found / analysed:.2f} of the language analysis, {documents / found:.0f} documents a second and core"
    )


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


def gate() -> None:
    """Time the gate: milliseconds for a page of a newspaper, and against the barest of the same with BeautifulSoup."""
    ours, soup = gate_times()
    print(
        f"gate       {soup / ours:.1f} times as fast as BeautifulSoup, {ours * 1000:.2f} ms a page of {SIZE // 1000} kB"
    )


def entities() -> None:
    """Who is who: milliseconds for an article of 250 words on one core, and against the analysis every stage shares."""
    pages = [Page(source=path.name, content=path.read_bytes()) for path in EXAMPLES.glob("*-*.*")]
    articles = [article for page in pages if isinstance(article := extract(page), Article)] * 10
    sentences = [analyse(article) for article in articles]
    length = sum(len(article.text.split()) for article in articles) / 250
    found = best(lambda: [find_entities(*pair) for pair in zip(articles, sentences, strict=True)])
    analysed = best(lambda: [analyse(article) for article in articles])
    print(f"entities   {found / analysed:.2f} of the language analysis, {1000 * found / length:.1f} ms for 250 words")


SECTIONS = {"gate": gate, "times": times, "entities": entities}

if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        SECTIONS[name]()
