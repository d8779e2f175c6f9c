"""Reads the input from which the minutes of a sitting are composed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from consultazione.core import log
from consultazione.core.actor import Role
from consultazione.core.log import Entry
from consultazione.documents.models import Registration
from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import (
    FirstCall,
    Names,
    OrganisationName,
    SittingFacts,
)
from consultazione.minutes.models import Minutes
from consultazione.minutes.queries import person_names
from consultazione.people.models import Mandate, Organisation, RoleGrant
from consultazione.proposals.models import Proposal
from consultazione.sittings.attendance.roll import delegates_of, seated_at
from consultazione.sittings.events import PointAdded, attendance_stream, sitting_stream
from consultazione.sittings.lifecycle.notice.kind import NOTICE
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.events import PollOpened, poll_stream
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.voters.silence import silence_in
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.questions.events import questions_stream
from consultazione.sittings.record.events import notes_stream
from consultazione.tables.models import TableKind
from consultazione.zones.queries import get_cycle

# Of several roles of a person the first counts: the one closest to the table.
_ROLES = (Role.FACILITATOR, Role.COORDINATOR, Role.PLAN_OFFICE)


def gather(session: Session, sitting_id: int) -> SittingFacts:
    """A sitting's entries with the names behind their ids; NotFound if there is no such sitting."""
    sitting = get_sitting(session, sitting_id)
    cycle = get_cycle(session, sitting.table.cycle_id)
    entries = _entries(session, sitting_id)
    return SittingFacts(
        sitting_id=sitting.id,
        table_id=sitting.table.id,
        table=sitting.table.name,
        zone=cycle.zone.name,
        cycle=cycle.years,
        demo=sitting.demo,
        entries=entries,
        approvals=_approvals(session, sitting),
        notices=_notices(session, sitting.id),
        first_call=_first_call(session, sitting),
        is_union_table=sitting.table.kind is TableKind.UNION_CONSULTATION,
        names=_names(session, sitting, entries),
    )


def _approvals(session: Session, sitting: Sitting) -> dict[int, list[str]]:
    """By point of this sitting: the minutes of earlier ones that the table approved there."""
    points = [point.id for point in sitting.agenda]
    query = select(Minutes).where(Minutes.approved_point_id.in_(points)).order_by(Minutes.id)
    found: dict[int, list[str]] = {}
    for minutes in session.scalars(query):
        document = minutes.document
        how = document["approved"] if document else None
        is_voted = how is not None and how.get("how", "").endswith(f"{wording.BY_VOTE}.")
        sentence = wording.APPROVED_HERE.format(
            title=minutes.facts["title"],
            day=minutes.facts["opened"]["day"],
            vote=wording.BY_VOTE if is_voted else wording.BY_ACCLAMATION,
        )
        found.setdefault(minutes.approved_point_id or 0, []).append(sentence)
    return found


def _notices(session: Session, sitting_id: int) -> dict[int, str]:
    """The numbers of a sitting's notices in the register, by version."""
    query = select(Registration).filter_by(kind=NOTICE.name, object_id=sitting_id)
    return {row.version: row.reference for row in session.scalars(query)}


def _first_call(session: Session, sitting: Sitting) -> FirstCall | None:
    if sitting.second_of is None:
        return None
    first, notices = get_sitting(session, sitting.second_of), _notices(session, sitting.second_of)
    return FirstCall(first.starts_at, notices[max(notices)] if notices else None)


def _entries(session: Session, sitting_id: int) -> list[Entry]:
    own = log.read_stream(session, sitting_stream(sitting_id))
    polls = [entry.event.poll_id for entry in own if isinstance(entry.event, PollOpened)]
    streams = [
        sitting_stream(sitting_id),
        attendance_stream(sitting_id),
        questions_stream(sitting_id),
        notes_stream(sitting_id),
    ]
    return log.read_streams(session, streams + [poll_stream(poll_id) for poll_id in polls])


def _names(session: Session, sitting: Sitting, entries: list[Entry]) -> Names:
    persons = {entry.actor_id for entry in entries} | _ids(entries, "person_id")
    persons |= _ids(entries, "presided_by")
    persons |= _ids(entries, "giver_id") | _ids(entries, "holder_id")
    seated = sorted(seated_at(session, sitting))
    mandates = _mandates(session, _ids(entries, "mandate_id"))
    holders = _holders(session, _ids(entries, "mandate_id"))
    persons |= set(holders.values())
    return Names(
        persons=person_names(session, persons),
        organisations=_organisations(
            session,
            {*seated, *mandates.values(), *_ids(entries, "organisation_id"), *_entitled(entries)},
        ),
        mandates=mandates,
        proposals=_proposals(session, entries),
        roles=_roles(session, sitting, persons),
        seated=seated,
        holders=holders,
        unheard=_unheard(session, entries),
        delegates={
            organisation_id: [mandate.person_id for mandate in mandated]
            for organisation_id, mandated in delegates_of(session, sitting).items()
        },
    )


def _ids(entries: Iterable[Entry], field: str) -> set[int | None]:
    """The values of one id field over all entries; None where an event has no such field."""
    return {getattr(entry.event, field, None) for entry in entries}


def _entitled(entries: Iterable[Entry]) -> set[int]:
    """The organisations that were entitled in any of the polls."""
    opened = [entry.event for entry in entries if isinstance(entry.event, PollOpened)]
    return {int(key) for event in opened for key in event.organisations or {}}


def _unheard(session: Session, entries: Iterable[Entry]) -> dict[int, set[int]]:
    """Who might have voted in each open poll of persons, and did not."""
    opened = [entry.event for entry in entries if isinstance(entry.event, PollOpened)]
    by_name = [event.poll_id for event in opened if not event.secret and event.organisations is None
               and event.voters is not None]  # fmt: skip
    polls = session.scalars(select(Poll).where(Poll.id.in_(by_name)).options(undefer(Poll.silence)))
    return {poll.id: set(silence_in(session, poll).persons or ()) for poll in polls}


def _mandates(session: Session, ids: set[int | None]) -> Mapping[int, int]:
    query = select(Mandate.id, Mandate.organisation_id).where(Mandate.id.in_(ids))
    return dict(iter(session.execute(query)))


def _holders(session: Session, ids: set[int | None]) -> Mapping[int, int]:
    query = select(Mandate.id, Mandate.person_id).where(Mandate.id.in_(ids))
    return dict(iter(session.execute(query)))


def _organisations(session: Session, ids: set[int | None]) -> Mapping[int, OrganisationName]:
    query = select(Organisation).where(Organisation.id.in_(ids))
    return {row.id: OrganisationName(row.name, row.category) for row in session.scalars(query)}


def _proposals(session: Session, entries: list[Entry]) -> Mapping[int, str]:
    ids = {entry.event.proposal_id for entry in entries if isinstance(entry.event, PointAdded)}
    query = select(Proposal.id, Proposal.title).where(Proposal.id.in_(ids))
    return dict(iter(session.execute(query)))


def _roles(session: Session, sitting: Sitting, ids: set[int | None]) -> Mapping[int, Role]:
    query = select(RoleGrant.person_id, RoleGrant.role, RoleGrant.table_id).where(
        RoleGrant.person_id.in_(ids), RoleGrant.zone_id == sitting.table.zone_id
    )
    here = (sitting.table_id, None)
    held = [(who, role) for who, role, table_id in session.execute(query) if table_id in here]
    return {who: role for role in reversed(_ROLES) for who, has in held if has is role}
