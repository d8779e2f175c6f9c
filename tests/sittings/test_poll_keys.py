"""The key of a secret poll: made with it, destroyed at its end, and what its loss brings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Refusal
from consultazione.core.keys import KeysAway
from consultazione.sittings.lifecycle.commands.opening import close_sitting, open_sitting
from consultazione.sittings.lifecycle.commands.rehearsals import end_rehearsal, start_rehearsal
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, count_in_room, open_poll
from consultazione.sittings.polls.models import Ballot, Envelope, Poll, PollState
from consultazione.sittings.polls.receipts import own_receipt
from consultazione.sittings.polls.rules import Rules
from consultazione.sittings.polls.sealing import sweep_keys
from tests.support.meeting import Meeting
from tests.support.memory_keys import MemoryKeys

SECRET = Rules(secret=True)


@pytest.fixture
def poll(meeting: Meeting) -> Poll:
    """An open secret poll with two ballots."""
    asked = ask(meeting)
    for actor, choice in ((meeting.anna, "yes"), (meeting.bruno, "no")):
        meeting.run(cast_ballot, actor, poll_id=asked.id, choice=choice)
    return asked


def ask(meeting: Meeting, question: str = "Whom do we send?", rules: Rules = SECRET) -> Poll:
    opened: Poll = meeting.run(
        open_poll,
        meeting.facilitator,
        sitting_id=meeting.sitting.id,
        question=question,
        rules=rules,
    )
    return opened


def stored(meeting: Meeting, poll_id: int) -> Poll:
    with meeting.make.session() as session:
        return session.get_one(Poll, poll_id)


def receipt(meeting: Meeting, poll: Poll) -> str:
    with meeting.make.database.transaction(meeting.anna) as tx:
        return own_receipt(tx, poll_id=poll.id, person_id=meeting.anna.person_id)


def assert_annulled(meeting: Meeting, poll_id: int, reason: str = "key_lost") -> None:
    after = stored(meeting, poll_id)
    assert (after.state, after.result, after.annulled_because) == (
        PollState.ANNULLED, None, reason,
    )  # fmt: skip
    assert after.closed_at is not None
    assert meeting.kinds().count("poll.annulled") == 1
    assert "poll.closed" not in meeting.kinds()
    assert "poll.box_opened" not in meeting.kinds(f"poll:{poll_id}")
    with meeting.make.session() as session:
        assert session.scalars(select(Envelope)).all() == []


def test_each_secret_poll_has_a_key_of_its_own_until_it_is_closed(
    meeting: Meeting, poll_keys: MemoryKeys
) -> None:
    ask(meeting, rules=Rules())
    assert poll_keys.kept == {}
    meeting.run(close_poll, meeting.facilitator, poll_id=stored_open(meeting))
    keys = set()
    for question in ("First?", "Second?"):
        secret = ask(meeting, question)
        ((_, key),) = poll_keys.kept.values()
        keys.add(key)
        meeting.run(close_poll, meeting.facilitator, poll_id=secret.id)
        assert poll_keys.kept == {}
    assert len(keys) == 2


def stored_open(meeting: Meeting) -> int:
    with meeting.make.session() as session:
        return session.scalars(select(Poll.id).filter_by(state=PollState.OPEN)).one()


def test_closing_the_sitting_destroys_the_key(
    meeting: Meeting, poll: Poll, poll_keys: MemoryKeys
) -> None:
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id, count_poll=True)
    assert stored(meeting, poll.id).state is PollState.CLOSED
    assert poll_keys.kept == {}


def test_a_close_that_is_rolled_back_destroys_nothing(
    meeting: Meeting, poll: Poll, poll_keys: MemoryKeys
) -> None:
    with pytest.raises(ZeroDivisionError):
        meeting.run(fail_after, meeting.facilitator, steps=[partial(close_poll, poll_id=poll.id)])
    assert len(poll_keys.kept) == 1
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 1, "no": 1, "abstain": 0}


def fail_after(tx: Transaction, *, steps: list[Callable[[Transaction], Any]]) -> None:
    for step in steps:
        step(tx)
        tx.flush()
    raise ZeroDivisionError


def vote(meeting: Meeting, poll: Poll) -> None:
    with pytest.raises(Conflict):
        meeting.run(cast_ballot, meeting.facilitator, poll_id=poll.id, choice="yes")


def change_a_vote(meeting: Meeting, poll: Poll) -> None:
    with pytest.raises(Conflict):
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="no")


def close(meeting: Meeting, poll: Poll) -> None:
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)


def close_all(meeting: Meeting, _poll: Poll) -> None:
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id, count_poll=True)
    assert meeting.kinds()[-1] == "sitting.closed"


def ask_again(meeting: Meeting, poll: Poll) -> None:
    assert ask(meeting).id != poll.id


@pytest.mark.parametrize("act", [vote, change_a_vote, close, close_all, ask_again])
def test_the_loss_of_the_key_annuls_the_poll(
    meeting: Meeting, poll: Poll, poll_keys: MemoryKeys, act: Callable[[Meeting, Poll], None]
) -> None:
    poll_keys.kept.clear()
    act(meeting, poll)
    assert_annulled(meeting, poll.id)


def test_an_annulled_poll_tells_no_ballot_and_another_can_be_opened(
    meeting: Meeting, poll: Poll, poll_keys: MemoryKeys
) -> None:
    poll_keys.kept.clear()
    with pytest.raises(Conflict):
        receipt(meeting, poll)
    assert stored(meeting, poll.id).state is PollState.OPEN  # asking annuls nothing
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    for late in (
        lambda: meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="no"),
        lambda: meeting.run(
            count_in_room, meeting.facilitator, poll_id=poll.id, choice="no", votes=1
        ),
        lambda: receipt(meeting, poll),
    ):
        with pytest.raises(Refusal):
            late()
    assert meeting.run(close_poll, meeting.facilitator, poll_id=poll.id).id == poll.id
    with meeting.make.session() as session:
        assert {ballot.choice for ballot in session.scalars(select(Ballot))} == {None}
    again = ask(meeting)
    meeting.run(cast_ballot, meeting.anna, poll_id=again.id, choice="yes")
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=again.id)
    assert closed.result["tally"] == {"yes": 1, "no": 0, "abstain": 0}


def test_a_damaged_envelope_annuls_the_poll_and_stops_its_voter(
    meeting: Meeting, poll: Poll, poll_keys: MemoryKeys
) -> None:
    with meeting.make.database.transaction(meeting.facilitator) as tx:
        first, second = tx.session.scalars(select(Envelope))
        first.sealed, second.sealed = second.sealed, first.sealed
    for act in (
        lambda: receipt(meeting, poll),
        lambda: meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="no"),
    ):
        with pytest.raises(Conflict):
            act()
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert_annulled(meeting, poll.id, "broken_seal")
    assert poll_keys.kept == {}


def test_a_store_that_is_away_annuls_nothing(
    meeting: Meeting, poll: Poll, poll_keys: MemoryKeys
) -> None:
    poll_keys.is_away = True
    for act in (
        lambda: meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="no"),
        lambda: meeting.run(close_poll, meeting.facilitator, poll_id=poll.id),
        lambda: meeting.run(
            close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id, count_poll=True
        ),
    ):
        with pytest.raises(KeysAway):
            act()
    poll_keys.is_away = False
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 1, "no": 1, "abstain": 0}


def test_the_pages_of_an_annulled_poll(
    meeting: Meeting, poll: Poll, poll_keys: MemoryKeys, client: FlaskClient
) -> None:
    poll_keys.kept.clear()
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    sitting = meeting.sitting.id
    for path in (
        f"/sedute/{sitting}",
        f"/sedute/{sitting}/stanza",
        f"/sedute/{sitting}/votazioni/{poll.id}/ricevute",
    ):
        page = client.get(path)
        assert page.status_code == 200, path
        assert "Votazione annullata: la chiave" in page.text, path
    (shown,) = client.get(f"/api/v1/sittings/{sitting}/room").get_json()["polls"]
    assert (shown["state"], shown["annulled_because"]) == ("annulled", "key_lost")
    assert (shown["carried"], shown["tally"], shown["electorate"]) == (None, None, None)
    assert client.get(f"/api/v1/polls/{poll.id}/receipts").get_json() == {
        "receipts": [],
        "next": None,
    }


@pytest.mark.parametrize("lost", [False, True])
def test_ending_a_rehearsal_destroys_the_key_or_does_without(
    meeting: Meeting, poll_keys: MemoryKeys, lost: bool
) -> None:
    planned = meeting.make.sitting()
    chair = meeting.make.holder(Role.FACILITATOR, planned.table_id)
    copy = meeting.run(start_rehearsal, chair, sitting_id=planned.id)
    meeting.run(open_sitting, chair, sitting_id=copy.id)
    rehearsed = meeting.run(open_poll, chair, sitting_id=copy.id, question="Whom?", rules=SECRET)
    voter = meeting.make.present(copy)
    meeting.run(cast_ballot, voter, poll_id=rehearsed.id, choice="yes")
    assert len(poll_keys.kept) == 1
    if lost:
        poll_keys.kept.clear()
    meeting.run(end_rehearsal, chair, sitting_id=copy.id)
    assert poll_keys.kept == {}


def test_the_sweep_ends_keys_without_a_poll_and_spares_the_young(
    meeting: Meeting, poll: Poll, poll_keys: MemoryKeys
) -> None:
    (needed,) = poll_keys.kept
    asked = {"sitting_id": meeting.sitting.id, "question": "Then?", "rules": SECRET}
    steps = [partial(close_poll, poll_id=poll.id), partial(open_poll, **asked)]
    with pytest.raises(ZeroDivisionError):
        meeting.run(fail_after, meeting.facilitator, steps=steps)
    assert len(poll_keys.kept) == 2
    assert swept(meeting, poll_keys, minutes=1) == []
    assert len(poll_keys.kept) == 2
    assert len(swept(meeting, poll_keys, minutes=11)) == 1
    assert set(poll_keys.kept) == {needed}


def test_the_sweep_ends_the_key_of_a_poll_whose_process_died_after_the_commit(
    meeting: Meeting, poll: Poll, poll_keys: MemoryKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise KeysAway("killed")

    with monkeypatch.context() as patch:
        patch.setattr(poll_keys, "destroy", die)
        closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.state is PollState.CLOSED  # what follows the commit does not undo it
    assert len(poll_keys.kept) == 1
    swept(meeting, poll_keys, minutes=11)
    assert poll_keys.kept == {}


def swept(meeting: Meeting, keys: MemoryKeys, *, minutes: int) -> list[str]:
    later = clock.now() + timedelta(minutes=minutes)
    with time_machine.travel(later, tick=False), meeting.make.session() as session:
        return sweep_keys(session, keys, now=later)
