"""From a page's bytes to a typed article, by structure and wording; no publisher's name stands in the code."""

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from wortlaut.extraction.access import access_of
from wortlaut.extraction.bounds import find_excess
from wortlaut.extraction.credited import credited, stamped
from wortlaut.extraction.dates import find_stamp
from wortlaut.extraction.decoding import is_html, to_utf8
from wortlaut.extraction.html import read_body
from wortlaut.extraction.metadata import read_metadata
from wortlaut.extraction.plain import type_plain, words_of
from wortlaut.extraction.rejection import find_plain_problem, find_problem
from wortlaut.extraction.title import find_title
from wortlaut.extraction.unpacking import unpack
from wortlaut.model import (
    Article,
    BlockKind,
    Page,
    Problem,
    Rejection,
    RejectionReason,
    content_id,
)

__all__ = ["extract"]


def extract(page: Page) -> Article | Rejection:
    """Return what a page says, or why it says nothing. Plain text is kept character for character."""
    if page.problem:
        return _rejected(page, page.problem)
    content = unpack(page.content)
    if isinstance(content, Problem):
        return _rejected(page, content)
    text = to_utf8(content.content, content.encoding or page.encoding)
    if isinstance(text, Problem):
        return _rejected(page, text)
    if not text or text.isspace():
        return _rejected(page, Problem(reason=RejectionReason.EMPTY, detail="the page has no text"))
    if not is_html(page, text):
        return _from_text(page, text.decode())
    excess = find_excess(text)
    return _rejected(page, excess) if excess else _from_html(page, text)


def _rejected(page: Page, problem: Problem) -> Rejection:
    return Rejection(page=page.record(), reason=problem.reason, detail=problem.detail)


def _id(page: Page) -> str:
    return content_id(page.record().sha256 or "", page.url or "")


def _from_text(page: Page, text: str) -> Article | Rejection:
    typed = type_plain(text)
    if problem := find_plain_problem(text, typed.blocks):
        return _rejected(page, problem)
    article = Article(
        id=_id(page), text=text, blocks=typed.blocks, embeds=typed.embeds, images=typed.images, agencies=typed.agencies,
        authors=typed.authors, publisher=page.publisher, url=page.url,
        published=page.published or (find_stamp(typed.stamp) if typed.stamp else None),
    )  # fmt: skip
    return replace(article, title=words_of(article, BlockKind.HEADLINE))


def _from_html(page: Page, text: bytes) -> Article | Rejection:
    tree = LexborHTMLParser(text)
    meta = read_metadata(tree, page.url)
    draft, body = read_body(tree, meta)
    if problem := find_problem(tree, meta, draft):
        return _rejected(page, problem)
    authors, agencies = credited(meta, draft)
    published = page.published or meta.published or stamped(body)
    return Article(
        id=_id(page), text=draft.text, blocks=tuple(draft.blocks), embeds=tuple(draft.embeds), images=tuple(draft.images),
        language=meta.language or "de", publisher=page.publisher or meta.publisher, section=meta.section, url=meta.url,
        access=access_of(meta, draft), title=find_title(meta.titles, words_of(draft, BlockKind.HEADLINE), words_of(draft, BlockKind.KICKER), meta.publisher, meta.section), authors=authors, agencies=agencies,
        published=published, modified=meta.modified,
    )  # fmt: skip
