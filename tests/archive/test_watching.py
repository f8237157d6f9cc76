"""Watching: what is asked when, what is kept, and what happens when it is killed or its servers fail."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.archive.server import Request, Server, answer, page
from tests.archive.test_fetching import MISDEEDS
from wortlaut.archive.fetching import Fetcher
from wortlaut.archive.schedule import Schedule
from wortlaut.archive.watching import Kept, Look, Result, Watch
from wortlaut.archive.watchlist import Watched, Watchlist, read_watchlist
from wortlaut.errors import ConfigurationError
from wortlaut.model import Page

HOUR = 3600.0


@dataclass
class World:
    """A clock that only moves when somebody waits, a server, and what was kept of it."""

    server: Server
    fetcher: Fetcher
    path: str
    clock: float = 1_900_000_000.0
    kept: dict[str, bytes] = field(default_factory=dict)
    fault: Callable[[], None] = field(default=lambda: None)

    def keep(self, page: Page) -> Kept:
        self.fault()
        before = self.kept.get(page.source)
        self.kept[page.source] = page.content
        return Kept(result=Result.ADDED if before is None else Result.SAME if before == page.content else Result.EDITED)

    def sleep(self, seconds: float) -> None:
        self.clock += seconds

    def looks(self, *, once: bool = True, feed: str = "/rss") -> Iterator[Look]:
        watched = Watched(url=self.server.url(feed), publisher="Bote", every=HOUR, recheck=(HOUR, 24 * HOUR))
        with Schedule(self.path) as schedule:
            yield from Watch(
                watchlist=Watchlist(contact=None, delay=0.0, feeds=(watched,)), schedule=schedule, fetcher=self.fetcher,
                keep=self.keep, now=lambda: self.clock, sleep=self.sleep,
            ).run(once=once)  # fmt: skip

    def round(self, feed: str = "/rss") -> list[tuple[str, str]]:
        return [(look.url.removeprefix(self.server.url("")), look.result.value) for look in self.looks(feed=feed)]

    def serve(self, *numbers: int, words: str = "Die Brücke") -> None:
        """Serve a feed of these pages, and the pages, with tags by which they are asked for conditionally."""
        items = "".join(f"<item><link>/{number}</link></item>" for number in numbers)
        self.server.paths["/rss"] = _tagged(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
        for number in numbers:
            self.server.paths.setdefault(f"/{number}", _tagged(f"<p>{words} {number}".encode()))


def _tagged(body: bytes) -> Callable[[socket.socket, Request], None]:
    tag = f'"{hash(body)}"'

    def serve(connection: socket.socket, request: Request) -> None:
        same = request.headers.get("if-none-match") == tag
        connection.sendall(
            answer(status="304 Not Modified") if same else answer(body, ETag=tag, Content_Type="text/html")
        )

    return serve


@pytest.fixture
def world(server: Server, fetcher: Fetcher, tmp_path: Path) -> World:
    return World(server, fetcher, str(tmp_path / "state"))


def test_what_is_new_is_kept_and_nothing_is_asked_before_it_is_due(world: World) -> None:
    world.serve(1, 2)
    assert world.round() == [("/rss", "polled"), ("/1", "added"), ("/2", "added")]
    assert world.round() == []
    world.serve(3, 1, 2)
    world.clock += 1.2 * HOUR
    assert sorted(world.round()) == [("/1", "same"), ("/2", "same"), ("/3", "added"), ("/rss", "polled")]
    assert all("if-none-match" in asked[-1].headers for asked in (world.server.asked("/1"), world.server.asked("/rss")))


def test_pages_are_looked_at_less_and_less_and_edits_begin_anew(world: World) -> None:
    world.serve(1)
    world.round()
    waits = []
    began = last = world.clock
    for look in world.looks(once=False):
        if look.url.endswith("/1"):
            waits.append(round((world.clock - last) / HOUR))
            last = world.clock
            if len(waits) == 2 and look.result is Result.SAME:
                world.server.paths["/1"] = _tagged(b"<p>Die neue Br\xc3\xbccke")
                world.server.paths["/rss"] = _tagged(
                    b"<rss><channel><item><link>/1</link><pubDate>heute</pubDate></item></channel></rss>"
                )
        if world.clock > began + 90 * HOUR:
            break
    assert waits[0] == 1
    assert 24 <= waits[1] <= 27
    assert waits[2] <= 1, "the feed told of a change"
    assert waits[3] == 1, "after an edit it may be edited again"
    assert len(waits) == 5
    assert world.kept[world.server.url("/1")] == b"<p>Die neue Br\xc3\xbccke"


@pytest.mark.parametrize("when", range(4))
def test_a_watch_that_is_killed_goes_on_where_it_was(world: World, when: int) -> None:
    """Killed before the page number `when` is kept: the next watch has all, and asks again for none that was kept."""
    world.serve(1, 2, 3)

    def die() -> None:
        if len(world.kept) == when:
            raise KeyboardInterrupt

    world.fault = die
    if when < 3:
        with pytest.raises(KeyboardInterrupt):
            world.round()
    world.fault = lambda: None
    world.round()
    assert len(world.kept) == 3
    asked = [len(world.server.asked(f"/{number}")) for number in (1, 2, 3)]
    assert sorted(asked) == ([1, 1, 2] if when < 3 else [1, 1, 1])
    assert len(world.server.asked("/rss")) == 1


def test_a_feed_that_fails_is_asked_less_and_less(world: World) -> None:
    world.server.paths["/rss"] = answer(status="503 Busy")
    waits = []
    for look in world.looks(once=False):
        assert look.result is Result.FAILED
        waits.append((look.again or 0) / HOUR)
        if len(waits) == 8:
            break
    assert all(1 <= wait / least <= 1.1 for wait, least in zip(waits, (1, 2, 4, 8, 16, 24, 24, 24), strict=True))
    assert len(set(waits)) == 8, "no two waits are the same: watches do not march in step"


def test_a_server_that_asks_for_rest_gets_it(world: World) -> None:
    world.serve(1, 2, 3)
    world.server.paths["/1"] = world.server.paths["/2"] = world.server.paths["/3"] = answer(
        status="429 Slow down", Retry_After="7200"
    )
    assert world.round() == [("/rss", "polled"), ("/1", "failed")], "the others wait with it"
    world.serve(4)
    began, asked = world.clock, []
    world.server.paths["/4"] = world.server.paths["/1"]
    for look in world.looks(once=False):
        asked.append((look.url.rpartition("/")[2], look.result.value, round((world.clock - began) / HOUR, 1)))
        if len(asked) == 3:
            break
    assert asked[0][1:] == ("failed", 0.0), "a new watch knows of a page's rest, and learns of the host's"
    assert all(hours >= 2 for _, _, hours in asked[1:])


def test_pages_that_are_had_no_more_or_may_not_be(world: World) -> None:
    world.serve(1, 2)
    world.server.paths["/2"] = page("Die Brücke", TDM_Reservation="1")
    world.server.paths["/rss"] = _tagged(
        b"<rss version='2.0'><channel><item><link>/1</link></item><item><link>/2</link></item><item><link>/weg</link></item>"
        b"<item><link>http://127.0.0.1:1/</link></item></channel></rss>"
    )
    assert sorted(world.round()) == [
        ("/1", "added"), ("/2", "refused"), ("/rss", "polled"), ("/weg", "failed"), ("http://127.0.0.1:1/", "refused")
    ]  # fmt: skip
    world.server.paths["/1"] = answer(status="410 Gone")
    world.clock += 2 * HOUR
    assert ("/1", "gone") in world.round()
    assert list(world.kept) == [world.server.url("/1")]


def test_a_page_that_never_comes_is_given_up(world: World) -> None:
    world.serve(1)
    world.server.paths["/1"] = lambda connection, _: None
    waits = []
    for look in world.looks(once=False):
        if look.url.endswith("/1"):
            waits.append(look.again)
            if look.again is None:
                break
    assert len(waits) == 12
    assert sum(wait or 0.0 for wait in waits) < 6 * 24 * HOUR


def test_servers_that_mean_no_good_cost_themselves(world: World) -> None:
    """Every page that a feed names comes to something, and the good one between the bad is kept."""
    paths = {f"/{number}": misdeed for number, (misdeed, _, _) in enumerate(MISDEEDS.values())}
    good = f"/{len(paths)}"
    world.server.paths |= paths | {good: page("Die gute"), "/kreis": answer(status="302 Found", Location="/kreis")}
    items = "".join(f"<item><link>{path}</link></item>" for path in [*paths, "/kreis", good])
    world.server.paths["/rss"] = answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    results: dict[str, Result] = {}
    for look in world.looks(once=False):
        results.setdefault(look.url.removeprefix(world.server.url("")), look.result)
        if len(results) == len(paths) + 3:
            break
    assert results.pop("/rss") is Result.POLLED
    assert results.pop(good) is Result.ADDED
    assert set(results.values()) == {Result.FAILED}
    assert list(world.kept) == [world.server.url(good)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<p>Die Br", "no feed"),
        (b"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>", "watch one of these: http"),
    ],
)
def test_what_is_no_feed_says_so(world: World, body: bytes, words: str) -> None:
    world.server.paths["/rss"] = answer(body)
    (look,) = world.looks()
    assert (look.result, words in look.detail) == (Result.FAILED, True)


def test_one_watch_at_a_time(world: World, tmp_path: Path) -> None:
    with Schedule(world.path), pytest.raises(ConfigurationError, match="another watch"):
        Schedule(world.path)
    (tmp_path / "other").write_bytes(b"no database" * 999)
    with pytest.raises(ConfigurationError, match="no state of a watch"):
        Schedule(str(tmp_path / "other"))


def test_a_feed_that_is_watched_no_more(world: World) -> None:
    world.serve(1)
    world.server.paths["/atom"] = answer(b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>")
    world.round()
    world.clock += 2 * HOUR
    assert world.round("/atom") == [("/atom", "polled")]


def test_a_list_of_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        'contact = "redaktion@bote.example"\nevery = "5m"\n[[feed]]\nurl = "https://bote.example/rss"\npublisher = "Bote"\n'
        'recheck = ["2d", "90s"]\n[[feed]]\nurl = "https://echo.example/feed"\nevery = "1s"\n'
    )
    found = read_watchlist(str(path))
    assert (found.contact, found.delay) == ("redaktion@bote.example", 1.0)
    assert [(feed.publisher, feed.every, feed.recheck[:2]) for feed in found.feeds] == [
        ("Bote", 300.0, (90.0, 172_800.0)),
        (None, 60.0, (3600.0, 21_600.0)),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "at least one feed"),
        ("[[feed]]", "url must be"),
        ('[[feed]]\nurl = "file:///etc/passwd"', "url must be"),
        ('[[feed]]\nurl = "https://a.example/"\nevry = "1h"', "'evry' is not known"),
        ('[[feed]]\nurl = "https://a.example/"\nevery = "often"', "every must be a time"),
        ('[[feed]]\nurl = "https://a.example/"\nrecheck = "1h"', "recheck is a list"),
        ('[[feed]]\nurl = "https://a.example/"\n[[feed]]\nurl = "https://a.example/"', "named twice"),
        ('contact = "a\\nb"\n[[feed]]\nurl = "https://a.example/"', "contact must be words"),
        ("feed = 3", "at least one feed"),
        ("feed = [3]", "is a table"),
        ("[[feed", "cannot be read"),
    ],
)
def test_a_list_that_cannot_be_understood(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "feeds.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=words):
        read_watchlist(str(tmp_path / "feeds.toml"))
