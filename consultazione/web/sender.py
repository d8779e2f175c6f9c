"""From where a request comes, as limits count it."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request

_IPV6_NETWORK = 64  # what one household, or one customer of a provider, has


def sender_network() -> str:
    """The network of the present request's sender; 127.0.0.1 for one without an address."""
    return network_of(request.remote_addr or "127.0.0.1")


def network_of(address: str) -> str:
    """An address of IPv4 itself; of IPv6 its network of 64 bits.

    Some proxies add a port, or write IPv4 as IPv6. All that is no address counts as one sender.
    """
    try:
        found = ip_address(_without_port(address.strip()).partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ip_network((found, _IPV6_NETWORK), strict=False))
    return str(found)


def _without_port(address: str) -> str:
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
