"""Pages of the web: one address, or all that a feed names, each asked for as `fetching` does."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from wortlaut.archive.feeds import Feed, read_feed
from wortlaut.archive.files import unread
from wortlaut.errors import ConfigurationError
from wortlaut.model import Page, RejectionReason

if TYPE_CHECKING:
    from wortlaut.archive.fetching import Fetcher

__all__ = ["Web", "fetch_pages", "is_address", "open_web", "pages_named"]

Web = Callable[[], "Fetcher"]
"""Gives what fetches, which is opened when it is needed first."""
_DEEP = 3
"""Feeds within feeds: an index of indexes of sitemaps."""


def open_web(*, contact: str | None = None, delay: float = 1.0) -> "Fetcher":
    """Return what fetches pages; it is the caller's to close.

    `contact`, an address of who asks, is told to every server; raise ConfigurationError if it cannot stand in a header.
    """
    if contact and not (contact.isascii() and contact.isprintable()):
        raise ConfigurationError(f"a contact must be an address in plain letters on one line, not {contact!r}")
    try:
        from wortlaut.archive.fetching import Fetcher
    except ImportError as error:
        raise ConfigurationError("reading from the web needs more packages: pip install 'wortlaut[archive]'") from error
    return Fetcher(contact=contact, delay=delay)


def is_address(source: str) -> bool:
    """Tell whether a source is an address of the web."""
    return source.lower().startswith(("http://", "https://"))


def fetch_pages(web: Web, url: str, *, defaults: Page, deep: int = _DEEP) -> Iterator[Page]:
    """Yield the page at `url`, or, if there is a feed, every page that it names; what cannot be had says why."""
    fetcher = web()
    from wortlaut.archive.fetching import fetch_page  # after what says which packages it needs

    page = fetch_page(fetcher, url, defaults=defaults)
    feed = read_feed(page.content, page.url) if page.content else None
    if feed is None:
        yield page
    else:
        yield from pages_named(web, feed, page, deep=deep)


def pages_named(web: Web, feed: Feed, page: Page, *, deep: int = _DEEP) -> Iterator[Page]:
    """Yield every page that a feed names, which was read from `page`; a feed that names none is a page with a problem."""
    from wortlaut.archive.fetching import fetch_page

    bare = replace(page, content=b"", url=None, encoding=None, fetched_at=None, rights=None)
    if not feed.entries and not (feed.feeds and deep):
        detail = "this feed lies too deep in others" if feed.feeds else "this feed names no pages"
        yield unread(bare, RejectionReason.EMPTY, detail)
    for entry in feed.entries:
        yield fetch_page(web(), entry.url, defaults=bare)
    for url in feed.feeds if deep else ():
        yield from fetch_pages(web, url, defaults=bare, deep=deep - 1)
