"""The blueprints of minutes: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.minutes.models import Minutes, MinutesCorrection
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by

pages = Blueprint("minutes", __name__)
rest = resource("minutes_api", __name__, "Minutes of sittings")

_cycle = (
    select(ThematicTable.cycle_id)
    .join(Sitting, Sitting.table_id == ThematicTable.id)
    .join(Minutes, Minutes.sitting_id == Sitting.id)
)
cycle_found_by("minutes_id", lambda number: _cycle.where(Minutes.id == number))
cycle_found_by(
    "correction_id",
    lambda number: _cycle.join(MinutesCorrection, MinutesCorrection.minutes_id == Minutes.id).where(
        MinutesCorrection.id == number
    ),
)
