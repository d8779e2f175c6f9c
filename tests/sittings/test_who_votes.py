"""Who has no vote is told why, in the room and by the command."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.people.commands.identifying import identify_person
from consultazione.people.commands.roles import give_role
from consultazione.sittings.attendance.commands.presence import enter_sitting
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.open_votes.silent import silent_at
from consultazione.sittings.polls.poll_form import poll_form
from consultazione.sittings.polls.rules import Effect, Franchise, Rules
from consultazione.sittings.polls.voters.electorate import count_electorate
from consultazione.sittings.polls.voters.silence import silence_in
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room.snapshot import rooms_mine
from consultazione.tables.models import TableKind
from consultazione.tables.rights.commands import accredit_person, end_accreditation
from consultazione.tables.rights.standing import facts_of
from consultazione.tables.rules import TableRule, Who
from tests.support.factories import Factory
from tests.support.meeting import Meeting

IDENTIFIED = TableRule(vote=Who.IDENTIFIED)
ONLINE = TableRule(vote=Who.IDENTIFIED, hall=False)
BY_ORGANISATION = Rules(franchise=Franchise.ORGANISATIONS)


def gather(make: Factory, rule: TableRule, kind: TableKind = TableKind.THEMATIC) -> Meeting:
    """An open sitting of a table with a rule, and two citizens who are there."""
    sitting = make.sitting(make.table(kind, rule=rule))
    chair = make.presided(sitting)
    return Meeting(make, sitting, chair, make.present(sitting), make.present(sitting))


def asked(meeting: Meeting, rules: Rules | None = None, **values: Any) -> Any:
    question = {"sitting_id": meeting.sitting.id, "question": "Shall we?", "rules": rules}
    return meeting.run(open_poll, meeting.facilitator, **question, **values)


def standing(meeting: Meeting, who: Actor) -> dict[str, Any]:
    with meeting.make.session() as session:
        (mine,) = rooms_mine(session, meeting.sitting.id, [who])
    assert mine["standing"] is not None
    return dict(mine["standing"])


def identified(meeting: Meeting, who: Actor) -> None:
    admin = meeting.make.holder(Role.ADMINISTRATOR)
    place = {"zone_id": meeting.make.zone.id, "person_id": who.person_id}
    meeting.run(identify_person, admin, **place)


def seated(make: Factory, meeting: Meeting) -> Actor:
    """The delegate of an organisation with a seat, who is there."""
    person = make.person()
    make.mandate(person, make.seated(meeting.sitting.table_id))
    return make.present(meeting.sitting, make.actor(person))


def test_the_room_knows_why_before_a_poll_is_opened(make: Factory) -> None:
    meeting = gather(make, IDENTIFIED)
    delegate = seated(make, meeting)
    identified(meeting, meeting.bruno)
    anna, bruno = standing(meeting, meeting.anna), standing(meeting, meeting.bruno)
    assert (anna["persons"], anna["organisations"], anna["opinion"]) == (
        "identified", "no_organisation", None,
    )  # fmt: skip
    assert (bruno["persons"], bruno["opinion"]) == (None, None)
    theirs = standing(meeting, delegate)
    assert (theirs["persons"], theirs["organisations"]) == (None, None)
    chair = standing(meeting, make.present(meeting.sitting, meeting.facilitator))
    assert (chair["persons"], chair["organisations"], chair["opinion"]) == ("in_charge",) * 3


def test_the_command_refuses_with_the_same_reason(make: Factory) -> None:
    meeting = gather(make, IDENTIFIED)
    identified(meeting, meeting.bruno)
    poll = asked(meeting)
    with pytest.raises(Conflict, match="until you are identified"):
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")
    assert meeting.run(cast_ballot, meeting.bruno, poll_id=poll.id, choice="yes") is not None
    meeting.run(identify_person, meeting.facilitator, zone_id=make.zone.id,
                person_id=meeting.anna.person_id, table_id=meeting.sitting.table_id)  # fmt: skip
    assert meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="no") is not None


def test_an_opinion_poll_asks_whoever_is_there(make: Factory) -> None:
    meeting = gather(make, IDENTIFIED)
    poll = asked(meeting, effect=Effect.CONSULTATIVE)
    assert meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes") is not None
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    (shown,) = meeting.snapshot()["polls"]
    assert (shown["voters"], shown["cast"], shown["electorate"]) == ("anybody", 1, 2)


@pytest.mark.parametrize(
    ("rule", "rules"),
    [
        (ONLINE, Rules()),
        (TableRule(vote=Who.ACCREDITED, hall=False), Rules()),
        (TableRule(vote=Who.ORGANISATIONS), BY_ORGANISATION),
        (TableRule(vote=Who.UNIONS), BY_ORGANISATION),
    ],
)
def test_where_nobody_has_a_vote_the_form_offers_an_opinion_poll(
    make: Factory, rule: TableRule, rules: Rules
) -> None:
    meeting = gather(make, rule)
    with pytest.raises(Invalid, match="nobody has a vote") as refused:
        asked(meeting, rules)
    assert list(refused.value.fields) == ["effect"]
    with make.session() as session:
        form = poll_form(session, get_sitting(session, meeting.sitting.id))
    assert form["nobody"]
    assert next(iter(form["effects"])) is Effect.CONSULTATIVE  # type: ignore[call-overload]
    assert asked(meeting, effect=Effect.CONSULTATIVE).id


def test_the_form_begins_with_a_vote_once_somebody_has_one(make: Factory) -> None:
    meeting = gather(make, ONLINE)
    identified(meeting, meeting.anna)
    with make.session() as session:
        form = poll_form(session, get_sitting(session, meeting.sitting.id))
    assert not form["nobody"]
    assert next(iter(form["effects"])) is Effect.BINDING  # type: ignore[call-overload]
    assert asked(meeting).id


def test_the_form_begins_with_a_vote_while_somebody_who_has_one_may_come(make: Factory) -> None:
    meeting = gather(make, ONLINE)
    identified(meeting, make.citizen())
    with make.session() as session:
        form = poll_form(session, get_sitting(session, meeting.sitting.id))
    assert next(iter(form["effects"])) is Effect.BINDING  # type: ignore[call-overload]


def test_the_form_says_so_in_the_room(make: Factory, app: Flask) -> None:
    meeting = gather(make, ONLINE)
    client = make.sign_in(app.test_client(), meeting.facilitator)
    page = client.get(f"/sedute/{meeting.sitting.id}/stanza").text
    assert "Finora a questo tavolo nessuno ha un voto che decide" in page
    other = gather(make, TableRule())
    client = make.sign_in(app.test_client(), other.facilitator)
    room = client.get(f"/sedute/{other.sitting.id}/stanza").text
    assert "Chi ha un voto che decide" in room


def test_only_who_might_have_voted_is_named_as_silent(make: Factory) -> None:
    meeting = gather(make, TableRule(vote=Who.IDENTIFIED))
    delegate = seated(make, meeting)
    person = make.person()
    make.mandate(person, make.organisation())
    make.present(meeting.sitting, make.actor(person))
    identified(meeting, meeting.bruno)
    for rules, named, others in ((Rules(), 1, 1), (BY_ORGANISATION, 1, 0)):
        poll = asked(meeting, rules)
        meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
        with make.session() as session:
            silent = silent_at(session, session.get_one(Poll, poll.id))
        assert (len(silent.named), silent.others) == (named, others)
        assert delegate.display_name in silent.named[0]


def test_who_is_identified_after_a_poll_was_not_silent_in_it(make: Factory) -> None:
    meeting = gather(make, IDENTIFIED)
    identified(meeting, meeting.bruno)
    poll = asked(meeting)
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    identified(meeting, meeting.anna)
    with make.session() as session:
        closed = session.get_one(Poll, poll.id)
        assert silent_at(session, closed).others == 1
        minuted = list(silence_in(session, closed).persons or ())
    assert minuted == [meeting.bruno.person_id]


def test_rest_shows_electorate_base_and_arithmetic(client: FlaskClient, make: Factory) -> None:
    meeting = gather(make, TableRule(vote=Who.ORGANISATIONS))
    delegate = seated(make, meeting)
    absent = make.seated(meeting.sitting.table_id)
    poll = asked(meeting)
    path = f"/api/v1/polls/{poll.id}"
    opened = client.get(path).get_json()
    assert (opened["arithmetic"], opened["voters"]) == (None, "organisations")
    meeting.run(cast_ballot, delegate, poll_id=poll.id, choice="yes")
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    shown = client.get(path).get_json()
    assert (shown["entitled"], shown["electorate"], shown["cast"], shown["needed"]) == (2, 1, 1, 1)
    assert {row["id"]: (row["votes"], row["voted"]) for row in shown["organisations"]}[
        absent.id
    ] == (1, False)
    assert re.search(r"^(Ha votato 1 organizzazione|1 organisation has voted)", shown["arithmetic"])
    assert client.get("/api/v1/polls/0").status_code == 404


def test_who_may_not_attend_or_speak_is_told_why(make: Factory) -> None:
    rule = TableRule(attend=Who.ORGANISATIONS, speak=Who.ORGANISATIONS)
    sitting: Sitting = make.sitting(make.table(rule=rule))
    chair = make.presided(sitting)
    citizen = make.citizen()
    with (
        pytest.raises(NotAllowed, match="Only these attend"),
        make.database.transaction(citizen) as tx,
    ):
        enter_sitting(tx, sitting_id=sitting.id)
    person = make.person()
    make.mandate(person, make.seated(sitting.table_id))
    assert make.present(sitting, make.actor(person))
    assert make.present(sitting, chair)
    quiet: Sitting = make.sitting(make.table(rule=TableRule(speak=Who.ORGANISATIONS)))
    make.presided(quiet)
    there = make.present(quiet)
    with (
        pytest.raises(NotAllowed, match="Only these ask for the floor"),
        make.database.transaction(there) as tx,
    ):
        raise_hand(tx, sitting_id=quiet.id)


def test_who_leads_asks_for_the_floor_whomever_they_came_for(make: Factory) -> None:
    quiet: Sitting = make.sitting(make.table(rule=TableRule(speak=Who.ORGANISATIONS)))
    make.presided(quiet)
    person = make.person()
    make.mandate(person, make.organisation())  # without a seat
    facilitator = {"role": Role.FACILITATOR, "table_id": quiet.table_id}
    with make.database.transaction(SYSTEM) as tx:
        give_role(tx, zone_id=make.zone.id, email=person.email or "", **facilitator)
    leader = make.present(quiet, make.actor(person))
    with make.database.transaction(leader) as tx:
        assert raise_hand(tx, sitting_id=quiet.id)


def test_an_admission_that_ended_after_the_opening_counts_in_the_poll(make: Factory) -> None:
    meeting = gather(make, TableRule(vote=Who.ACCREDITED))
    person, office = make.person(), make.holder(Role.PLAN_OFFICE)
    table_id = meeting.sitting.table_id
    where = {"table_id": table_id, "email": person.email or "", "reason": "Act 1"}
    admission = meeting.run(accredit_person, office, **where)
    poll = asked(meeting)
    meeting.run(end_accreditation, office, accreditation_id=admission.id, reason="Act 2")
    with make.session() as session:
        assert count_electorate(session, session.get_one(Poll, poll.id)).entitled == 1
        known = facts_of(session, table_id, [person.id], at=poll.opened_at)
        assert known[person.id].accredited
        assert not facts_of(session, table_id, [person.id], at=clock.now())[person.id].accredited
