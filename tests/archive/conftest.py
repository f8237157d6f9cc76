from collections.abc import Iterator

import pytest

from tests.archive.server import Server
from wortlaut.archive.fetching import Fetcher, Limits


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture
def fetcher(server: Server) -> Iterator[Fetcher]:
    """A fetcher that may reach the test's own server, and is not slowed by politeness."""
    limits = Limits(seconds=1.0, silence=0.4, size=200_000, redirects=3)
    with Fetcher(limits=limits, delay=0.0, permit=server.permit) as fetcher:
        yield fetcher
