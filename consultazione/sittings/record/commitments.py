"""Reading commitments: those of a table, those that await somebody, who may say they are done."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.actor import Actor
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, may
from consultazione.people.queries import valid_mandates
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.record.models import Commitment, CommitmentState
from consultazione.tables.models import ThematicTable


def table_commitments(session: Session, table_id: int) -> list[Commitment]:
    """The commitments of a table's closed sittings: the open ones by day, then those kept."""
    query = (
        _taken()
        .where(Sitting.table_id == table_id)
        .where(Commitment.state != CommitmentState.CANCELLED)
    )
    found = session.scalars(query)
    return sorted(found, key=lambda one: (one.state is CommitmentState.DONE, one.due_on, one.id))


def awaited_commitments(
    session: Session, zone_id: int, person_id: int, *, on: date
) -> list[Commitment]:
    """What a person, or an organisation that they speak for, has still to do; the soonest first."""
    mandates = valid_mandates(session, person_id, on=on)
    organisations = [mandate.organisation_id for mandate in mandates]
    query = (
        _taken()
        .where(ThematicTable.zone_id == zone_id, Commitment.state == CommitmentState.OPEN)
        .where(
            or_(
                Commitment.person_id == person_id,
                Commitment.organisation_id.in_(organisations),
            )
        )
        .order_by(Commitment.due_on, Commitment.id)
    )
    return list(session.scalars(query))


def get_commitment(session: Session, commitment_id: int) -> Commitment:
    """A commitment with its sitting; NotFound if there is none."""
    found = session.get(Commitment, commitment_id, options=[joinedload(Commitment.sitting)])
    if found is None:
        raise NotFound(_("There is no such commitment."))
    return found


def may_complete(session: Session, actor: Actor, commitment: Commitment, *, on: date) -> bool:
    """Whether an actor may say that a commitment is kept: its owner, or who runs the table."""
    table = commitment.sitting.table
    if may(actor, Permission.MARK_COMMITMENT_DONE, zone_id=table.zone_id, table_id=table.id):
        return True
    if actor.person_id is None or commitment.person_id is not None:
        return actor.person_id is not None and actor.person_id == commitment.person_id
    mandates = valid_mandates(session, actor.person_id, on=on)
    return commitment.organisation_id in {mandate.organisation_id for mandate in mandates}


def _taken() -> Select[Commitment]:
    """The commitments of sittings that were held and are closed."""
    return (
        select(Commitment)
        .join(Commitment.sitting)
        .join(Sitting.table)
        .options(
            joinedload(Commitment.sitting),
            joinedload(Commitment.person),
            joinedload(Commitment.organisation),
        )
        .where(Sitting.state == SittingState.CLOSED, Sitting.rehearses.is_(None))
    )
