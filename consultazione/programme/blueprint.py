"""The blueprints of the programme: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.core.scopes import Scope
from consultazione.programme.amounts import written_money, written_number
from consultazione.web.api import resource

pages = Blueprint("programme", __name__)
pages.add_app_template_filter(written_money, "money")
pages.add_app_template_filter(written_number, "number")
_ABOUT = "The annual programmes: interventions, who pays for them, indicators"
rest = resource("programme_api", __name__, _ABOUT, scope=Scope.PLAN)
