"""Which pages are no articles, and why: error pages, login walls, pages of links, pages around a video."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from wortlaut.extraction.draft import Draft
from wortlaut.extraction.metadata import Metadata
from wortlaut.extraction.phrases import is_a
from wortlaut.model import QUOTABLE, Block, BlockKind, Problem, RejectionReason

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LEDE, BlockKind.LIST_ITEM, BlockKind.BLOCK_QUOTE)
_LEAST = 150
"""Characters of running text that an article has at least."""
_SHORT = 600
_FEWEST_WORDS = 4
"""Words of a plain text that may hold a statement: "Die Regierung tritt zurück"."""
_LIST = 12
"""Lines of a plain text that may be a list of headlines, and words of a sentence that makes it an article."""
_ENDED = re.compile(r"[.!?…:;,][\"“”«»‹›)’‘]*$")
_LINKS = 10
"""Links of a page that is only there to lead elsewhere."""


def find_plain_problem(text: str, blocks: Sequence[Block]) -> Problem | None:
    """Return why plain text is no article: a word or two, or a list of headlines; a single sentence is one."""
    words = [block.span.of(text) for block in blocks if block.kind in QUOTABLE]
    if sum(len(w.split()) for w in words) < _FEWEST_WORDS:
        detail = f"fewer than {_FEWEST_WORDS} words of running text"
        return Problem(reason=RejectionReason.NOT_AN_ARTICLE, detail=detail)
    lines = [*words, *(block.span.of(text) for block in blocks if block.kind is BlockKind.SUBHEAD)]
    ended = [line for line in lines if _ENDED.search(line)]
    if len(lines) >= _LIST > max((line.count(" ") for line in ended), default=0) and len(ended) < 0.2 * len(lines):
        detail = f"{len(lines)} lines, and only {len(ended)} of them end as sentences do: a list of headlines"
        return Problem(reason=RejectionReason.INDEX_PAGE, detail=detail)
    return None


def find_problem(tree: LexborHTMLParser, meta: Metadata, draft: Draft) -> Problem | None:
    """Return why a page is no article, None if it is one."""
    size = draft.count(*_PROSE)
    title = meta.titles[-1] or ""
    if size < _SHORT and is_a("error_page", title):
        return Problem(reason=RejectionReason.ERROR_PAGE, detail="the page says that there is no such page")
    if size < 2 * _LEAST and tree.css_first("input[type=password]") is not None:
        return Problem(reason=RejectionReason.LOGIN_WALL, detail="the page asks for a login and shows no article")
    if size < _SHORT and any("Video" in kind or kind.startswith("video") for kind in meta.kinds) and not any("Article" in k for k in meta.kinds):  # fmt: skip
        return Problem(reason=RejectionReason.VIDEO_PAGE, detail="the page shows a video, with hardly any text")
    if size >= _LEAST:
        return None
    links = len(tree.css("a[href]"))
    if links >= _LINKS:
        return Problem(reason=RejectionReason.INDEX_PAGE, detail="the page has links and hardly any running text")
    return Problem(reason=RejectionReason.NOT_AN_ARTICLE, detail="no running text was found; an article has at least a few sentences")  # fmt: skip
