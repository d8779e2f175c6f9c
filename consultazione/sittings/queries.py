"""Reading sittings: lists, one with its agenda, and how it calls persons."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.sittings.models import Attendance, Sitting, SittingState
from consultazione.sittings.types import People
from consultazione.tables.models import ThematicTable

_NO_SUCH = _("There is no such sitting.")
_FORGOTTEN = _("The rehearsal is over, and nothing of it remains.")
# No rehearsal: those are found by whoever is given their address, and in no list.
_HELD = Sitting.rehearses.is_(None)


def get_sitting(session: Session, sitting_id: int) -> Sitting:
    """A sitting with its table; NotFound if there is none."""
    found = session.get(Sitting, sitting_id, options=[joinedload(Sitting.table)])
    if found is None:
        raise NotFound(_FORGOTTEN if sitting_id >= EPHEMERAL_FROM else _NO_SUCH)
    return found


def coming_sittings(session: Session, zone_id: int) -> list[Sitting]:
    """The zone's sittings that are open or convened: the open ones, then the soonest."""
    query = (
        select(Sitting)
        .join(Sitting.table)
        .options(joinedload(Sitting.table))
        .where(ThematicTable.zone_id == zone_id, Sitting.state != SittingState.CLOSED, _HELD)
        .order_by(Sitting.state == SittingState.CONVENED, Sitting.starts_at, Sitting.id)
    )
    return list(session.scalars(query))


def past_sittings(
    session: Session, zone_id: int, *, before: int | None = None, limit: int
) -> list[Sitting]:
    """The zone's closed sittings, the latest first; `before` is the one to go on from."""
    query = (
        select(Sitting)
        .join(Sitting.table)
        .options(joinedload(Sitting.table))
        .where(ThematicTable.zone_id == zone_id, Sitting.state == SittingState.CLOSED, _HELD)
        .order_by(Sitting.starts_at.desc(), Sitting.id.desc())
        .limit(limit)
    )
    if before is not None:
        last = get_sitting(session, before)
        query = query.where(tuple_(Sitting.starts_at, Sitting.id) < tuple_(last.starts_at, last.id))
    return list(session.scalars(query))


def sittings_after(
    session: Session, zone_id: int, *, after: int, limit: int, table_id: int | None = None
) -> list[Sitting]:
    """The zone's sittings with ids beyond one, of one table if it is named."""
    query = (
        select(Sitting)
        .join(Sitting.table)
        .options(joinedload(Sitting.table))
        .where(ThematicTable.zone_id == zone_id, Sitting.id > after, _HELD)
        .order_by(Sitting.id)
        .limit(limit)
    )
    if table_id is not None:
        query = query.where(Sitting.table_id == table_id)
    return list(session.scalars(query))


def table_sittings(
    session: Session, table_id: int, *, before: int | None = None, limit: int | None = None
) -> list[Sitting]:
    """A table's sittings, the latest first; `before` is the one to go on from."""
    query = select(Sitting).where(Sitting.table_id == table_id, _HELD)
    query = query.order_by(Sitting.starts_at.desc(), Sitting.id.desc()).limit(limit)
    if before is not None:
        last = get_sitting(session, before)
        query = query.where(tuple_(Sitting.starts_at, Sitting.id) < tuple_(last.starts_at, last.id))
    return list(session.scalars(query))


def discussable_proposals(session: Session, table_id: int) -> list[Proposal]:
    """The proposals that a point of a table's agenda may be about: the admitted ones."""
    query = select(Proposal).filter_by(table_id=table_id, state=ProposalState.ADMITTED)
    return list(session.scalars(query.order_by(Proposal.id)))


def names_at(session: Session, sitting_id: int, ids: Collection[int]) -> People:
    """How a sitting calls persons: name, organisation and category, by id as text.

    Organisation and category are those in whose name they last came in; empty for
    who never did, such as a facilitator named before the sitting began.
    """
    voice = (
        select(Attendance.person_id, Attendance.mandate_id, Attendance.category)
        .ext(distinct_on(Attendance.person_id))
        .where(Attendance.sitting_id == sitting_id, Attendance.person_id.in_(ids))
        .order_by(Attendance.person_id, Attendance.id.desc())
        .subquery()
    )
    query = (
        select(Person.id, Person.display_name, Organisation.name, voice.c.category)
        .outerjoin(voice, voice.c.person_id == Person.id)
        .outerjoin(Mandate, Mandate.id == voice.c.mandate_id)
        .outerjoin(Organisation, Organisation.id == Mandate.organisation_id)
        .where(Person.id.in_(ids))
        .order_by(Person.id)
    )
    return {
        str(person_id): {"name": name, "organisation": organisation, "category": category}
        for person_id, name, organisation, category in session.execute(query)
    }
