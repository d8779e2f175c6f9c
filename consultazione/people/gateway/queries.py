"""Queries on who somebody is at the gateway."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.people.gateway.models import GatewayIdentity
from consultazione.people.gateway.subjects import Subject


def identity_of(session: Session, person_id: int) -> GatewayIdentity | None:
    """What links a person's account to the gateway; None if nothing does."""
    return session.scalar(select(GatewayIdentity).filter_by(person_id=person_id))


def is_known(session: Session, subject: Subject) -> bool:
    """True if an account is linked to somebody whom the gateway let in."""
    here = GatewayIdentity.subject_digest.in_(subject.digests)
    return session.scalar(select(GatewayIdentity.person_id).where(here)) is not None
