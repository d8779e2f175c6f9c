"""Mandates: the authority to speak for an organisation, granted by an act, for a period.

Nobody gives one to themselves. A union's mandate that a person enters is only proposed: it
counts once a second person has confirmed it. What the platform enters, from a file, counts at
once: whoever runs an import has the database in their hands anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.core.revisions import correct, version_of
from consultazione.people.confirming import (
    is_proposed,
    may_turn_down,
    needs_second_person,
    why_not_confirm,
)
from consultazione.people.ending import end
from consultazione.people.events import (
    MandateConfirmed,
    MandateCorrected,
    MandateGiven,
    MandateProposed,
    MandateTurnedDown,
)
from consultazione.people.mandates.documents import add_document
from consultazione.people.mandates.models import Proves
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.people.queries import person_by_email
from consultazione.people.separation import lock_person, require_impartial
from consultazione.zones.events import zone_stream

_NO_SUCH = _("There is no such mandate.")


def give_mandate(
    tx: Transaction,
    *,
    organisation_id: int,
    email: str,
    act: str,
    starts_on: date,
    ends_on: date | None,
    files: Sequence[StoredFile] = (),
) -> Mandate:
    """Authorise a person to speak for an organisation, by an act, and return the mandate.

    That of a union waits for a second person, unless the platform gives it. starts_on,
    ends_on: days, both included; None for no end. files: the act itself, if it is at hand. Locks
    the organisation FOR SHARE and the person. NotFound if there is no such organisation;
    NotAllowed for the actor themselves; Invalid if the address has no account, the period is
    empty, or the person holds an office that excludes it.
    """
    organisation = _organisation(tx, organisation_id)
    require(tx.actor, Permission.GIVE_MANDATE, zone_id=organisation.zone_id)
    if organisation.withdrawn_at is not None:
        raise Invalid.at(
            "organisation_id", _("This organisation is withdrawn: bring it back first.")
        )
    person = person_by_email(tx.session, email)
    _check_delegate(tx, person, organisation)
    if ends_on is not None and ends_on < starts_on:
        raise _ends_too_soon()
    proposed = needs_second_person(organisation) and not tx.actor.is_system
    mandate = Mandate(
        person_id=person.id,
        organisation_id=organisation.id,
        act=act,
        starts_on=starts_on,
        ends_on=ends_on,
        given_at=tx.now,
        given_by=tx.actor.person_id,
        confirmed_at=None if proposed else tx.now,
    )
    tx.session.add(mandate)
    tx.flush()
    _record_given(tx, mandate, organisation.zone_id, MandateProposed if proposed else MandateGiven)
    for file in files:
        add_document(tx, mandate, file, Proves.GIVEN)
    return mandate


def correct_mandate(
    tx: Transaction,
    *,
    mandate_id: int,
    version: int,
    reason: str,
    act: str,
    starts_on: date,
    ends_on: date | None,
) -> Mandate:
    """Correct a mandate that waits for a second person, or the act of one that counts.

    version: the one that was read. Who corrects what waits becomes who proposed it, so that the
    text that counts has been read by two. Locks as `confirm_mandate`. NotFound if there is none;
    NotAllowed for the delegate themselves; Conflict if it was changed since, has ended, or a
    second person has confirmed it; Invalid on `starts_on` or `ends_on` if its days count already.
    """
    mandate = _locked(tx, mandate_id, Permission.CORRECT_MANDATE)
    if mandate.person_id == tx.actor.person_id:
        raise NotAllowed(_("Nobody corrects their own mandate: somebody else has to do it."))
    _check_correction(tx, mandate, starts_on, ends_on)
    after = {"act": act, "starts_on": starts_on, "ends_on": ends_on}
    replaced = correct(tx, mandate, version=version, reason=reason, after=after)
    if mandate.confirmed_at is None:
        mandate.given_by = tx.actor.person_id
    corrected = MandateCorrected(
        mandate_id=mandate.id,
        version=replaced.version,
        act=FreeText(act),
        starts_on=starts_on,
        ends_on=ends_on,
        reason=FreeText(reason),
    )
    tx.record(zone_stream(mandate.organisation.zone_id), corrected)
    return mandate


def confirm_mandate(tx: Transaction, *, mandate_id: int, version: int | None = None) -> Mandate:
    """Confirm a proposed mandate as the second person; it counts from now on.

    version: the one that was read, if it is known. Locks the delegate, the mandate and the
    actor's own mandates of the organisation. NotFound if there is none; NotAllowed unless the
    actor is a second person (`why_not_confirm`); Conflict if it does not wait any more, or was
    corrected since; Invalid if the delegate holds an office meanwhile.
    """
    mandate = _lock_proposed(tx, mandate_id, Permission.CONFIRM_MANDATE)
    if version is not None and version_of(tx.session, mandate) != version:
        raise Conflict(_("This mandate was corrected meanwhile: read it again, then confirm it."))
    refused = why_not_confirm(tx.session, tx.actor, mandate, at=tx.now)
    if refused is not None:
        raise NotAllowed(refused)
    require_impartial(tx, mandate.person, zone_id=mandate.organisation.zone_id)
    mandate.confirmed_at, mandate.confirmed_by = tx.now, acting_person(tx.actor)
    stream = zone_stream(mandate.organisation.zone_id)
    tx.record(stream, MandateConfirmed(mandate_id=mandate.id))
    return mandate


def turn_mandate_down(tx: Transaction, *, mandate_id: int) -> Mandate:
    """Turn a proposed mandate down, as a second person or as who proposed it.

    Locks and errors as in `confirm_mandate`.
    """
    mandate = _lock_proposed(tx, mandate_id, Permission.TURN_MANDATE_DOWN)
    if not may_turn_down(tx.session, tx.actor, mandate, at=tx.now):
        raise NotAllowed(
            _("Only who could confirm this mandate, or who proposed it, turns it down.")
        )
    mandate.ended_at = tx.now
    stream = zone_stream(mandate.organisation.zone_id)
    tx.record(stream, MandateTurnedDown(mandate_id=mandate.id))
    return mandate


def end_mandate(
    tx: Transaction,
    *,
    mandate_id: int,
    ends_on: date,
    reason: str | None = None,
    files: Sequence[StoredFile] = (),
) -> Mandate:
    """Set a mandate's last day; today or an earlier day ends it at this moment.

    files: the act by which it ends, if it is at hand. What the person did before stays. A mandate
    that begins later can be ended too, as of today. Locks the mandate FOR UPDATE. NotFound if
    there is none; Conflict if it is only
    proposed, has ended, or ends on that day or earlier already; Invalid if the day precedes
    its first.
    """
    mandate = tx.session.get(
        Mandate, mandate_id, with_for_update={"of": Mandate}, populate_existing=True
    )
    if mandate is None:
        raise NotFound(_NO_SUCH)
    require(tx.actor, Permission.END_MANDATE, zone_id=mandate.organisation.zone_id)
    _check_end(tx, mandate, ends_on)
    end(tx, mandate, ends_on=ends_on, reason=reason)
    for file in files:
        add_document(tx, mandate, file, Proves.ENDED)
    return mandate


def _organisation(tx: Transaction, organisation_id: int) -> Organisation:
    """The organisation, which stays as it is until the end of the transaction."""
    organisation = tx.session.get(Organisation, organisation_id, with_for_update={"read": True})
    if organisation is None:
        raise NotFound(_("There is no such organisation."))
    return organisation


def _check_correction(
    tx: Transaction, mandate: Mandate, starts_on: date, ends_on: date | None
) -> None:
    if mandate.confirmed_by is not None:
        raise Conflict(
            _("A second person has confirmed this mandate: end it, and have another one given.")
        )
    if mandate.is_over(tx.now):
        raise Conflict(_("This mandate has ended: what it was stays."))
    if ends_on is not None and ends_on < starts_on:
        raise _ends_too_soon()
    if mandate.confirmed_at is None:
        return
    days = {"starts_on": starts_on, "ends_on": ends_on}
    for field, day in days.items():
        if getattr(mandate, field) != day:
            raise Invalid.at(
                field, _("This mandate counts already: only its act can be corrected.")
            )


def _check_delegate(tx: Transaction, person: Person, organisation: Organisation) -> None:
    if person.id == tx.actor.person_id:
        raise NotAllowed(
            _("Nobody gives a mandate to themselves: somebody else has to enter it for you.")
        )
    lock_person(tx, person.id)
    if needs_second_person(organisation):
        require_impartial(tx, person, zone_id=organisation.zone_id)


def _lock_proposed(tx: Transaction, mandate_id: int, permission: Permission) -> Mandate:
    """The mandate that waits, locked; Conflict if it does not wait any more."""
    mandate = _locked(tx, mandate_id, permission)
    if not is_proposed(mandate, at=tx.now):
        raise Conflict(_("This mandate does not wait for a second person any more."))
    return mandate


def _locked(tx: Transaction, mandate_id: int, permission: Permission) -> Mandate:
    """A mandate, locked after its delegate, with the actor's mandates beside it.

    All mandates in the order of their ids, so that two who confirm never deadlock.
    """
    mandate = tx.session.get(Mandate, mandate_id)
    if mandate is None:
        raise NotFound(_NO_SUCH)
    require(tx.actor, permission, zone_id=mandate.organisation.zone_id)
    lock_person(tx, mandate.person_id)
    own = (Mandate.person_id == tx.actor.person_id) & (
        Mandate.organisation_id == mandate.organisation_id
    )
    rows = select(Mandate).where(or_(Mandate.id == mandate_id, own)).order_by(Mandate.id)
    tx.session.scalars(
        rows.with_for_update(of=Mandate).execution_options(populate_existing=True)
    ).all()
    return mandate


def _check_end(tx: Transaction, mandate: Mandate, ends_on: date) -> None:
    if mandate.confirmed_at is None:
        raise Conflict(_("This mandate was never confirmed: it does not count."))
    sooner = ends_on == tx.today == mandate.ends_on
    if mandate.ended_at is not None or (
        mandate.ends_on is not None and mandate.ends_on <= ends_on and not sooner
    ):
        raise Conflict(_("This mandate ends on that day or earlier already."))
    if ends_on < mandate.starts_on and ends_on != tx.today:
        raise _ends_too_soon()


def _record_given(
    tx: Transaction, mandate: Mandate, zone_id: int, event: type[MandateGiven | MandateProposed]
) -> None:
    given = event(
        mandate_id=mandate.id,
        person_id=mandate.person_id,
        organisation_id=mandate.organisation_id,
        starts_on=mandate.starts_on,
        ends_on=mandate.ends_on,
    )
    tx.record(zone_stream(zone_id), given)


def _ends_too_soon() -> Invalid:
    return Invalid.at("ends_on", _("The last day comes before the first."))
