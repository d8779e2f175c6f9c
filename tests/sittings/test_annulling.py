"""The chair annuls a poll, open or counted, with a reason; it stays visible and never counts."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest

from consultazione.core.actor import Actor
from consultazione.core.errors import Conflict, NotAllowed, Refusal
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.polls.commands.annulling import annul_poll
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.models import Envelope, Poll, PollState
from consultazione.sittings.polls.rules import Rules
from tests.support.meeting import Meeting

WHY = "Si è votato il testo sbagliato."


def asked(meeting: Meeting, **values: Any) -> int:
    poll = meeting.run(
        open_poll, meeting.facilitator, sitting_id=meeting.sitting.id, question="?", **values
    )
    assert isinstance(poll.id, int)
    return poll.id


def annul(meeting: Meeting, poll_id: int, why: str = WHY) -> Poll:
    poll = meeting.run(annul_poll, meeting.facilitator, poll_id=poll_id, reason=why)
    assert isinstance(poll, Poll)
    return poll


def test_an_open_poll_is_annulled_and_takes_no_more_ballots(meeting: Meeting) -> None:
    poll_id = asked(meeting)
    meeting.run(cast_ballot, meeting.anna, poll_id=poll_id, choice="yes")
    annul(meeting, poll_id)
    (shown,) = meeting.snapshot()["polls"]
    assert (shown["state"], shown["annulled_because"]) == (PollState.ANNULLED, "by_chair")
    assert (shown["explanation"], shown["carried"], shown["tally"]) == (WHY, None, None)
    assert meeting.snapshot()["turnout"] is None
    with pytest.raises(Conflict):
        meeting.run(cast_ballot, meeting.bruno, poll_id=poll_id, choice="no")
    assert asked(meeting) != poll_id  # it can be put again


def test_a_counted_poll_loses_its_result(meeting: Meeting) -> None:
    poll_id = asked(meeting)
    meeting.run(cast_ballot, meeting.anna, poll_id=poll_id, choice="yes")
    meeting.run(close_poll, meeting.facilitator, poll_id=poll_id)
    assert meeting.snapshot()["polls"][0]["carried"] is True
    annul(meeting, poll_id)
    (shown,) = meeting.snapshot()["polls"]
    kept = ("carried", "tally", "electorate", "cast", "grounds", "winners")
    assert [shown[name] for name in kept] == [None] * len(kept)
    assert meeting.kinds()[-2:] == ["poll.closed", "poll.annulled"]


def test_the_envelopes_of_a_secret_poll_go_unread(meeting: Meeting) -> None:
    poll_id = asked(meeting, rules=Rules(secret=True))
    meeting.run(cast_ballot, meeting.anna, poll_id=poll_id, choice="yes")
    annul(meeting, poll_id)
    with meeting.make.session() as session:
        assert session.query(Envelope).filter_by(poll_id=poll_id).count() == 0


def test_the_same_reason_again_changes_nothing_and_another_is_refused(meeting: Meeting) -> None:
    poll_id = asked(meeting)
    annul(meeting, poll_id)
    annul(meeting, poll_id)
    assert meeting.kinds().count("poll.annulled") == 1
    with pytest.raises(Conflict):
        annul(meeting, poll_id, "Un altro motivo.")


def test_only_the_chair_annuls_and_only_while_the_sitting_is_open(meeting: Meeting) -> None:
    poll_id = asked(meeting)
    with pytest.raises(NotAllowed):
        meeting.run(annul_poll, meeting.anna, poll_id=poll_id, reason=WHY)
    meeting.run(close_poll, meeting.facilitator, poll_id=poll_id)
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    with pytest.raises(Conflict):
        annul(meeting, poll_id)


def test_of_closing_and_annulling_at_once_the_poll_is_annulled_in_the_end(real: Meeting) -> None:
    poll_id = asked(real)
    real.run(cast_ballot, real.anna, poll_id=poll_id, choice="yes")
    barrier, refused = Barrier(3), []

    def act(command: Any, who: Actor, **values: Any) -> None:
        barrier.wait()
        try:
            real.run(command, who, poll_id=poll_id, **values)
        except Refusal as refusal:
            refused.append((command.__name__, type(refusal)))

    threads = [
        Thread(target=act, args=(close_poll, real.facilitator)),
        Thread(target=act, args=(annul_poll, real.facilitator), kwargs={"reason": WHY}),
        Thread(target=act, args=(annul_poll, real.facilitator), kwargs={"reason": "Altro."}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [("annul_poll", Conflict)]  # one reason stands, the other is told so
    (shown,) = real.snapshot()["polls"]
    assert (shown["state"], shown["carried"]) == (PollState.ANNULLED, None)
    assert real.kinds().count("poll.annulled") == 1
