"""The blueprint of privacy."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.privacy.models import Activity
from consultazione.web.current_zone import cycle_found_by
from consultazione.zones.models import Cycle
from consultazione.zones.queries import NEWEST

pages = Blueprint("privacy", __name__)

# The register belongs to its zone: its pages are pages of the cycle in which the zone plans now.
cycle_found_by(
    "activity_id",
    lambda number: (
        select(Cycle.id)
        .join(Activity, Activity.zone_id == Cycle.zone_id)
        .where(Activity.id == number)
        .order_by(*NEWEST)
        .limit(1)
    ),
)
