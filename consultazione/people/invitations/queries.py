"""Queries on invitations."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import Date, cast, func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.people.invitations.models import Invitation, InvitationState
from consultazione.people.secret_tokens import digest_of

# How long after its link has expired an invitation is kept, to be sent again.
KEPT_FOR = timedelta(days=60)


def open_invitations(
    session: Session, zone_id: int, *, before: int | None = None, limit: int
) -> list[Invitation]:
    """The invitations of a zone that nobody has used yet, newest first."""
    query = (
        select(Invitation)
        .options(joinedload(Invitation.organisation))
        .where(Invitation.zone_id == zone_id, Invitation.state == InvitationState.OPEN)
        .order_by(Invitation.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query if before is None else query.where(Invitation.id < before)))


def count_open(session: Session, zone_id: int) -> int:
    """How many invitations of a zone nobody has used yet."""
    query = select(func.count()).where(
        Invitation.zone_id == zone_id, Invitation.state == InvitationState.OPEN
    )
    return session.scalar(query) or 0


def invitation_of(
    session: Session, secret: str, *, now: datetime, lock: bool = False
) -> Invitation:
    """The invitation whose link has a secret; NotFound if it was used, withdrawn or has expired.

    lock: lock it FOR UPDATE.
    """
    query = select(Invitation).where(Invitation.token_digest == digest_of(secret))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None or found.expires_at is None or found.expires_at <= now:
        raise NotFound(
            _("This invitation was used or withdrawn, or its time is over: ask who sent it.")
        )
    return found


def unmailed(session: Session, address: str) -> Invitation | None:
    """The oldest open invitation of an address whose mail is still to be written."""
    query = select(Invitation).where(
        Invitation.email == address,
        Invitation.state == InvitationState.OPEN,
        Invitation.token_digest.is_(None),
    )
    return session.scalar(query.order_by(Invitation.id).limit(1).with_for_update())


def lapsed_invitations(session: Session, *, today: date) -> list[int]:
    """The ids of open invitations whose links expired long ago."""
    query = select(Invitation.id).where(
        Invitation.state == InvitationState.OPEN,
        cast(Invitation.expires_at, Date) < today - KEPT_FOR,
    )
    return list(session.scalars(query.order_by(Invitation.id)))
