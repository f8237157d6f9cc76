"""The how-to's own code, run as it stands."""

import re
from pathlib import Path

import httpx
import pytest

HOWTO = Path(__file__).parents[2] / "docs" / "how-to" / "gate.md"
SNIPPETS = re.findall(r"```python\n(.*?)```", HOWTO.read_text(encoding="utf-8"), re.DOTALL)
VIDEO = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'


def run(snippet: str) -> dict:
    names: dict = {"__name__": "snippet"}
    exec(snippet, names)  # noqa: S102 - the documentation is the test
    return names


def test_five_lines_put_it_before_flask():
    snippet = SNIPPETS[0]
    assert len([line for line in snippet.splitlines() if line.strip()]) <= 5
    app = run(snippet)["app"]
    app.add_url_rule("/seite", view_func=lambda: f"<p>{VIDEO}</p>")
    with httpx.Client(transport=httpx.WSGITransport(app=app), base_url="https://example.org") as client:
        answer = client.get("/seite")
    assert "<wortlaut-gate " in answer.text
    assert "<iframe" not in answer.text
    assert "example.org" in answer.headers["content-security-policy"]


def test_the_other_snippets_run():
    assert run(SNIPPETS[1])["app"].user_middleware
    assert "<wortlaut-gate " in run(SNIPPETS[2])["page"].render()


@pytest.mark.parametrize("link", re.findall(r"\]\((\.\./[^)]+)\)", HOWTO.read_text(encoding="utf-8")))
def test_links_lead_somewhere(link):
    assert (HOWTO.parent / link).is_file()
