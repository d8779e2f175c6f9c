"""What the profile says of its person's votes and commitments, and of nobody else's."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.rules import Rules
from consultazione.sittings.record.commands.commitments import make_commitment
from tests.support.factories import Factory
from tests.support.meeting import Meeting, meet


def voted(meeting: Meeting, question: str, *, secret: bool = False, close: bool = True) -> int:
    poll = meeting.run(
        open_poll,
        meeting.facilitator,
        sitting_id=meeting.sitting.id,
        question=question,
        rules=Rules(secret=secret),
    )
    meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")
    if close:
        meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    return int(poll.id)


def test_open_votes_that_are_over_and_what_was_undertaken(
    client: FlaskClient, make: Factory
) -> None:
    meeting = meet(make)
    meeting.run(
        make_commitment,
        meeting.facilitator,
        sitting_id=meeting.sitting.id,
        body="Porta i dati dei nidi.",
        due_on=clock.today() + timedelta(days=3),
        person_id=meeting.anna.person_id,
    )
    voted(meeting, "Si apre uno sportello?")
    voted(meeting, "Chi presiede?", secret=True)
    going_on = voted(meeting, "Si chiude?", close=False)
    own = make.sign_in(client, meeting.anna).get("/profilo").text
    assert "Si apre uno sportello?" in own
    assert "Chi presiede?" not in own
    assert "Si chiude?" not in own
    assert "Porta i dati dei nidi." not in own  # its sitting is not over
    meeting.run(close_poll, meeting.facilitator, poll_id=going_on)
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    assert "Porta i dati dei nidi." in client.get("/profilo").text
    other = make.sign_in(client, meeting.bruno).get("/profilo").text
    assert "Si apre uno sportello?" not in other
    assert "Porta i dati dei nidi." not in other
