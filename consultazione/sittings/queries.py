"""Queries on sittings: lists, a single sitting, and the persons whom it names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, joinedload

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.core.text import has_control_characters
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.proposals.search import Filter, find_proposals
from consultazione.sittings.models import (
    AgendaPoint,
    Attendance,
    PointState,
    Sitting,
    SittingState,
    SittingVersion,
)
from consultazione.sittings.types import People
from consultazione.tables.models import ThematicTable

# More proposals than one reads through in a list; the others are searched for.
MOST_OFFERED = 100
MOST_CANCELLED = 20
_LONGEST_WORDS = 200
_KEPT = "sittings"
_NO_SUCH = _("There is no such sitting.")
_FORGOTTEN = _("The rehearsal is over, and nothing of it remains.")
# Leaves rehearsals out: lists never show them, only their address leads to them.
_HELD = Sitting.rehearses.is_(None)
_CONVENED = Sitting.state == SittingState.CONVENED


def get_sitting(session: Session, sitting_id: int) -> Sitting:
    """Return a sitting with its table; NotFound if there is none.

    Read once in a session, which by itself keeps only what somebody still holds.
    """
    sitting = session.get(Sitting, sitting_id, options=[joinedload(Sitting.table)])
    if sitting is None:
        raise NotFound(_FORGOTTEN if sitting_id >= EPHEMERAL_FROM else _NO_SUCH)
    session.info[_KEPT, sitting_id] = sitting
    return sitting


def coming_sittings(session: Session, cycle_id: int) -> list[Sitting]:
    """Return the zone's open sittings, then its convened ones, the soonest first.

    Leaves out those whose day has passed without their being held (`not_held`).
    """
    to_come = Sitting.starts_at >= _midnight()
    query = (
        _in_cycle(cycle_id)
        .where(or_(Sitting.state == SittingState.OPEN, _CONVENED & to_come))
        .order_by(_CONVENED, Sitting.starts_at, Sitting.id)
    )
    return list(session.scalars(query))


def not_held(session: Session, cycle_id: int) -> list[Sitting]:
    """Return the zone's sittings whose day has passed without their being held, the latest first.

    Whoever convenes them is to postpone or to cancel them.
    """
    query = _in_cycle(cycle_id).where(_CONVENED, Sitting.starts_at < _midnight())
    return list(session.scalars(query.order_by(Sitting.starts_at.desc(), Sitting.id)))


def cancelled_sittings(session: Session, cycle_id: int) -> list[Sitting]:
    """Return the zone's cancelled sittings, MOST_CANCELLED at most, the latest first."""
    query = _in_cycle(cycle_id).where(Sitting.state == SittingState.CANCELLED)
    query = query.order_by(Sitting.starts_at.desc(), Sitting.id).limit(MOST_CANCELLED)
    return list(session.scalars(query))


def left_points(session: Session, table_id: int) -> list[AgendaPoint]:
    """Return the points that the last sitting of a table left to a later one, by rank."""
    last = select(Sitting.id).where(
        Sitting.table_id == table_id, Sitting.state == SittingState.CLOSED, _HELD
    )
    last = last.order_by(Sitting.closed_at.desc(), Sitting.id.desc()).limit(1)
    query = select(AgendaPoint).where(
        AgendaPoint.sitting_id.in_(last), AgendaPoint.state == PointState.POSTPONED
    )
    return list(session.scalars(query.order_by(AgendaPoint.rank)))


def second_of(session: Session, sitting_id: int) -> int | None:
    """Return the id of the second convocation of a sitting; None if there is none."""
    return session.scalar(select(Sitting.id).filter_by(second_of=sitting_id))


def versions_of(session: Session, sitting_id: int) -> list[SittingVersion]:
    """Return what the convocation of a sitting said before each change, the oldest first."""
    query = select(SittingVersion).filter_by(sitting_id=sitting_id)
    return list(session.scalars(query.order_by(SittingVersion.revision)))


def last_changes(session: Session, ids: Collection[int]) -> dict[int, datetime]:
    """When the convocation of each of these sittings was changed last; only of those changed."""
    changed = func.max(SittingVersion.replaced_at)
    query = select(SittingVersion.sitting_id, changed).group_by(SittingVersion.sitting_id)
    found = session.execute(query.where(SittingVersion.sitting_id.in_(ids)))
    return {row[0]: row[1] for row in found}


def _in_cycle(cycle_id: int) -> Select[Sitting]:
    query = select(Sitting).join(Sitting.table).options(joinedload(Sitting.table))
    return query.where(ThematicTable.cycle_id == cycle_id, _HELD)


def _midnight() -> datetime:
    """The moment at which today began in Italy."""
    return clock.at_rome(clock.today(), time())


def past_sittings(
    session: Session, cycle_id: int, *, before: int | None = None, limit: int
) -> list[Sitting]:
    """Return the zone's closed sittings, the latest first.

    before: the id of the last sitting of the previous page; NotFound if there is none.
    """
    query = (
        select(Sitting)
        .join(Sitting.table)
        .options(joinedload(Sitting.table))
        .where(ThematicTable.cycle_id == cycle_id, Sitting.state == SittingState.CLOSED, _HELD)
        .order_by(Sitting.starts_at.desc(), Sitting.id.desc())
        .limit(limit)
    )
    if before is not None:
        last = get_sitting(session, before)
        query = query.where(tuple_(Sitting.starts_at, Sitting.id) < tuple_(last.starts_at, last.id))
    return list(session.scalars(query))


def sittings_after(
    session: Session, cycle_id: int, *, after: int, limit: int, table_id: int | None = None
) -> list[Sitting]:
    """Return the zone's sittings with ids greater than `after`, by id.

    table_id: leaves out the sittings of other tables.
    """
    query = (
        select(Sitting)
        .join(Sitting.table)
        .options(joinedload(Sitting.table))
        .where(ThematicTable.cycle_id == cycle_id, Sitting.id > after, _HELD)
        .order_by(Sitting.id)
        .limit(limit)
    )
    if table_id is not None:
        query = query.where(Sitting.table_id == table_id)
    return list(session.scalars(query))


def table_sittings(
    session: Session, table_id: int, *, before: int | None = None, limit: int | None = None
) -> list[Sitting]:
    """Return a table's sittings, the latest first.

    before: the id of the last sitting of the previous page; NotFound if there is none.
    """
    query = select(Sitting).where(Sitting.table_id == table_id, _HELD)
    query = query.order_by(Sitting.starts_at.desc(), Sitting.id.desc()).limit(limit)
    if before is not None:
        last = get_sitting(session, before)
        query = query.where(tuple_(Sitting.starts_at, Sitting.id) < tuple_(last.starts_at, last.id))
    return list(session.scalars(query))


def offered_proposals(
    session: Session, table: ThematicTable, *, words: str, chosen: Iterable[str]
) -> Mapping[str, object]:
    """Return the admitted proposals that a form offers, as its template reads them.

    words: as typed, to look for some; else the newest are offered. chosen: the numbers that a
    form which is shown again came with; they are offered in any case.
    """
    words = "" if has_control_characters(words) else words.strip()[:_LONGEST_WORDS]
    admitted = ProposalState.ADMITTED
    wanted = Filter(cycle_id=table.cycle_id, table_id=table.id, state=admitted, words=words)
    found = [listed.proposal for listed in find_proposals(session, wanted, limit=MOST_OFFERED + 1)]
    kept = select(Proposal).filter_by(table_id=table.id, state=admitted)
    kept = kept.where(Proposal.id.in_(_numbers(chosen)))
    rows = {row.id: row.title for row in [*session.scalars(kept), *found[:MOST_OFFERED]]}
    return {
        "proposals": list(rows.items()),
        "proposal_words": words,
        "more_proposals": len(found) > MOST_OFFERED,
    }


def _numbers(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 16]


def names_at(session: Session, sitting_id: int, ids: Collection[int]) -> People:
    """Return the names of persons as a sitting shows them, by id as text.

    Each is a dict of `name`, `organisation` and `category`. The last two are those of the
    person's latest attendance; None for persons who never attended, such as a facilitator
    whom an entry names before the sitting begins.
    """
    latest = (
        select(Attendance.person_id, Attendance.mandate_id, Attendance.category)
        .ext(distinct_on(Attendance.person_id))
        .where(Attendance.sitting_id == sitting_id, Attendance.person_id.in_(ids))
        .order_by(Attendance.person_id, Attendance.id.desc())
        .subquery()
    )
    query = (
        select(Person.id, Person.shown_name, Organisation.name, latest.c.category)
        .outerjoin(latest, latest.c.person_id == Person.id)
        .outerjoin(Mandate, Mandate.id == latest.c.mandate_id)
        .outerjoin(Organisation, Organisation.id == Mandate.organisation_id)
        .where(Person.id.in_(ids))
        .order_by(Person.id)
    )
    return {
        str(person_id): {"name": name, "organisation": organisation, "category": category}
        for person_id, name, organisation, category in session.execute(query)
    }
