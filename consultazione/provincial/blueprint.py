"""The blueprints of provincial: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.core.scopes import Scope
from consultazione.provincial.models import ProjectForward
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by

pages = Blueprint("provincial", __name__)
_ABOUT = "Provincial programmes, their projects, and what the zones answer"
rest = resource("provincial_api", __name__, _ABOUT, scope=Scope.PLAN)

cycle_found_by(
    "forward_id", lambda number: select(ProjectForward.cycle_id).where(ProjectForward.id == number)
)
