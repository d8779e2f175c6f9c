"""The zone and the cycle that a page is about: where addresses name them, and how they are found.

What belongs to a cycle has its place in the address. An object has a short address, and its
feature says here how its cycle is found. All other pages are about the whole installation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from flask import Flask, current_app, g, request
from sqlalchemy import Select
from sqlalchemy.orm import Session

from consultazione.web.request_db import snapshot

# How the addresses of what belongs to a zone, or to a cycle, begin:
# @pages.get(f"{IN_CYCLE}/tavoli"). Both variable parts are taken out before the view is called,
# and put back by `url_for`.
IN_ZONE = "/zone/<zone>"
IN_CYCLE = "/zone/<zone>/<cycle>"
_NAME = "places"
_PARTS = ("zone", "cycle")

# Selects the id of the cycle to which an object belongs.
CycleOf = Callable[[Any], Select[int]]
# How the cycle is found of the object whose id has that name in an address.
FINDERS: dict[str, CycleOf] = {}


class Zone(Protocol):
    """What pages show of a zone whatever they are about."""

    @property
    def id(self) -> int:
        """Its number, by which everything of the zone is found."""

    @property
    def slug(self) -> str:
        """Its name in addresses."""

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
    def contact_pec(self) -> str | None:
        """Its certified address (posta elettronica certificata)."""

    @property
    def contact_hours(self) -> str | None:
        """When it is open."""

    @property
    def frame_hosts(self) -> str | None:
        """The origins of sites that may show the widget, one a line."""

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
        """The years of its plan, 2018-2020, which name it in addresses too."""


class Place(Protocol):
    """A cycle as the place that a page is about."""

    @property
    def cycle(self) -> Cycle:
        """The cycle, with its zone."""

    @property
    def cycles(self) -> Sequence[Cycle]:
        """All cycles of the zone, the current one first."""

    @property
    def is_only(self) -> bool:
        """True if the installation has no other zone."""

    @property
    def is_past(self) -> bool:
        """True if the zone plans in a later cycle by now."""


class Places(Protocol):
    """Finds places, as the application hands it to us; each with one statement."""

    def at(self, session: Session, zone: str | None, years: str | None) -> Place:
        """The place that an address names; NotFound if there is none.

        zone: a slug; None for the first zone. years: such as 2018-2020; None for the current
        cycle of the zone.
        """

    def of(self, session: Session, cycle_id: Select[int]) -> Place | None:
        """The place of the cycle whose id is selected; None if nothing is."""


def init(app: Flask, given: Places) -> None:
    """Let requests of this application find their place in this way."""
    if _NAME not in app.extensions:
        app.url_value_preprocessor(_take_out)
        app.url_defaults(_put_in)
    app.extensions[_NAME] = given


def cycle_found_by(argument: str, cycle_of: CycleOf) -> None:
    """Say how the cycle of an object is found whose id an address has under this name."""
    FINDERS[argument] = cycle_of


def current_cycle() -> Cycle:
    """The cycle that this page is about, read once in a request; NotFound if there is none."""
    return current_place().cycle


def current_zone() -> Zone:
    """The zone that this page is about; NotFound if none has been set up."""
    return current_cycle().zone


def current_place() -> Place:
    """Where this page is: at its address, where its object is, else in the first zone now."""
    if "place" not in g:
        g.place = _find(current_app.extensions[_NAME])
    place: Place = g.place
    return place


def shown_place() -> Place | None:
    """The place that the frame of this page names.

    None where a page is about the whole installation, and that has several zones.
    """
    place = current_place()
    return place if place.is_only or g.get("is_placed") else None


def ask_for_place() -> None:
    """Let the query of this request, ?zone=&cycle=, say where it is."""
    g.query_of_place = {name: request.args[name] for name in _PARTS if request.args.get(name)}
    if g.query_of_place:
        g.asked_place = tuple(g.query_of_place.get(name) for name in _PARTS)


def query_of_place() -> dict[str, str]:
    """What the query of this request said of its place."""
    said: dict[str, str] = g.get("query_of_place", {})
    return said


def _find(places: Places) -> Place:
    if "asked_place" in g:
        g.is_placed = True
        return places.at(snapshot(), *g.asked_place)
    found = (
        places.of(snapshot(), of_object) if (of_object := _cycle_of_object()) is not None else None
    )
    g.is_placed = found is not None
    return found or places.at(snapshot(), None, None)


def _cycle_of_object() -> Select[int] | None:
    """Selects the id of the cycle of the object in the address; None if the address has none."""
    for name, number in (request.view_args or {}).items():
        if name in FINDERS:
            return FINDERS[name](number)
    return None


def _take_out(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "zone" in values:
        g.asked_place = (values.pop("zone"), values.pop("cycle", None))


def _put_in(endpoint: str, values: dict[str, Any]) -> None:
    if "zone" in values or not current_app.url_map.is_endpoint_expecting(endpoint, "zone"):
        return
    cycle = current_cycle()
    values["zone"] = cycle.zone.slug
    if current_app.url_map.is_endpoint_expecting(endpoint, "cycle"):
        values["cycle"] = cycle.years
