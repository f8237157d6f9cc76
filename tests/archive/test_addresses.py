"""Which addresses may be connected to."""

import socket
from ipaddress import ip_address

import pytest

from tests.archive.server import Server, answer
from wortlaut.archive.addresses import ForbiddenAddressError, is_public, resolve
from wortlaut.archive.fetching import Fetcher
from wortlaut.errors import ForbiddenError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1",
        "ff02::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::", "2001:db8::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)  # fmt: skip
def test_inner_addresses_are_refused(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "64:ff9b::909:909", "2002:909:909::"])
def test_outer_addresses_are_allowed(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_every_way_to_write_loopback_is_refused(server: Server, host: str) -> None:
    """The system's resolver decides what a name means; the address that comes out is judged."""
    server.paths["/"] = answer(b"secret")
    with Fetcher(delay=0.0) as fetcher, pytest.raises(ForbiddenError):
        fetcher.fetch(server.url(host=host))
    assert not server.seen


def test_the_address_judged_is_the_address_connected(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name service that answers anew for every question gets no second question."""
    asked = []
    real = socket.getaddrinfo

    def rebinding(host: str, *rest: object, **more: object) -> list[object]:
        if host != "rebound.example":
            return real(host, *rest, **more)
        asked.append(host)
        return real("198.51.100.7" if len(asked) == 1 else "127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert resolve("rebound.example", 80, permit=lambda address, _: str(address) == "198.51.100.7") == ("198.51.100.7",)
    with Fetcher(delay=0.0) as fetcher, pytest.raises(ForbiddenError):
        fetcher.fetch(f"http://rebound.example:{server.port}/")
    assert not server.seen


def test_of_several_addresses_only_the_permitted_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("10.0.0.1", "9.9.9.9", "9.9.9.9", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert resolve("mixed.example", 80, permit=is_public) == ("9.9.9.9",)
    with pytest.raises(ForbiddenAddressError):
        resolve("mixed.example", 80, permit=lambda *_: False)
