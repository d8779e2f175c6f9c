"""The blueprints of opinion maps: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.opinions.models import Opinion, OpinionMap
from consultazione.tables.models import ThematicTable
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by

pages = Blueprint("opinions", __name__)
rest = resource("opinions_api", __name__, "Opinion maps of tables")

_cycle = select(ThematicTable.cycle_id).join(OpinionMap, OpinionMap.table_id == ThematicTable.id)
_cycle_of_opinion = _cycle.join(Opinion, Opinion.map_id == OpinionMap.id)
cycle_found_by("opinion_map_id", lambda number: _cycle.where(OpinionMap.id == number))
cycle_found_by("opinion_id", lambda number: _cycle_of_opinion.where(Opinion.id == number))
