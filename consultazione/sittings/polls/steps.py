"""Steps that end a poll: open its box, count its votes, record the result; or annul it."""

from __future__ import annotations

from collections.abc import Mapping
from random import SystemRandom
from typing import Any, cast
from uuid import uuid4

from flask_babel import lazy_gettext as _
from sqlalchemy import insert, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.counting import Outcome, count
from consultazione.sittings.polls.envelopes import BrokenSeal, PollSeal, Sealed, receipt_digest
from consultazione.sittings.polls.events import BoxOpened, PollAnnulled, PollClosed, poll_stream
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.kinds.base import Result
from consultazione.sittings.polls.models import (
    AnnulReason,
    BoxBallot,
    Envelope,
    Poll,
    PollState,
    Receipt,
)
from consultazione.sittings.polls.queries import online_votes, poll_terms
from consultazione.sittings.polls.room_count import RoomConfirmation, room_count_of
from consultazione.sittings.polls.rules import Effect, quorum_votes, rules_of
from consultazione.sittings.polls.sealing import destroy_envelopes, find_seal
from consultazione.sittings.polls.types import PollResult
from consultazione.sittings.polls.voters.electorate import Count, count_electorate
from consultazione.sittings.polls.voters.silence import find_unheard
from consultazione.sittings.quorums import QUORUMS
from consultazione.sittings.quorums.base import Standing, quorum_terms, recorded_standing
from consultazione.sittings.quorums.headcount import standing_of

_WAITING = _(
    "More votes of the room were entered than people without a ballot are in the hall: a second "
    "person has to enter the same numbers, or correct them before you close the poll."
)
_TOO_MANY = _(
    "More votes were counted than the organisations entitled have: correct the votes of the room "
    "before you close the poll."
)


def count_poll(tx: Transaction, poll: Poll) -> None:
    """Close and count an open poll, and record its result.

    A secret poll whose ballots cannot be opened is annulled. The caller has locked the sitting
    and the poll FOR UPDATE. Conflict while a count of the room waits for a second person: what
    nobody has confirmed is neither counted nor dropped.
    """
    terms = poll_terms(tx.session, poll)
    tx.flush()
    room = room_count_of(tx.session, poll)
    if room.waiting and not (terms.rules.secret and find_seal(tx, poll) is None):
        raise Conflict(_WAITING)
    if terms.rules.secret and (obstacle := _open_box(tx, poll)):
        annul_poll(tx, poll, obstacle)
        return
    sitting = tx.session.get_one(Sitting, poll.sitting_id)
    standing = standing_of(tx.session, sitting)
    online = online_votes(tx.session, poll)
    electorate = _count_electorate(tx, poll, online)
    outcome = count(
        KINDS[poll.kind],
        terms,
        electorate.electorate,
        online=online,
        room=room.counted,
        void=_void(poll, sitting, standing),
    )
    if outcome.cast > electorate.entitled:
        raise Conflict(_TOO_MANY)
    _record_result(tx, poll, electorate, outcome, standing, room.confirmation)


def annul_poll(
    tx: Transaction, poll: Poll, reason: AnnulReason, explanation: str | None = None
) -> None:
    """End a poll without a result, so that the chair can ask again.

    Its envelopes are deleted unread; of a closed poll the result goes, which stands on in the
    log. explanation: the words of the chair. The caller has locked the poll FOR UPDATE.
    """
    poll.state = PollState.ANNULLED
    poll.closed_at = tx.now
    poll.annulled_because, poll.explanation = reason, explanation
    poll.result = poll.electorate = None
    destroy_envelopes(tx, poll.id)
    tx.flush()
    annulled = PollAnnulled(poll_id=poll.id, reason=reason, explanation=FreeText(explanation or ""))
    tx.record(sitting_stream(poll.sitting_id), annulled)


def _open_box(tx: Transaction, poll: Poll) -> AnnulReason | None:
    """Open a secret poll's box; return why that cannot be done, or None."""
    seal = find_seal(tx, poll)
    if seal is None:
        return AnnulReason.KEY_LOST
    try:
        ballots = _unseal_all(tx, poll, seal)
    except BrokenSeal:
        return AnnulReason.BROKEN_SEAL
    _store_box(tx, poll, ballots)
    return None


def _store_box(tx: Transaction, poll: Poll, ballots: list[Sealed]) -> None:
    """Store what the envelopes of a secret poll held; delete them, the salt and the key.

    Choices are stored in random order and receipts in the order of their digests, in one
    transaction, so that neither a row's position nor its transaction leads to an envelope.
    """
    choices = [{"id": uuid4(), "poll_id": poll.id, "choice": ballot.choice} for ballot in ballots]
    SystemRandom().shuffle(choices)
    digests = sorted(receipt_digest(ballot.receipt) for ballot in ballots)
    if ballots:
        tx.session.execute(insert(BoxBallot), choices)
        tx.session.execute(insert(Receipt), [{"poll_id": poll.id, "digest": d} for d in digests])
    destroy_envelopes(tx, poll.id)
    tx.record(poll_stream(poll.id), BoxOpened(poll_id=poll.id, receipts=[d.hex() for d in digests]))


def _unseal_all(tx: Transaction, poll: Poll, seal: PollSeal) -> list[Sealed]:
    envelopes = tx.session.execute(
        select(Envelope.person_id, Envelope.sealed).where(Envelope.poll_id == poll.id)
    )
    return [seal.unseal(person_id, sealed) for person_id, sealed in envelopes]


def _count_electorate(tx: Transaction, poll: Poll, online: Mapping[str, int]) -> Count:
    """Count the electorate; keep with an open vote who was silent, who are the rest of it.

    online: the votes cast online, by choice; one for each person where persons vote.
    """
    if rules_of(poll.rules).secret:
        return count_electorate(tx.session, poll)
    unheard = find_unheard(tx.session, poll, until=tx.now)
    poll.silence = vars(unheard.silence)
    persons = None if unheard.votes is None else unheard.votes + sum(online.values())
    return count_electorate(tx.session, poll, persons=persons)


def _record_result(
    tx: Transaction,
    poll: Poll,
    electorate: Count,
    outcome: Outcome,
    standing: Standing | None,
    room_confirmed: RoomConfirmation | None,
) -> None:
    result: PollResult = {
        "tally": outcome.tally,
        "carried": outcome.result.carried,
        "grounds": outcome.result.grounds,
        "numbers": outcome.result.numbers,
        "winners": list(outcome.result.winners),
        "entitled": electorate.entitled,
        "cast": outcome.cast,
        "needed": outcome.needed,
        "needed_of": outcome.of,
        "quorum_votes": quorum_votes(rules_of(poll.rules), electorate.electorate),
        "unregistered": electorate.unregistered,
        "represented": electorate.represented,
        "present_organisations": electorate.there,
        "voted_organisations": None if rules_of(poll.rules).secret else electorate.voted,
        "room_tally": outcome.room_tally,
        "room_confirmed": room_confirmed,
        **recorded_standing(standing),
    }
    poll.state = PollState.CLOSED
    poll.closed_at = tx.now
    poll.electorate = electorate.present
    poll.result = cast(dict[str, Any], result)
    closed = PollClosed(poll_id=poll.id, electorate=electorate.present, **result)
    tx.record(sitting_stream(poll.sitting_id), closed)


def _void(poll: Poll, sitting: Sitting, standing: Standing | None) -> Result | None:
    """Return the result of a poll that decides nothing, whatever was voted; None of any other."""
    if poll.effect is Effect.CONSULTATIVE:
        return Result(False, "consultative")
    return missed_quorum(sitting, standing)


def missed_quorum(sitting: Sitting, standing: Standing | None) -> Result | None:
    """Return the result of a poll that is void for lack of a quorum; None if it is met."""
    if standing is None or standing.met:
        return None
    rule = QUORUMS[quorum_terms(sitting.quorum).kind]
    return Result(False, rule.grounds, rule.numbers(standing))
