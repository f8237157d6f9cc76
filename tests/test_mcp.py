"""The tools as an assistant's program meets them: listed, called, refused; over standard input and output, too."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from tests.exports.made import PAGES
from wortlaut import read
from wortlaut.ledger import Ledger
from wortlaut.mcp import server_of

TOOLS = {"search", "whatif", "who", "changes", "contains", "pages"}


@pytest.fixture
def ledger(tmp_path: Path):
    with Ledger.open(tmp_path / "made.ledger") as store:
        for page in PAGES:
            store.add(page, read(page))
        yield store


def call(server: Any, tool: str, **arguments: Any) -> Any:
    async def ask():
        async with Client(server) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(ask())


def answers(ledger: Ledger, tool: str, **arguments: Any) -> list[dict[str, Any]]:
    result = call(server_of(ledger), tool, **arguments)
    assert not result.is_error
    return result.structured_content["answers"]


def test_the_tools_are_listed_and_only_read(ledger: Ledger):
    async def ask():
        async with Client(server_of(ledger)) as client:
            return await client.list_tools()

    tools = asyncio.run(ask()).tools
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.annotations.read_only_hint is True
        assert tool.description


def test_search_who_whatif_and_changes_are_the_ledgers_answers(ledger: Ledger):
    found = answers(ledger, "search", words="Brücke bauen", everything=True)
    assert [a["statement"]["id"] for a in found] == [
        a.statement.id for a in ledger.search("Brücke bauen", limit=10, everything=True)
    ]
    assert found
    assert all("Berg" in a["speaker"] for a in answers(ledger, "who", name="Berg"))
    event = "Der Bund stimmt zu"
    assert [a["words"] for a in answers(ledger, "whatif", event=event, everything=True)] == [
        a.words for a in ledger.whatif(event, limit=10, everything=True)
    ]
    assert len(answers(ledger, "changes", everything=True)) == len(ledger.changes(everything=True))
    assert {a["source"] for a in answers(ledger, "pages")} == {"erste.txt", "zweite.txt"}


def test_words_of_a_quote_are_found_with_their_speaker(ledger: Ledger):
    (found,) = answers(ledger, "contains", page="zweite.txt", words="Wir werden die\nBrücke bauen")
    assert found["state"] == "found"
    (place,) = found["places"]
    assert place["quotes"] == ["direct"]
    assert {a["speaker"] for a in place["statements"]} == {"Anna Berg"}


def test_words_of_the_paper_are_nobodys_quote(ledger: Ledger):
    (found,) = answers(ledger, "contains", page="zweite.txt", words="Berg lenkt ein")
    assert found["state"] == "found"
    assert found["places"][0]["quotes"] == []
    assert found["places"][0]["block"] == "headline"


def test_changed_words_are_told_as_other_words(ledger: Ledger):
    (found,) = answers(ledger, "contains", page="zweite.txt", words="Wir werden die Brücken niemals bauen")
    assert found["state"] == "changed"
    assert "niemals" not in found["places"][0]["words"]
    (gone,) = answers(ledger, "contains", page="zweite.txt", words="Der Hafen von Aldstad wird geschlossen")
    assert (gone["state"], gone["places"]) == ("gone", [])


def test_a_page_that_is_not_there_is_an_error_that_says_so(ledger: Ledger):
    result = call(server_of(ledger), "contains", page="https://nirgends.example/", words="Brücke")
    assert result.is_error
    assert "not in the ledger" in result.content[0].text


def test_nothing_asked_changes_the_ledger(ledger: Ledger, tmp_path: Path):
    ledger.index()
    before = (ledger.count(), [*ledger.judgements()], [*ledger.reviews()])
    for tool, arguments in (
        ("search", {"words": "Brücke"}),
        ("who", {"name": "Berg"}),
        ("whatif", {"event": "Es regnet"}),
    ):
        call(server_of(ledger), tool, **arguments)
    assert (ledger.count(), [*ledger.judgements()], [*ledger.reviews()]) == before


def test_the_command_answers_on_standard_output(ledger: Ledger, tmp_path: Path):
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "wortlaut", "mcp", "--ledger", str(tmp_path / "made.ledger")]
    )
    result = call(command, "contains", page="zweite.txt", words="Wir werden die Brücke bauen")
    assert result.structured_content["answers"][0]["state"] == "found"
