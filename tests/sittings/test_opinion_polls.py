"""Polls that gather opinions and decide nothing (*sondaggi*)."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.errors import Conflict, Invalid
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.rules import Effect, Majority, QuorumOf, Rules
from tests.support.meeting import Meeting

OPINION = Effect.CONSULTATIVE


def held(meeting: Meeting, **values: object) -> int:
    """The id of an opinion poll in which Anna was in favour."""
    poll = meeting.run(
        open_poll,
        meeting.facilitator,
        sitting_id=meeting.sitting.id,
        question="Do you like it?",
        effect=OPINION,
        **values,
    )
    meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert isinstance(poll.id, int)
    return poll.id


def test_it_has_counts_and_is_neither_carried_nor_not(meeting: Meeting) -> None:
    held(meeting)
    (shown,) = meeting.snapshot()["polls"]
    assert (shown["effect"], shown["carried"], shown["grounds"]) == (OPINION, None, "consultative")
    assert shown["tally"] == {"yes": 1, "no": 0, "abstain": 0}


@pytest.mark.parametrize(
    ("field", "rules"),
    [
        ("majority", Rules(majority=Majority.ABSOLUTE)),
        ("quorum", Rules(quorum=3)),
        ("quorum", Rules(quorum=50, quorum_of=QuorumOf.PRESENT)),
    ],
)
def test_rules_on_what_is_needed_to_decide_are_refused(
    meeting: Meeting, field: str, rules: Rules
) -> None:
    with pytest.raises(Invalid) as refused:
        held(meeting, rules=rules)
    assert list(refused.value.fields) == [field]


def test_the_same_question_as_a_vote_is_another_poll(meeting: Meeting) -> None:
    given = {"sitting_id": meeting.sitting.id, "question": "Do you like it?"}
    meeting.run(open_poll, meeting.facilitator, effect=OPINION, **given)
    with pytest.raises(Conflict):
        meeting.run(open_poll, meeting.facilitator, **given)


def test_its_page_shows_the_counts_and_no_verdict(meeting: Meeting, client: FlaskClient) -> None:
    poll_id = held(meeting)
    for path in ("", f"/votazioni/{poll_id}", "/stanza", "/cronaca"):
        page = client.get(f"/sedute/{meeting.sitting.id}{path}").get_data(as_text=True)
        assert "Sondaggio" in page
        assert "Approvata" not in page.split('id="words"')[0]
