"""Who counts at a table has changed: its rooms are told of presence and turnout."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from sqlalchemy.orm import Session

from consultazione.core import clock, log
from consultazione.core.actor import Role
from consultazione.live.pending_snapshots import PendingSnapshots
from consultazione.people.commands.identifying import identify_person
from consultazione.people.commands.mandates import end_mandate
from consultazione.people.models import Person
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.sittings.room.public import Reader, room_text
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


def by_ending_a_mandate(meeting: Meeting) -> object:
    make = meeting.make
    with make.session() as session:
        anna = session.get_one(Person, meeting.anna.person_id)
    mandate = make.mandate(anna, make.organisation())
    office = make.holder(Role.PLAN_OFFICE)
    return meeting.run(end_mandate, office, mandate_id=mandate.id, ends_on=clock.today())


@pytest.fixture(
    params=[
        by_rule, by_admission, by_ending_it, by_giving_a_seat_back, by_identifying,
        by_ending_a_mandate,
    ]
)  # fmt: skip
def change(request: pytest.FixtureRequest) -> Change:
    """Something that changes who counts at a table."""
    found: Change = request.param
    return found


@pytest.fixture
def polled(make: Factory) -> Meeting:
    """A sitting with an open poll."""
    meeting = meet(make)
    meeting.run(open_poll, meeting.facilitator, sitting_id=meeting.sitting.id, question="?")
    return meeting


class Reads:
    """What a request reads with, as far as a room's key needs it."""

    def __init__(self, session: Session) -> None:
        self.snapshot = lambda: session


def key_of_room(meeting: Meeting) -> object:
    """By what a web process keeps the room that visitors see."""
    with meeting.make.session() as session:
        return room_text(cast(Reader, Reads(session)), meeting.sitting.id).key


def test_what_is_kept_of_a_room_is_read_anew(polled: Meeting, change: Change) -> None:
    before = key_of_room(polled)
    assert key_of_room(polled) == before
    change(polled)
    assert key_of_room(polled) != before


def test_rooms_are_told(polled: Meeting, change: Change) -> None:
    meeting = polled
    change(meeting)
    pending = PendingSnapshots()
    with meeting.make.session() as session:
        pending.note(log.read_latest(session, limit=1))
        frames = pending.frames(session)
    assert {frame.event for frame in frames} == {"presence", "turnout"}
