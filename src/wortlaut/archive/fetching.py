"""Fetching a page as a guest should: lawful, polite, bounded, and never into the network this program runs in.

    with Fetcher() as fetcher:
        fetched = fetcher.fetch("https://bote.example/hafen")

Every hop of a redirect is asked of robots.txt and judged by its address anew. The reservation of text and data mining is
read from where the page came from in the end, and from the headers of each hop; a page that is reserved is not handed on.
"""

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType
from typing import Self
from urllib.parse import urldefrag, urljoin, urlsplit

from wortlaut.archive.addresses import Permit, is_public
from wortlaut.archive.reservation import WELL_KNOWN, Reservation, Rule, find_in_headers, find_reservation, read_rules
from wortlaut.archive.robots import Robots
from wortlaut.archive.transport import Answer, Limits, Transport
from wortlaut.errors import FetchError, ForbiddenError
from wortlaut.model import Page, Problem, RejectionReason, Rights

__all__ = ["AGENT", "Fetched", "Fetcher", "Limits", "fetch_page"]

AGENT = f"wortlaut/{version('wortlaut')}"
"""How this program names itself; `contact` of a Fetcher is added to it."""
_PRODUCT = "wortlaut"
_KEEP = 24 * 3600.0
"""Seconds for which a site's rules hold once read (RFC 9309, 2.4)."""
_AGAIN = 300.0
"""Seconds after which rules that could not be had are asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer that may be used. `content` is empty where `unchanged`; `url` is where the redirects ended."""

    asked: str
    url: str
    content: bytes
    unchanged: bool
    media_type: str
    encoding: str | None
    etag: str | None
    modified: str | None
    fetched_at: datetime
    rights: Rights


@dataclass(slots=True)
class _Site:
    """What is remembered of one origin."""

    robots: Robots
    rules: tuple[Rule, ...] | None = None
    until: float = 0.0


@dataclass(slots=True)
class Fetcher:
    """Fetches pages, remembers each site's rules, and waits between requests to one host. A context manager, for one thread.

    `delay` is in seconds; a longer Crawl-delay of the site's is kept to, up to a minute. `permit` decides which addresses may be
    connected to; whoever tests against a server of their own gives one that allows exactly that server's address and port.
    """

    contact: str | None = None
    limits: Limits = field(default_factory=Limits)
    delay: float = 1.0
    permit: Permit = is_public
    context: ssl.SSLContext | None = None
    sleep: Callable[[float], None] = time.sleep
    _sites: dict[str, _Site] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _transport: Transport = field(init=False)

    def __post_init__(self) -> None:
        self._transport = Transport(limits=self.limits, permit=self.permit, context=self.context)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transport.close()

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Return what stands at `url`. With `etag` or `modified` of an earlier answer, one that is the same is `unchanged`.

        Raises ForbiddenError if it may not be fetched or mined, FetchError if it cannot be had; see their attributes.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        conditions = {name: value for name, value in asked.items() if value}
        target, answer, rights = self._follow(url, conditions)
        _check_status(url, answer)
        found = find_reservation(target, answer.headers, answer.content, self._rules(target))
        if found:
            rights = _allowed(url, rights, found)
        kind = _media(answer.headers)
        return Fetched(
            asked=url,
            url=target,
            content=answer.content,
            unchanged=answer.status == 304,
            media_type=kind.get_content_type(),
            encoding=kind.get_content_charset(),
            etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"),
            fetched_at=datetime.now(UTC),
            rights=rights,
        )

    def ready_in(self, url: str) -> float:
        """Return the seconds until the host of `url` may be asked again."""
        origin = _origin(url)
        site = self._sites.get(origin)
        wanted = site.robots.delay(_PRODUCT) if site else None
        gap = max(self.delay, min(wanted or 0.0, 60.0))
        return max(0.0, self._last.get(_host(url), -gap) + gap - time.monotonic()) if gap else 0.0

    def _follow(self, url: str, conditions: Mapping[str, str]) -> tuple[str, Answer, Rights]:
        """Return the last address of a chain of redirects, its answer, and what its robots.txt said."""
        target = _checked(url, url)
        for _ in range(self.limits.redirects + 1):
            robots = self._site(target).robots.answer(target, _PRODUCT)
            rights = Rights(robots=robots)
            if robots == "disallowed":
                raise ForbiddenError(url, f"robots.txt of {_host(target)} disallows it", rights=rights)
            if robots == "unreachable":
                why = f"robots.txt of {_host(target)} cannot be had, so that nothing of it may be fetched now"
                raise FetchError(url, why, passing=True)
            answer = self._ask(target, conditions)
            place = _moved(answer)
            if not place:
                return target, answer, rights
            if found := find_in_headers(target, answer.headers):
                _allowed(url, rights, found)
            target = _checked(url, place, base=target)
        raise FetchError(url, f"more than {self.limits.redirects} redirects")

    def _site(self, url: str) -> _Site:
        """Return what is known of the origin of `url`, its robots.txt being asked for where it is not known."""
        origin, now = _origin(url), time.monotonic()
        site = self._sites.get(origin)
        if site is None or site.until < now:
            robots = self._robots(origin)
            keep = _AGAIN if robots.state == "unreachable" else _KEEP
            site = self._sites[origin] = _Site(robots, until=now + keep)
        return site

    def _robots(self, origin: str) -> Robots:
        try:
            answer = self._file(f"{origin}/robots.txt")
        except ForbiddenError:
            raise
        except FetchError:
            return Robots("unreachable")
        return Robots.of(answer.status, answer.content) if answer else Robots("absent")

    def _file(self, target: str) -> Answer | None:
        """Return the answer for a file of a site, redirects followed; None after too many, which count as no file (RFC 9309, 2.3.1.2)."""
        for _ in range(self.limits.redirects + 1):
            answer = self._ask(target, {})
            place = _moved(answer)
            if not place:
                return answer
            target = _checked(target, place, base=target)
        return None

    def _rules(self, url: str) -> tuple[Rule, ...]:
        """Return the site's rules for mining; a file that cannot be had says nothing."""
        site = self._site(url)
        if site.rules is None:
            try:
                answer = self._file(_origin(url) + WELL_KNOWN)
                site.rules = read_rules(answer.content) if answer and answer.status == 200 else ()
            except FetchError:
                site.rules = ()
        return site.rules

    def _ask(self, url: str, headers: Mapping[str, str]) -> Answer:
        self.sleep(self.ready_in(url))
        agent = f"{AGENT} (+{self.contact})" if self.contact else AGENT
        try:
            return self._transport.send(url, {"User-Agent": agent, "Accept-Language": "de, *;q=0.5", **headers})
        finally:
            self._last[_host(url)] = time.monotonic()


def fetch_page(fetcher: Fetcher, url: str, *, defaults: Page) -> Page:
    """Return the page at `url`, with what `defaults` knows; one that cannot be had, or may not be, says why."""
    page = replace(defaults, source=url, url=defaults.url or urldefrag(url).url)
    try:
        fetched = fetcher.fetch(url)
    except ForbiddenError as error:
        problem = Problem(reason=RejectionReason.NOT_ALLOWED, detail=error.detail)
        return replace(page, problem=problem, rights=error.rights if isinstance(error.rights, Rights) else None)
    except FetchError as error:
        return replace(page, problem=Problem(reason=RejectionReason.NOT_FETCHED, detail=error.detail))
    return page_of(fetched, defaults=defaults)


def page_of(fetched: Fetched, *, defaults: Page) -> Page:
    """Return a fetched answer as a page."""
    return replace(
        defaults,
        source=fetched.asked,
        url=defaults.url or urldefrag(fetched.url).url,
        content=fetched.content,
        encoding=fetched.encoding,
        fetched_at=fetched.fetched_at,
        rights=fetched.rights,
    )


def _checked(asked: str, place: str, *, base: str = "") -> str:
    """Return a URL that may be asked for: http or https, with a host, without a name and password, without a fragment."""
    try:
        url = urljoin(base, place)
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ForbiddenError(asked, f"{place[:200]!r} is no address of a page ({error})") from error
    if parts.scheme.lower() not in {"http", "https"} or not host:
        raise ForbiddenError(asked, f"only http and https addresses are fetched, not {url[:200]!r}")
    if parts.username is not None or parts.password is not None:
        raise ForbiddenError(asked, "an address with a name and password in it is not fetched")
    return urldefrag(url).url


def _check_status(url: str, answer: Answer) -> None:
    """Raise FetchError if an answer is neither a page nor word that it is unchanged."""
    if answer.status in {200, 203, 304}:
        return
    passing = answer.status >= 500 or answer.status in {408, 425, 429}
    wait = _seconds(answer.headers.get("retry-after")) if passing else None
    raise FetchError(url, f"the server answered with status {answer.status}", passing=passing, wait=wait)


def _seconds(value: str | None) -> float | None:
    """Return a Retry-After, seconds or a date, as seconds from now."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _media(headers: Mapping[str, str]) -> Message:
    message = Message()
    message["content-type"] = (
        headers.get("content-type", "application/octet-stream").replace("\r", "").replace("\n", "")
    )
    return message


def _moved(answer: Answer) -> str | None:
    """Return where a redirect leads; None if it is none."""
    place = answer.headers.get("location", "").strip()
    return place or None if answer.status in {301, 302, 303, 307, 308} else None


def _allowed(url: str, rights: Rights, found: Reservation) -> Rights:
    """Return what is known of a page's rights; raise ForbiddenError if mining it is reserved."""
    rights = found.on(rights)
    if rights.reserved:
        raise ForbiddenError(url, found.detail, rights=rights)
    return rights


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()
