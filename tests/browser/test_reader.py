"""The reader in a real browser: every page, keyboard alone, without scripts, dark, on a phone, under axe, asking nobody."""

import os
import re
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.base import AXE_FILE_PATH

from tests.web.conftest import EVENT, kept  # noqa: F401 - a fixture
from wortlaut import Ledger
from wortlaut.web import Rules, make_app

SCREENS = Path(__file__).parents[2] / "docs" / "screenshots"
GERMAN = {"locale": "de-DE"}
DESK = {"viewport": {"width": 1200, "height": 860}, **GERMAN}
DARK = {**DESK, "color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 800}, "is_mobile": True, **GERMAN}
TRIES, SOON = 5, 1000
"""The best of so many loads has to be painted in so many milliseconds: a machine that does other things delays some."""
SCRIPTLESS = {**DESK, "java_script_enabled": False}


class Served:
    """A server of a ledger in a thread, and where its pages are."""

    def __init__(self, ledger: Ledger, pages: dict[str, str]) -> None:
        config = uvicorn.Config(make_app(ledger, Rules(burst=5000, rate=500)), log_level="warning", ws="none")
        self.socket = uvicorn.Config(config.app, port=0, log_level="warning").bind_socket()
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.pages = pages

    def __call__(self, name: str) -> str:
        return self.address + self.pages[name]

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


def pages_of(ledger: Ledger) -> dict[str, str]:
    ids = {edition.url.rpartition("/")[2]: edition.id for edition in ledger.editions()}
    refusal = ledger.whatif(EVENT)[0]
    return {
        "start": "/", "whatif": f"/whatif?event={EVENT}", "search": "/search?q=Truppen", "who": "/who", "changes": "/changes",
        "actor": f"/who/{refusal.principal_actor}", "article": f"/page/{ids['nordbund-norrland']}", "embeds": f"/page/{ids['damm']}",
        "statement": f"/page/{refusal.page.id}/{refusal.statement.id}", "pages": "/pages", "due": "/due", "add": "/add",
        "method": "/method", "judgements": "/judgements", "error": "/nothing",
    }  # fmt: skip


NAMES = ["start", "whatif", "search", "who", "changes", "actor", "article", "embeds", "statement", "pages", "due", "add", "method", "judgements", "error"]  # fmt: skip


@pytest.fixture(scope="module")
def served(kept):  # noqa: F811 - the fixture
    with Ledger.open(kept) as ledger:
        one = Served(ledger, pages_of(ledger))
        yield one
        one.close()


def of(*options: dict, names: tuple[str, ...] = ("desk", "dark", "phone", "scriptless")) -> object:
    return pytest.mark.parametrize("reader", options, indirect=True, ids=names[: len(options)])


@of(DESK, DARK, PHONE)
def test_no_page_has_a_fault_that_axe_finds_or_asks_anybody(reader, served) -> None:
    page, faults = reader.page, []

    def noted(message) -> None:
        if message.type == "error" and "404" not in message.text:
            faults.append(message.text)

    page.on("console", noted)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    for name in NAMES:
        page.goto(served(name), wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the window"
        assert page.locator("#measured").inner_text() == "Auf dieser Seite gemessen: keine Anfrage an fremde Server."
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        report = page.evaluate("axe.run(document, {iframes: false})")
        found = [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in report["violations"]]
        assert found == [], name
    assert faults == []
    assert reader.foreign() == []


@of(SCRIPTLESS, names=("scriptless",))
def test_a_newcomer_finds_without_scripts_who_will_do_what_and_who_changed_their_mind(reader, served) -> None:
    page = reader.page
    page.goto(served("start"))
    page.get_by_label("Ein Ereignis, als Satz").fill(EVENT)
    page.get_by_role("button", name="Fragen").click()
    parties = {p.locator("h2").inner_text(): p.inner_text() for p in page.locator("main > .party:not(.silent)").all()}
    assert "»Wir werden keine Kampftruppen nach Norrland entsenden" in parties["Nordbund"]
    assert "kein Gas mehr aus Veskien kaufen" in parties["Talmark"]
    page.get_by_role("link", name="Positionswechsel", exact=True).click()
    assert page.locator(".change").first.inner_text().startswith("Mitte-Partei")
    page.get_by_role("link", name="Auch zeigen, was vielleicht ein Wechsel ist").click()
    perhaps = page.locator(".change", has_text="unsicher").all_inner_texts()
    assert any("Karla Moe" in words and "eher unwahrscheinlich" in words for words in perhaps)
    page.locator(".change .words a").first.click()
    page.get_by_role("link", name="Auf der Seite ansehen").click()
    assert "Wir werden keine Straßenmaut" in page.locator(":target").inner_text()
    assert reader.foreign() == []


@of(DESK)
def test_the_keyboard_alone_reaches_a_quote_and_shows_what_belongs_to_it(reader, served) -> None:
    page = reader.page
    page.goto(served("article"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "Sollten veskische" in page.evaluate("document.activeElement.textContent"):
            break
    lit = page.locator(".on").all_inner_texts()
    assert any("Sanktionen geben" in words for words in lit)
    assert any("droht" in words for words in lit), "the card in the margin is lit, too"
    page.keyboard.press("Enter")
    assert page.locator(".card:has(:target)").inner_text().startswith("Beleg")
    page.keyboard.press("Escape")
    assert page.locator(".on").count() == 0


@of(DESK, PHONE)
def test_pointing_at_a_quote_shows_its_speaker_cue_and_condition(reader, served) -> None:
    page = reader.page
    page.goto(served("article"))
    page.locator(".m.quote", has_text="sehr wahrscheinlich").or_(page.locator(".m", has_text="bitter")).first.hover()
    kinds = {kind for one in page.locator(".m.on").all() for kind in one.get_attribute("class").split()}
    assert {"speaker", "cue"} <= kinds


@of(DESK)
def test_an_embed_is_behind_the_gate_and_asks_only_its_provider_after_a_click(reader, served) -> None:
    page = reader.page
    page.goto(served("embeds"))
    gate = page.locator("wortlaut-gate")
    assert gate.count() == 1
    assert reader.foreign() == []
    gate.get_by_role("button", name=re.compile("zeigen")).click()
    assert set(reader.asked(awaited=True)) == {"www.youtube.com"}
    gate.get_by_role("button", name=re.compile("verbergen")).click()
    assert page.locator("wortlaut-gate iframe").count() == 0


@of(DESK)
def test_what_would_ask_a_foreign_host_is_kept_from_it_and_told(reader, served) -> None:
    page = reader.page
    page.goto(served("start"))
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://leck.example/x.gif'}))")
    page.locator("#measured", has_text="leck.example").wait_for()
    assert reader.foreign() == []


@of({**DESK, "locale": "en-GB"}, names=("english",))
def test_english_and_german_are_a_click_apart(reader, served) -> None:
    page = reader.page
    page.goto(served("changes"))
    assert page.get_by_role("heading", level=1).inner_text() == "Who changed their position"
    page.get_by_role("button", name="Deutsch").click()
    assert page.url == served("changes")
    assert page.get_by_role("heading", level=1).inner_text() == "Wer die Position gewechselt hat"
    page.context.clear_cookies()


@of(DESK)
def test_in_print_the_words_stay_and_the_tools_go(reader, served) -> None:
    page = reader.page
    page.goto(served("article"))
    page.emulate_media(media="print")
    assert page.locator(".card").first.is_visible()
    assert not page.get_by_role("navigation").is_visible()


@of(PHONE, names=("phone",))
def test_the_start_page_is_small_and_soon_readable_on_a_slow_phone(reader, served) -> None:
    page, painted = reader.page, []
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000})  # fmt: skip
    sizes: list[int] = []

    def noted(event) -> None:
        sizes.append(event["encodedDataLength"])

    tools.on("Network.loadingFinished", noted)
    while len(painted) < TRIES and min(painted, default=SOON + 1) > SOON:
        tools.send("Network.clearBrowserCache")
        sizes.clear()
        page.goto(served("start"), wait_until="networkidle")
        painted.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        assert len(sizes) >= 4
        assert sum(sizes) <= 60_000
    assert min(painted) <= SOON, painted


SHOTS = {
    "reader-start": (DESK, "start"), "reader-whatif": (DESK, "whatif"), "reader-article": (DESK, "article"), "reader-actor": (DESK, "actor"),
    "reader-changes": (DARK, "changes"), "reader-phone": (PHONE, "whatif"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "reader", "path"), [(name, *shot) for name, shot in SHOTS.items()], indirect=["reader"]
)
def test_a_screenshot_of_the_reader(reader, served, name, path, tmp_path) -> None:
    page = reader.page
    page.goto(served(path), wait_until="networkidle")
    shot = SCREENS / f"{name}.png"
    target = shot if os.environ.get("WORTLAUT_SCREENSHOTS") or not shot.exists() else tmp_path / shot.name
    page.screenshot(path=target)
    assert 8_000 < target.stat().st_size < 200_000
