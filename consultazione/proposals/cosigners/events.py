"""Events of co-signers; they stand in the stream of their proposal's table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event
from consultazione.people.models import Category


@dataclass(frozen=True, kw_only=True)
class CosignerInvited(Event):
    """The author of a proposal has invited a person or an organisation to sign it with them."""

    kind: ClassVar[str] = "cosigner.invited"

    cosigner_id: int
    proposal_id: int
    table_id: int
    person_id: int | None
    organisation_id: int | None


@dataclass(frozen=True, kw_only=True)
class CosignerSigned(Event):
    """Somebody who was invited has signed a proposal together with its author."""

    kind: ClassVar[str] = "cosigner.signed"

    cosigner_id: int
    proposal_id: int
    table_id: int
    mandate_id: int | None
    category: Category


@dataclass(frozen=True, kw_only=True)
class CosignerDeclined(Event):
    """Somebody who was invited to sign a proposal with its author does not."""

    kind: ClassVar[str] = "cosigner.declined"

    cosigner_id: int
    proposal_id: int
    table_id: int


@dataclass(frozen=True, kw_only=True)
class CosignerWithdrawn(Event):
    """A co-signer has taken their signature back, or the author the invitation."""

    kind: ClassVar[str] = "cosigner.withdrawn"

    cosigner_id: int
    proposal_id: int
    table_id: int
