"""Events of invitations, in the stream of their zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.actor import Role
from consultazione.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Event):
    """An administrator has invited somebody to open an account, with what they are to be."""

    kind: ClassVar[str] = "person.invited"

    invitation_id: int
    role: Role | None
    table_id: int | None
    organisation_id: int | None


@dataclass(frozen=True, kw_only=True)
class InvitationSentAgain(Event):
    """An invitation is mailed once more; the link of before does not work any more."""

    kind: ClassVar[str] = "invitation.sent_again"

    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """An invitation was withdrawn, and the address forgotten."""

    kind: ClassVar[str] = "invitation.withdrawn"

    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationLapsed(Event):
    """Nobody used an invitation for long, so the address was forgotten."""

    kind: ClassVar[str] = "invitation.lapsed"

    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    """Somebody has opened an account by the link of an invitation."""

    kind: ClassVar[str] = "invitation.accepted"

    invitation_id: int
    person_id: int
