"""What readers change, by the keyboard alone, with scripts and without: pages added, people merged and split, statements judged."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_reader import DESK, SCRIPTLESS, Served, of, pages_of
from tests.web.conftest import EVENT, kept, ledger  # noqa: F401 - fixtures

TEXT = """Fährverband droht mit Streik

Der Fährverband hat am Montag mit einem Streik gedroht. „Wir werden die Häfen bestreiken, wenn die Reederei kein neues Angebot vorlegt“, sagte die Vorsitzende Inga Holt in Steen.

Die Reederei wies die Forderung zurück. Sie werde kein weiteres Angebot vorlegen, teilte ihr Sprecher Ole Brink mit."""
expect.set_options(timeout=60_000)  # a busy machine
BOTH = of(DESK, SCRIPTLESS, names=("keyboard", "scriptless"))


@pytest.fixture
def served(ledger):  # noqa: F811 - the fixture
    one = Served(ledger, pages_of(ledger))
    yield one
    one.close()


def reach(page, target) -> None:
    """Press Tab until something has the focus."""
    target.wait_for()
    for _ in range(200):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def press(page, name: str) -> None:
    reach(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def write(page, label: str, words: str) -> None:
    field = page.get_by_label(label)
    reach(page, field)
    page.keyboard.insert_text(words)


def opened(page) -> None:
    """Unfold what merges and splits."""
    reach(page, page.locator("summary", has_text="Zusammenführen oder trennen"))
    page.keyboard.press("Enter")


def number_of(ledger, name: str) -> int:  # noqa: F811 - no fixture here
    (found,) = ledger.actors(name)
    return found.id


@BOTH
def test_a_statement_is_rejected_taken_back_and_accepted(reader, served) -> None:
    page = reader.page
    page.goto(served("statement"))
    words = page.locator(".exhibit .words").inner_text()
    press(page, "Verwerfen")
    expect(page.locator(".exhibit .tag-bad")).to_have_text("von Hand verworfen")
    page.goto(served("whatif"))
    assert words not in page.locator("main > .party .words").all_inner_texts()
    page.goto(served("statement"))
    press(page, "Zurücknehmen")
    expect(page.locator(".exhibit .tag-bad")).to_have_count(0)
    press(page, "Bestätigen")
    expect(page.locator(".exhibit .tag-good")).to_have_text("von Hand bestätigt")
    page.goto(served("whatif"))
    assert words in page.locator("main > .party .words").all_inner_texts()
    page.goto(served("judgements"))
    verdicts = [line.split()[-1] for line in page.locator(".journal li").all_inner_texts()]
    assert verdicts == ["bestätigt", "zurückgenommen", "verworfen"]


@BOTH
def test_two_are_merged_and_that_is_taken_back(reader, served, ledger) -> None:  # noqa: F811
    page = reader.page
    one, other = (number_of(ledger, name) for name in ("veskische Führung", "Regierung in Vesk"))
    page.goto(f"{served.address}/who/{one}")
    opened(page)
    write(page, "veskische Führung ist dieselbe Person oder Stelle wie", "Regierung in Vesk")
    press(page, "Zusammenführen")
    page.wait_for_url(f"**/who/{other}")
    expect(page.locator(".said")).to_have_count(2)
    page.goto(served("judgements"))
    press(page, "zurücknehmen")
    expect(page.get_by_role("button", name="zurücknehmen")).to_have_count(0)
    page.goto(f"{served.address}/who/{one}")
    expect(page.locator(".said")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("veskische Führung")


@BOTH
def test_one_is_split_and_that_is_taken_back(reader, served, ledger) -> None:  # noqa: F811
    page = reader.page
    nordbund = number_of(ledger, "Nordbund")
    page.goto(f"{served.address}/who/{nordbund}")
    before = page.locator(".said").count()
    opened(page)
    box = page.get_by_label("Tamsen bleibt beim Nein zu Kampftruppen")
    reach(page, box)
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    press(page, "Trennen")
    page.wait_for_url(lambda address: not address.endswith(f"/{nordbund}"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nordbund")
    apart = page.locator(".said").count()
    page.goto(f"{served.address}/who/{nordbund}")
    assert 0 < apart == before - page.locator(".said").count()
    page.goto(served("judgements"))
    press(page, "zurücknehmen")
    expect(page.get_by_role("button", name="zurücknehmen")).to_have_count(0)
    page.goto(f"{served.address}/who/{nordbund}")
    expect(page.locator(".said")).to_have_count(before)


def read_on(page) -> None:
    """Follow an added page until it is read, and open it."""
    done = page.get_by_role("link", name="Den Artikel öffnen")
    done.wait_for(timeout=120_000)
    reach(page, done)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fährverband droht mit Streik")
    expect(page.locator(".m", has_text="Wir werden die Häfen bestreiken").first).to_be_visible()


@BOTH
def test_a_page_is_pasted_with_its_date_and_can_be_asked(reader, served) -> None:
    page = reader.page
    page.goto(served("add"))
    write(page, "oder ihr Text, eingefügt", TEXT)
    page.get_by_label("Erscheinungstag").fill("2031-03-10")
    write(page, "Medium", "Hafenbote")
    press(page, "Artikel aufnehmen")
    page.wait_for_url(re.compile(r"/add/\S+"))
    read_on(page)
    assert "10. März 2031" in page.locator(".dateline").inner_text()
    page.goto(f"{served.address}/search?who=Holt")
    expect(page.locator(".said .words").first).to_contain_text("Häfen bestreiken")


@BOTH
def test_a_page_is_uploaded_and_a_second_time_is_known(reader, served, tmp_path) -> None:
    page, file = reader.page, tmp_path / "streik.txt"
    file.write_text(TEXT, encoding="utf-8")
    for _ in range(2):
        page.goto(served("add"))
        page.get_by_label("Gespeicherte Seite").set_input_files(file)
        page.get_by_label("Erscheinungstag").fill("2031-03-10")
        press(page, "Artikel aufnehmen")
        page.get_by_role("link", name="Den Artikel öffnen").wait_for(timeout=120_000)
    assert "Genau diese Seite war schon im Archiv." in page.locator("#progress").inner_text()
    read_on(page)


@of(SCRIPTLESS, names=("scriptless",))
def test_what_cannot_be_taken_is_told_and_what_was_written_stays(reader, served) -> None:
    page = reader.page
    page.goto(served("add"))
    write(page, "Medium", "Hafenbote")
    press(page, "Artikel aufnehmen")
    expect(page.get_by_role("alert")).to_have_text("Wählen Sie eine Datei oder fügen Sie einen Text ein.")
    assert page.get_by_label("Medium").input_value() == "Hafenbote"
    page.goto(f"{served.address}/whatif?event={EVENT}")
    page.get_by_role("link", name="Ylva Tamsen").first.click()
    opened(page)
    write(page, "Ylva Tamsen ist dieselbe Person oder Stelle wie", "Niemand Sonst")
    press(page, "Zusammenführen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Niemand anderes dieses Namens ist hier bekannt")
