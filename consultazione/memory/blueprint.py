"""The blueprints of memory: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.core.scopes import Scope
from consultazione.memory.models import (
    ArchiveDocument,
    Assessment,
    AssessmentComment,
    PriorityLink,
)
from consultazione.outcomes.models import OutcomeItem
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by
from consultazione.zones.models import Chapter, Cycle, Priority
from consultazione.zones.queries import NEWEST

pages = Blueprint("memory", __name__)
_ABOUT = "Past cycles: their documents, their priorities, and what became of their promises"
rest = resource("memory_api", __name__, _ABOUT, scope=Scope.PLAN)

_of_promise = select(Assessment.cycle_id)
# A document belongs to its zone: its page is a page of the cycle in which the zone plans now.
cycle_found_by(
    "archive_document_id",
    lambda number: (
        select(Cycle.id)
        .join(ArchiveDocument, ArchiveDocument.zone_id == Cycle.zone_id)
        .where(ArchiveDocument.id == number)
        .order_by(*NEWEST)
        .limit(1)
    ),
)
cycle_found_by("assessment_id", lambda number: _of_promise.where(Assessment.id == number))
cycle_found_by(
    "assessment_comment_id",
    lambda number: _of_promise.join(
        AssessmentComment, AssessmentComment.assessment_id == Assessment.id
    ).where(AssessmentComment.id == number),
)
cycle_found_by(
    "priority_link_id",
    lambda number: select(PriorityLink.cycle_id).where(PriorityLink.id == number),
)
cycle_found_by("priority_id", lambda number: select(Priority.cycle_id).where(Priority.id == number))
cycle_found_by(
    "outcome_item_id",
    lambda number: (
        select(Chapter.cycle_id)
        .join(OutcomeItem, OutcomeItem.chapter_id == Chapter.id)
        .where(OutcomeItem.id == number)
    ),
)
