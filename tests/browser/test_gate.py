"""The gate in a real browser: nothing foreign before a click, exactly the clicked provider after it, nothing new after hiding."""

import json
import re
import time

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from tests.browser.conftest import PAGES
from wortlaut.gate import provider_of
from wortlaut.gate.addresses import is_within

ALL = sorted(path.stem for path in PAGES.glob("*.html"))
OWN_HOSTS = {"mastodon": ("mastodon.social", "norrland.social")}
SCRIPTLESS = pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)


def hosts_of(provider: str, asked: list[str]) -> tuple[str, ...]:
    known = next((one.hosts for host in asked if (one := provider_of(host)) and one.id == provider), (provider,))
    return OWN_HOSTS.get(provider, known)


def kept(page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('wortlaut-gate')") or "{}")


def show(gate) -> None:
    gate.get_by_role("button", name=re.compile("zeigen")).click()


def hide(gate) -> None:
    gate.get_by_role("button", name=re.compile("verbergen")).click()


@pytest.mark.parametrize("name", ALL)
def test_a_page_asks_nobody_and_keeps_nothing_before_a_click(reader, site, name):
    reader.page.goto(f"{site}/{name}", wait_until="networkidle")
    reader.page.mouse.wheel(0, 20_000)
    assert reader.page.locator("wortlaut-gate").count() > 5
    assert reader.foreign() == []
    assert reader.page.evaluate("localStorage.length + document.cookie.length") == 0


@pytest.mark.parametrize("name", ALL)
def test_each_embed_asks_only_its_provider_and_nobody_once_hidden(reader, site, name):
    reader.page.goto(f"{site}/{name}")
    for gate in reader.page.locator("wortlaut-gate:visible").all():
        show(gate)
        provider, asked = gate.get_attribute("data-provider"), reader.asked(awaited=True)
        assert asked, provider
        assert all(is_within(host, hosts_of(provider, asked)) for host in asked + reader.greeted), (provider, asked)
        hide(gate)
        assert gate.locator("iframe").count() == 0
        assert reader.foreign() == []


def test_several_embeds_of_one_provider_are_asked_for_one_by_one(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler")
    videos = page.locator("wortlaut-gate[data-provider=youtube]")
    show(videos.nth(0))
    assert [videos.nth(n).locator("iframe").count() for n in range(3)] == [1, 0, 0]
    assert set(kept(page)) == {videos.nth(0).get_attribute("id")}
    page.reload()
    assert [videos.nth(n).locator("iframe").count() for n in range(3)] == [1, 0, 0]


def test_always_shows_all_of_a_provider_until_it_is_taken_back(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler")
    videos = page.locator("wortlaut-gate[data-provider=youtube]")
    videos.nth(0).get_by_role("checkbox").check()
    assert videos.locator("iframe").count() == 0
    show(videos.nth(0))
    assert videos.locator("iframe").count() == 3
    assert set(kept(page)) == {"youtube"}
    page.goto(f"{site}/technik")
    assert videos.locator("iframe").count() == videos.count()
    videos.nth(0).get_by_role("checkbox").uncheck()
    assert videos.locator("iframe").count() == 1  # the one that was asked to stay


def test_withdrawal_on_the_revoke_page_unloads_frames_in_other_windows_at_once(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler")
    gate = page.locator("wortlaut-gate").first
    show(gate)
    other = page.context.new_page()
    other.goto(f"{site}/wortlaut-gate/")
    assert other.locator("li").count() == 1
    other.get_by_role("button", name="Widerrufen", exact=True).click()
    assert other.get_by_text("Sie haben keinem Anbieter zugestimmt").is_visible()
    gate.locator("iframe").wait_for(state="detached")
    assert kept(page) == {}


def test_consent_to_everything_and_back(reader, site):
    page = reader.page
    page.goto(f"{site}/wortlaut-gate/")
    page.get_by_role("button", name="Alle externen Inhalte zeigen").click()
    page.goto(f"{site}/spieler")
    gates = page.locator("wortlaut-gate")
    assert gates.locator("iframe").count() == gates.count()
    page.goto(f"{site}/wortlaut-gate/")
    page.get_by_role("button", name="Alles widerrufen").click()
    reader.foreign()
    page.goto(f"{site}/spieler")
    assert gates.locator("iframe").count() == 0
    assert reader.foreign() == []


def test_a_consent_expires(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler")
    show(page.locator("wortlaut-gate").first)
    ((until, name),) = kept(page).values()
    assert abs(until - time.time() - 180 * 86400) < 60
    page.evaluate(f"localStorage.setItem('wortlaut-gate', JSON.stringify({{youtube: [{time.time() - 1}, '{name}']}}))")
    page.reload()
    assert page.locator("wortlaut-gate iframe").count() == 0


def test_loading_the_script_twice_changes_nothing(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler")
    page.add_script_tag(url="/wortlaut-gate/gate.js?again", type="module")
    gate = page.locator("wortlaut-gate").first
    page.evaluate("gate => gate.parentNode.append(gate)", gate.element_handle())
    show(gate)
    assert gate.locator("iframe").count() == 1


def test_focus_goes_to_what_appeared_and_back_and_it_is_announced(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler")
    gate = page.locator("wortlaut-gate").first
    button = gate.get_by_role("button", name=re.compile("zeigen"))
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.localName") == "iframe"
    assert gate.get_by_role("status").text_content() == "Der Inhalt von YouTube wird gezeigt."
    hiding = gate.get_by_role("button", name=re.compile("verbergen"))
    assert hiding.get_attribute("aria-expanded") == "true"
    hiding.focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.className") == "wg-show"
    assert "verborgen" in gate.get_by_role("status").text_content()


def test_targets_are_large_enough(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler")
    for target in page.locator("wortlaut-gate button:visible, wortlaut-gate label:visible, .wg-link:visible").all():
        assert target.bounding_box()["height"] >= 44


def test_the_page_stops_what_its_own_scripts_would_load(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler")
    page.evaluate("""() => {
        for (const [tag, name] of [["script", "src"], ["iframe", "src"], ["img", "src"], ["link", "href"]])
            document.body.append(Object.assign(document.createElement(tag), {rel: "stylesheet", [name]: "https://leck.example/x"}));
        fetch("https://leck.example/f").catch(() => {}); navigator.sendBeacon("https://leck.example/b");
    }""")
    assert reader.asked() == []  # Chromium connects to a frame's host before it looks at the policy, and sends nothing


@pytest.mark.parametrize("reader", [{}, {"color_scheme": "dark"}], indirect=True)
@pytest.mark.parametrize("name", [*ALL, "wortlaut-gate/"])
def test_axe_finds_no_fault_in_what_the_gate_adds(reader, site, name):
    page = reader.page
    page.goto(f"{site}/{name}")
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    where = {"include": [["wortlaut-gate"]]} if name in ALL else {}
    for opened in (False, True):
        if opened and name in ALL:
            show(page.locator("wortlaut-gate:visible").first)
        report = page.evaluate("where => axe.run(where.include ? where : document, {iframes: false})", where)
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in report["violations"]] == []


@SCRIPTLESS
def test_without_scripts_a_form_shows_and_hides_in_place(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler?a=1&b=2")
    gate = page.locator("wortlaut-gate").first
    assert reader.foreign() == []
    show(gate)
    assert page.url == f"{site}/spieler?a=1&b=2#{gate.get_attribute('id')}"
    assert gate.locator("iframe").count() == 1
    assert page.locator("wortlaut-gate iframe").count() == 1
    assert set(reader.asked(awaited=True)) == {"www.youtube.com"}
    hide(gate)
    assert gate.locator("iframe").count() == 0
    assert reader.foreign() == []
    assert page.context.cookies() == []


@SCRIPTLESS
def test_without_scripts_consents_are_withdrawn_by_form_too(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler")
    videos = page.locator("wortlaut-gate[data-provider=youtube]")
    videos.first.get_by_role("checkbox").check()
    show(videos.first)
    assert videos.locator("iframe").count() == 3
    page.goto(f"{site}/wortlaut-gate/")
    assert page.locator("li").inner_text().startswith("YouTube")
    page.get_by_role("button", name="Widerrufen", exact=True).click()
    assert page.get_by_text("Sie haben keinem Anbieter zugestimmt").is_visible()
    page.goto(f"{site}/spieler")
    assert page.locator("wortlaut-gate iframe").count() == 0


def test_consent_given_without_scripts_is_taken_over(reader, site):
    page = reader.page
    page.context.add_cookies(
        [
            {
                "name": "wortlaut-gate",
                "value": f"%7B%22youtube%22%3A%5B{int(time.time()) + 999}%2C%22YouTube%22%5D%7D",
                "url": site,
            }
        ]
    )
    page.goto(f"{site}/spieler")
    assert page.locator("wortlaut-gate[data-provider=youtube] iframe").count() == 3
    assert set(kept(page)) == {"youtube"}
    assert page.context.cookies() == []


def test_in_print_it_is_the_words_and_the_address(reader, site):
    page = reader.page
    page.goto(f"{site}/netzwerke")
    page.emulate_media(media="print")
    gate = page.locator("wortlaut-gate").first
    assert gate.locator(".wg-words").is_visible()
    assert not gate.get_by_role("button").first.is_visible()
    assert page.evaluate(
        "link => getComputedStyle(link, '::after').content", gate.locator(".wg-link").element_handle()
    ) == ('"https://twitter.com/hafen_aldstadt/status/1001"')


def test_in_a_box_of_a_videos_shape_the_words_are_seen_and_then_the_video_fills_it(reader, site):
    page = reader.page
    page.goto(f"{site}/kasten")
    gate = page.locator("wortlaut-gate")
    assert gate.get_by_role("button", name=re.compile("zeigen")).is_visible()
    show(gate)
    outer = gate.locator("iframe")
    inner = outer.content_frame.locator("iframe")
    inner.wait_for()
    page.wait_for_function("document.querySelector('wortlaut-gate iframe').style.height !== ''")
    shown, box, hiding = (
        inner.bounding_box(),
        page.locator(".film").bounding_box(),
        gate.locator(".wg-hide").bounding_box(),
    )
    assert shown["width"] > 0.9 * box["width"]
    assert abs(shown["width"] / shown["height"] - 16 / 9) < 0.02
    assert outer.bounding_box()["height"] >= shown["height"] - 1
    assert outer.bounding_box()["y"] >= hiding["y"] + hiding["height"]  # it covers no button
    hide(gate)


def test_a_lone_embed_in_the_body_leaves_the_bodys_own_padding(reader, site):
    page = reader.page
    page.goto(f"{site}/kasten")
    page.evaluate("""() => {
        document.body.style.paddingTop = "32px";
        document.body.replaceChildren(document.querySelector("wortlaut-gate"));
    }""")
    assert page.evaluate("getComputedStyle(document.body).paddingTop") == "32px"


@pytest.mark.parametrize("stored", ["null", "5", '{"youtube": null}', '{"youtube": 3}', "[null]", "{"])
def test_whatever_is_in_storage_the_page_works(reader, site, stored):
    page = reader.page
    faults = []

    def noted(fault) -> None:  # Playwright takes no built-in method
        faults.append(fault)

    page.on("pageerror", noted)
    page.goto(f"{site}/kasten")
    page.evaluate("stored => localStorage.setItem('wortlaut-gate', stored)", stored)
    page.reload()
    gate = page.locator("wortlaut-gate")
    show(gate)
    assert gate.locator("iframe").count() == 1
    assert faults == []


def test_hiding_takes_back_always(reader, site):
    page = reader.page
    page.goto(f"{site}/spieler")
    videos = page.locator("wortlaut-gate[data-provider=youtube]")
    videos.nth(0).get_by_role("checkbox").check()
    show(videos.nth(0))
    reader.asked(awaited=True)  # the frames have loaded and nothing moves any more
    hide(videos.nth(0))
    assert kept(page) == {}
    page.reload()
    assert videos.locator("iframe").count() == 0
