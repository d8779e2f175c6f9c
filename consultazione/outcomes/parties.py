"""Who is no party to an outcome, whatever mandate they hold."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.core.permissions import ROLE_NAMES
from consultazione.outcomes.models import Outcome
from consultazione.people.separation import office_of


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
