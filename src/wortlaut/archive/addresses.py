"""Which addresses may be connected to: a page's URL must never lead into the network that this program runs in.

A name is resolved once, every address it has is judged, and the connection goes to an address that was judged, so that a
second answer of the name service cannot change the target (DNS rebinding). Redirects come through here again.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

__all__ = ["ForbiddenAddressError", "Permit", "is_public", "resolve"]

Permit = Callable[[IPv4Address | IPv6Address, int], bool]
"""Tells whether an address and a port may be connected to."""

_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


class ForbiddenAddressError(OSError):
    """A host has no address that may be connected to."""


def is_public(address: IPv4Address | IPv6Address, port: int = 443) -> bool:
    """Tell whether an address belongs to the public internet, looking through every way to write IPv4 inside IPv6."""
    del port
    if isinstance(address, IPv6Address):
        if address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inner:
            return is_public(inner)
        if address.is_site_local or int(address) >> 32 == 0:  # the last: IPv4-compatible, long deprecated
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int, *, permit: Permit) -> tuple[str, ...]:
    """Return the addresses of `host` that are permitted, in the system's order, each once.

    Raises ForbiddenAddressError if it has addresses and none is permitted, OSError if it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host[:80]!r} is no name of a host") from error
    addresses = dict.fromkeys(str(entry[4][0]) for entry in found)
    allowed = tuple(a for a in addresses if permit(ip_address(a.partition("%")[0]), port))
    if not allowed:
        raise ForbiddenAddressError(f"{host} is at {next(iter(addresses))}, which is not on the public internet")
    return allowed
