"""Who wrote an article: people first, then initials, a desk or an agency only where nobody else is named."""

import pytest

from wortlaut.extraction import extract
from wortlaut.model import Article, BlockKind, Page

TEXT = """<p>Der Rat von Bad Lomnau hat am Montag beschlossen, den Verkehr über den Fluss bis zum Herbst umzuleiten.</p>
<p>Bürgermeisterin Edda Moe sagte, ein Gutachten lasse keine andere Wahl; die Kosten trage zunächst die Stadt.</p>
<p>Geschäftsleute aus der Altstadt fürchten, dass ihnen bis dahin ein guter Teil der Kundschaft wegbleiben wird.</p>"""
DESK = '<meta name="author" content="Lokalredaktion">'


def read(*, head: str = "", before: str = "", behind: str = "") -> Article:
    html = f"<!doctype html><html lang=de><head><meta charset=utf-8>{head}</head><body><article><h1>Rat sperrt Brücke</h1>{before}{TEXT}{behind}</article></body></html>"
    article = extract(Page(source="page.html", content=html.encode()))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("before", "behind", "head", "authors", "agencies"),
    [
        pytest.param("<p>Von Edda Kross und Ulf Dahlberg, dpa</p>", "", "", ("Edda Kross", "Ulf Dahlberg"), ("dpa",), id="two people and an agency"),
        pytest.param("<p>Von Edda Kross</p>", "<p>(uda)</p>", "", ("Edda Kross",), (), id="a name is more than initials"),
        pytest.param("", "<p>(ekr/uda)</p>", DESK, ("ekr", "uda"), (), id="initials are people, a desk is none"),
        pytest.param("", "<p>ekr, uda</p>", "", ("ekr", "uda"), (), id="initials with a comma"),
        pytest.param("", "<p>ekr/dpa</p>", DESK, ("Lokalredaktion",), ("dpa",), id="who edits an agency's report did not write it"),
        pytest.param("", "<p>(CDU)</p>", DESK, ("Lokalredaktion",), ("CDU",), id="capitals are no initials"),
        pytest.param("", "", DESK, ("Lokalredaktion",), (), id="a desk where nobody signs"),
    ],
)  # fmt: skip
def test_authors_and_agencies(before, behind, head, authors, agencies) -> None:
    article = read(head=head, before=before, behind=behind)
    assert (article.authors, article.agencies) == (authors, agencies)


def test_a_signature_and_a_pictures_credit_share_a_line() -> None:
    article = read(behind="<div>ekr, uda; Foto [M]: Lichtblick/Arne Sund</div>")
    assert article.authors == ("ekr", "uda")
    assert [(b.kind, b.span.of(article.text)) for b in article.blocks[-2:]] == [
        (BlockKind.AGENCY, "ekr, uda;"),
        (BlockKind.CREDIT, "Foto [M]: Lichtblick/Arne Sund"),
    ]


def test_a_credit_behind_words_that_are_no_signature_stays_one_line() -> None:
    article = read(behind="<div>Blick vom Ufer; Foto: Arne Sund</div>")
    assert article.authors == ()
    assert BlockKind.AGENCY not in {block.kind for block in article.blocks}
