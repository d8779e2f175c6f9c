"""Who may open a document of the register: all do, but for what was written for an organisation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import Permission, may
from consultazione.documents.models import Registration
from consultazione.people.queries import valid_mandates


def may_open(session: Session, registration: Registration, actor: Actor) -> bool:
    """True for what is for everybody, for the organisation's delegates and for the office."""
    if registration.organisation_id is None:
        return True
    if may(actor, Permission.READ_CERTIFICATE, zone_id=registration.zone_id):
        return True
    return speaks_for(session, actor, registration.organisation_id)


def require_open(session: Session, registration: Registration, actor: Actor) -> None:
    """NotAllowed for who may not open the document."""
    if not may_open(session, registration, actor):
        raise NotAllowed(
            _("This document is for the organisation: its delegates and the plan office read it.")
        )


def speaks_for(session: Session, actor: Actor, organisation_id: int) -> bool:
    """True if the actor holds a valid mandate of the organisation now."""
    if actor.person_id is None:
        return False
    held = valid_mandates(session, actor.person_id, at=clock.now())
    return any(mandate.organisation_id == organisation_id for mandate in held)
