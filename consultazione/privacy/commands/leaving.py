"""Deleting one's own account: it is emptied, and its number stays under what was written.

The log holds no name, so nothing of it changes, and it verifies as before. Sealed documents keep
the name of then; an order of erasure takes it out of them (`erasure`).
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.comments.commands.moderating import erase_comment
from consultazione.comments.models import Comment
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.erasure.emptying import empty
from consultazione.people.commands.accounts import confirm_identity
from consultazione.people.credentials.identity_proof import IdentityProof
from consultazione.people.ending import end
from consultazione.people.events import MandateTurnedDown, person_stream
from consultazione.people.models import Person
from consultazione.privacy.commands.downloads import delete_own_data
from consultazione.privacy.events import PersonDeparted
from consultazione.privacy.leaving import holds_office, mandates_of, zones_written_in
from consultazione.privacy.models import DataDownload, LeftTexts
from consultazione.privacy.settings import settings_of
from consultazione.proposals.commands.lifecycle import withdraw_proposal
from consultazione.proposals.models import STANDING, Proposal
from consultazione.tables.events import table_stream
from consultazione.tables.holding.events import TextTurnedDown
from consultazione.tables.holding.models import HeldState, HeldText
from consultazione.tables.models import ThematicTable
from consultazione.zones.events import zone_stream

# What a proof of identity for leaving is good for, and for nothing else.
LEAVING = "delete one's account"
# Italian, as the texts are, and the same for every reader.
DEPARTED = "Persona che ha cancellato l’account"
_GROUND = "L’autore ha cancellato il proprio account (art. 17 GDPR)."


def delete_own_account(tx: Transaction, *, proof: IdentityProof) -> Person:
    """Delete the actor's account: mandates end first, texts go or stay by the rule of each zone.

    proof: of who they are, for LEAVING. Locks the account FOR UPDATE, which waits for what is being
    written in its name at this moment, so that it goes too. Conflict while they hold a role, which
    somebody else takes back first.
    """
    require(tx.actor, Permission.DELETE_OWN_ACCOUNT)
    person = confirm_identity(tx, proof=proof, purpose=LEAVING)
    tx.session.refresh(person, with_for_update=True)
    if holds_office(tx.session, person.id):
        raise Conflict(
            _("You still have a role: ask an administrator of the zone to take it back first.")
        )
    _end_mandates(tx, person)
    for zone_id in zones_written_in(tx.session, person.id):
        if settings_of(tx.session, zone_id).left_texts is LeftTexts.ERASE:
            _erase_texts(tx, person, zone_id)
    _forget_waiting(tx, person)
    for download_id in _downloads_of(tx, person):
        delete_own_data(tx, download_id=download_id)
    empty(tx, person, DEPARTED)
    tx.record(person_stream(person.id), PersonDeparted(person_id=person.id))
    return person


def _end_mandates(tx: Transaction, person: Person) -> None:
    for mandate in mandates_of(tx.session, person.id, at=tx.now, lock=True):
        if mandate.confirmed_at is not None:
            end(tx, mandate, ends_on=tx.today, reason=None)
        else:
            mandate.ended_at = tx.now
            turned_down = MandateTurnedDown(mandate_id=mandate.id)
            tx.record(zone_stream(mandate.organisation.zone_id), turned_down)


def _erase_texts(tx: Transaction, person: Person, zone_id: int) -> None:
    """Withdraw what is still discussed in the person's name, and erase their comments for good."""
    proposals = _in_zone(select(Proposal.id), zone_id).where(
        Proposal.author_id == person.id, Proposal.state.in_(STANDING)
    )
    for proposal_id in tx.session.scalars(proposals.order_by(Proposal.id)).all():
        withdraw_proposal(tx, proposal_id=proposal_id)
    comments = select(Comment.id).join(Proposal, Proposal.id == Comment.proposal_id)
    written = _in_zone(comments, zone_id).where(Comment.author_id == person.id)
    with tx.acting_as(SYSTEM):
        for comment_id in tx.session.scalars(written.order_by(Comment.id)).all():
            if not tx.session.get_one(Comment, comment_id).is_erased:
                erase_comment(tx, comment_id=comment_id, ground=_GROUND)


def _forget_waiting(tx: Transaction, person: Person) -> None:
    """What waits to be read is nobody's any more."""
    wanted = select(HeldText).filter_by(author_id=person.id, state=HeldState.WAITING)
    for held in tx.session.scalars(wanted.order_by(HeldText.id).with_for_update()).all():
        held.state, held.content, held.settled_at = HeldState.TURNED_DOWN, None, tx.now
        held.reason = _GROUND
        down = TextTurnedDown(held_id=held.id, table_id=held.table_id, reason=FreeText(_GROUND))
        tx.record(table_stream(held.table_id), down)


def _in_zone(query: Any, zone_id: int) -> Any:
    table = ThematicTable
    return query.join(table, table.id == Proposal.table_id).where(table.zone_id == zone_id)


def _downloads_of(tx: Transaction, person: Person) -> list[int]:
    wanted = select(DataDownload.id).filter_by(person_id=person.id, deleted_at=None)
    return list(tx.session.scalars(wanted))
