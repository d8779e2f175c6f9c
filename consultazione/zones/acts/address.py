"""The address at which an act can be read."""

from __future__ import annotations

from consultazione.core.incoming.web_address import read_address


def read_act_address(url: str | None) -> str | None:
    """The address of an act's text; Invalid on `url` unless it is an https address."""
    return read_address(url, field="url", example="https://www.comune.example.it/atti/12")
