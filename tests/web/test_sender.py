"""From where a request comes, however a proxy writes it."""

from __future__ import annotations

import pytest
from flask import Flask

from consultazione.web.sender import network_of, sender_network


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("198.51.100.7:5678", "198.51.100.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("abc:def", "unknown"),
        ("unknown", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_address_counts_for_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_request_without_an_address_counts_for_this_machine(app: Flask) -> None:
    with app.test_request_context(environ_overrides={"REMOTE_ADDR": ""}):
        assert sender_network() == "127.0.0.1"
