"""The ledger as tools for assistants (Model Context Protocol, official SDK): six questions, nothing that writes.

What a tool returns is the contract's answer lines, so that whatever an assistant says of them can be checked: every answer
carries the words, the page and the characters they stand at.
"""

import json
from collections.abc import Callable, Iterable
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from wortlaut import __version__
from wortlaut.codec import to_json
from wortlaut.errors import WortlautError
from wortlaut.ledger import Ledger

INSTRUCTIONS = """\
A ledger of German news: who said what, in which words, on what condition. Every answer holds the exact words (`words`),
who said them (`speaker`) and for whom (`principal`), and the page. Quote words only as they stand in `words`; name the page.
An empty answer means that the ledger does not have it, not that nobody said it. `everything` adds answers that are unsure:
say so when you use one. Before you attribute a quote, check it with `contains`."""

_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
Limit = Annotated[int, Field(ge=1, le=100, description="At most so many answers.")]
Everything = Annotated[bool, Field(description="Also answers that are not sure; their score is low.")]
Answers = dict[str, list[dict[str, Any]]]
Question = Callable[[], Iterable[Any]]


class Tools:
    """The questions, as an assistant may put them; each method's words are what it is told of the tool."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def search(
        self,
        words: Annotated[str, Field(description="German words, in any inflection; all must be there.")],
        limit: Limit = 10,
        everything: Everything = False,
    ) -> Answers:
        """Find statements by their words."""
        return _answers(lambda: self._ledger.search(words, limit=limit, everything=everything))

    def whatif(
        self,
        event: Annotated[str, Field(description='An event as a German sentence: "Die Verhandlungen scheitern".')],
        limit: Limit = 10,
        everything: Everything = False,
    ) -> Answers:
        """Find what each party said it will or will not do if an event happens; `why` says why each was found."""
        return _answers(lambda: self._ledger.whatif(event, limit=limit, everything=everything))

    def who(
        self,
        name: Annotated[str, Field(description="A person, party, state or organisation; a last name is enough.")],
        limit: Limit = 50,
        everything: Everything = False,
    ) -> Answers:
        """List what somebody said, or what was said on their behalf, in time order; `actors` says who that is."""
        return _answers(
            lambda: self._ledger.who(name, limit=limit, everything=everything),
            actors=lambda: self._ledger.actors(name),
        )

    def changes(
        self,
        name: Annotated[str | None, Field(description="Only of this principal.")] = None,
        since: Annotated[str | None, Field(description="Only from this day on, YYYY-MM-DD.")] = None,
        limit: Limit = 20,
        everything: Everything = False,
    ) -> Answers:
        """List changes of position, newest first: the two wordings, `before` and `after`, and how they differ."""
        return _answers(lambda: self._ledger.changes(name, since=since, limit=limit, everything=everything))

    def contains(
        self,
        page: Annotated[str, Field(description="A page of the ledger: its URL, or the source it was added from.")],
        words: Annotated[str, Field(description="The words as they are said to stand there.")],
    ) -> Answers:
        """Tell whether a page contains these words, letter by letter, and by whom they are.

        `state` is found, changed (the page has other words that are near: see `places`), or gone. A place without quotes is
        the paper's own voice.
        """
        return _answers(lambda: self._ledger.contains(page, words))

    def pages(self, limit: Limit = 50) -> Answers:
        """List the newest pages of the ledger."""
        return _answers(lambda: sorted(self._ledger.editions(), key=lambda e: e.published or "", reverse=True)[:limit])


def server_of(ledger: Ledger) -> MCPServer:
    """Return a server that answers from an open ledger."""
    server = MCPServer("wortlaut", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    tools = Tools(ledger)
    for tool in (tools.search, tools.whatif, tools.who, tools.changes, tools.contains, tools.pages):
        server.tool(annotations=_READ_ONLY)(tool)
    return server


def _answers(answers: Question, **more: Question) -> Answers:
    """Return what questions find as contract records; our own errors say what to do, so the assistant is told them."""
    try:
        return {
            name: [json.loads(to_json(each)) for each in question()]
            for name, question in (("answers", answers), *more.items())
        }
    except WortlautError as error:
        raise ToolError(str(error)) from error
