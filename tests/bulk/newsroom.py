"""Pages as a crawl of German news has them, all of it invented: articles in the shapes of three papers, with menus, teasers,
scripts and consent; pages that are no articles; agency text that two papers print; a page that was changed after a day.

Page number n is always the same, so that any range of them can be made anywhere.
"""

import gzip
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

BEGIN = datetime(2031, 3, 1, 6, tzinfo=UTC)
PAPERS = ("Aldstädter Bote", "Norrland Rundschau", "Talmark Echo")
_FIRST = [
    "Ylva",
    "Karla",
    "Jost",
    "Ada",
    "Änne",
    "Bente",
    "Tilo",
    "Marek",
    "Runa",
    "Henning",
    "Wiebke",
    "Ole",
    "Svea",
    "Falk",
    "Imke",
    "Lasse",
    "Greta",
    "Nils",
    "Ronja",
    "Enno",
]
_LAST = [
    "Tamsen",
    "Moe",
    "Brandow",
    "Holm",
    "Östberg",
    "Kracht",
    "Lindau",
    "Seehof",
    "Varnow",
    "Pohlke",
    "Rittmar",
    "Dresow",
    "Hakes",
    "Jansdorf",
    "Köpsel",
    "Wendrich",
]
_PLACES = [
    "Aldstadt",
    "Norrland",
    "Veskien",
    "Talmark",
    "Lestrien",
    "Tarvien",
    "Morvanien",
    "Berund",
    "Dolmar",
    "Karsow",
    "Seehagen",
    "Grünwerder",
]
_OFFICES = (
    "Bürgermeister", "Außenministerin", "Verkehrsminister", "Sprecherin", "Vorsitzender", "Oberbürgermeisterin",
    "Finanzminister", "Polizeipräsident", "Generalsekretärin", "Landrätin",
)  # fmt: skip
_BODIES = (
    "die Mitte-Partei", "der Nordbund", "die Gewerkschaft Transport", "der Stadtrat", "das Verkehrsministerium",
    "der Fahrgastverband", "die Hafenbehörde", "die Regierung in Talmark", "der Bauernbund", "die Klinikleitung",
)  # fmt: skip
_THINGS = (
    "Brücke", "Werft", "Bahnstrecke", "Klinik", "Straßenmaut", "Gasleitung", "Grundsteuer", "Schule", "Mülldeponie",
    "Fähre", "Kaserne", "Siedlung", "Stromtrasse", "Markthalle", "Rente", "Buslinie",
)  # fmt: skip
_DEEDS = (
    "schließen", "ausbauen", "verkaufen", "fördern", "verlegen", "prüfen", "sperren", "erneuern", "aufgeben", "öffnen"
)  # fmt: skip
_DAYS = (
    "am Montag",
    "am Dienstag",
    "am vergangenen Mittwoch",
    "am Freitagabend",
    "im März",
    "vor zwei Wochen",
    "gestern",
)
_SENTENCES = (
    "„Wir werden die {t} nicht {v}“, sagte {p} {d} in {s}.",
    "{O} kündigte an, die {t} bis {y} zu {v}.",
    "{p} sagte {d}, man werde die {t} nur dann {v}, wenn {s} sich mit {n} Millionen Euro beteilige.",
    "„Ein Scheitern ist sehr unwahrscheinlich“, erklärte {p} der {z}. „Aber wir sind vorbereitet.“",
    "{O} drohte mit einer Klage, falls die {t} in {s} geschlossen wird.",
    "Nach Angaben von {p} sind {n} Menschen von den Plänen für die {t} betroffen.",
    "Die {t} in {s} war {d} für {n} Stunden gesperrt, weil Teile der Fahrbahn abgesackt waren.",
    "{p} wies den Vorwurf zurück, {o} habe die Kosten für die {t} verschwiegen.",
    "Man habe {d} alle Unterlagen übergeben. Es gebe keinen Grund, die {t} zu {v}.",
    "{O} forderte {p} auf, die {t} sofort zu {v}.",
    "Ob die {t} noch in diesem Jahr fertig wird, ist offen. Im Haushalt von {s} fehlen {n} Millionen Euro.",
    "„Solange {s} nicht zustimmt, bleibt die {t}, wie sie ist“, so {p}.",
    "{O} begrüßte {d} die Entscheidung, die {t} zu {v}.",
    "Seit {y} hat sich die Zahl der Fahrgäste in {s} um {n} Prozent erhöht, wie aus einem Bericht hervorgeht.",
    "{p} warf der Opposition vor, sie wolle die {t} um jeden Preis {v}.",
    "Es sei wahrscheinlich, dass die {t} teurer werde, hieß es {d} aus dem Rathaus von {s}.",
    "Rund {n} Menschen protestierten {d} in {s} gegen den Plan, die {t} zu {v}.",
    "„Wir schließen einen Rücktritt aus“, teilte {o} mit, „auch dann, wenn die Verhandlungen über die {t} scheitern.“",
    "Der Vertrag über die {t} läuft {y} aus; {o} will ihn nicht verlängern.",
    "{p} zeigte sich überzeugt, dass {s} die {t} rechtzeitig {v} könne.",
)
_ADDED = b"<p>In einer ersten Fassung stand eine falsche Zahl.</p></article>"
_SCRIPT = "window.dataLayer=window.dataLayer||[];function track(e){dataLayer.push({event:e,at:Date.now()})};" * 12


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a crawler got, and when."""

    url: str
    body: bytes
    at: datetime
    kind: str
    type: str = "text/html; charset=utf-8"


def fetched(number: int) -> Fetched:
    """Return page `number` of the crawl."""
    at = BEGIN + timedelta(minutes=number)
    url = f"https://{('bote', 'rundschau', 'echo')[number % 3]}.example/{number:06}"
    if number % 29 == 7:
        return Fetched(url, _index(number).encode(), at, "index")
    if number % 53 == 11:
        return Fetched(url, _page("404 – Seite nicht gefunden", "<h1>Seite nicht gefunden</h1>").encode(), at, "error")
    if number % 71 == 13:
        return Fetched(url, b"%PDF-1.7\n" + random.Random(number).randbytes(3000), at, "binary")
    if (
        number % 19 == 5 and number > 19
    ):  # agency text that another paper printed, with its own headline and one more sentence
        return Fetched(url, _article(number, _told(number - 2), "Mehr dazu lesen Sie morgen.").encode(), at, "copy")
    if number % 37 == 17 and number > 37:  # the same page, fetched again with a sentence more
        first = fetched(number - 1)
        return Fetched(first.url, first.body.replace(b"</article>", _ADDED), at, "edition")
    if number % 23 == 3:
        body = _article(number, number).replace("utf-8", "iso-8859-15").replace("„", '"').replace("“", '"')
        return Fetched(
            url, body.replace("–", "-").encode("iso-8859-15"), at, "article", "text/html; charset=iso-8859-15"
        )
    return Fetched(url, _article(number, number).encode(), at, "article")


def _told(number: int) -> int:
    """Return the number of an article near `number` that is no special page."""
    return number if fetched(number).kind == "article" and number % 23 != 3 else _told(number - 1)


def _article(number: int, told: int, more: str = "") -> str:
    chance, paper = random.Random(told), PAPERS[number % 3]
    paragraphs = [
        " ".join(_sentence(chance) for _ in range(chance.randint(1, 3))) for _ in range(chance.randint(5, 11))
    ]
    title = f"{chance.choice(_PLACES)} streitet über die {chance.choice(_THINGS)}"
    author = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    when = BEGIN + timedelta(minutes=told)
    facts = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": when.isoformat(),
        "author": {"@type": "Person", "name": author}, "publisher": {"@type": "Organization", "name": paper},
    }  # fmt: skip
    inner = [f'<article><header><span class="kicker">{chance.choice(_PLACES)}</span><h1>{escape(title)}</h1>']
    inner.append(f'<p class="lead">{escape(paragraphs[0])}</p><p class="byline">Von {author}</p></header>')
    inner.append(
        f'<figure><img src="/b/{told}.jpg" alt="Ansicht"><figcaption>Die Anlage in {chance.choice(_PLACES)}'
        "<small>Foto: Bildwerk Nord</small></figcaption></figure>"
    )
    for at, words in enumerate([*paragraphs[1:], more] if more else paragraphs[1:]):
        inner.append(f"<p>{escape(words)}</p>")
        if at == 3:
            inner.append(f"<h2>{chance.choice(_BODIES).capitalize()} reagiert</h2>")
    inner.append(f"</article>{_teasers(number)}")
    return _page(title, "".join(inner), json.dumps(facts, ensure_ascii=False))


def _sentence(chance: random.Random) -> str:
    body = chance.choice(_BODIES)
    words = chance.choice(_SENTENCES).format(
        p=f"{chance.choice(_OFFICES)} {chance.choice(_FIRST)} {chance.choice(_LAST)}", o=body, O=body[0].upper() + body[1:],
        s=chance.choice(_PLACES), t=chance.choice(_THINGS), v=chance.choice(_DEEDS), d=chance.choice(_DAYS),
        n=chance.randint(3, 900), y=chance.randint(2032, 2045), z=chance.choice(PAPERS).split()[-1],
    )  # fmt: skip
    return words[0].upper() + words[1:]


def _teasers(number: int) -> str:
    chance = random.Random(-number - 1)
    items = (
        f'<li class="teaser teaser--small"><a href="/{chance.randrange(10**6):06}"><img src="/t/{at}.jpg" alt="" loading="lazy">'
        f"<h3>{chance.choice(_PLACES)}: {chance.choice(_THINGS)} {chance.choice(_DEEDS)}?</h3></a></li>"
        for at in range(24)
    )
    return f'<aside class="related"><h2>Mehr zum Thema</h2><ul>{"".join(items)}</ul></aside>'


def _index(number: int) -> str:
    return _page("Nachrichten aus der Region", f"<h1>Aktuelles</h1>{_teasers(number)}{_teasers(number + 1)}")


def _page(title: str, inner: str, facts: str = "") -> str:
    menu = "".join(f'<li class="nav__item"><a href="/ressort/{place.lower()}">{place}</a></li>' for place in _PLACES)
    told = f'<script type="application/ld+json">{facts}</script>' if facts else ""
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{escape(title)}</title>{told}'
        f"<script>{_SCRIPT * 6}</script><style>.nav__item{{display:inline}}</style></head><body>"
        f"<nav><ul>{menu}</ul></nav><main>{inner}</main><footer><p>Impressum – Datenschutz – Abonnement</p></footer></body></html>"
    )


def write_warc(path: Path, numbers: Iterable[int]) -> None:
    """Write pages as crawlers do: gzipped record by record, a request and a response of each, an image now and then."""
    with path.open("wb") as file:
        for number in numbers:
            page = fetched(number)
            file.write(_record(page, "request", b"GET / HTTP/1.1\r\nHost: bote.example\r\n\r\n"))
            file.write(_record(page, "response", _answer(page.type, page.body)))
            if number % 10 == 4:
                file.write(_record(page, "response", _answer("image/png", b"\x89PNG\r\n" + bytes(200))))


def _answer(type_: str, body: bytes) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {type_}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _record(page: Fetched, kind: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {page.at} {len(block)}')}>\r\n"
        f"WARC-Date: {page.at:%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Target-URI: {page.url}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", compresslevel=1, mtime=0)


def write_shards(folder: Path, pages: int, shards: int) -> list[str]:
    """Write the first pages of the crawl as so many WARC files, and return their paths."""
    each = -(-pages // shards)
    paths = [folder / f"crawl-{number:05}.warc.gz" for number in range(shards)]
    for number, path in enumerate(paths):
        write_warc(path, range(number * each, min(pages, (number + 1) * each)))
    return [str(path) for path in paths]


def write_jsonl(path: Path, numbers: Iterable[int]) -> None:
    """Write pages as lines of JSON."""
    lines = ({"url": page.url, "html": page.body.decode("utf-8", "replace")} for page in map(fetched, numbers))
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
