"""What `gate` does to a page, on pages of our own that hold every provider, and to any bytes at all."""

import codecs
import gzip
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.gate.oracle import leaks
from wortlaut.gate import Policy, gate, provider_of
from wortlaut.gate.addresses import address_of, is_within
from wortlaut.lexicon.providers import providers

PAGES = sorted((Path(__file__).parents[1] / "golden" / "gate").glob("*.html"))
STORED = Path(__file__).parents[3] / "shared" / "data" / "pages"
VIDEO = '<iframe src="https://www.youtube.com/embed/abcdefg" title="Film"></iframe>'
OWN = Policy(own_hosts=("bote.example",))
each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


@each_page
def test_every_embed_has_one_placeholder_under_its_providers_name(path):
    tree = LexborHTMLParser(gate(path.read_bytes()).html)
    marked = tree.css(".extern")
    assert marked
    for element in marked:
        gates = [one.attributes["data-provider"] for one in element.css("wortlaut-gate")]
        assert gates == [element.attributes["data-provider"]], element.html


@each_page
def test_nothing_foreign_is_left_to_load(path):
    page = gate(path.read_bytes())
    assert leaks(path.read_bytes())
    assert leaks(page.html) == []


@each_page
def test_own_media_are_not_touched(path):
    before, after = path.read_text(encoding="utf-8"), gate(path.read_text(encoding="utf-8")).html
    own = [element.html for element in LexborHTMLParser(before).css(".eigen")]
    assert own
    assert own == [element.html for element in LexborHTMLParser(after).css(".eigen")]


@each_page
def test_gating_twice_is_gating_once(path):
    once = gate(path.read_bytes()).html
    assert gate(once).html == once


def test_all_providers_stand_on_the_pages():
    on_pages = {one.provider for path in PAGES for one in gate(path.read_bytes()).found}
    asked = "x instagram facebook tiktok threads bluesky mastodon telegram reddit youtube vimeo dailymotion spotify soundcloud"
    asked += " podigee apple google-maps openstreetmap datawrapper infogram flourish opinary pinpoll"
    assert set(asked.split()) <= on_pages


def outline(root: LexborNode) -> list[str]:
    """Return a tree without what the gate puts in, as a list of its nodes in order."""
    lines = []
    for node in root.traverse(include_text=True):
        around, inside = node, False
        while around is not None and not inside:
            inside = around.tag == "wortlaut-gate"
            around = around.parent
        ours = (
            any("wortlaut-gate/gate." in (value or "") for value in node.attributes.values())
            if node.is_element_node
            else False
        )
        if not inside and not ours:
            lines.append(
                f"{node.tag} {node.attributes if node.is_element_node else node.text_content or node.comment_content}"
            )
    return lines


@pytest.mark.parametrize(
    "embed",
    [
        '<iframe src="https://www.youtube.com/embed/abcdefg"></iframe>',
        '<script src="https://w.example/x.js"></script>',
        '<object data="https://w.example/x"><p>a</p></object>',
        "<embed src=https://w.example/x>",
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        "<p>Vorher {} nachher.</p>",
        "<!doctype html><html lang=de><head><title>T</title></head><body class=a><p>a<p>b {} c<table><tr><td>{}</td></tr></table>",
        "<div><pre>\n\nx {}</pre><textarea>\n\n<iframe src=//x></textarea></div>",
        "<b><i>misnested {}</b> tags</i><ul><li>{}<li>x</ul>",
        "<head><noscript><img src=/a.gif></noscript><link rel=icon href=/i></head><body>{}",
        "<!-- {0} --><p title='{0}'>a {1}</p><svg><title>s</title></svg><math><mi>x</mi></math>",
        "<p>&lt;&amp;&auml; ä&nbsp;{}</p><style>p > a {{ color: red }}</style><script>if (a < b && c) x('</p>')</script>",
    ],
)
def test_the_tree_around_an_embed_stays_the_same(embed, around):
    quoted = embed.replace("'", "&#39;")
    page = around.format(quoted, embed)
    alone = gate(page).html
    before = LexborHTMLParser(page)
    for node in before.css("iframe, object, embed, script[src]"):
        if not node.css("textarea") and "://" in " ".join(filter(None, node.attributes.values())):
            node.decompose()
    after = LexborHTMLParser(alone)
    assert alone != page
    assert outline(before.root) == outline(after.root)


@each_page
def test_bytes_outside_of_what_is_replaced_are_the_same(path):
    before, after = path.read_text("utf-8"), gate(path.read_text("utf-8")).html
    own = [
        line for line in before.splitlines() if not re.search(r"//(?!(?:[\w-]+\.)*bote[\w-]*\.example)|extern", line)
    ]
    assert len("".join(own)) > 400
    left = iter(after.splitlines())
    assert all(
        any(other.startswith(line) for other in left) for line in own
    )  # every line of the page's own, whole, in order
    words = [
        text
        for text in re.findall(r">([^<>]+)<(?:div|span) class=\"extern|</(?:div|span)>([^<>]+)<", before)
        if any(text)
    ]
    assert all("".join(text) in after for text in words)
    rest = re.sub(
        r"<wortlaut-gate .*?</wortlaut-gate>|<link [^>]*gate.css\">|<script [^>]*gate.js\"></script>", "", after
    )
    characters = iter(re.sub(r"style=\"[^\"]*\"", "", before))
    rest = re.sub(r"style=\"[^\"]*\"", "", rest)
    assert all(character in characters for character in rest)  # and nothing else but pieces of the page


def test_a_page_without_embeds_comes_back_as_it_is():
    for page in (
        b"",
        b"\xfc\xfe\xfd",
        b"<p>nichts</p>",
        "<p>ä\r\n</p>".encode("cp1252"),
        b"<video src=/a.mp4></video>",
    ):
        assert gate(page, OWN).html == page
        assert gate(page, OWN).found == ()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "iso-8859-15", "utf-8-sig", "utf-16", "shift_jis"])
def test_words_survive_in_every_encoding(encoding):
    words = "Straße" if encoding != "shift_jis" else "港の船"
    named = "" if encoding in {"utf-16", "utf-8-sig"} else f'<meta charset="{encoding}">'
    page = f'<!doctype html><head>{named}<title>{words}</title></head><p>{words} <iframe src="https://www.youtube.com/embed/abcdefg" title="{words}"></iframe></p>'
    gated = gate(page.encode(encoding))
    assert gated.found[0].words.title == words
    text = gated.html.decode("utf-8-sig" if encoding in {"utf-8-sig", "utf-16", "shift_jis"} else encoding)
    assert f"<p>{words} <wortlaut-gate" in text
    if encoding in {"utf-16", "shift_jis"}:
        assert gated.html.startswith(codecs.BOM_UTF8)
    assert "iframe" not in re.sub(r"data-embed=\"[^\"]*\"", "", text)


@pytest.mark.parametrize(
    "page",
    [
        "<p>https://www.youtube.com/embed/abcdefg</p>",
        "<a href=https://www.youtube.com/embed/abcdefg>Film</a>",
        "<iframe src=/x></iframe><iframe src=https://grafik.bote.example/></iframe><iframe src=about:blank></iframe>",
        "<iframe srcdoc='<p>nur wir</p>'></iframe><iframe src='javascript:false'></iframe>",
        "<script src=/x.js></script><script>var a = 'https://a.example/';</script>",
        "<img src=https://bilder.example/a.jpg><video src=https://filme.example/a.mp4 poster=//bilder.example/b.jpg></video>",
        '<script type=application/json>{"u":"https://www.youtube.com/embed/abcdefg"}</script>',
        "<bote-bild src=https://bilder.example/a.jpg></bote-bild><amp-img src=https://bilder.example/a.jpg></amp-img>",
        "<link rel=icon href=https://bilder.example/i.png><link rel=canonical href=https://a.example/>",
        '<script type=speculationrules>{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":"/x"}}]}}]}</script>',
        '<script type=speculationrules>{"prerender":[{"urls":["/a","https://bote.example/b"]}]}</script>',
        "<script type=module>import '/x.js'; const a = 'https://a.example/'</script>",
        "<link rel=stylesheet href='data:text/css,p{color:red}'><script src='data:text/javascript,a=1'></script>",
        "<iframe srcdoc='<svg xmlns=http://www.w3.org/2000/svg></svg><a href=https://a.example/>x</a>'></iframe>",
        "<iframe src=/x data-teilen=/y data-share-url=https://a.example/ aria-label='https://a.example/'></iframe>",
        "<object data=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><a href='https://a.example'/></svg>\"></object>",
        "<object data=data:image/png;base64,aHR0cHM6Ly9hLmV4YW1wbGUv></object>",
        '<style>@font-face{font-family:"//a.example";src:url(/f.woff2)}p::after{content:"//i.ytimg.com/x"}</style>',
        "<meta http-equiv=refresh content=300><meta http-equiv=refresh content='3;url=/x?u=https://a.example'>",
        "<div title=twitter-tweet class=zitat></div><div class=bote-twitter-tweet-2></div>",
        "<base href=/eigen/><iframe src=x></iframe>",
        "<blockquote>Nur ein Zitat</blockquote><div class=fb-postfach></div>",
    ],
)
def test_what_is_the_pages_own_stays(page):
    assert gate(page, OWN).html == page


def test_trusted_hosts_load():
    page = '<iframe src="https://www.youtube.com/embed/abcdefg"></iframe><blockquote class="twitter-tweet"></blockquote><script src="//platform.twitter.com/widgets.js"></script>'
    assert gate(page, Policy(own_hosts=("bote.example",), trusted_hosts=("youtube.com", "twitter.com"))).html == page
    assert len(gate(page, OWN).found) == 3


def test_the_canonical_address_tells_own_hosts_unless_it_is_a_providers():
    frames = (
        '<iframe src="https://grafik.bote.example/"></iframe><iframe src="https://www.youtube.com/embed/a"></iframe>'
    )
    assert [one.provider for one in gate(f'<link rel=canonical href="https://www.bote.example/a">{frames}').found] == [
        "youtube"
    ]
    assert len(gate(f'<link rel=canonical href="https://www.youtube.com/a">{frames}').found) == 2


def test_a_shared_hosts_pages_are_not_each_others():
    frame = '<iframe src="https://anders.github.io/"></iframe>'
    assert len(gate(f'<link rel=canonical href="https://bote.github.io/a">{frame}').found) == 1


def test_without_a_form_of_ours_nothing_is_sent_with_one_of_the_pages():
    html = gate(f"<form action=/suche><p>{VIDEO}</p></form>", OWN).html
    tree = LexborHTMLParser(html)
    assert {button.attributes["type"] for button in tree.css("button")} == {"button"}
    assert "name" not in tree.css_first("input").attributes


def test_a_placeholder_tells_its_language():
    tree = LexborHTMLParser(gate(VIDEO, Policy(language="en")).html)
    assert tree.css_first("wortlaut-gate").attributes["lang"] == "en"
    assert tree.css_first(".wg-credit").attributes["lang"] == ""


@pytest.mark.parametrize("more", ["title=twitter-tweet", "data-quelle='fb-post'", "id=twitter-tweet"])
def test_a_widgets_provider_is_told_by_what_it_is_not_by_what_it_mentions(more):
    page = f"<blockquote {more} class='zitat tiktok-embed'><p>Hafen</p></blockquote>"
    assert [one.provider for one in gate(page, OWN).found] == ["tiktok"]


def test_an_anchor_that_is_no_link_holds_the_buttons():
    tree = LexborHTMLParser(gate(f"<p><a name=film>{VIDEO}</a> und mehr</p>", OWN).html)
    assert len(tree.css("a[name=film] wortlaut-gate button")) == 2
    assert "watch?v=abcdefg" in tree.css_first("a[name=film] .wg-link").text()
    assert not LexborHTMLParser(gate(f"<a href=/film>{VIDEO}</a>", OWN).html).css("button")


@pytest.mark.parametrize(
    "before",
    ["<!-- <meta charset=utf-16be> <meta charset=shift_jis> -->", "<p title='<meta charset=shift_jis>'>"],
)
def test_a_charset_that_is_only_mentioned_is_none(before):
    page = f"{before}<meta charset=iso-8859-1><p>Grüße {VIDEO}".encode("latin-1")
    assert "Grüße <wortlaut-gate" in gate(page, OWN).html.decode("latin-1")


def test_stored_pages_hold_no_frame_or_script_of_others_and_keep_their_media():
    if not STORED.is_dir():
        pytest.skip("the stored pages are not here; they are no part of this repository")
    pages = sorted(STORED.rglob("*.gz"))
    assert pages
    frames = gated = media = 0
    for path in pages:
        content = gzip.decompress(path.read_bytes())
        page = gate(content)
        before, after = LexborHTMLParser(content), LexborHTMLParser(page.html)
        assert foreign_code(after, page) == [], path
        frames += len(foreign_code(before, page))
        gated += sum(one.kind in {"frame", "script"} for one in page.found)
        kept = own_media(after)
        for address in own_media(before):
            known = provider_of(address)
            removed = known or any(address in one.markup for one in page.found)
            assert removed or address in kept, (path, address)
            media += not removed
    assert frames > 500
    assert media > 2000


def foreign_code(tree: LexborHTMLParser, page) -> list[str]:
    """Return the third-party frames and scripts in a tree, by the page's own idea of itself."""
    own = tuple(re.findall(r" \*\.([^\s;]+)", page.policy))
    values = [node.attributes.get("src") or "" for node in tree.css("iframe[src],script[src],embed[src],frame[src]")]
    return [value for value in values if (one := address_of(value)) and not is_within(one.host, own)]


def own_media(tree: LexborHTMLParser) -> set[str]:
    return {node.attributes.get("src") or "" for node in tree.css("img[src],video[src],audio[src],source[src]")}


def test_the_files_are_small_and_nothing_is_inline():
    static = Path(__file__).parents[2] / "src" / "wortlaut" / "gate" / "static"
    assert (static / "gate.css").stat().st_size <= 3000
    assert (static / "gate.js").stat().st_size <= 4000
    for name in ("gate.css", "gate.js"):
        lines = (static / name).read_text(encoding="utf-8").splitlines()
        assert max(map(len, lines)) <= 120
        assert len(lines) > 80
    html = gate('<iframe src="https://www.youtube.com/embed/abcdefg"></iframe>').html
    assert not re.search(r"<style| style=| on\w+=|<script(?! type=\"module\" src=)", html)


def test_every_provider_has_a_privacy_policy_and_owns_its_frames():
    for one in providers():
        assert one.privacy
        assert one.hosts
        for frame in one.frames:
            assert is_within(frame.partition("/")[0], one.hosts), frame
        if one.script:
            assert provider_of(one.script) == one
