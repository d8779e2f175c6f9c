"""Who counts at a table has changed: its rooms are told of presence and turnout."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consultazione.core import log
from consultazione.core.actor import Role
from consultazione.live.pending_snapshots import PendingSnapshots
from consultazione.people.commands.identifying import identify_person
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.tables.models import Accreditation
from consultazione.tables.rights.commands import (
    accredit_person,
    change_table_rule,
    end_accreditation,
)
from consultazione.tables.rules import TableRule, Who
from consultazione.tables.seats.commands import give_seat_back
from tests.support.factories import Factory
from tests.support.meeting import Meeting, meet

Change = Callable[[Meeting], object]


def by_rule(meeting: Meeting) -> object:
    rule = TableRule(vote=Who.IDENTIFIED)
    office = meeting.make.holder(Role.PLAN_OFFICE)
    return meeting.run(change_table_rule, office, table_id=meeting.sitting.table_id, rule=rule)


def by_admission(meeting: Meeting) -> Accreditation:
    office, person = meeting.make.holder(Role.PLAN_OFFICE), meeting.make.person()
    where = {"table_id": meeting.sitting.table_id, "email": person.email or "", "reason": "Act"}
    admission: Accreditation = meeting.run(accredit_person, office, **where)
    return admission


def by_ending_it(meeting: Meeting) -> object:
    admission, office = by_admission(meeting), meeting.make.holder(Role.PLAN_OFFICE)
    return meeting.run(end_accreditation, office, accreditation_id=admission.id, reason="Act 2")


def by_giving_a_seat_back(meeting: Meeting) -> object:
    table_id, office = meeting.sitting.table_id, meeting.make.holder(Role.PLAN_OFFICE)
    where = {"table_id": table_id, "organisation_id": meeting.make.seated(table_id).id}
    return meeting.run(give_seat_back, office, **where, reason="Act")


def by_identifying(meeting: Meeting) -> object:
    admin = meeting.make.holder(Role.ADMINISTRATOR)
    where = {"zone_id": meeting.make.zone.id, "person_id": meeting.anna.person_id}
    return meeting.run(identify_person, admin, **where)


@pytest.mark.parametrize(
    "change", [by_rule, by_admission, by_ending_it, by_giving_a_seat_back, by_identifying]
)
def test_rooms_are_told(make: Factory, change: Change) -> None:
    meeting = meet(make)
    meeting.run(open_poll, meeting.facilitator, sitting_id=meeting.sitting.id, question="?")
    change(meeting)
    pending = PendingSnapshots()
    with meeting.make.session() as session:
        pending.note(log.read_latest(session, limit=1))
        frames = pending.frames(session)
    assert {frame.event for frame in frames} == {"presence", "turnout"}
