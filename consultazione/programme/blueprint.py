"""The blueprints of the programme: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import Select, select

from consultazione.core.scopes import Scope
from consultazione.programme.amounts import written_money, written_number
from consultazione.programme.models import AnnualProgramme, Intervention
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by

pages = Blueprint("programme", __name__)
pages.add_app_template_filter(written_money, "money")
pages.add_app_template_filter(written_number, "number")
_ABOUT = "The annual programmes: interventions, who pays for them, indicators"


def _of_intervention(number: int) -> Select[int]:
    programmes = select(AnnualProgramme.cycle_id).join(Intervention)
    return programmes.where(Intervention.id == number)


cycle_found_by("intervention_id", _of_intervention)
rest = resource("programme_api", __name__, _ABOUT, scope=Scope.PLAN)
