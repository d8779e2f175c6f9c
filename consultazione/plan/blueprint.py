"""The blueprints of plan: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.core.scopes import Scope
from consultazione.web.api import resource

pages = Blueprint("plan", __name__)
_ABOUT = "The plan, its contributions and their pedigrees"
rest = resource("plan_api", __name__, _ABOUT, scope=Scope.PLAN)
