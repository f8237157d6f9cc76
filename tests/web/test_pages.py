"""Every page answers, in two languages, under the strict policy, with everything escaped."""

import re
import threading
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract
from selectolax.lexbor import LexborHTMLParser

import wortlaut.web
from tests.web.conftest import EVENT, client_of
from wortlaut import Ledger, Page, read
from wortlaut.web.wording import _SEASONS

PLAIN = ["/", "/whatif", f"/whatif?event={EVENT}", "/search", "/search?q=Truppen", "/who", "/pages", "/changes", "/due", "/method", "/judgements", "/add"]  # fmt: skip


def links(client, start: str = "/") -> list[str]:
    """Return all addresses of ours that can be reached, by following every link once."""
    seen, todo = {start}, [start]
    while todo:
        answer = client.get(todo.pop())
        assert answer.status_code == 200, answer.url
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        for link in LexborHTMLParser(answer.text).css("a[href^='/']"):
            address = link.attributes["href"].partition("#")[0]
            if address not in seen:
                seen.add(address)
                todo.append(address)
    return sorted(seen)


@pytest.mark.parametrize("path", PLAIN)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_answers_in_both_languages_under_the_policy(client, path, language) -> None:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert "unsafe-" not in answer.headers["content-security-policy"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert not re.search(r"<[^>]+ (?:style|on\w+)=", answer.text)


def test_every_link_leads_somewhere(client) -> None:
    found = links(client)
    assert len([f for f in found if f.startswith("/page/")]) > 80
    assert len([f for f in found if f.startswith("/who/")]) > 20


def test_what_each_party_said_stands_under_its_name_with_the_words(client) -> None:
    tree = LexborHTMLParser(client.get("/whatif", params={"event": EVENT}).text)
    parties = {p.css_first("h2").text(strip=True): p.text() for p in tree.css("main > .party:not(.silent)")}
    assert set(parties) == {"Nordbund", "Talmark"}
    assert "»Wir werden keine Kampftruppen nach Norrland entsenden" in parties["Nordbund"]
    assert "kein Gas mehr aus Veskien" in parties["Talmark"]
    assert "Norrland" in tree.css_first(".silent").text()


def test_who_changed_their_position_stands_in_two_wordings(client) -> None:
    tree = LexborHTMLParser(client.get("/changes").text)
    change = {each.css_first(".name").text(): each for each in tree.css(".change")}["Mitte-Partei"]
    assert [side.css_first("mark").text() for side in change.css(".side")] == ["keine", "die"]
    assert len(LexborHTMLParser(client.get("/changes?reworded=true").text).css(".change")) > 1
    assert not LexborHTMLParser(client.get("/changes?since=2031-03-05").text).css(".change")


def test_what_may_be_a_change_is_a_link_away_and_marked(client) -> None:
    plain = LexborHTMLParser(client.get("/changes").text)
    assert "Ein Angriff sei inzwischen" not in plain.css_first("main").text()
    more = plain.css_first("main .more a").attributes["href"]
    found = LexborHTMLParser(client.get(more).text).css(".change")
    marked = [each.text() for each in found if "unsicher" in each.text()]
    assert any("unwahrscheinlich" in words and "Ein Angriff sei inzwischen wahrscheinlich" in words for words in marked)
    assert len(found) > len(marked) > 0


def test_words_that_were_searched_are_marked_and_more_come_in_parts(client, ledger, monkeypatch) -> None:
    tree = LexborHTMLParser(client.get("/search?q=Truppen").text)
    assert {mark.text() for mark in tree.css(".said mark")} == {"Truppen", "Kampftruppen"}
    monkeypatch.setattr("wortlaut.web.pages.PART", 2)
    address, seen = "/search?q=Truppen&since=2031-01-01", []
    while address:
        tree = LexborHTMLParser(client.get(address).text)
        seen += [link.attributes["href"] for link in tree.css(".said .words a")]
        more = tree.css_first(".more a")
        address = more.attributes["href"] if more else ""
    assert seen == [f"/page/{a.page.id}/{a.statement.id}" for a in ledger.search("Truppen", limit=None)]


HOSTILE = """<!doctype html><html lang="de"><head><title>x</title></head><body><article>
<h1>Streit &lt;script&gt;alert(1)&lt;/script&gt; um die Maut</h1>
<p>Verkehrsminister Jan &quot;&gt;&lt;img src=x onerror=alert(1)&gt; Berg sagte am Montag: „Wir werden die &lt;b&gt;Maut&lt;/b&gt; nicht einführen, wenn &lt;svg onload=alert(1)&gt; kommt.“ Die Opposition widersprach ihm heftig und lange.</p>
<p>Die Regierung teilte mit, sie werde die Sache prüfen. Der Sprecher der Regierung sagte, das Verfahren dauere noch.</p>
</article></body></html>"""


def test_nothing_of_a_page_is_ever_markup_of_ours(tmp_path) -> None:
    page = Page(
        source="<i>böse</i>.html", content=HOSTILE.encode(), published="2031-03-04", publisher='"><script>x</script>'
    )
    reading = read(page)
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        ledger.add(page, reading)
        with client_of(ledger) as client:
            for path in links(client):
                tree = LexborHTMLParser(client.get(path).text)
                assert not tree.css("main script, main img, main b b, main i i, main [onload], main [onerror]"), path
                assert len(tree.css("script")) <= 3


def test_a_page_that_is_there_already_is_not_sent_again(client) -> None:
    first = client.get("/changes")
    again = client.get("/changes", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    assert (
        client.get("/changes", headers={"accept-language": "en", "if-none-match": first.headers["etag"]}).status_code
        == 200
    )


@pytest.mark.parametrize(
    "path", ["/nothing", "/page/none", "/page/none/none", "/who/99999", "/add/none", "/static/none"]
)
def test_what_is_not_there_is_told_with_a_way_on(client, path) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("path", ["/search?after=x", "/search?act=x", "/who/none", "/who?after=WyIiXQ"])
def test_what_cannot_be_read_is_told(client, path) -> None:
    assert client.get(path).status_code == 422


def test_words_that_their_frame_interrupts_show_the_cut(client) -> None:
    tree = LexborHTMLParser(client.get("/whatif", params={"event": EVENT}).text)
    first = tree.css_first(".party .words").text()
    assert (
        re.sub(r"\s+", " ", first)
        .strip()
        .startswith("»Wir werden keine Kampftruppen nach Norrland entsenden […] auch dann nicht")
    )


def test_what_came_before_stands_behind_the_newest_and_what_is_less_sure_by_party(client) -> None:
    tree = LexborHTMLParser(client.get("/whatif", params={"event": EVENT}).text)
    nordbund = tree.css_first("main > .party")
    assert len(nordbund.css(".earlier .said")) == 2
    assert all("9. Februar" in one.text() for one in nordbund.css(".earlier .said"))
    names = [party.css_first("h3").text(strip=True) for party in tree.css(".fold > .party")]
    assert len(names) == len(set(names)) > 1


def test_a_newer_position_that_is_no_answer_itself_is_told_with_its_cuts(client, ledger, monkeypatch) -> None:
    older = next(a for a in ledger.whatif(EVENT) if "superseded_by" in a.why)
    monkeypatch.setattr(ledger, "whatif_apart", lambda *_, **__: ((older,), ()))
    tree = LexborHTMLParser(client.get("/whatif", params={"event": EVENT}).text)
    assert "nach Norrland entsenden […] auch dann nicht" in tree.css_first(".newer").text()


def test_a_name_finds_who_bears_it_and_a_speaker_narrows_a_search(client) -> None:
    tree = LexborHTMLParser(client.get("/search?q=Moe").text)
    assert len(tree.css(".party .said")) > 1
    assert all("Karla Moe" in one.text() for one in tree.css(".chain"))
    narrowed = LexborHTMLParser(client.get("/search?q=Norrland&who=Tamsen&act=refuse&since=2031-02-10").text)
    (only,) = narrowed.css(".said .words")
    assert "Kampftruppen" in only.text()
    assert not LexborHTMLParser(client.get("/search?who=Niemand").text).css(".said")


def test_dates_are_told_from_the_newest_page_on_where_all_lie_ahead(client) -> None:
    tree = LexborHTMLParser(client.get("/due").text)
    assert "4. März 2031" in tree.css_first("h1 + p").text()
    past = tree.css("h2")[1]
    assert past.text() == "Verstrichen"
    assert "28. Februar 2031" in past.parent.text().partition("Verstrichen")[2]


def test_positions_that_are_still_compared_are_asked_for_again(ledger, monkeypatch) -> None:
    hold, compare = threading.Event(), ledger.changes
    monkeypatch.setattr(ledger, "changes", lambda **_: hold.wait(60) and compare())
    monkeypatch.setattr("wortlaut.web.shelf._PATIENCE", 0.01)
    with client_of(ledger) as client:
        for path in ("/", "/changes"):
            answer = client.get(path)
            assert answer.headers["cache-control"] == "no-store"
            assert "every 2s" in LexborHTMLParser(answer.text).css_first("#changed").attributes["hx-trigger"]
        hold.set()
        monkeypatch.setattr("wortlaut.web.shelf._PATIENCE", 60)
        for path in ("/", "/changes"):
            found = LexborHTMLParser(client.get(path).text).css_first("#changed")
            assert "Mitte-Partei" in found.text()
            assert "hx-get" not in found.attributes


def test_an_article_says_a_caption_once_and_folds_embeds_that_lead_nowhere(client, ledger) -> None:
    ids = {edition.url.rpartition("/")[2]: edition.id for edition in ledger.editions()}
    article = LexborHTMLParser(client.get(f"/page/{ids['nordbund-norrland']}").text)
    assert len(article.css(".aside-caption")) == 1
    assert article.css("details.noembed")
    record = client.get(f"/api/v1/pages/{ids['nordbund-norrland']}").json()["page"]
    assert record["sha256"] in article.css_first(".proof").text()


def test_the_numbers_of_statements_agree(client, ledger) -> None:
    def number(words: str) -> int:
        return int(re.search(r"(\d+) Aussage", words)[1])

    pages = LexborHTMLParser(client.get("/pages").text)
    told = sum(number(found.text()) for found in pages.css(".issues .where") if "Aussage" in found.text())
    assert number(LexborHTMLParser(client.get("/").text).css_first("aside section:last-child").text()) == told
    assert told == len(client.get("/api/v1/statements", params={"limit": 200}).json()["items"])
    (nordbund,) = ledger.actors("Nordbund")
    person = LexborHTMLParser(client.get(f"/who/{nordbund.id}").text)
    assert number(person.css_first(".person").text()) == len(person.css(".said"))


def test_every_word_of_the_interface_is_german_and_nothing_else_is_translated() -> None:
    folder = Path(wortlaut.web.__file__).parent
    found = set()
    for file, how in [*((t, babel_extract) for t in (folder / "templates").iterdir()), *((p, extract_python) for p in folder.glob("*.py"))]:  # fmt: skip
        with file.open("rb") as opened:
            options = {"trimmed": "true"} if how is babel_extract else {}
            for _, _, words, _ in how(opened, ["_", "gettext", "ngettext"], [], options):
                found |= {words if isinstance(words, str) else words[0]} if words else set()
    with (folder / "locale" / "de.po").open("rb") as opened:
        german = {entry.id if isinstance(entry.id, str) else entry.id[0]: entry.string for entry in read_po(opened)}
    del german[""]
    assert all(all(words) if isinstance(words, tuple) else words for words in german.values())
    assert found - german.keys() == set()
    assert german.keys() - found - set(_SEASONS.values()) - {"quarter", "week"} == set()


@pytest.mark.parametrize("address", ["/search?q=&who=&act=&since=", "/who?q=&kind="])
def test_a_form_sent_as_it_stands_is_answered(client, address) -> None:
    assert client.get(address).status_code == 200


def test_an_application_that_is_started_again_answers(ledger) -> None:
    client = client_of(ledger)
    for path in ("/changes", "/changes?all=true"):
        with client:
            assert client.get(path).status_code == 200
