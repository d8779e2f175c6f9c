"""Mandates: the authority to speak for an organisation, granted by an act, for a period."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.people.events import MandateEnded, MandateGiven
from consultazione.people.models import Mandate, Organisation
from consultazione.people.queries import person_by_email
from consultazione.zones.events import zone_stream


def give_mandate(
    tx: Transaction,
    *,
    organisation_id: int,
    email: str,
    act: str,
    starts_on: date,
    ends_on: date | None,
) -> Mandate:
    """Authorise a person to speak for an organisation, by an act, and return the mandate.

    starts_on, ends_on: days, both included; None for no end. NotFound if there is no such
    organisation; Invalid if the address has no account or the period is empty.
    """
    organisation = tx.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(_("There is no such organisation."))
    require(tx.actor, Permission.GIVE_MANDATE, zone_id=organisation.zone_id)
    person = person_by_email(tx.session, email)
    if ends_on is not None and ends_on < starts_on:
        raise _ends_too_soon()
    mandate = Mandate(
        person_id=person.id,
        organisation_id=organisation.id,
        act=act,
        starts_on=starts_on,
        ends_on=ends_on,
        given_at=tx.now,
    )
    tx.session.add(mandate)
    tx.flush()
    tx.record(zone_stream(organisation.zone_id), _given(mandate))
    return mandate


def end_mandate(tx: Transaction, *, mandate_id: int, ends_on: date) -> Mandate:
    """Set a mandate's last day.

    Locks the mandate FOR UPDATE. NotFound if there is none; Conflict if it ends on that day
    or earlier already; Invalid if the day precedes its first.
    """
    mandate = tx.session.get(Mandate, mandate_id, with_for_update={"of": Mandate})
    if mandate is None:
        raise NotFound(_("There is no such mandate."))
    zone_id = mandate.organisation.zone_id
    require(tx.actor, Permission.END_MANDATE, zone_id=zone_id)
    if mandate.ends_on is not None and mandate.ends_on <= ends_on:
        raise Conflict(_("This mandate ends on that day or earlier already."))
    if ends_on < mandate.starts_on:
        raise _ends_too_soon()
    mandate.ends_on = ends_on
    tx.record(zone_stream(zone_id), MandateEnded(mandate_id=mandate.id, ends_on=ends_on))
    return mandate


def _given(mandate: Mandate) -> MandateGiven:
    return MandateGiven(
        mandate_id=mandate.id,
        person_id=mandate.person_id,
        organisation_id=mandate.organisation_id,
        starts_on=mandate.starts_on,
        ends_on=mandate.ends_on,
    )


def _ends_too_soon() -> Invalid:
    return Invalid.at("ends_on", _("The last day comes before the first."))
