"""Queries on minutes, and on who may read a draft."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consultazione.core.actor import Actor
from consultazione.core.errors import NotFound
from consultazione.core.job_outbox import Job, JobState
from consultazione.core.log import EntryRow
from consultazione.core.permissions import Permission
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.models import (
    Conclusion,
    CorrectionState,
    Minutes,
    MinutesCorrection,
    MinutesPdf,
    MinutesState,
    SpeechGist,
)
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.sittings.attendance.queries import attended
from consultazione.sittings.floor.models import Hand
from consultazione.sittings.models import AgendaPoint, Attendance, Sitting
from consultazione.sittings.secretaries import may_write
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import ApprovalWay, Zone

# The jobs that write the PDF of minutes.
_SEALING = ("seal_minutes", "seal_edition", "seal_signed")
_WHOLE = (
    joinedload(Minutes.sitting).joinedload(Sitting.table),
    selectinload(Minutes.notes),
    selectinload(Minutes.gists),
    selectinload(Minutes.corrections).joinedload(MinutesCorrection.asker),
    selectinload(Minutes.conclusions).joinedload(Conclusion.chapter),
    selectinload(Minutes.conclusions).joinedload(Conclusion.proposal),
)


def readable_minutes(session: Session, minutes_id: int, actor: Actor) -> Minutes:
    """Minutes by id, with notes and conclusions; NotFound if the actor may not read them."""
    minutes = session.get(Minutes, minutes_id, options=_WHOLE)
    if minutes is None or not may_read(session, minutes, actor):
        raise NotFound(_("There are no such minutes, or they have not been approved yet."))
    return minutes


def may_read(session: Session, minutes: Minutes, actor: Actor) -> bool:
    """True for approved minutes, which are public, and for those who may read the draft."""
    return minutes.state is not MinutesState.DRAFT or may_read_draft(
        session, minutes.sitting, actor
    )


def may_read_draft(session: Session, sitting: Sitting, actor: Actor) -> bool:
    """True if the actor holds the permission at the sitting's table, or attended the sitting."""
    if may_write(actor, Permission.READ_DRAFT_MINUTES, sitting):
        return True
    return attended(session, sitting.id, actor.person_id)


def minutes_of(session: Session, sitting_id: int) -> Minutes | None:
    """The minutes of a sitting; None until a worker has drafted them."""
    return session.scalar(select(Minutes).options(*_WHOLE).where(Minutes.sitting_id == sitting_id))


def public_minutes(
    session: Session, cycle_id: int, *, before: int | None = None, limit: int
) -> list[Minutes]:
    """A zone's approved minutes, latest first; only those with ids below `before`, if given."""
    query = _public(cycle_id).order_by(Minutes.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Minutes.id < before)
    return list(session.scalars(query))


def minutes_after(session: Session, cycle_id: int, *, after: int, limit: int) -> list[Minutes]:
    """A zone's approved minutes with ids above `after`, by id."""
    query = _public(cycle_id).where(Minutes.id > after).order_by(Minutes.id).limit(limit)
    return list(session.scalars(query))


def unpublished(session: Session, table_ids: Collection[int]) -> list[Minutes]:
    """The minutes of these tables that are not published yet, oldest first."""
    query = (
        select(Minutes)
        .join(Minutes.sitting)
        .options(joinedload(Minutes.sitting))
        .where(Sitting.table_id.in_(table_ids), Minutes.state != MinutesState.PUBLISHED)
        .order_by(Minutes.id)
    )
    return list(session.scalars(query))


def silent_drafts(session: Session, *, today: date) -> list[int]:
    """The ids of drafts that silence has approved: their days ended, and no request is open."""
    open_one = exists().where(
        MinutesCorrection.minutes_id == Minutes.id, MinutesCorrection.state == CorrectionState.OPEN
    )
    query = (
        select(Minutes.id)
        .join(Minutes.sitting)
        .join(Sitting.table)
        .join(Zone, Zone.id == ThematicTable.zone_id)
        .where(Minutes.state == MinutesState.DRAFT, Minutes.corrections_until < today)
        .where(Zone.approval_way == ApprovalWay.SILENCE, ~open_one)
        .order_by(Minutes.id)
    )
    return list(session.scalars(query))


def drafts_to_read(
    session: Session, cycle_id: int, person_id: int, *, today: date
) -> list[Minutes]:
    """The drafts of a cycle of which somebody who was there can ask corrections today."""
    came = exists().where(
        Attendance.sitting_id == Minutes.sitting_id, Attendance.person_id == person_id
    )
    query = (
        select(Minutes)
        .join(Minutes.sitting)
        .join(Sitting.table)
        .options(joinedload(Minutes.sitting))
        .where(ThematicTable.cycle_id == cycle_id, Minutes.state == MinutesState.DRAFT)
        .where(Minutes.corrections_until >= today, came)
        .order_by(Minutes.corrections_until, Minutes.id)
    )
    return list(session.scalars(query))


def to_write(session: Session, cycle_id: int, person_id: int) -> list[Minutes]:
    """The drafts of a cycle that somebody was named to write."""
    query = (
        select(Minutes)
        .join(Minutes.sitting)
        .join(Sitting.table)
        .options(joinedload(Minutes.sitting))
        .where(ThematicTable.cycle_id == cycle_id, Minutes.state == MinutesState.DRAFT)
        .where(Sitting.secretary_id == person_id)
        .order_by(Minutes.id)
    )
    return list(session.scalars(query))


def open_request_counts(session: Session, minutes_ids: Collection[int]) -> dict[int, int]:
    """How many requests for correction wait for a decision, by the id of the minutes."""
    query = (
        select(MinutesCorrection.minutes_id, func.count())
        .where(
            MinutesCorrection.minutes_id.in_(minutes_ids),
            MinutesCorrection.state == CorrectionState.OPEN,
        )
        .group_by(MinutesCorrection.minutes_id)
    )
    return dict(iter(session.execute(query)))


def sealed_pdf(session: Session, minutes_id: int) -> bytes | None:
    """The PDF of approved minutes; None until a worker has sealed it."""
    return session.scalar(select(MinutesPdf.content).filter_by(minutes_id=minutes_id))


def sealing_is_given_up(session: Session, minutes: Minutes) -> bool:
    """True if the job that writes the PDF is dead: an administrator must see to it."""
    query = (
        select(Job.position)
        .join(EntryRow, EntryRow.position == Job.position)
        .where(EntryRow.stream == minutes_stream(minutes.sitting_id))
        .where(Job.reaction.in_(_SEALING), Job.state == JobState.DEAD)
    )
    return session.scalar(query.limit(1)) is not None


@dataclass(frozen=True)
class Spoken:
    """A speech of a sitting: who spoke, for whom, on which point and since when."""

    hand_id: int
    person_id: int
    person: str
    organisation: str | None
    point: str | None
    since: datetime | None


def speeches_of(session: Session, sitting_id: int) -> list[Spoken]:
    """The speeches of a sitting as they stand now, the newest first."""
    query = (
        select(
            Hand.id,
            Hand.person_id,
            Person.shown_name,
            Organisation.name,
            AgendaPoint.title,
            Hand.floor_from,
        )
        .join(Person, Person.id == Hand.person_id)
        .outerjoin(Mandate, Mandate.id == Hand.mandate_id)
        .outerjoin(Organisation, Organisation.id == Mandate.organisation_id)
        .outerjoin(AgendaPoint, AgendaPoint.id == Hand.point_id)
        .where(Hand.sitting_id == sitting_id, Hand.floor_from.is_not(None))
        .order_by(Hand.floor_from.desc(), Hand.id.desc())
    )
    return [
        Spoken(hand_id, person_id, person, organisation, point, since)
        for hand_id, person_id, person, organisation, point, since in session.execute(query)
        if since is not None
    ]


def gists_of(session: Session, sitting_id: int) -> dict[int, SpeechGist]:
    """The gists of a sitting by the id of the hand."""
    found = session.scalars(select(SpeechGist).filter_by(sitting_id=sitting_id))
    return {gist.hand_id: gist for gist in found}


def person_names(session: Session, ids: Collection[int | None]) -> dict[int, str]:
    """The names of persons, by person id; ids that are None or unknown are left out."""
    query = select(Person.id, Person.shown_name).where(Person.id.in_(ids))
    return dict(iter(session.execute(query)))


def _public(cycle_id: int) -> Select[Minutes]:
    return (
        select(Minutes)
        .join(Minutes.sitting)
        .join(Sitting.table)
        .options(joinedload(Minutes.sitting).joinedload(Sitting.table))
        .where(ThematicTable.cycle_id == cycle_id, Minutes.state != MinutesState.DRAFT)
    )
