"""The blueprints of plan: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.core.scopes import Scope
from consultazione.plan.models import Contribution, Paragraph
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by
from consultazione.zones.models import Chapter

pages = Blueprint("plan", __name__)
_ABOUT = "The plan, its contributions and their pedigrees"
rest = resource("plan_api", __name__, _ABOUT, scope=Scope.PLAN)

_cycle = select(Chapter.cycle_id)
cycle_found_by(
    "paragraph_id",
    lambda number: _cycle.join(Paragraph, Paragraph.chapter_id == Chapter.id).where(
        Paragraph.id == number
    ),
)
cycle_found_by(
    "contribution_id",
    lambda number: _cycle.join(Contribution, Contribution.chapter_id == Chapter.id).where(
        Contribution.id == number
    ),
)
