"""Reading sittings: lists, one with its agenda, who was there, what was voted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.core.log import REHEARSED_FROM
from consultazione.people.models import Category, Mandate, Organisation, Person
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.sittings.models import Attendance, Poll, Sitting, SittingState
from consultazione.sittings.roll.marks import Mark
from consultazione.tables.models import ThematicTable

_NO_SUCH = _("There is no such sitting.")
_FORGOTTEN = _("The rehearsal is over, and nothing of it remains.")
REHEARSED_FOR = timedelta(hours=6)
# No rehearsal: those are found by whoever is given their address, and in no list.
_HELD = Sitting.rehearses.is_(None)


@dataclass(frozen=True)
class Attended:
    """Somebody's intervals at a sitting in the name of one organisation, or their own."""

    stays: list[Attendance]

    @property
    def name(self) -> str:
        """The name by which the person is known."""
        return self.stays[0].person.display_name

    @property
    def organisation(self) -> str | None:
        """The organisation for which they came; None if for themselves."""
        mandate = self.stays[0].mandate
        return mandate.organisation.name if mandate else None

    @property
    def mark(self) -> Mark:
        """P, or D for who acts under somebody else's mandate."""
        stay = self.stays[0]
        holder_id = stay.mandate.person_id if stay.mandate else stay.person_id
        return Mark.PRESENT if holder_id == stay.person_id else Mark.BY_DELEGATE

    @property
    def category(self) -> Category:
        """The kind of participant that they came as."""
        return self.stays[0].category

    @property
    def since(self) -> datetime:
        """When they first came in."""
        return self.stays[0].entered_at

    @property
    def until(self) -> datetime | None:
        """When they last left; None while they are there."""
        return self.stays[-1].left_at


def get_sitting(session: Session, sitting_id: int) -> Sitting:
    """A sitting with its table; NotFound if there is none."""
    found = session.get(Sitting, sitting_id, options=[joinedload(Sitting.table)])
    if found is None:
        raise NotFound(_FORGOTTEN if sitting_id >= REHEARSED_FROM else _NO_SUCH)
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


def register_of(session: Session, sitting_id: int) -> list[Attended]:
    """Who was at a sitting, in whose name and from when to when, in order of arrival."""
    query = (
        select(Attendance)
        .options(
            joinedload(Attendance.person),
            joinedload(Attendance.mandate).joinedload(Mandate.organisation),
        )
        .where(Attendance.sitting_id == sitting_id)
        .order_by(Attendance.id)
    )
    found: dict[tuple[int, int | None], list[Attendance]] = {}
    for attendance in session.scalars(query):
        found.setdefault((attendance.person_id, attendance.mandate_id), []).append(attendance)
    return [Attended(stays) for stays in found.values()]


def names_at(session: Session, sitting_id: int, ids: Collection[int]) -> dict[str, Any]:
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
        str(person_id): {
            "name": name,
            "organisation": organisation,
            "category": None if category is None else category.value,
        }
        for person_id, name, organisation, category in session.execute(query)
    }


def rehearsal_of(session: Session, sitting_id: int) -> int | None:
    """The rehearsal of a sitting that goes on; None if there is none."""
    return session.scalar(select(Sitting.id).where(Sitting.rehearses == sitting_id))


def rehearsals_over(session: Session, *, now: datetime) -> list[int]:
    """The rehearsals that have gone on for so long that nobody will end them."""
    query = select(Sitting.id).where(Sitting.rehearses.is_not(None))
    return list(session.scalars(query.where(Sitting.convened_at < now - REHEARSED_FOR)))


def get_poll(session: Session, poll_id: int, *, sitting_id: int) -> Poll:
    """A poll of a sitting; NotFound if there is none."""
    found = session.get(Poll, poll_id)
    if found is None or found.sitting_id != sitting_id:
        raise NotFound(_("There is no such poll."))
    return found
