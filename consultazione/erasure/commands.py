"""Carrying out an order: all that it names goes in one transaction, and every trace says so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.archive.withdrawing import withdraw_archives
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.erasure.accounts import empty_account, lock_out_of_office
from consultazione.erasure.entries import erase_entries
from consultazione.erasure.events import ErasureOrdered
from consultazione.erasure.files import erase_files
from consultazione.erasure.finding import Place, fingerprint
from consultazione.erasure.locks import hold_still
from consultazione.erasure.models import ErasureOrder, Ground
from consultazione.erasure.passages import Passage
from consultazione.erasure.queries import upcoming_number
from consultazione.erasure.rows import erase_rows
from consultazione.erasure.sought import Sought, passages_of, places_of
from consultazione.people.commands.accounts import confirm_identity
from consultazione.people.credentials.identity_proof import IdentityProof
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Zone

# What a proof of identity for an erasure is good for, and for nothing else.
ERASING = "erase by order"


@dataclass(frozen=True)
class Act:
    """The act that orders an erasure.

    reference: its number. decided_on: its date. asked_on: the day on which the person asked.
    """

    ground: Ground
    reference: str
    decided_on: date
    asked_on: date | None = None


def erase_by_order(
    tx: Transaction,
    *,
    zone_id: int,
    act: Act,
    sought: Sought,
    seen: str,
    chosen: Collection[str],
    proof: IdentityProof,
    uploads: Path | None = None,
) -> ErasureOrder:
    """Erase personal data from the texts, names and sealed documents of a zone, by a lawful act.

    seen: the fingerprint of the places of the preview. chosen: the keys of those that are to lose
    the words. proof: of who the actor is, for ERASING. uploads: the directory of
    uploaded files. Locks the tables with words against
    writing, and the log. Conflict if there are other places by now, if none was chosen, or if the
    person still holds an office; Invalid on `decided_on` or `asked_on` for days that cannot be.
    """
    require(tx.actor, Permission.ERASE_BY_ORDER, zone_id=zone_id)
    confirm_identity(tx, proof=proof, purpose=ERASING)
    _require_possible(act, tx.today)
    hold_still(tx)
    number = _next_number(tx, zone_id)
    passages = passages_of(tx.session, zone_id, sought, number=number)
    person = lock_out_of_office(tx, zone_id, sought.person_id)
    places = places_of(tx.session, zone_id, sought, passages)
    if fingerprint(places) != seen:
        raise Conflict(_("Other places hold these words by now: look at the list again."))
    places = [place for place in places if place.key in chosen]
    if not places and person is None:
        raise Conflict(_("Nothing was chosen, and nothing erased: choose at least one place."))

    order = _order(tx, zone_id, number, act, sought, places)
    _erase(tx, order, places, passages)
    erase_files(tx, order, [place for place in places if place.is_file], uploads)
    if person is not None:
        empty_account(tx, person, order.id)
    withdraw_archives(tx, zone_id, order_id=order.id, uploads=uploads)
    ordered = ErasureOrdered(
        order_id=order.id,
        number=number,
        ground=act.ground,
        reference=FreeText(act.reference),
        decided_on=act.decided_on,
        rows=order.texts,
        entries=order.entries,
        documents=order.documents,
    )
    tx.record(zone_stream(zone_id), ordered)
    return order


def _require_possible(act: Act, today: date) -> None:
    """Invalid on `decided_on` or `asked_on` for a day to come, or an asking after the act."""
    if act.decided_on > today:
        raise Invalid.at("decided_on", _("This day is still to come: write the date of the act."))
    if act.asked_on is not None and act.asked_on > act.decided_on:
        raise Invalid.at("asked_on", _("The person asked after the act: correct one of the days."))


def _next_number(tx: Transaction, zone_id: int) -> int:
    """The number of the zone's next order; locks the zone, so that there are no gaps."""
    tx.session.execute(select(Zone.id).filter_by(id=zone_id).with_for_update(key_share=True))
    return upcoming_number(tx.session, zone_id)


def _order(
    tx: Transaction,
    zone_id: int,
    number: int,
    act: Act,
    sought: Sought,
    places: Sequence[Place],
) -> ErasureOrder:
    """The row of the order, which must be there before anything is erased."""
    entries = {place.position for place in places if place.position}
    sealed = {place.key for place in places if place.is_sealed}
    assert tx.actor.person_id is not None
    order = ErasureOrder(
        zone_id=zone_id,
        number=number,
        ground=act.ground,
        reference=act.reference,
        decided_on=act.decided_on,
        asked_on=act.asked_on,
        made_at=tx.now,
        made_by=tx.actor.person_id,
        person_id=sought.person_id,
        texts=sum(place.is_row for place in places),
        entries=len(entries),
        documents=len(sealed),
        files=sum(place.is_file for place in places),
    )
    tx.session.add(order)
    tx.flush()
    return order


def _erase(
    tx: Transaction, order: ErasureOrder, places: Sequence[Place], passages: Sequence[Passage]
) -> None:
    erase_rows(tx, order, [place for place in places if place.is_row], passages)
    erase_entries(tx, order, [place for place in places if place.position])
