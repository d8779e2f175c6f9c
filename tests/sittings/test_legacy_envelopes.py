"""A secret poll that was open before envelopes had a version is counted all the same.

`legacy_envelopes.json` holds a poll's salt and envelopes as that code wrote them. This goes
with `consultazione/sittings/polls/legacy_envelope.py`, which says when.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from consultazione.core.actor import Actor
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.envelopes import LENGTH, BrokenSeal, PollSeal, receipt_digest
from consultazione.sittings.polls.models import BoxBallot, Envelope, Poll, SealSalt
from consultazione.sittings.polls.receipts import own_receipt, receipts_of
from consultazione.sittings.polls.rules import Rules
from tests.support.meeting import Meeting, seal_as_before
from tests.support.superuser import as_superuser

STORED: dict[str, Any] = json.loads((Path(__file__).parent / "legacy_envelopes.json").read_text())
BALLOTS: list[dict[str, Any]] = STORED["ballots"]
SALT = bytes.fromhex(STORED["salt"])
SECRET = "a key for tests only"


@pytest.fixture
def voters(meeting: Meeting, engine: Engine) -> list[Actor]:
    """Persons present, with the ids for which the stored envelopes were sealed."""
    first = BALLOTS[0]["person_id"]
    _next_id(engine, "person", first)
    return [meeting.make.present(meeting.sitting) for _ in BALLOTS]


@pytest.fixture
def poll(meeting: Meeting, voters: list[Actor], engine: Engine) -> Poll:
    """An open secret poll as the earlier code left it, with the stored envelopes as its votes."""
    poll_id = STORED["poll_id"]
    _next_id(engine, "poll", poll_id)
    opened: Poll = meeting.run(
        open_poll, meeting.facilitator, sitting_id=meeting.sitting.id,
        question="Whom do we send?", rules=Rules(secret=True),
    )  # fmt: skip
    seal_as_before(meeting, opened.id)
    for actor in voters:
        meeting.run(cast_ballot, actor, poll_id=opened.id, choice="abstain")
    with meeting.make.database.transaction(meeting.facilitator) as tx:
        tx.session.get_one(SealSalt, opened.id).salt = SALT
        for stored in BALLOTS:
            envelope = tx.session.get_one(Envelope, (opened.id, stored["person_id"]))
            envelope.sealed = bytes.fromhex(stored["sealed"])
    return opened


def test_a_poll_sealed_before_is_counted(meeting: Meeting, poll: Poll, voters: list[Actor]) -> None:
    assert [actor.person_id for actor in voters] == [stored["person_id"] for stored in BALLOTS]
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 2, "no": 1, "abstain": 1}
    digests = sorted(receipt_digest(stored["receipt"]).hex() for stored in BALLOTS)
    with meeting.make.session() as session:
        assert receipts_of(session, poll.id) == digests
        assert session.query(BoxBallot).filter_by(poll_id=poll.id).count() == len(BALLOTS)
        assert session.query(Envelope).count() == 0


def test_a_ballot_sealed_before_can_be_changed_and_is_sealed_anew(
    meeting: Meeting, poll: Poll, voters: list[Actor]
) -> None:
    actor, stored = voters[0], BALLOTS[0]
    meeting.run(cast_ballot, actor, poll_id=poll.id, choice="no")
    with meeting.make.database.transaction(actor) as tx:
        assert own_receipt(tx, poll_id=poll.id, person_id=actor.person_id) == stored["receipt"]
        assert len(tx.session.get_one(Envelope, (poll.id, actor.person_id)).sealed) == LENGTH
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 1, "no": 2, "abstain": 1}


@pytest.mark.parametrize("stored", BALLOTS)
def test_it_opens_for_its_voter_alone_and_after_a_rotation(stored: dict[str, Any]) -> None:
    envelope, poll_id, voter = (
        bytes.fromhex(stored["sealed"]), STORED["poll_id"], stored["person_id"],
    )  # fmt: skip
    rotated = PollSeal(poll_id, SALT, "the secret of today", [SECRET])
    assert rotated.unseal(voter, envelope).choice == stored["choice"]
    for seal, claimed in (
        (rotated, voter + 1),
        (PollSeal(poll_id + 1, SALT, SECRET), voter),
        (PollSeal(poll_id, b"t" * 32, SECRET), voter),
        (PollSeal(poll_id, SALT, "the secret of today"), voter),
    ):
        with pytest.raises(BrokenSeal):
            seal.unseal(claimed, envelope)


def test_every_changed_bit_is_refused() -> None:
    envelope, voter = bytes.fromhex(BALLOTS[0]["sealed"]), BALLOTS[0]["person_id"]
    seal = PollSeal(STORED["poll_id"], SALT, SECRET)
    for bit in range(len(envelope) * 8):
        changed = bytearray(envelope)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BrokenSeal):
            seal.unseal(voter, bytes(changed))


def _next_id(engine: Engine, table: str, number: int) -> None:
    """Have the next row of a table get a chosen id."""
    with as_superuser(engine).connect() as connection:
        connection.execute(text(f"SELECT setval('{table}_id_seq', {number}, false)"))
