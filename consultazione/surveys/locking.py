"""What the commands on surveys share: locking, permission, and the state a survey must be in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.surveys.models import Survey
from consultazione.tables.rights.standing import why_not_at
from consultazione.tables.rules import Deed


def locked_survey(
    tx: Transaction, survey_id: int, permission: Permission, *, shared: bool = False
) -> Survey:
    """A survey, locked FOR UPDATE or FOR SHARE, for who holds the permission at its table.

    NotFound if there is none.
    """
    found = tx.session.get(
        Survey, survey_id, with_for_update={"read": shared}, populate_existing=True
    )
    if found is None:
        raise NotFound(_("There is no such survey."))
    table = found.table
    require(tx.actor, permission, zone_id=table.zone_id, table_id=table.id)
    return found


def require_prepared(survey: Survey) -> None:
    """Raise Conflict once a survey was opened."""
    if not survey.is_prepared:
        raise Conflict(_("This survey was opened already: its questions stand."))


def require_open(survey: Survey) -> None:
    """Raise Conflict unless people answer the survey now."""
    if not survey.is_open:
        raise Conflict(_("This survey takes no answers."))


def require_speaking(tx: Transaction, survey: Survey) -> int:
    """The actor's person; NotAllowed for whom the table's rule does not let speak."""
    person_id = acting_person(tx.actor)
    refused = why_not_at(tx.session, survey.table, Deed.SPEAK, person_id, at=tx.now)
    if refused is not None:
        raise NotAllowed(refused)
    return person_id
