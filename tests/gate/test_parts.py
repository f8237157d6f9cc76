"""Wording, templates, consents, addresses and style sheets, each alone."""

import time

import jinja2
import pytest

from wortlaut.errors import ConfigurationError
from wortlaut.gate import Embedder, Policy, gate, provider_of
from wortlaut.gate.addresses import address_of, refreshed
from wortlaut.gate.consents import Consents
from wortlaut.gate.csp import page_policy, widen
from wortlaut.gate.styles import without_foreign

VIDEO = '<iframe src="https://www.youtube.com/embed/abcdefghijk" title="Ein Film"></iframe>'


def test_a_placeholder_says_what_the_law_asks_for_in_two_languages():
    german = gate(VIDEO, Policy(privacy_url="/datenschutz")).html
    for words in (
        "Empfohlener externer Inhalt",
        "YouTube",
        "Ein Film",
        "personenbezogene Daten",
        'href="/datenschutz"',
        "policies.google.com",
    ):
        assert words in german
    english = gate(VIDEO, Policy(language="en", days=30, wording={"show": "Play {provider}"})).html
    for words in ("Recommended external content", ">Play YouTube<", "lasts 30 days"):
        assert words in english


@pytest.mark.parametrize(
    "mistake",
    [
        {"language": "fr"},
        {"wording": {"gibtsnicht": "x"}},
        {"wording": {"show": "{foo}"}},
        {"wording": {"show": "{"}},
        {"assets": "/x"},
        {"days": 0},
        {"own_hosts": "bote.example"},
    ],
)
def test_a_policy_with_a_mistake_is_refused(mistake):
    with pytest.raises(ConfigurationError):
        Policy(**mistake)


def test_jinja_places_embeds_by_markup_or_address():
    environment = jinja2.Environment(autoescape=True)
    environment.globals["gated"] = Embedder(Policy(own_hosts=("bote.example",)))
    page = environment.from_string(
        "{{ gated.head }}{{ gated(video) }}{{ gated('https://vimeo.com/1', title='<T>') }}{{ gated('<p>eigen</p>') }}"
    )
    html = page.render(video=VIDEO)
    assert html.count("<wortlaut-gate ") == 2
    assert html.count("gate.js") == 1
    assert "&lt;T&gt;" in html
    assert html.endswith("<p>eigen</p>")
    assert "gate.js" not in Embedder(Policy())(f"\n  {VIDEO}")


def test_names_of_providers():
    for url, name in {
        "https://www.youtube.com/watch?v=1": "youtube",
        "youtu.be/1": "youtube",
        "//maps.google.com/maps?q=x": "google-maps",
        "https://www.facebook.com/zuhause": "facebook",
        "https://fonts.gstatic.com/a": "google-fonts",
        "https://notyoutube.com/": None,
        "": None,
        "https://[::1": None,
    }.items():
        found = provider_of(url)
        assert (found and found.id) == name, url


@pytest.mark.parametrize(
    ("value", "host"),
    [
        ("//a.example/x", "a.example"),
        (" \thttps:\\\\A.Example.:443/x", "a.example"),
        ("https:a.example", "a.example"),
        ("http:/a.example/x", "a.example"),
        ("h\nttps://u:p@a.example", "a.example"),
        ("https://a%2eexample", "a.example"),
        ("https://ａ.example", "a.example"),
        ("/x", None),
        ("x.html", None),
        ("data:text/html,//a", None),
        ("#a", None),
        ("", None),
        ("https://", None),
    ],
)
def test_addresses_are_read_as_browsers_do(value, host):
    address = address_of(value)
    assert (address and address.host) == host


@pytest.mark.parametrize(
    ("content", "leads_to"),
    [
        ("0;url=https://a.example/x", "https://a.example/x"),
        ("0;https://a.example/x?u=1", "https://a.example/x?u=1"),
        ("5 , URL = 'https://a.example/x'y", "https://a.example/x"),
        ('0; url="https://a.example', "https://a.example"),
        ("0 https://a.example", "https://a.example"),
        ("30", ""),
        ("", ""),
    ],
)
def test_refreshes_are_read_as_browsers_do(content, leads_to):
    assert refreshed(content) == leads_to


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "wortlaut-gate=",
        "wortlaut-gate=x",
        "wortlaut-gate=%5B%5D",
        "wortlaut-gate=%7B%22a%22%3A1%7D",
        "wortlaut-gate=%7B%22a%22%3A%5B1e999%2C1%5D%7D",
        "=;=",
        "wortlaut-gate=null",
    ],
)
def test_a_broken_cookie_is_no_consent(cookie):
    assert Consents.from_cookie(cookie) == Consents()


def test_consents_are_kept_and_expire():
    consents = Consents().with_key("youtube", "YouTube", 30)
    header = consents.to_cookie("/", secure=False).partition(";")[0]
    assert Consents.from_cookie(header) == consents
    assert Consents.from_cookie(header, now=time.time() + 31 * 86400) == Consents()
    many = Consents({f"{n:012x}": (2**40 + n, "Anbieter") for n in range(200)})
    assert len(many.to_cookie("/", secure=False)) < 4096


def test_policies_are_widened_by_what_is_needed():
    assert (
        widen("default-src 'none'")[0]
        == "default-src 'none'; frame-src 'self'; script-src-elem 'self'; style-src-elem 'self'"
    )
    assert widen("script-src 'none'; script-src *")[0] == "script-src 'none'; script-src-elem 'self'"
    assert widen("script-src 'nonce-x' 'strict-dynamic'") == ("script-src 'nonce-x' 'strict-dynamic'", "x")
    assert "bad host" not in page_policy(Policy(own_hosts=("bad host;x", "bücher.example")))
    assert "xn--bcher-kva.example" in page_policy(Policy(own_hosts=("bücher.example",)))


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ('@import "/*x*/";@import "//a.example/x"; p{}', '@import "/*x*/"; p{}'),
        ("@media x{@import url(//a.example/x)}p{}", "@media x{}p{}"),
        ("@import/**/url(//a.example/x)screen;p{}", "p{}"),
        ('@font-face{font-family:"}";src:url(//a.example/f)}p{}', "p{}"),
        ("@font-face{src:local(')'),url('//a.example/f')}p{}", "p{}"),
        ('a{background:url("//i.ytimg.com/a)b")}', 'a{background:url("")}'),
        (r"b{c:\75 rl(//i.ytimg.com/x)}", "b{c:none}"),
        ('c{d:image-set("//i.ytimg.com/x" 1x,url(/y) 2x)}', 'c{d:image-set("" 1x,url(/y) 2x)}'),
        ("/* @import url(//a.example); */@\\69mport '//a.example", "/* @import url(//a.example); */"),
        ('p{content:"@import url(//a.example);"}', None),
        ("@import url(/x);@font-face{src:url(/y)}a{b:url(//a.example/z.png)}", None),
    ],
)
def test_style_sheets_lose_what_would_load_and_nothing_else(css, left):
    assert without_foreign(css, address_of)[0] == (css if left is None else left)
