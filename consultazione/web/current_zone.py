"""The zone and the cycle that a page is about, as far as every page has to know them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from consultazione.web.request_db import snapshot

# How the addresses of what belongs to a cycle begin: @pages.get(f"{IN_CYCLE}/tavoli").
IN_CYCLE = ""
_NAME = "cycle"


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
    def demo(self) -> bool:
        """True if everything on this site is invented."""

    @property
    def colour(self) -> str:
        """The word of its colour, of which the style sheet has a class."""

    @property
    def logo(self) -> str | None:
        """The SHA-256 of its logo, which stands in the logo's address; None without one."""

    @property
    def contact_email(self) -> str | None:
        """Where to write to the plan office."""

    @property
    def contact_phone(self) -> str | None:
        """Where to ring the plan office."""

    @property
    def contact_address(self) -> str | None:
        """Where the plan office is."""

    @property
    def website(self) -> str | None:
        """The zone's own site."""

    @property
    def privacy_url(self) -> str | None:
        """The zone's own privacy notice."""

    @property
    def accessibility_url(self) -> str | None:
        """The zone's own accessibility statement."""


class Cycle(Protocol):
    """What pages show of a cycle whatever they are about."""

    @property
    def id(self) -> int:
        """Its number, by which everything of the cycle is found."""

    @property
    def zone(self) -> Zone:
        """The zone whose cycle it is."""

    @property
    def first_year(self) -> int:
        """The first year of its plan."""

    @property
    def last_year(self) -> int:
        """The last year of its plan."""

    @property
    def years(self) -> str:
        """The years of its plan: 2018-2020."""


# Reads the cycle, with its zone; NotFound if none has been set up.
CycleProvider = Callable[[Session], Cycle]


def init(app: Flask, given: CycleProvider) -> None:
    """Let requests of this application read their zone and cycle in this way."""
    app.extensions[_NAME] = given


def current_cycle() -> Cycle:
    """The cycle that this page is about, read once in a request; NotFound if there is none."""
    if "cycle" not in g:
        provider: CycleProvider = current_app.extensions[_NAME]
        g.cycle = provider(snapshot())
    cycle: Cycle = g.cycle
    return cycle


def current_zone() -> Zone:
    """The zone that this page is about; NotFound if none has been set up."""
    return current_cycle().zone
