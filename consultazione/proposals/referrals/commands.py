"""Forwarding a proposal to a body outside of the tables; the list of these bodies."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.proposals.locking import is_settled, lock, require_at, require_standing
from consultazione.proposals.models import Proposal
from consultazione.proposals.referrals.events import (
    BodyReplied,
    ProposalReferred,
    ReceivingBodyAdded,
    ReceivingBodyRetired,
)
from consultazione.proposals.referrals.models import ProposalReferral, ReceivingBody
from consultazione.proposals.referrals.queries import get_body
from consultazione.tables.events import table_stream
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Zone


def add_receiving_body(tx: Transaction, *, zone_id: int, name: str, address: str) -> ReceivingBody:
    """Add a body that a zone can forward proposals to.

    Locks the zone. Invalid on `name` if there is one with this name.
    """
    require(tx.actor, Permission.ADD_RECEIVING_BODY, zone_id=zone_id)
    tx.session.execute(select(Zone.id).filter_by(id=zone_id).with_for_update(key_share=True))
    same = select(ReceivingBody.id).filter_by(zone_id=zone_id, name=name, retired_at=None)
    if tx.session.scalar(same) is not None:
        raise Invalid.at("name", _("There is a body with this name already."))
    body = ReceivingBody(zone_id=zone_id, name=name, address=address, added_at=tx.now)
    tx.session.add(body)
    tx.flush()
    added = ReceivingBodyAdded(
        receiving_body_id=body.id, called=FreeText(name), address=FreeText(address)
    )
    tx.record(zone_stream(zone_id), added)
    return body


def retire_receiving_body(tx: Transaction, *, receiving_body_id: int) -> ReceivingBody:
    """Offer a body no more; what was forwarded to it stays.

    Locks it FOR UPDATE. NotFound if there is none; Conflict if it is retired already.
    """
    body = get_body(tx.session, receiving_body_id, lock=True)
    require(tx.actor, Permission.RETIRE_RECEIVING_BODY, zone_id=body.zone_id)
    if body.retired_at is not None:
        raise Conflict(_("This body is retired already."))
    body.retired_at = tx.now
    retired = ReceivingBodyRetired(receiving_body_id=body.id)
    tx.record(zone_stream(body.zone_id), retired)
    return body


def refer_proposal(
    tx: Transaction, *, proposal_id: int, receiving_body_id: int, reason: str
) -> ProposalReferral:
    """Forward a proposal to a body of the zone's list, for a reason that everybody can read.

    For who decides on proposals at its table. It keeps its place, its author and its text, and its
    table does not answer it any more. Locks the proposal FOR UPDATE. NotFound if there is none;
    Invalid on `receiving_body_id` for a body of another zone or a retired one; Conflict if the
    proposal is hidden or not discussed any more, or the table has answered or concluded on it.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.REFER_PROPOSAL, proposal)
    _require_open(tx, proposal)
    body = tx.session.get(ReceivingBody, receiving_body_id, with_for_update={"read": True})
    if body is None or body.zone_id != proposal.table.zone_id or body.retired_at is not None:
        raise Invalid.at("receiving_body_id", _("Choose a body of the list."))
    referral = ProposalReferral(
        proposal_id=proposal.id,
        body_id=body.id,
        reason=reason,
        version=proposal.version,
        at=tx.now,
    )
    tx.session.add(referral)
    tx.flush()
    referred = ProposalReferred(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        receiving_body_id=body.id,
        version=proposal.version,
        reason=FreeText(reason),
    )
    tx.record(table_stream(proposal.table_id), referred)
    return referral


def record_body_reply(
    tx: Transaction, *, proposal_id: int, reply: str, replied_on: date
) -> ProposalReferral:
    """Record what a body replied to a proposal that it was forwarded, for everybody to read.

    For who decides on proposals at its table. Locks the proposal FOR UPDATE. NotFound if there is
    none; Conflict if it was not forwarded, or the reply is recorded already; Invalid on
    `replied_on` for a day to come, or one from before it was forwarded.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.RECORD_BODY_REPLY, proposal)
    referral = tx.session.get(ProposalReferral, proposal.id)
    if referral is None:
        raise Conflict(_("This proposal was not forwarded to a body."))
    if referral.reply is not None:
        raise Conflict(_("The reply of the body is recorded already."))
    if not clock.in_rome(referral.at).date() <= replied_on <= tx.today:
        raise Invalid.at("replied_on", _("Write a day from the forwarding until today."))
    referral.reply, referral.replied_on = reply, replied_on
    replied = BodyReplied(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        replied_on=replied_on,
        reply=FreeText(reply),
    )
    tx.record(table_stream(proposal.table_id), replied)
    return referral


def _require_open(tx: Transaction, proposal: Proposal) -> None:
    require_standing(proposal)
    if proposal.hidden_at is not None:
        raise Conflict(_("This proposal is hidden: nothing can be added to it."))
    if is_settled(tx.session, proposal.id):
        raise Conflict(_("The table has answered this proposal or concluded on it already."))
