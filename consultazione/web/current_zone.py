"""The zone that this site shows, as far as every page has to know it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from consultazione.web.request_db import snapshot

_NAME = "zone"


class Zone(Protocol):
    """What pages show of a zone whatever they are about."""

    @property
    def id(self) -> int:
        """Its number, by which everything of the zone is found."""

    @property
    def name(self) -> str:
        """Its name, as titles have it."""

    @property
    def lead_body(self) -> str:
        """The public body that answers for the site."""

    @property
    def cycle(self) -> str:
        """The years of its plan: 2018-2020."""

    @property
    def demo(self) -> bool:
        """True if everything on this site is invented."""


# Reads the zone; NotFound if none has been set up.
ZoneProvider = Callable[[Session], Zone]


def init(app: Flask, given: ZoneProvider) -> None:
    """Let requests of this application read their zone in this way."""
    app.extensions[_NAME] = given


def current_zone() -> Zone:
    """The zone that this site shows, read once in a request; NotFound if none has been set up."""
    if "zone" not in g:
        provider: ZoneProvider = current_app.extensions[_NAME]
        g.zone = provider(snapshot())
    zone: Zone = g.zone
    return zone
