"""Whatever HTML comes in, an Article or a Rejection comes out, soon, and the contract's laws hold."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_laws import spans_of
from wortlaut import Page
from wortlaut.extraction import extract
from wortlaut.model import Article, PageForm, Rejection, RejectionReason

_TAGS = st.sampled_from(
    [
        "html",
        "head",
        "body",
        "main",
        "article",
        "section",
        "div",
        "p",
        "span",
        "a",
        "b",
        "strong",
        "em",
        "h1",
        "h2",
        "h3",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "figure",
        "figcaption",
        "img",
        "iframe",
        "blockquote",
        "aside",
        "header",
        "footer",
        "nav",
        "form",
        "button",
        "time",
        "br",
        "script",
        "style",
        "svg",
        "template",
        "select",
        "textarea",
        "x-embed",
    ]
)
_MARKS = st.sampled_from(
    [
        "headline",
        "kicker",
        "lead",
        "caption",
        "credit",
        "author",
        "date",
        "related",
        "teaser",
        "newsletter",
        "embed",
        "comments",
        "hidden",
        "article-body",
        "infobox",
    ]
)
_WORDS = st.one_of(
    st.sampled_from(
        [
            "Die Ministerin sagte am Dienstag, sie werde den Hafen nicht schließen, und vertagte die Sitzung.",
            "Foto: Ina Sommerfeld/dpa",
            "Von Edda Kross",
            "(dpa)",
            "Lomnau (dpa) –",
            "4. März 2031, 18.12 Uhr",
            "An dieser Stelle finden Sie einen externen Inhalt. Mit einem Klick lässt er sich anzeigen.",
            "Lesen Sie auch",
            "\u00ad\u200b",
            "&nbsp;&#0;&bogus;",
            "<!-- -->",
            "]]>",
        ]
    ),
    st.text(max_size=30),
)
_OPEN = st.builds(lambda tag, mark: f'<{tag} class="{mark}" id={mark} src=//x.example/a>', _TAGS, _MARKS)
_CLOSE = _TAGS.map("</{}>".format)
_HTML = st.lists(st.one_of(_WORDS, _OPEN, _CLOSE, _WORDS), max_size=60).map("".join)
_HEADS = st.sampled_from(
    [
        "",
        '<meta property="og:title" content="Der Rat tagt | Blatt"><title></title>',
        '<script type="application/ld+json">{"@type":["NewsArticle"],"headline":[],"author":{"name":["Eva Lund",{}]},"datePublished":5}</script>',
        '<script type="application/ld+json">[[[{"@graph":{"@graph":[{"@type":"Article"}]}}]]]</script><base href="::">',
    ]
)


def hold(found: Article | Rejection) -> None:
    """Assert what is true of whatever extraction returns."""
    if isinstance(found, Rejection):
        assert found.reason is not RejectionReason.FAILED
        return
    for span in spans_of((found.blocks, found.embeds, found.images)):
        assert 0 <= span.start < span.end <= len(found.text)
        assert not span.of(found.text)[0].isspace()
        assert not span.of(found.text)[-1].isspace()
    covered = 0
    for block in found.blocks:
        assert not found.text[covered : block.start].strip()
        covered = block.end
    assert not found.text[covered:].strip()


@given(_HEADS, _HTML)
@settings(max_examples=300, deadline=None)
def test_any_html_keeps_the_laws(head: str, body: str) -> None:
    content = f"<html lang=de><head>{head}</head><body>{body}</body>".encode("utf-8", "surrogatepass")
    page = Page(source="a", content=content, form=PageForm.HTML)
    started = time.process_time()
    found = extract(page)
    assert time.process_time() - started < 2
    hold(found)
    assert extract(page) == found


@given(st.binary(max_size=600), st.sampled_from(list(PageForm)))
@settings(max_examples=300, deadline=None)
def test_any_bytes_keep_the_laws(content: bytes, form: PageForm) -> None:
    hold(extract(Page(source="a", content=content, form=form)))
