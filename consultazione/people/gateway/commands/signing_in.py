"""Signing in by the gateway: into an account that is linked, or a new one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotAllowed, NotFound
from consultazione.core.incoming.email_address import fold_address
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.accounts import check_may_enter, start_sign_in
from consultazione.people.events import PersonRegistered, person_stream
from consultazione.people.gateway.levels import TWO_FACTORS
from consultazione.people.gateway.linking import find_locked, link, note_identified
from consultazione.people.gateway.subjects import Subject
from consultazione.people.models import Person, SignedInBy
from consultazione.people.own_data.names import check_own_name
from consultazione.people.own_data.naming import new_person
from consultazione.people.second_step.queries import second_step_of


def sign_in_by_gateway(tx: Transaction, *, subject: Subject, device: str) -> str:
    """Sign a browser in to the account that a subject is linked to; returns its key.

    Locks the link FOR UPDATE, then the account FOR NO KEY UPDATE. NotFound if there is none;
    NotAllowed as in `check_may_enter`, or if it has a second step and the level is below one.
    """
    require(tx.actor, Permission.SIGN_IN_BY_GATEWAY)
    found = find_locked(tx, subject)
    if found is None:
        raise NotFound(_("No account here is linked to your SPID or CIE."))
    person = tx.session.get_one(
        Person, found.person_id, with_for_update={"key_share": True}, populate_existing=True
    )
    check_may_enter(person)
    if subject.level < TWO_FACTORS and second_step_of(tx.session, person.id) is not None:
        raise NotAllowed(
            _("You sign in by two steps: use SPID or CIE of level 2, or your password and a code.")
        )
    # Under the present key, so that an earlier one can be put away some day.
    found.subject_digest = subject.digests[0]
    found.level, found.used_at = max(found.level, subject.level), tx.now
    note_identified(tx, person, subject)
    return _enter(tx, person, subject, device)


def register_by_gateway(
    tx: Transaction,
    *,
    subject: Subject,
    email: str,
    display_name: str,
    device: str,
    language: str = "it",
) -> str:
    """Open an account without a password, linked to a subject, and sign its browser in.

    Owes a mail by which the address is confirmed. Invalid on `email` if there is an account with
    the address: it is linked by its password alone, never by its address. Conflict if the subject
    is linked already.
    """
    require(tx.actor, Permission.REGISTER_BY_GATEWAY)
    check_own_name(display_name)
    person = new_person(tx, display_name, email=fold_address(email), language=language)
    try:
        with tx.session.begin_nested():
            tx.session.add(person)
    except IntegrityError as error:
        raise Invalid.at(
            "email",
            _(
                "There is an account with this address: link it with its password, on this page."
                " If you have forgotten it, choose another by mail first."
            ),
        ) from error
    tx.record(person_stream(person.id), PersonRegistered(person_id=person.id))
    owe(tx, "confirm_address", person_id=person.id, language=language)
    link(tx, person, subject)
    return _enter(tx, person, subject, device)


def _enter(tx: Transaction, person: Person, subject: Subject, device: str) -> str:
    return start_sign_in(
        tx,
        person_id=person.id,
        device=device,
        by=SignedInBy.GATEWAY,
        gateway_level=subject.level,
    )
