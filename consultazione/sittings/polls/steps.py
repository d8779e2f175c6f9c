"""Counting a closed poll: open its box, count its votes, record the result."""

from __future__ import annotations

from random import SystemRandom
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import delete, insert, select

from consultazione.core.db import Transaction
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.counting import Outcome, count
from consultazione.sittings.polls.electorate import whole_electorate
from consultazione.sittings.polls.envelopes import Sealed, receipt_digest
from consultazione.sittings.polls.events import BoxOpened, PollClosed, poll_stream
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.kinds.base import Result
from consultazione.sittings.polls.models import (
    BoxBallot,
    Envelope,
    Poll,
    PollState,
    Receipt,
    SealSalt,
)
from consultazione.sittings.polls.queries import online_votes, poll_terms, room_votes_of, seal_of
from consultazione.sittings.polls.rules import Electorate
from consultazione.sittings.polls.types import PollResult
from consultazione.sittings.quorums import QUORUMS
from consultazione.sittings.quorums.base import Standing, quorum_terms, recorded
from consultazione.sittings.quorums.headcount import standing_of


def count_poll(tx: Transaction, poll: Poll) -> None:
    """A poll, held alone, is over: its votes are counted against the electorate it had."""
    terms = poll_terms(tx.session, poll)
    tx.flush()
    sitting = tx.session.get_one(Sitting, poll.sitting_id)
    standing = standing_of(tx.session, sitting)
    electorate = whole_electorate(tx.session, poll)
    if terms.rules.secret:
        open_box(tx, poll)
    outcome = count(
        KINDS[poll.kind],
        terms,
        electorate,
        online=online_votes(tx.session, poll),
        room=room_votes_of(tx.session, poll.id),
        void=missed(sitting, standing),
    )
    _record(tx, poll, electorate, outcome, standing)


def open_box(tx: Transaction, poll: Poll) -> None:
    """The envelopes of a secret poll are opened, mixed, and gone with what sealed them.

    Choices and receipts are written in two orders of chance, all by this one transaction:
    neither the rows' places nor their transaction lead back to an envelope.
    """
    content = _contents(tx, poll)
    chance = SystemRandom()
    choices = [{"id": uuid4(), "poll_id": poll.id, "choice": one.choice} for one in content]
    chance.shuffle(choices)
    digests = sorted(receipt_digest(one.receipt) for one in content)
    if content:
        tx.session.execute(insert(BoxBallot), choices)
        tx.session.execute(insert(Receipt), [{"poll_id": poll.id, "digest": d} for d in digests])
    tx.session.execute(delete(Envelope).where(Envelope.poll_id == poll.id))
    tx.session.execute(delete(SealSalt).where(SealSalt.poll_id == poll.id))
    tx.record(poll_stream(poll.id), BoxOpened(poll_id=poll.id, receipts=[d.hex() for d in digests]))


def _contents(tx: Transaction, poll: Poll) -> list[Sealed]:
    seal = seal_of(tx, poll.id)
    tx.flush()
    envelopes = tx.session.execute(
        select(Envelope.person_id, Envelope.sealed).where(Envelope.poll_id == poll.id)
    )
    return [seal.unseal(person_id, sealed) for person_id, sealed in envelopes]


def _record(
    tx: Transaction,
    poll: Poll,
    electorate: Electorate,
    outcome: Outcome,
    standing: Standing | None,
) -> None:
    result: PollResult = {
        "tally": outcome.tally,
        "carried": outcome.result.carried,
        "grounds": outcome.result.grounds,
        "numbers": outcome.result.numbers,
        "winners": list(outcome.result.winners),
        "entitled": electorate.entitled,
        "cast": outcome.cast,
        "room_tally": outcome.room_tally,
        **recorded(standing),
    }
    poll.state = PollState.CLOSED
    poll.closed_at = tx.now
    poll.electorate = electorate.present
    poll.result = cast(dict[str, Any], result)
    closed = PollClosed(poll_id=poll.id, electorate=electorate.present, **result)
    tx.record(sitting_stream(poll.sitting_id), closed)


def missed(sitting: Sitting, standing: Standing | None) -> Result | None:
    """The result of a vote in a sitting that has no quorum; None if nothing is missing."""
    if standing is None or standing.met:
        return None
    rule = QUORUMS[quorum_terms(sitting.quorum).kind]
    return Result(False, rule.grounds, rule.numbers(standing))
