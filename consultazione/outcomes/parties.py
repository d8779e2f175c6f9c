"""Who speaks for an organisation on an outcome, and who does not, whatever mandate they hold."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed, Sentence
from consultazione.core.permissions import ROLE_NAMES, acting_person
from consultazione.outcomes.models import Outcome
from consultazione.people.models import Mandate
from consultazione.people.queries import lock_mandate_for
from consultazione.people.separation import lock_person, office_of


def why_no_party(session: Session, outcome: Outcome, person_id: int) -> Sentence | None:
    """Why a person cannot answer an outcome for any organisation; None if they can.

    Those who cannot: who administers the zone or plans for it, who leads the table that made
    the outcome, and the chair of its sitting, whether or not they still have that role.
    """
    sitting = outcome.minutes.sitting
    if sitting.presided_by == person_id:
        return _(
            "You presided over the sitting of this outcome: another delegate of the "
            "organisation has to answer."
        )
    place = {"zone_id": sitting.table.zone_id, "table_id": sitting.table_id}
    held = office_of(session, person_id, **place)
    if held is None:
        return None
    return _(
        "You are %(role)s: who administers, plans or leads the table cannot answer for an "
        "organisation. Another delegate of the organisation has to answer.",
        role=ROLE_NAMES[held],
    )


def mandate_for(tx: Transaction, outcome: Outcome, organisation_id: int) -> Mandate:
    """The mandate under which the actor speaks for an organisation, locked and valid.

    NotAllowed without one, and for who can answer the outcome for nobody (`why_no_party`).
    """
    person_id = acting_person(tx.actor)
    lock_person(tx, person_id)
    refused = why_no_party(tx.session, outcome, person_id)
    if refused is not None:
        raise NotAllowed(refused)
    mandate = lock_mandate_for(tx, person_id, organisation_id)
    if mandate is None:
        raise NotAllowed(_("You hold no valid mandate to answer for this organisation."))
    return mandate
