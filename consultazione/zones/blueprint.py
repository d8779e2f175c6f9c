"""The blueprints of zones: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by
from consultazione.zones.models import Phase

pages = Blueprint("zones", __name__)
rest = resource("zones_api", __name__, "The zone and the public log")

cycle_found_by("phase_id", lambda number: select(Phase.cycle_id).where(Phase.id == number))
