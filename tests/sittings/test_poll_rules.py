"""The rules of polls: options, organisations, weights, votes of the room, secrecy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.people.models import Organisation
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, count_in_room, open_poll
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.kinds.base import Terms
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.rules import Franchise, Majority, MajorityOf, QuorumOf, Rules
from consultazione.sittings.room.snapshot import room_mine
from tests.support.meeting import Meeting
from tests.support.poll_examples import EXAMPLES, OPTIONS, options_for, rules_for

every_kind = pytest.mark.parametrize("kind", list(KINDS))


def ask(meeting: Meeting, kind: str = "yes_no_abstain", **more: Any) -> Poll:
    given = {"options": options_for(kind), "rules": rules_for(kind)}
    opened: Poll = meeting.run(
        open_poll, meeting.facilitator, sitting_id=meeting.sitting.id,
        question="Which way?", poll_kind=kind, **{**given, **more},
    )  # fmt: skip
    return opened


def delegates(meeting: Meeting, count: int) -> tuple[Organisation, list[Actor]]:
    """Make an organisation and several delegates of it who are present."""
    organisation, actors = meeting.make.seated(meeting.sitting.table_id), []
    for _ in range(count):
        person = meeting.make.person()
        meeting.make.mandate(person, organisation)
        actors.append(meeting.make.present(meeting.sitting, meeting.make.actor(person)))
    return organisation, actors


@every_kind
@pytest.mark.parametrize("secret", [False, True])
def test_every_kind_is_asked_voted_and_counted(meeting: Meeting, kind: str, secret: bool) -> None:
    poll = ask(meeting, kind, rules=replace(rules_for(kind), secret=secret))
    assert ask(meeting, kind, rules=replace(rules_for(kind), secret=secret)).id == poll.id
    choices = EXAMPLES[kind][0][:2]
    for actor, choice in zip((meeting.anna, meeting.bruno), choices, strict=True):
        meeting.run(cast_ballot, actor, poll_id=poll.id, choice=choice)
    with pytest.raises(Invalid):
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice=EXAMPLES[kind][2][0])
    shown = meeting.snapshot()
    assert shown["polls"][0]["tally"] is None
    assert shown["turnout"] == {"poll_id": poll.id, "cast": 2, "electorate": 2, "tally": None}
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    closed = meeting.snapshot()["polls"][0]
    terms_tally = KINDS[kind].tally(
        dict.fromkeys(choices, 1), _terms(kind, closed["rules"]["grades"])
    )
    assert (closed["tally"], closed["cast"], closed["options"]) == (
        terms_tally, 2, list(options_for(kind)),
    )  # fmt: skip


def _terms(kind: str, grades: int) -> Any:

    return Terms(len(options_for(kind)), replace(rules_for(kind), grades=grades))


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("lottery", {}, "poll_kind"),
        ("yes_no_abstain", {"options": OPTIONS}, "options"),
        ("single_choice", {"options": ["One"]}, "options"),
        ("single_choice", {"options": ["One", "one"]}, "options"),
        ("multiple_choice", {"rules": Rules(most=4)}, "most"),
        ("rating", {"rules": Rules(majority=Majority.ABSOLUTE)}, "majority"),
        ("rating", {"rules": Rules(grades=11)}, "grades"),
        ("yes_no_abstain", {"rules": Rules(majority_of=MajorityOf.PRESENT)}, "majority_of"),
        ("yes_no_abstain", {"rules": Rules(quorum=101, quorum_of=QuorumOf.PRESENT)}, "quorum"),
        ("yes_no_abstain", {"rules": Rules(franchise=Franchise.WEIGHTS)}, "weights"),
        ("yes_no_abstain", {"weights": {1: 2}}, "weights"),
    ],
)
def test_what_cannot_be_asked_names_the_field(
    meeting: Meeting, kind: str, more: dict[str, Any], field: str
) -> None:
    given = {"options": OPTIONS if kind != "yes_no_abstain" else (), "rules": Rules()}
    with pytest.raises(Invalid) as refusal:
        meeting.run(
            open_poll, meeting.facilitator, sitting_id=meeting.sitting.id,
            question="Which way?", poll_kind=kind, **{**given, **more},
        )  # fmt: skip
    assert list(refusal.value.fields) == [field]


def test_an_organisation_votes_once(meeting: Meeting) -> None:
    _organisation, (first, second) = delegates(meeting, 2)
    poll = ask(meeting, rules=Rules(franchise=Franchise.ORGANISATIONS))
    meeting.run(cast_ballot, first, poll_id=poll.id, choice="yes")
    with pytest.raises(Conflict):
        meeting.run(cast_ballot, second, poll_id=poll.id, choice="no")
    with pytest.raises(Conflict):
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="no")
    meeting.run(cast_ballot, first, poll_id=poll.id, choice="abstain")
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.electorate == 1
    assert closed.result["tally"] == {"yes": 0, "no": 0, "abstain": 1}


def test_votes_weigh_what_the_question_says(meeting: Meeting) -> None:
    (large, (lara,)), (small, (sara,)) = delegates(meeting, 1), delegates(meeting, 1)
    absent = meeting.make.seated(meeting.sitting.table_id)
    poll = ask(
        meeting,
        rules=Rules(
            franchise=Franchise.WEIGHTS,
            majority=Majority.ABSOLUTE,
            majority_of=MajorityOf.ENTITLED,
        ),
        weights={large.id: 5, small.id: 2, absent.id: 4},
    )
    meeting.run(cast_ballot, lara, poll_id=poll.id, choice="yes")
    meeting.run(cast_ballot, sara, poll_id=poll.id, choice="no")
    assert meeting.snapshot()["turnout"]["cast"] == 7
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 5, "no": 2, "abstain": 0}
    assert (closed.electorate, closed.result["entitled"]) == (7, 11)
    assert closed.result["grounds"] == "not_reached"
    assert closed.result["numbers"] == {"votes": 5, "needed": 6, "of": 11}


def test_the_votes_of_the_room_are_entered_shown_apart_and_counted(meeting: Meeting) -> None:
    poll = ask(meeting)
    meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="no")
    with pytest.raises(NotAllowed):
        meeting.run(count_in_room, meeting.anna, poll_id=poll.id, choice="yes", votes=9)
    for votes in (7, 7, 4):
        entered = meeting.run(
            count_in_room, meeting.facilitator, poll_id=poll.id, choice="yes", votes=votes
        )
    assert (entered.entered, entered.waiting) == ({"yes": 4}, ["yes"])
    assert meeting.kinds(f"poll:{poll.id}").count("room_votes.counted") == 2
    meeting.run(count_in_room, meeting.facilitator, poll_id=poll.id, choice="no", votes=1)
    gone = meeting.run(count_in_room, meeting.facilitator, poll_id=poll.id, choice="no", votes=0)
    assert gone.entered == {"yes": 4}
    second = meeting.make.holder(Role.COORDINATOR, meeting.sitting.table_id)
    meeting.run(count_in_room, second, poll_id=poll.id, choice="yes", votes=4)
    with meeting.make.session() as session:
        assert room_mine(session, meeting.sitting.id, meeting.anna.person_id)["room_votes"] == {}
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 4, "no": 1, "abstain": 0}
    assert closed.result["room_tally"] == {"yes": 4, "no": 0, "abstain": 0}
    assert closed.result["room_confirmed"] == "two"
    assert (closed.result["cast"], closed.electorate) == (5, 6)
    with pytest.raises(Conflict):
        meeting.run(count_in_room, meeting.facilitator, poll_id=poll.id, choice="no", votes=1)


def test_nothing_taken_out_that_was_never_counted(meeting: Meeting) -> None:
    poll = ask(meeting)
    empty = meeting.run(count_in_room, meeting.facilitator, poll_id=poll.id, choice="no", votes=0)
    assert empty.entered == {}


def test_a_vote_that_cannot_be_changed_stays(meeting: Meeting) -> None:
    poll = ask(meeting, rules=Rules(changeable=False))
    for _ in range(2):
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")
    with pytest.raises(Conflict):
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="no")


def test_a_live_tally_is_told_with_the_turnout(meeting: Meeting) -> None:
    poll = ask(meeting, rules=Rules(live=True))
    meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")
    assert meeting.snapshot()["turnout"]["tally"] == {"yes": 1, "no": 0, "abstain": 0}


def test_what_was_voted_in_secret_is_not_found_by_trying(meeting: Meeting) -> None:
    poll = ask(meeting, rules=Rules(secret=True, changeable=False))
    meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="no")
    for tried in ("yes", "no", "abstain"):
        with pytest.raises(Conflict):
            meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice=tried)
