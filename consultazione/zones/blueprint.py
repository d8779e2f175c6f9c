"""The blueprints of zones: pages and REST resources, and the cycles of what they are about."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import Select, select

from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by
from consultazione.zones.feedback.models import PageFeedback
from consultazione.zones.gatherings.models import Gathering
from consultazione.zones.library.models import Citation
from consultazione.zones.models import Act, Chapter, Cycle, Phase, Priority
from consultazione.zones.papers.models import Attachment
from consultazione.zones.phases.barring_views import barred_here

pages = Blueprint("zones", __name__)
pages.add_app_template_global(barred_here, "barred")
rest = resource("zones_api", __name__, "The zone and the public log")


def _of_attachment(number: int) -> Select[int]:
    acts = select(Act.cycle_id).join(Attachment, Attachment.act_id == Act.id)
    gatherings = select(Gathering.cycle_id).join(Attachment)
    of_both = acts.where(Attachment.id == number).union(gatherings.where(Attachment.id == number))
    return select(of_both.subquery().c.cycle_id)


def _current_of(zone: Select[int]) -> Select[int]:
    """The current cycle of a zone: what belongs to the zone is shown in it."""
    newest = Cycle.first_year.desc(), Cycle.last_year.desc()
    return select(Cycle.id).where(Cycle.zone_id.in_(zone)).order_by(*newest).limit(1)


cycle_found_by("need_id", lambda number: select(Priority.cycle_id).where(Priority.id == number))
cycle_found_by("chapter_id", lambda number: select(Chapter.cycle_id).where(Chapter.id == number))
cycle_found_by("phase_id", lambda number: select(Phase.cycle_id).where(Phase.id == number))
cycle_found_by("act_id", lambda number: select(Act.cycle_id).where(Act.id == number))
cycle_found_by(
    "gathering_id", lambda number: select(Gathering.cycle_id).where(Gathering.id == number)
)
cycle_found_by("attachment_id", _of_attachment)
cycle_found_by(
    "citation_id",
    lambda number: _current_of(select(Citation.zone_id).where(Citation.id == number)),
)
cycle_found_by(
    "feedback_id",
    lambda number: _current_of(select(PageFeedback.zone_id).where(PageFeedback.id == number)),
)
