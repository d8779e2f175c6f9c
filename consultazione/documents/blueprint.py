"""The blueprints of the register of documents: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.documents.models import Registration
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by
from consultazione.zones.models import Cycle

pages = Blueprint("documents", __name__)
rest = resource("documents_api", __name__, "The register of documents")

# A register belongs to a zone: its pages are framed by the zone's latest cycle.
_cycle = select(Cycle.id).join(Registration, Registration.zone_id == Cycle.zone_id)
_latest = _cycle.order_by(Cycle.first_year.desc(), Cycle.id.desc()).limit(1)
cycle_found_by("registration_id", lambda number: _latest.where(Registration.id == number))
