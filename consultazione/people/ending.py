"""Ending a mandate that is locked, for whatever command ends it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.core.revisions import revise
from consultazione.people.events import MandateEnded, MandateTurnedDown
from consultazione.people.models import Mandate
from consultazione.zones.events import zone_stream


def end(tx: Transaction, mandate: Mandate, *, ends_on: date, reason: str | None) -> None:
    """Set the last day of a confirmed mandate; today or an earlier day ends it at this moment."""
    at_once = ends_on <= tx.today
    after = {
        "ends_on": max(ends_on, mandate.starts_on),
        "ended_at": tx.now if at_once else None,
    }
    revise(tx, mandate, reason=reason, after=after)
    ended = MandateEnded(
        mandate_id=mandate.id,
        ends_on=max(ends_on, mandate.starts_on),
        at_once=at_once,
        reason=FreeText(reason) if reason else None,
    )
    tx.record(zone_stream(mandate.organisation.zone_id), ended)


def end_all(tx: Transaction, organisation_id: int, *, reason: str) -> None:
    """End every mandate of an organisation at this moment.

    Those that wait for a second person are turned down. Locks them in the order of their ids.
    """
    rows = select(Mandate).where(
        Mandate.organisation_id == organisation_id, ~Mandate.is_over(tx.now)
    )
    found = tx.session.scalars(
        rows.order_by(Mandate.id)
        .with_for_update(of=Mandate)
        .execution_options(populate_existing=True)
    ).all()
    for mandate in found:
        if mandate.confirmed_at is not None:
            end(tx, mandate, ends_on=tx.today, reason=reason)
        else:
            mandate.ended_at = tx.now
            stream = zone_stream(mandate.organisation.zone_id)
            tx.record(stream, MandateTurnedDown(mandate_id=mandate.id))
