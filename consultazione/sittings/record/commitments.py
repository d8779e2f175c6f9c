"""Queries on commitments: a table's, a person's, and whether an actor may complete one."""

from __future__ import annotations

from datetime import datetime

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
    """Return the commitments of a table's closed sittings: open ones first, by due day."""
    query = (
        _select_from_closed_sittings()
        .where(Sitting.table_id == table_id)
        .where(Commitment.state != CommitmentState.CANCELLED)
    )
    commitments = session.scalars(query)
    return sorted(commitments, key=lambda c: (c.state is CommitmentState.DONE, c.due_on, c.id))


def awaited_commitments(
    session: Session, zone_id: int | None, person_id: int, *, at: datetime
) -> list[Commitment]:
    """Return the open commitments of a person or of their organisations, the soonest first.

    zone_id: None for those in every zone.
    """
    mandates = valid_mandates(session, person_id, at=at)
    organisations = [mandate.organisation_id for mandate in mandates]
    query = (
        _select_from_closed_sittings()
        .where(Commitment.state == CommitmentState.OPEN)
        .where(
            or_(
                Commitment.person_id == person_id,
                Commitment.organisation_id.in_(organisations),
            )
        )
        .order_by(Commitment.due_on, Commitment.id)
    )
    if zone_id is not None:
        query = query.where(ThematicTable.zone_id == zone_id)
    return list(session.scalars(query))


def get_commitment(session: Session, commitment_id: int) -> Commitment:
    """Return a commitment with its sitting; NotFound if there is none."""
    commitment = session.get(Commitment, commitment_id, options=[joinedload(Commitment.sitting)])
    if commitment is None:
        raise NotFound(_("There is no such commitment."))
    return commitment


def may_complete(session: Session, actor: Actor, commitment: Commitment, *, at: datetime) -> bool:
    """Return whether an actor may mark a commitment as done: an owner or a table facilitator."""
    table = commitment.sitting.table
    if may(actor, Permission.MARK_COMMITMENT_DONE, zone_id=table.zone_id, table_id=table.id):
        return True
    if actor.person_id is None or commitment.person_id is not None:
        return actor.person_id is not None and actor.person_id == commitment.person_id
    mandates = valid_mandates(session, actor.person_id, at=at)
    return commitment.organisation_id in {mandate.organisation_id for mandate in mandates}


def _select_from_closed_sittings() -> Select[Commitment]:
    """Select the commitments of closed sittings, rehearsals left out."""
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
