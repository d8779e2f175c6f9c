"""Who counts as present because somebody there holds their proxy.

`polls.voters` and `quorums.headcount` ask here, each with its own moment and its own idea of who
was there. A proxy without its holder represents nobody, nor does one whose mandate has ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from consultazione.people.models import Mandate
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.proxies.models import Proxy
from consultazione.sittings.voices import leaders_among
from consultazione.tables.rights.standing import facts_of
from consultazione.tables.rules import Who, lets_in


def proxies_with(
    session: Session, sitting_id: int, there: ColumnElement[bool], *, at: datetime
) -> list[Proxy]:
    """Return the proxies that stood at a moment and whose holder was there, by id.

    there: a condition for the attendance of the holder. Where nobody gave one it asks no more: in
    most sittings, several times a second while a poll is open.
    """
    if session.scalar(select(Proxy.id).filter_by(sitting_id=sitting_id).limit(1)) is None:
        return []
    query = (
        select(Proxy)
        .join(
            Attendance,
            and_(
                Attendance.person_id == Proxy.holder_id, Attendance.sitting_id == Proxy.sitting_id
            ),
        )
        .outerjoin(Mandate, Mandate.id == Proxy.mandate_id)
        .where(Proxy.sitting_id == sitting_id, there, Proxy.given_at <= at)
        .where(or_(Proxy.ended_at.is_(None), Proxy.ended_at > at))
        .where(or_(Proxy.mandate_id.is_(None), ~Mandate.is_over(at)))
        .order_by(Proxy.id)
        .distinct()
    )
    return list(session.scalars(query))


def given_in(session: Session, sitting: Sitting) -> set[tuple[int, int]]:
    """Return which organisations were represented in a sitting, each with who gave its vote.

    Those whose proxy stood at some time from the opening on, and whose holder came; nobody
    before the opening.
    """
    if sitting.opened_at is None:
        return set()
    came = select(Attendance.id).where(
        Attendance.person_id == Proxy.holder_id, Attendance.sitting_id == Proxy.sitting_id
    )
    query = select(Proxy.organisation_id, Proxy.giver_id).where(
        Proxy.sitting_id == sitting.id,
        Proxy.organisation_id.is_not(None),
        or_(Proxy.ended_at.is_(None), Proxy.ended_at >= sitting.opened_at),
        came.exists(),
    )
    return {(organisation, giver) for organisation, giver in session.execute(query) if organisation}


def of_persons(
    session: Session,
    sitting: Sitting,
    proxies: Iterable[Proxy],
    who: Who,
    level: int,
    *,
    at: datetime,
) -> list[Proxy]:
    """Return those of some proxies whose givers have a vote where persons vote.

    who, level: the step of the table's rule that votes.
    """
    given = list(proxies)
    if not given:
        return []
    facts = facts_of(session, sitting.table_id, {proxy.giver_id for proxy in given}, at=at)
    alone = [proxy.giver_id for proxy in given if proxy.mandate_id is None]
    leaders = leaders_among(session, sitting, alone)
    return [
        proxy
        for proxy in given
        if proxy.giver_id not in leaders and lets_in(who, level, facts[proxy.giver_id])
    ]
