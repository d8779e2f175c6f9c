"""Stores choices: beside the voter's name or, in a secret poll, in a sealed envelope."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.sittings.polls.envelopes import BrokenSeal, PollSeal, Sealed, new_receipt
from consultazione.sittings.polls.events import BallotCast, BallotSealed, poll_stream
from consultazione.sittings.polls.models import Ballot, Envelope
from consultazione.sittings.polls.sealing import BROKEN


class Slot(Protocol):
    """Stores the choices of one poll."""

    def holds(self, ballot: Ballot, choice: str) -> bool:
        """Return whether the voter's stored choice is this one; Conflict if it is damaged."""

    def put(self, tx: Transaction, ballot: Ballot, choice: str) -> None:
        """Store and record a choice, replacing the voter's earlier one."""


def slot_of(tx: Transaction, poll_id: int, seal: PollSeal | None, voters: Collection[int]) -> Slot:
    """Return the slot for the choices of some voters in a poll.

    seal: of a secret poll. voters: the ids of the persons who have voted already.
    """
    return _OpenSlot() if seal is None else _SealedSlot(tx, poll_id, seal, voters)


class _OpenSlot:
    """Stores choices beside the voter's name."""

    def holds(self, ballot: Ballot, choice: str) -> bool:
        return ballot.choice == choice

    def put(self, tx: Transaction, ballot: Ballot, choice: str) -> None:
        ballot.choice = choice
        ballot.cast_at = tx.now
        tx.record(
            poll_stream(ballot.poll_id),
            BallotCast(
                poll_id=ballot.poll_id,
                person_id=ballot.person_id,
                mandate_id=ballot.mandate_id,
                category=ballot.category,
                choice=choice,
                proxy_id=ballot.proxy_id,
            ),
        )


class _SealedSlot:
    """Stores choices in envelopes sealed under the poll's key.

    A changed ballot keeps its receipt.
    """

    def __init__(
        self, tx: Transaction, poll_id: int, seal: PollSeal, voters: Collection[int]
    ) -> None:
        self._seal = seal
        query = select(Envelope).where(Envelope.poll_id == poll_id, Envelope.person_id.in_(voters))
        self._envelopes = {row.person_id: row for row in tx.session.scalars(query)}

    def holds(self, ballot: Ballot, choice: str) -> bool:
        return self._content(ballot).choice == choice

    def put(self, tx: Transaction, ballot: Ballot, choice: str) -> None:
        envelope = self._envelopes.get(ballot.person_id)
        receipt = self._content(ballot).receipt if envelope else new_receipt()
        sealed = self._seal.seal(ballot.person_id, Sealed(choice, receipt))
        if envelope is None:
            tx.flush()  # the envelope's foreign key needs the ballot's row first
            envelope = Envelope(poll_id=ballot.poll_id, person_id=ballot.person_id)
            tx.session.add(envelope)
            self._envelopes[ballot.person_id] = envelope
        envelope.sealed = sealed
        tx.record(
            poll_stream(ballot.poll_id),
            BallotSealed(
                poll_id=ballot.poll_id,
                person_id=ballot.person_id,
                mandate_id=ballot.mandate_id,
                category=ballot.category,
                proxy_id=ballot.proxy_id,
            ),
        )

    def _content(self, ballot: Ballot) -> Sealed:
        try:
            return self._seal.unseal(ballot.person_id, self._envelopes[ballot.person_id].sealed)
        except BrokenSeal:
            raise Conflict(BROKEN) from None
