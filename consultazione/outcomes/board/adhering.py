"""Who can adhere to an outcome: organisations beside those entitled to sign it.

Those who sign (*sottoscrittori*) are the parties of the outcome. Others of the zone's register
adhere (*aderenti*) by a declaration of a delegate, while it is signed or once it is agreed.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.outcomes.answers import is_agreed
from consultazione.outcomes.models import Outcome, OutcomeState
from consultazione.outcomes.parties import why_no_party
from consultazione.people.models import Mandate
from consultazione.people.queries import valid_mandates


def why_no_adherence(outcome: Outcome, organisation_id: int) -> Sentence | None:
    """Why an organisation cannot adhere to an outcome; None if it can."""
    if organisation_id in {party.organisation_id for party in outcome.parties}:
        return _("This organisation is asked to sign: it answers, and does not adhere.")
    if organisation_id in {one.organisation_id for one in outcome.adherents}:
        return _("Your organisation has adhered already.")
    if outcome.state is OutcomeState.CLOSED and not is_agreed(outcome):
        return _("No organisation signed this outcome: there is nothing to adhere to.")
    return None


def adhering(session: Session, outcome: Outcome, person_id: int, *, at: datetime) -> list[Mandate]:
    """The mandates under which a person can let an organisation adhere to an outcome."""
    if why_no_party(session, outcome, person_id) is not None:
        return []
    zone_id = outcome.minutes.sitting.table.zone_id
    return [
        mandate
        for mandate in valid_mandates(session, person_id, at=at)
        if mandate.organisation.zone_id == zone_id
        and why_no_adherence(outcome, mandate.organisation_id) is None
    ]
