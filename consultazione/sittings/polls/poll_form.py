"""The choices that the form of a new poll offers."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.people.models import Organisation
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.labels import (
    EFFECTS,
    FRANCHISES,
    MAJORITIES,
    MAJORITIES_OF,
    POLL_KINDS,
    QUORUMS_OF,
)
from consultazione.sittings.polls.voters.basis import franchise_of
from consultazione.tables.models import Seat, ThematicTable
from consultazione.tables.rules import rule_of


def poll_form(session: Session, table_id: int) -> Mapping[str, object]:
    """Return the closed lists with their labels, and id and name of a table's organisations.

    Who votes begins with what the table's rule says.
    """
    usual = franchise_of(rule_of(session.get_one(ThematicTable, table_id).rule))
    seated = session.execute(
        select(Organisation.id, Organisation.name)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.table_id == table_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return {
        "kinds": POLL_KINDS,
        "effects": EFFECTS,
        "with_options": [name for name, kind in KINDS.items() if kind.takes_options],
        "franchises": {usual: FRANCHISES[usual]} | FRANCHISES,
        "majorities": MAJORITIES,
        "majorities_of": MAJORITIES_OF,
        "quorums_of": QUORUMS_OF,
        "organisations": [tuple(row) for row in seated],
    }
