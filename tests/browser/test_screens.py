"""The screenshots of docs/screenshots: made where they are missing, or all anew with WORTLAUT_SCREENSHOTS=1."""

import os
import re
from pathlib import Path

import pytest

SCREENS = Path(__file__).parents[2] / "docs" / "screenshots"
DESK = {"viewport": {"width": 760, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 800}, "device_scale_factor": 2, "is_mobile": True}
SHOTS = {
    "light": (DESK, "netzwerke", 0),
    "dark": ({**DESK, "color_scheme": "dark"}, "netzwerke", 0),
    "phone": (PHONE, "netzwerke", 0),
    "shown": (DESK, "spieler", 1),
    "revoke": ({**DESK, "viewport": {"width": 760, "height": 460}}, "wortlaut-gate/", 0),
}


@pytest.mark.parametrize(
    ("name", "reader", "path", "shown"), [(name, *shot) for name, shot in SHOTS.items()], indirect=["reader"]
)
def test_a_screenshot(reader, site, name, path, shown, tmp_path):
    page = reader.page
    if name == "revoke":
        page.goto(f"{site}/spieler")
        for gate in page.locator("wortlaut-gate").all()[:4:3]:
            gate.get_by_role("button", name=re.compile("zeigen")).click()
    page.goto(f"{site}/{path}")
    for gate in page.locator("wortlaut-gate").all()[:shown]:
        gate.get_by_role("button", name=re.compile("zeigen")).click()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")
    kept = SCREENS / f"gate-{name}.png"
    target = kept if os.environ.get("WORTLAUT_SCREENSHOTS") or not kept.exists() else tmp_path / kept.name
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target, scale="css" if name != "phone" else "device")
    assert 4_000 < target.stat().st_size < 200_000
