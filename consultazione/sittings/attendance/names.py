"""Who of those at a sitting is named to everybody, and who is only counted.

One rule for the room, the pages of the sitting and of its attendance, and the REST interface.
Who speaks for an organisation has a public part, and so have the chair and who writes the
minutes; who asks for the floor or writes something is named with it, as in any public debate.
Who only attends, for themselves, is counted with their category: being there can tell of health
or of poverty, and nothing requires it to be published (GDPR art. 5(1)(c), data minimisation).
Who took part, or may read the draft of the minutes, sees all names.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from consultazione.sittings.attendance.register import Attended
from consultazione.sittings.floor.models import Hand
from consultazione.sittings.models import Attendance, Sitting


def is_named_to_all(sitting: Sitting) -> ColumnElement[bool]:
    """A condition for attendances at a sitting: their person is named to everybody."""
    asked = select(Hand.person_id).where(Hand.sitting_id == sitting.id)
    return or_(
        Attendance.mandate_id.is_not(None),
        Attendance.person_id.in_(asked),
        Attendance.person_id.in_([sitting.presided_by, sitting.secretary_id]),
    )


def named_to_all(session: Session, sitting: Sitting, persons: Collection[int]) -> set[int]:
    """Those of some persons at a sitting who are named to everybody, by id."""
    query = select(Attendance.person_id).where(
        Attendance.sitting_id == sitting.id,
        Attendance.person_id.in_(persons),
        is_named_to_all(sitting),
    )
    return set(session.scalars(query)) | (
        {sitting.presided_by or 0, sitting.secretary_id or 0} & set(persons)
    )


def names_shown(
    session: Session, sitting: Sitting, attended: Sequence[Attended], *, to_insider: bool
) -> list[Attended]:
    """Those who attended whom a reader sees by name, in the same order.

    to_insider: whether the reader took part, or may read the draft of the minutes.
    """
    if to_insider:
        return list(attended)
    public = named_to_all(session, sitting, {one.person_id for one in attended})
    return [one for one in attended if one.person_id in public]
