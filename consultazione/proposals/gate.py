"""The gate of the participation: every proposal that came in is decided on."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.proposals.models import ProposalState
from consultazione.proposals.queries import count_submitted
from consultazione.tables.queries import tables
from consultazione.zones.models import PhaseKind
from consultazione.zones.phases.gates import Owed, register_gate


def undecided(session: Session, cycle_id: int) -> Iterator[Owed]:
    """The tables of a cycle at which proposals wait to be admitted or refused, and how many."""
    places = {table.id: table for table in tables(session, cycle_id)}
    for table_id, count in count_submitted(session, places).items():
        table = places[table_id]
        told = _(
            "Proposals at the table “%(table)s” that nobody has admitted or refused: %(count)s.",
            table=table.name,
            count=count,
        )
        at = {"tavolo": table.slug, "stato": ProposalState.SUBMITTED.value}
        yield Owed(told, "proposals.index", at)


register_gate(PhaseKind.PARTICIPATION, undecided)
