"""What the kinds of text of a sitting share."""

from __future__ import annotations

from typing import NoReturn

from flask_babel import lazy_gettext as _
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.errors import Conflict
from consultazione.sittings.models import Attendance


def no_erasing() -> NoReturn:
    """Conflict: words of a sitting stand in its minutes too, which an order of erasure knows."""
    raise Conflict(
        _("What was written in a sitting is erased by an order of erasure, in the administration.")
    )


def was_there(session: Session, actor: Actor, sitting_id: int) -> bool:
    """True if the actor is or was present in the sitting."""
    attendance = exists().where(
        Attendance.sitting_id == sitting_id, Attendance.person_id == (actor.person_id or 0)
    )
    return bool(session.scalar(select(attendance)))
