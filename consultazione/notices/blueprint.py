"""The blueprints of notices: pages and REST resources; and what every page shows of them."""

from __future__ import annotations

from flask import Blueprint, g

from consultazione.notices.models import SubjectKind
from consultazione.notices.queries import count_unread, follows
from consultazione.web.api import resource
from consultazione.web.request_db import actor, snapshot

pages = Blueprint("notices", __name__)
rest = resource("notices_api", __name__, "Notices, and what somebody follows")


def unread_notices() -> int:
    """How many notices the reader of a page has not read; none for a visitor, who has no bell."""
    person_id = actor().person_id
    return 0 if person_id is None or g.get("bare") else count_unread(snapshot(), person_id)


def is_followed(kind: str, subject_id: int) -> bool:
    """Whether the reader of a page follows what it shows."""
    person_id = actor().person_id
    return person_id is not None and follows(snapshot(), person_id, SubjectKind(kind), subject_id)


pages.add_app_template_global(unread_notices)
pages.add_app_template_global(is_followed)
