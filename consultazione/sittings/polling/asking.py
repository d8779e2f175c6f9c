"""What the form with which a poll is opened offers to choose from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.people.models import Organisation
from consultazione.sittings import labels
from consultazione.sittings.polls import KINDS
from consultazione.tables.models import Seat


def asking(session: Session, table_id: int) -> dict[str, Any]:
    """Closed lists with their names, and the organisations of a table that may have weights."""
    seated = session.execute(
        select(Organisation.id, Organisation.name)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.table_id == table_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return {
        "kinds": labels.POLL_KINDS,
        "with_options": [name for name, kind in KINDS.items() if kind.takes_options],
        "franchises": labels.FRANCHISES,
        "majorities": labels.MAJORITIES,
        "majorities_of": labels.MAJORITIES_OF,
        "quorums_of": labels.QUORUMS_OF,
        "organisations": [tuple(row) for row in seated],
    }
