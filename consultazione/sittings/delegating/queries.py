"""Who has a vote that could be given, or held, by proxy."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.sittings.models import Sitting
from consultazione.sittings.voices import leaders_among
from consultazione.tables.rights.standing import facts_of, why_not
from consultazione.tables.rules import Deed, rule_of


def why_no_vote(
    session: Session, sitting: Sitting, person_id: int, *, at: datetime
) -> Sentence | None:
    """Why a person has no vote that could be given or held by proxy; None if they have one."""
    facts = facts_of(session, sitting.table_id, [person_id], at=at)[person_id]
    if not facts.seated and leaders_among(session, sitting, [person_id]):
        return _("Who leads the table has no vote, and neither gives nor holds one.")
    return why_not(rule_of(sitting.table.rule), Deed.VOTE, facts)
