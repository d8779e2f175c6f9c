"""Events of referrals; they stand in the stream of the proposal's table, bodies in the zone's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class ReceivingBodyAdded(
    Event, texts={"called": "receiving_body.name", "address": "receiving_body.address"}
):
    """A zone can forward proposals to a body."""

    kind: ClassVar[str] = "receiving_body.added"

    receiving_body_id: int
    called: FreeText
    address: FreeText


@dataclass(frozen=True, kw_only=True)
class ReceivingBodyRetired(Event):
    """A zone forwards proposals to a body no more."""

    kind: ClassVar[str] = "receiving_body.retired"

    receiving_body_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalReferred(Event, texts={"reason": "proposal_referral.reason"}):
    """A table has forwarded a version of a proposal to a body, and says why."""

    kind: ClassVar[str] = "proposal.referred"

    proposal_id: int
    table_id: int
    receiving_body_id: int
    version: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class BodyReplied(Event, texts={"reply": "proposal_referral.reply"}):
    """It was recorded what a body replied to a proposal that it was forwarded."""

    kind: ClassVar[str] = "proposal.body_replied"

    proposal_id: int
    table_id: int
    replied_on: date
    reply: FreeText
