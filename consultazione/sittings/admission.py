"""Whom the rule of a table keeps out of its sittings, and why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed, Sentence
from consultazione.people.models import Category, Mandate, Organisation
from consultazione.sittings.models import Sitting, Substitution
from consultazione.sittings.voices import leaders_among
from consultazione.tables.rights.standing import facts_of, why_not
from consultazione.tables.rules import Deed, Who, rule_of


def kept_out(
    session: Session, sitting: Sitting, person_ids: Collection[int], *, at: datetime
) -> dict[int, Sentence]:
    """Why some of these persons may not attend a sitting, by person id; the others are left out.

    Who leads the table attends whatever its rule, and who stands in for a delegate as they would.
    """
    rule = rule_of(sitting.table.rule)
    if rule.attend is Who.ANYBODY or not person_ids:
        return {}
    facts = facts_of(session, sitting.table_id, person_ids, at=at)
    refused = {
        person_id: sentence
        for person_id, known in facts.items()
        if (sentence := why_not(rule, Deed.ATTEND, known)) is not None
    }
    allowed = leaders_among(session, sitting, refused)
    allowed |= _stand_ins(session, sitting, rule.attend, at)
    return {key: sentence for key, sentence in refused.items() if key not in allowed}


def require_attending(tx: Transaction, sitting: Sitting, person_id: int) -> None:
    """Raise NotAllowed, with the reason, if the table's rule keeps a person out of a sitting."""
    for sentence in kept_out(tx.session, sitting, [person_id], at=tx.now).values():
        raise NotAllowed(sentence)


def _stand_ins(session: Session, sitting: Sitting, who: Who, at: datetime) -> set[int]:
    """Who stands in for a delegate of an organisation that may attend."""
    query = (
        select(Substitution.person_id)
        .join(Mandate, Mandate.id == Substitution.mandate_id)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .where(Substitution.sitting_id == sitting.id, Mandate.is_valid(at))
    )
    if who is Who.UNIONS:
        query = query.where(Organisation.category == Category.UNION)
    return set(session.scalars(query))
