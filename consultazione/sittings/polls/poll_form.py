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
from consultazione.tables.models import Seat


def poll_form(session: Session, table_id: int) -> Mapping[str, object]:
    """Return the closed lists with their labels, and id and name of a table's organisations."""
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
        "franchises": FRANCHISES,
        "majorities": MAJORITIES,
        "majorities_of": MAJORITIES_OF,
        "quorums_of": QUORUMS_OF,
        "organisations": [tuple(row) for row in seated],
    }
