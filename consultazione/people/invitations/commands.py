"""Inviting people, sending an invitation again, withdrawing it, and accepting it by its link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound, Refusal, Sentence
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.accounts import AddressTaken, register
from consultazione.people.commands.mandates import give_mandate
from consultazione.people.commands.roles import give_role
from consultazione.people.credentials.new_password import NewPassword
from consultazione.people.invitations.events import (
    InvitationAccepted,
    InvitationLapsed,
    InvitationSentAgain,
    InvitationWithdrawn,
    PersonInvited,
)
from consultazione.people.invitations.models import Invitation, InvitationState
from consultazione.people.invitations.planning import Planned, Tables, plan_of
from consultazione.people.invitations.queries import invitation_of, unmailed
from consultazione.people.invitations.rows import MOST, Invitee
from consultazione.people.models import Person
from consultazione.people.queries import actor_of
from consultazione.people.secret_tokens import digest_of, new_key
from consultazione.zones.events import zone_stream

VALID_FOR = timedelta(days=14)
_ACT = "Invito dell'amministrazione della zona del {day}"


@dataclass
class Accepted:
    """The account that came of an invitation, and why something promised was not given."""

    person: Person
    not_given: list[Sentence] = field(default_factory=list)


def invite_people(
    tx: Transaction, *, zone_id: int, found: Sequence[Invitee], tables: Tables
) -> int:
    """Invite everybody on a list who has neither an account nor an invitation: how many.

    Owes a mail to each. Either all are invited or none: Invalid if anything is wrong with a
    line, or there are more than MOST; Conflict if nobody is left to invite.
    """
    require(tx.actor, Permission.INVITE_PEOPLE, zone_id=zone_id)
    if len(found) > MOST:
        raise Invalid.at("file", _("Invite %(most)s people at a time at most.", most=MOST))
    plan = plan_of(tx.session, zone_id, found, tables)
    if plan.faults:
        raise Invalid.at("", plan.faults[0][1])
    if not plan.invited:
        raise Conflict(
            plan.left_out[0].left_out
            if len(plan.left_out) == 1 and plan.left_out[0].left_out
            else _("Nobody on the list is left to invite.")
        )
    rows = [_invitation(tx, zone_id, planned) for planned in plan.invited]
    tx.session.add_all(rows)
    tx.flush()
    for row in rows:
        invited = PersonInvited(
            invitation_id=row.id,
            role=row.role,
            table_id=row.table_id,
            organisation_id=row.organisation_id,
        )
        tx.record(zone_stream(zone_id), invited)
        owe(tx, "invitation", address=row.email)
    return len(rows)


def mail_invitation(tx: Transaction, *, address: str) -> tuple[Invitation, str] | None:
    """Make the link that is being mailed for an invitation: with its secret; None if there is none.

    Not recorded in the log: what counts is that it is used.
    """
    require(tx.actor, Permission.MAIL_INVITATION)
    invitation = unmailed(tx.session, address)
    if invitation is None:
        return None
    secret = new_key()
    invitation.token_digest, invitation.expires_at = digest_of(secret), tx.now + VALID_FOR
    return invitation, secret


def send_invitation_again(tx: Transaction, *, zone_id: int, invitation_id: int) -> Invitation:
    """Owe the mail of an invitation once more; the link of before does not work any more.

    Locks it FOR UPDATE. NotFound if it is settled; Conflict while its first mail is owed.
    """
    require(tx.actor, Permission.SEND_INVITATION_AGAIN, zone_id=zone_id)
    invitation = _locked(tx, zone_id, invitation_id)
    if invitation.token_digest is None:
        raise Conflict(_("The mail is on its way already: give it a minute."))
    invitation.token_digest = None
    tx.record(zone_stream(zone_id), InvitationSentAgain(invitation_id=invitation.id))
    owe(tx, "invitation", address=invitation.email)
    return invitation


def withdraw_invitation(tx: Transaction, *, zone_id: int, invitation_id: int) -> None:
    """Withdraw an invitation and forget whom it was for. Locks it; NotFound if it is settled."""
    require(tx.actor, Permission.WITHDRAW_INVITATION, zone_id=zone_id)
    invitation = _locked(tx, zone_id, invitation_id)
    _settle(tx, invitation, InvitationState.WITHDRAWN)
    tx.record(zone_stream(zone_id), InvitationWithdrawn(invitation_id=invitation.id))


def lapse_invitation(tx: Transaction, *, invitation_id: int) -> None:
    """Forget an invitation whose link expired long ago; nothing happens if it is settled."""
    require(tx.actor, Permission.LAPSE_INVITATION)
    invitation = tx.session.get(Invitation, invitation_id, with_for_update=True)
    if invitation is not None and invitation.state is InvitationState.OPEN:
        _settle(tx, invitation, InvitationState.LAPSED)
        event = InvitationLapsed(invitation_id=invitation.id)
        tx.record(zone_stream(invitation.zone_id), event)


def accept_invitation(
    tx: Transaction, *, secret: str, display_name: str, password: NewPassword, language: str = "it"
) -> Accepted:
    """Open the account of an invitation; its address is confirmed, since its mail was read.

    Role and mandate are given by who invited, who must still have the right to: else they are
    left out, with the reason. Whoever has the secret may, unless signed in. Locks the
    invitation FOR UPDATE, so that it serves once. NotFound if it was used or has expired;
    Conflict if there is an account with its address by now.
    """
    require(tx.actor, Permission.ACCEPT_INVITATION)
    invitation = invitation_of(tx.session, secret, now=tx.now, lock=True)
    try:
        person = register(
            tx,
            email=invitation.email or "",
            display_name=display_name,
            password=password,
            confirmed=True,
            language=language,
        )
    except AddressTaken as refusal:
        raise Conflict(refusal.detail) from refusal
    accepted = Accepted(person)
    event = InvitationAccepted(invitation_id=invitation.id, person_id=person.id)
    tx.record(zone_stream(invitation.zone_id), event)
    _give(tx, invitation, accepted)
    _settle(tx, invitation, InvitationState.ACCEPTED)
    invitation.person_id = person.id
    return accepted


def _give(tx: Transaction, invitation: Invitation, accepted: Accepted) -> None:
    """Give what was promised, in the name of who promised it."""
    inviter = actor_of(tx.session, invitation.invited_by or 0)
    email = accepted.person.email or ""
    given: list[Callable[[], object]] = []
    if invitation.role is not None:
        role, at = invitation.role, invitation.table_id
        zone_id = invitation.zone_id
        given.append(lambda: give_role(tx, zone_id=zone_id, email=email, role=role, table_id=at))
    if invitation.organisation_id is not None:
        organisation_id, act = invitation.organisation_id, invitation.act or ""
        given.append(
            lambda: give_mandate(
                tx,
                organisation_id=organisation_id,
                email=email,
                act=act,
                starts_on=tx.today,
                ends_on=None,
            )
        )
    for give in given:
        try:
            with tx.acting_as(inviter):
                give()
        except Refusal as refusal:
            accepted.not_given.append(refusal.detail)


def _invitation(tx: Transaction, zone_id: int, planned: Planned) -> Invitation:
    one, organisation = planned.invitee, planned.organisation
    act = one.act or _ACT.format(day=f"{tx.today:%d/%m/%Y}")
    return Invitation(
        zone_id=zone_id,
        email=one.email,
        display_name=one.display_name,
        role=one.role,
        table_id=planned.table_id,
        organisation_id=organisation.id if organisation else None,
        act=act if organisation else None,
        invited_by=tx.actor.person_id,
        invited_at=tx.now,
        state=InvitationState.OPEN,
    )


def _locked(tx: Transaction, zone_id: int, invitation_id: int) -> Invitation:
    invitation = tx.session.get(
        Invitation, invitation_id, with_for_update=True, populate_existing=True
    )
    is_open = invitation is not None and invitation.state is InvitationState.OPEN
    if invitation is None or not is_open or invitation.zone_id != zone_id:
        raise NotFound(_("This invitation was accepted or withdrawn."))
    return invitation


def _settle(tx: Transaction, invitation: Invitation, state: InvitationState) -> None:
    """Note what became of an invitation, and forget whom it was for."""
    invitation.state, invitation.settled_at = state, tx.now
    invitation.email = invitation.display_name = invitation.token_digest = None
