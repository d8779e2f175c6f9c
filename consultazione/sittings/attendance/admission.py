"""Whom the rule of a table keeps out of its sittings, and why."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed, Sentence
from consultazione.people.models import Category, Mandate, Organisation
from consultazione.sittings.attendance.models import Substitution
from consultazione.sittings.models import Sitting
from consultazione.sittings.voices import leaders_among
from consultazione.tables.rights.standing import facts_of, why_not
from consultazione.tables.rules import Deed, Who, rule_of


def kept_out(tx: Transaction, sitting: Sitting, person_ids: Collection[int]) -> dict[int, Sentence]:
    """Why some of these persons may not attend a sitting, by person id; the others are left out.

    Who leads the table attends whatever its rule, and who stands in for a delegate as they would.
    """
    rule = rule_of(sitting.table.rule)
    if rule.attend is Who.ANYBODY or not person_ids:
        return {}
    facts = facts_of(tx.session, sitting.table_id, person_ids, at=tx.now)
    refused = {
        person_id: sentence
        for person_id, known in facts.items()
        if (sentence := why_not(rule, Deed.ATTEND, known)) is not None
    }
    allowed = leaders_among(tx.session, sitting, refused) | _stand_ins(tx, sitting, rule.attend)
    return {key: sentence for key, sentence in refused.items() if key not in allowed}


def require_attending(tx: Transaction, sitting: Sitting, person_id: int) -> None:
    """Raise NotAllowed, with the reason, if the table's rule keeps a person out of a sitting."""
    for sentence in kept_out(tx, sitting, [person_id]).values():
        raise NotAllowed(sentence)


def _stand_ins(tx: Transaction, sitting: Sitting, who: Who) -> set[int]:
    """Who stands in for a delegate of an organisation that may attend."""
    query = (
        select(Substitution.person_id)
        .join(Mandate, Mandate.id == Substitution.mandate_id)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .where(Substitution.sitting_id == sitting.id, Mandate.is_valid(tx.now))
    )
    if who is Who.UNIONS:
        query = query.where(Organisation.category == Category.UNION)
    return set(tx.session.scalars(query))
