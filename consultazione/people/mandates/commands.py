"""Telling delegates that their mandate ends soon."""

from __future__ import annotations

from sqlalchemy import exists, select

from consultazione.core.db import Transaction
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, require
from consultazione.people.mandates.ending_soon import BEFORE, due_reminder
from consultazione.people.mandates.events import MandateEndAnnounced
from consultazione.people.mandates.models import MandateReminder
from consultazione.people.models import Mandate
from consultazione.zones.events import zone_stream


def announce_end(tx: Transaction, *, mandate_id: int) -> None:
    """Owe a delegate the mail that their mandate ends; once for thirty days, once for seven.

    Locks the mandate FOR UPDATE. Nothing happens if they were told, or it does not end soon.
    """
    require(tx.actor, Permission.ANNOUNCE_END)
    mandate = tx.session.get(
        Mandate, mandate_id, with_for_update={"of": Mandate}, populate_existing=True
    )
    if mandate is None or not mandate.is_valid(tx.now):
        return
    days = due_reminder(mandate, tx.today)
    told = exists().where(MandateReminder.mandate_id == mandate.id, MandateReminder.days <= days)
    if days not in BEFORE or tx.session.scalar(select(told)):
        return
    tx.session.add(MandateReminder(mandate_id=mandate.id, days=days, at=tx.now))
    event = MandateEndAnnounced(mandate_id=mandate.id, days=days)
    tx.record(zone_stream(mandate.organisation.zone_id), event)
    owe(tx, "mandate_ending", person_id=mandate.person_id, language=mandate.person.language)
