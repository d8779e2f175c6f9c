"""The blueprints of outcomes: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.outcomes.models import Outcome
from consultazione.tables.models import ThematicTable
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by

pages = Blueprint("outcomes", __name__)
rest = resource("outcomes_api", __name__, "Outcomes and their sign-off")

_cycle = select(ThematicTable.cycle_id).join(Outcome, Outcome.table_id == ThematicTable.id)
cycle_found_by("outcome_id", lambda number: _cycle.where(Outcome.id == number))
